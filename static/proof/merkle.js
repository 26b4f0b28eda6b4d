/**
 * The tree of a log: RFC 6962, section 2.1, verified by the algorithm of RFC 9162, section 2.1.3.2.
 */

import {Fault} from './fault.js'
import {joined} from './text.js'

/** Bytes of a hash. */
const HASH = 32
/** Hashes of a proof at most, in a tree that can be counted in 63 bits. */
const LONGEST = 65

/** @param {Uint8Array} body */
export const leafHash = body => hashed(Uint8Array.of(0), body)
/** @param {Uint8Array} left @param {Uint8Array} right */
export const nodeHash = (left, right) => hashed(Uint8Array.of(1), left, right)

/**
 * The root that a path leads to from a leaf's hash.
 * @param {Uint8Array} leaf @param {bigint} index @param {bigint} size @param {readonly Uint8Array[]} path
 * @returns {Promise<Uint8Array>} Throws `Fault`.
 */
export async function rootOf(leaf, index, size, path) {
  check([leaf, ...path])
  if (index < 0n || index >= size) throw wrong()
  let [at, last, found] = [index, size - 1n, leaf]
  for (const beside of path) {
    if (last === 0n) throw wrong()
    if (at % 2n || at === last) {
      found = await nodeHash(beside, found)
      ;[at, last] = level(at, last)
    } else {
      found = await nodeHash(found, beside)
    }
    ;[at, last] = [at >> 1n, last >> 1n]
  }
  if (last) throw wrong()
  return found
}

/** @param {bigint} at @param {bigint} last @returns {[bigint, bigint]} */
function level(at, last) {
  while (at % 2n === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n]
  return [at, last]
}

/** @param {readonly Uint8Array[]} hashes */
function check(hashes) {
  if (hashes.length > LONGEST || hashes.some(each => each.length !== HASH)) throw wrong()
}

const wrong = () => new Fault('inclusion-invalid')

/** @param {...Uint8Array} parts @returns {Promise<Uint8Array>} */
async function hashed(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)))
}
