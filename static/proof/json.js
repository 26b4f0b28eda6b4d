/**
 * Canonical JSON (RFC 8785), read: bytes that spell their content in the only way.
 *
 * Rule: what a reader in another language cannot tell apart is refused: a number beyond 2**53 - 1,
 * half a surrogate pair, a member that is there twice.
 */

import {canonical} from './canonical.js'
import {Fault} from './fault.js'
import {utf8} from './text.js'

/** Objects and lists within each other, at most. */
export const DEEPEST = 32

/** @typedef {Readonly<Record<string, unknown>>} Members */

/** @param {Uint8Array} raw  untrusted @returns {unknown} Throws `Fault`. */
export function readCanonical(raw) {
  const written = utf8(raw)
  const said = written === null ? undefined : parsed(written)
  if (said === undefined || deeper(said, DEEPEST)) throw new Fault('json-invalid')
  if (spelled(said) !== written) throw new Fault('not-canonical')
  return said
}

/** What a text says, canonical or not. @param {string} written  untrusted @returns {unknown} undefined of no JSON */
export function parsed(written) {
  try {
    return JSON.parse(written)
  } catch (refusal) {
    if (refusal instanceof SyntaxError) return undefined
    throw refusal
  }
}

/** @param {unknown} value @returns {value is Members} */
export const isMembers = value =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether anything in it is further within than that. @param {unknown} said @param {number} deepest @returns {boolean} */
export function deeper(said, deepest) {
  if (typeof said !== 'object' || said === null) return false
  return deepest === 0 || Object.values(said).some(each => deeper(each, deepest - 1))
}

/** Where two contents differ first; null if they do not. @param {unknown} said @param {unknown} due @param {string} [path] @returns {string | null} */
export function difference(said, due, path = '') {
  if (isMembers(said) && isMembers(due)) {
    const names = [...new Set([...Object.keys(said), ...Object.keys(due)])].sort()
    for (const name of names) {
      const inner = path ? `${path}.${name}` : name
      if (!Object.hasOwn(said, name) || !Object.hasOwn(due, name)) return inner
      const found = difference(said[name], due[name], inner)
      if (found !== null) return found
    }
    return null
  }
  return spelled(said) === spelled(due) ? null : path || 'all of it'
}

/** @param {unknown} said @returns {string | null} null of what has no spelling */
function spelled(said) {
  if (!tellable(said)) return null
  try {
    return canonical(said)
  } catch (refusal) {
    if (refusal instanceof TypeError) return null
    throw refusal
  }
}

/** Whether no whole number in it might be read as another one. @param {unknown} said @returns {boolean} */
function tellable(said) {
  if (typeof said === 'number') return !Number.isInteger(said) || Number.isSafeInteger(said)
  if (typeof said !== 'object' || said === null) return true
  return Object.values(said).every(tellable)
}
