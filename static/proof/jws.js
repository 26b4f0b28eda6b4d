/**
 * Compact JWS (RFC 7515) with a header that says the algorithm and nothing else.
 *
 * Rule 1: the bytes decide. The header is one of two fixed strings: "none", `crit`, `b64`, embedded
 * keys and foreign algorithms have no way in.
 * Rule 2: whatever is wrong, it is null; nothing that is too long is looked at.
 */

import {base64url, bytes, unbase64url} from './base64url.js'
import {canonical} from './canonical.js'
import {algorithm, verifies} from './key.js'

/** @import {PublicKey} from './key.js' */

/**
 * @typedef {object} Jws
 * @property {string} header  as it is spelled, in base64url
 * @property {Uint8Array<ArrayBuffer>} payload
 * @property {Uint8Array<ArrayBuffer>} signature
 * @property {Uint8Array<ArrayBuffer>} signed  the bytes that the signature is over
 */

/** The header of what `key` signs. @param {PublicKey} key */
export const headerOf = key => base64url(bytes(canonical({alg: algorithm(key)})))

/** @param {string} compact @param {number} most  characters @returns {Jws | null} the parts, unverified */
export function readJws(compact, most) {
  if (compact.length > most) return null
  const [header, body, tail, more] = compact.split('.', 4)
  const payload = body ? unbase64url(body) : null
  const signature = tail ? unbase64url(tail) : null
  if (!header || !payload || !signature || more !== undefined) return null
  return {header, payload, signature, signed: bytes(`${header}.${body}`)}
}

/**
 * What the key's owner has signed.
 * @param {string} compact  untrusted @param {PublicKey} key @param {number} most  characters
 * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
 */
export async function verifyJws(compact, key, most) {
  const jws = readJws(compact, most)
  if (jws?.header !== headerOf(key)) return null
  return (await verifies(key, jws.signed, jws.signature)) ? jws.payload : null
}
