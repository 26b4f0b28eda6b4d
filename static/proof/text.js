/** Texts as bytes: UTF-8, base 64, and what counts as space (Unicode's `White_Space`, as Python splits). */

import {Fault} from './fault.js'

/** As a class of a regular expression. */
export const SPACE =
  '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const SPACES = new RegExp(`[${SPACE}]+`, 'u')

/** @param {Uint8Array} raw @returns {string | null} null of what is no UTF-8 */
export function utf8(raw) {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(raw)
  } catch (refusal) {
    if (refusal instanceof TypeError) return null
    throw refusal
  }
}

/** What stands between spaces. @param {string} text */
export const words = text => text.split(SPACES).filter(each => each !== '')

/** Standard base 64 (RFC 4648, 4), as it is spelled. @param {string} text @param {string} code of the fault */
export function unbase64(text, code) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new Fault(code)
  const binary = atob(text)
  if (btoa(binary) !== text) throw new Fault(code)
  return Uint8Array.from(binary, each => each.charCodeAt(0))
}

/** @param {Uint8Array} raw */
export const hex = raw => Array.from(raw, byte => byte.toString(16).padStart(2, '0')).join('')

/** @param {string} text  an even number of digits */
export const unhex = text =>
  Uint8Array.from(text.match(/../g) ?? [], each => Number.parseInt(each, 16))

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** @param {Uint8Array} one @param {Uint8Array} other */
export const same = (one, other) =>
  one.length === other.length && one.every((byte, at) => byte === other[at])
