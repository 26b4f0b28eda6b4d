/**
 * Ed25519 (RFC 8032) in plain arithmetic: which keys bind their owner, and which signatures hold.
 *
 * Rule 1: only public values pass here, so nothing needs to take constant time.
 * Rule 2: strict. A key is a canonical encoding of a point of large order: one of small order makes
 * signatures that hold for many messages. `S` is below the group's order, and `R` is compared as it
 * is spelled (5.1.7, without the cofactor), so that a signature cannot be spelled in a second way.
 */

const P = 2n ** 255n - 19n
/** The order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const D = mod(-121665n * inverse(121666n))
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

/**
 * A point in extended coordinates (RFC 8032, 5.1.4): x = X/Z, y = Y/Z, xy = T/Z.
 * @typedef {readonly [bigint, bigint, bigint, bigint]} Point
 */

/** @type {Point} */
const IDENTITY = [0n, 1n, 1n, 0n]
const BASE = /** @type {Point} */ (point(mod(4n * inverse(5n)), 0n))

/** Whether these bytes encode, canonically, a point of large order. @param {Uint8Array} raw */
export function isPublicKey(raw) {
  const key = decode(raw)
  return key !== null && !same(double(double(double(key))), IDENTITY)
}

/**
 * @param {Uint8Array} key  32 bytes @param {Uint8Array<ArrayBuffer>} message
 * @param {Uint8Array} signature  64 bytes @returns {Promise<boolean>}
 */
export async function verifyEd25519(key, message, signature) {
  const point = isPublicKey(key) ? decode(key) : null
  if (!point || signature.length !== 64) return false
  const commitment = signature.slice(0, 32)
  const scalar = little(signature.slice(32))
  if (scalar >= L) return false
  const hashed = await crypto.subtle.digest('SHA-512', joined(commitment, key, message))
  const challenge = little(new Uint8Array(hashed)) % L
  const found = encode(sum(scalar, BASE, challenge, negative(point)))
  return found.every((byte, index) => byte === commitment[index])
}

/** @param {bigint} value */
function mod(value) {
  const rest = value % P
  return rest < 0n ? rest + P : rest
}

/** @param {bigint} base @param {bigint} exponent */
function power(base, exponent) {
  let result = 1n
  for (let square = mod(base), left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}

/** @param {bigint} value */
function inverse(value) {
  return power(value, P - 2n)
}

/** The point of this y, and of the x with this lowest bit (5.1.3). @param {bigint} y @param {bigint} sign @returns {Point | null} */
function point(y, sign) {
  const u = mod(y * y - 1n)
  const v = mod(D * y * y + 1n)
  const root = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n))
  const x = [root, mod(root * ROOT_OF_MINUS_ONE)].find(each => mod(v * each * each) === u)
  if (x === undefined || (x === 0n && sign === 1n)) return null
  const chosen = (x & 1n) === sign ? x : P - x
  return [chosen, y, 1n, mod(chosen * y)]
}

/** @param {Uint8Array} raw @returns {Point | null} */
function decode(raw) {
  if (raw.length !== 32) return null
  const encoded = little(raw)
  const y = encoded & (2n ** 255n - 1n)
  return y < P ? point(y, encoded >> 255n) : null
}

/** @param {Point} of @returns {Uint8Array} */
function encode([x, y, z]) {
  const scale = inverse(z)
  const encoded = mod(y * scale) | ((mod(x * scale) & 1n) << 255n)
  return Uint8Array.from({length: 32}, (_, index) => Number((encoded >> BigInt(8 * index)) & 255n))
}

/** @param {Uint8Array} raw  little-endian */
function little(raw) {
  return raw.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

/** @param {Point} one @param {Point} other @returns {Point} */
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2))
  const b = mod((y1 + x1) * (y2 + x2))
  const c = mod(2n * D * t1 * t2)
  const d = mod(2n * z1 * z2)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)]
}

/** @param {Point} of @returns {Point} */
function double(of) {
  return add(of, of) // complete: it holds for any two points
}

/** @param {Point} of @returns {Point} */
function negative([x, y, z, t]) {
  return [mod(-x), y, z, mod(-t)]
}

/** @param {Point} one @param {Point} other */
function same([x1, y1, z1], [x2, y2, z2]) {
  return mod(x1 * z2 - x2 * z1) === 0n && mod(y1 * z2 - y2 * z1) === 0n
}

/** a·A + b·B, by one row of doublings. @param {bigint} a @param {Point} A @param {bigint} b @param {Point} B */
function sum(a, A, b, B) {
  const both = add(A, B)
  let result = IDENTITY
  for (let bit = 252n; bit >= 0n; bit -= 1n) {
    result = double(result)
    const [inA, inB] = [(a >> bit) & 1n, (b >> bit) & 1n]
    if (inA || inB) result = add(result, inA && inB ? both : inA ? A : B)
  }
  return result
}

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
function joined(...parts) {
  return Uint8Array.from(parts.flatMap(part => [...part]))
}
