/** Somebody with a key, who signs whatever is asked of them. */

import {base64url, bytes} from '../../../static/proof/base64url.js'
import {canonical} from '../../../static/proof/canonical.js'
import {headerOf} from '../../../static/proof/jws.js'
import {readKey, thumbprint} from '../../../static/proof/key.js'

const ALGORITHMS = {
  Ed25519: {name: 'Ed25519'},
  'P-256': {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'},
}

/** @param {'Ed25519' | 'P-256'} [kind] */
export async function signer(kind = 'Ed25519') {
  const algorithm = ALGORITHMS[kind]
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const {kty, crv, x, y} = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const key = readKey(y === undefined ? {kty, crv, x} : {kty, crv, x, y})
  const raw = async signed =>
    new Uint8Array(await crypto.subtle.sign(algorithm, pair.privateKey, signed))
  const signBytes = async payload => {
    const body = `${headerOf(key)}.${base64url(payload)}`
    return `${body}.${base64url(await raw(bytes(body)))}`
  }
  const sign = said => signBytes(bytes(canonical(said)))
  return {key, id: await thumbprint(key), raw, signBytes, sign}
}
