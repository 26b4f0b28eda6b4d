/**
 * A certified provider of OpenID Connect (npm `oidc-provider`) on this machine, for tests.
 *
 * Given as JSON: `port`, `redirect` (where it may send people back to), `secret`. Its keys are
 * new each time. Says `ready` when it listens, and ends with its standard input.
 */
import {createServer} from 'node:http'
import {exportJWK, generateKeyPair} from 'jose'
import Provider from 'oidc-provider'

const {port, redirect, secret} = JSON.parse(process.argv[2] ?? '{}')

const PEOPLE = {
  ana: {name: 'Ana Roth', email: 'ana@example.org', email_verified: true, groups: ['hosts']},
  ben: {name: 'Ben Moss', email: 'ben@example.org', email_verified: false, groups: []},
}

const keys = await Promise.all(
  ['RS256', 'ES256'].map(async alg => {
    const {privateKey} = await generateKeyPair(alg, {extractable: true})
    return {...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg}-${process.pid}`}
  }),
)

const provider = new Provider(`http://localhost:${port}`, {
  clients: ['RS256', 'ES256'].map(alg => ({
    client_id: `gate-${alg}`,
    client_secret: secret,
    id_token_signed_response_alg: alg,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [redirect],
    post_logout_redirect_uris: [new URL('../', redirect).href],
  })),
  claims: {
    openid: ['sub'],
    profile: ['name'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  scopes: ['openid', 'profile', 'email', 'groups'],
  pkce: {required: () => true},
  jwks: {keys},
  cookies: {keys: ['of a test']},
  findAccount: (_, sub) => ({accountId: sub, claims: () => ({sub, ...PEOPLE[sub]})}),
})

process.stdin.resume().on('end', () => process.exit())
createServer(provider.callback()).listen(port, 'localhost', () => console.log('ready'))
