/**
 * Public keys: Ed25519 or P-256, as WebCrypto makes them, each in one spelling.
 *
 * Rule 1: a key is named by its thumbprint (RFC 7638); a participant's id is that of their key.
 * Rule 2: Ed25519 is verified by the browser where it can, and by `ed25519.js` where it cannot; which
 * keys bind their owner is asked here in either case, since browsers take any.
 */

import {digest, unbase64url} from './base64url.js'
import {canonical} from './canonical.js'
import {isPublicKey, verifyEd25519} from './ed25519.js'

/** @typedef {{kty: 'OKP' | 'EC', crv: 'Ed25519' | 'P-256', x: string, y?: string}} PublicKey */

const P256 = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'}

/**
 * A JWK (RFC 7517) with just the members that its thumbprint covers.
 * @param {unknown} value  untrusted @returns {PublicKey | null}
 */
export function readKey(value) {
  if (typeof value !== 'object' || value === null) return null
  const members = new Map(Object.entries(value))
  const [kty, crv, x, y] = ['kty', 'crv', 'x', 'y'].map(name => members.get(name))
  if (!isCoordinate(x)) return null
  if (kty === 'OKP' && crv === 'Ed25519' && members.size === 3) return {kty, crv, x}
  if (kty === 'EC' && crv === 'P-256' && members.size === 4 && isCoordinate(y))
    return {kty, crv, x, y}
  return null
}

/** @param {PublicKey} key @returns {Promise<string>} RFC 7638, SHA-256, base64url */
export function thumbprint({kty, crv, x, y}) {
  return digest(canonical(y === undefined ? {crv, kty, x} : {crv, kty, x, y}))
}

/** The one JWS algorithm of a key (RFC 9864, RFC 7518). @param {PublicKey} key */
export const algorithm = ({crv}) => (crv === 'Ed25519' ? 'Ed25519' : 'ES256')

/**
 * Whether the owner of this key has signed this.
 * @param {PublicKey} key @param {Uint8Array<ArrayBuffer>} signed
 * @param {Uint8Array<ArrayBuffer>} signature @returns {Promise<boolean>}
 */
export async function verifies(key, signed, signature) {
  if (signature.length !== 64) return false
  return key.crv === 'Ed25519' ? edwards(key, signed, signature) : nist(key, signed, signature)
}

/** @param {PublicKey} key @param {Uint8Array<ArrayBuffer>} signed @param {Uint8Array<ArrayBuffer>} signature */
async function edwards({x}, signed, signature) {
  const raw = unbase64url(x)
  if (!raw || !isPublicKey(raw)) return false
  try {
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, signature, signed)
  } catch (refusal) {
    console.debug('no Ed25519 here', refusal) // Chromium before 137
    return verifyEd25519(raw, signed, signature)
  }
}

/** @param {PublicKey} key @param {Uint8Array<ArrayBuffer>} signed @param {Uint8Array<ArrayBuffer>} signature */
async function nist({x, y = ''}, signed, signature) {
  const jwk = {kty: 'EC', crv: 'P-256', x, y}
  try {
    const key = await crypto.subtle.importKey('jwk', jwk, P256, true, ['verify'])
    return await crypto.subtle.verify(P256, key, signature, signed)
  } catch (refusal) {
    console.debug('no key', refusal) // not a point of the curve
    return false
  }
}

/** @param {unknown} text @returns {text is string} 32 bytes */
function isCoordinate(text) {
  return typeof text === 'string' && text.length === 43 && unbase64url(text) !== null
}
