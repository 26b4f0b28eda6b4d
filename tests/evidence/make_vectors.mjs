// Makes vectors.json: statements as a browser makes them, by WebCrypto alone.
// `node tests/evidence/make_vectors.mjs` prints those of the third version of a decision. Those of
// the first and second stand before them in the file, as browsers signed them then, and stay readable.

const {subtle} = globalThis.crypto
const utf8 = new TextEncoder()
const base64url = bytes => Buffer.from(bytes).toString('base64url')

const kinds = [
  {alg: 'Ed25519', make: {name: 'Ed25519'}, sign: {name: 'Ed25519'}, members: ['crv', 'kty', 'x']},
  {
    alg: 'ES256',
    make: {name: 'ECDSA', namedCurve: 'P-256'},
    sign: {name: 'ECDSA', hash: 'SHA-256'},
    members: ['crv', 'kty', 'x', 'y'],
  },
]

const life = 'b6f1d0c2a49e8857b6f1d0c2a49e8857'

// Members in the order given; `canonical` takes flat objects of plain strings only.
const canonical = object => JSON.stringify(object, Object.keys(object).sort())

async function vector({alg, make, sign, members}) {
  const {privateKey, publicKey} = await subtle.generateKey(make, false, ['sign', 'verify'])
  const full = await subtle.exportKey('jwk', publicKey)
  const jwk = Object.fromEntries(members.map(name => [name, full[name]]))
  const subject = base64url(await subtle.digest('SHA-256', utf8.encode(canonical(jwk))))
  const statement = async payload => {
    const parts = [`{"alg":"${alg}"}`, canonical(payload)]
    const input = parts.map(part => base64url(utf8.encode(part))).join('.')
    const signature = await subtle.sign(sign, privateKey, utf8.encode(input))
    return `${input}.${base64url(signature)}`
  }
  const decision = (decision, nonce) =>
    statement({
      type: 'gatekeeper/decision/v3',
      meeting: 'kZ1pC0bY3mVx8Qe5Rt7Wug',
      subject,
      feature: 'recording',
      decision,
      notice: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
      language: 'en-GB',
      life,
      nonce,
    })
  return {
    alg,
    jwk,
    subject,
    life,
    join: await statement({
      type: 'gatekeeper/join/v1',
      meeting: 'kZ1pC0bY3mVx8Qe5Rt7Wug',
      subject,
      challenge: 'q83vEjRWeJq83vEjRWeJqw',
    }),
    granted: await decision('granted', 'AAECAwQFBgcICQoLDA0ODw'),
    declined: await decision('declined', 'Dw4NDAsKCQgHBgUEAwIBAA'),
  }
}

console.log(JSON.stringify(await Promise.all(kinds.map(vector)), null, 2))
