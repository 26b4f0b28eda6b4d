/**
 * What a gate has signed: a compact JWS (RFC 7515) over canonical JSON (`evidence/compact.py`).
 *
 * Rule: against the key that it carries it shows that nothing was changed, against the gate's own that
 * it is the gate's.
 */

import {bytes, unbase64url} from './base64url.js'
import {isPublicKey} from './ed25519.js'
import {Fault} from './fault.js'
import {readCanonical} from './json.js'
import {thumbprint, verifies} from './key.js'

/** @import {PublicKey} from './key.js' */
/** @typedef {{kid: string, typ: string, key: PublicKey | null}} Header */

/** Characters of a signed text at most. */
const MOST = 4 << 20
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const X = '[A-Za-z0-9_-]{43}'
const HEADER = new RegExp(
  '^\\{"alg":"Ed25519",' +
    `(?:"jwk":\\{"kty":"OKP","crv":"Ed25519","x":"(${X})"\\},)?` +
    `"kid":"(${X})","typ":"([a-z+-]{1,64})"\\}$`,
)

/** Who is said to have signed, and what; nothing is checked yet. @param {string} text @returns {Header} Throws `Fault`. */
export function readHeader(text) {
  if (text.length > MOST) throw new Fault('too-large')
  const parts = COMPACT.test(text) ? text.split('.').map(unbase64url) : [null]
  if (parts.includes(null)) throw new Fault('jws-malformed')
  const found = HEADER.exec(String.fromCharCode(...(parts[0] ?? []).slice(0, 1024)))
  if (!found) throw new Fault('header-invalid')
  const [, x, kid = '', typ = ''] = found
  return {kid, typ, key: x === undefined ? null : {kty: 'OKP', crv: 'Ed25519', x}}
}

/**
 * The content, once form, key, signature and spelling are right.
 * @param {string} text  untrusted @param {string} typ
 * @param {readonly PublicKey[] | null} pinned  the gate's keys; null to have the one count that it carries
 * @returns {Promise<{said: unknown, kid: string}>} Throws `Fault`.
 */
export async function opened(text, typ, pinned) {
  const header = readHeader(text)
  if (header.typ !== typ) throw new Fault('header-invalid')
  const key = await signer(header, pinned)
  const [head = '', body = '', tail = ''] = text.split('.')
  const signature = unbase64url(tail) ?? new Uint8Array()
  if (!(await verifies(key, bytes(`${head}.${body}`), signature)))
    throw new Fault('signature-invalid')
  return {said: readCanonical(unbase64url(body) ?? new Uint8Array()), kid: header.kid}
}

/** @param {Header} header @param {readonly PublicKey[] | null} pinned @returns {Promise<PublicKey>} */
async function signer({kid, key}, pinned) {
  if (key && !(isGateKey(key) && (await thumbprint(key)) === kid)) throw new Fault('key-invalid')
  if (pinned === null) {
    if (key) return key
    throw new Fault('key-needed')
  }
  for (const each of pinned) if (isGateKey(each) && (await thumbprint(each)) === kid) return each
  throw new Fault('key-foreign')
}

/** Whether it binds its owner. @param {PublicKey} key */
export function isGateKey({crv, x}) {
  const raw = unbase64url(x)
  return crv === 'Ed25519' && raw !== null && isPublicKey(raw)
}
