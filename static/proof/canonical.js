/**
 * Canonical JSON (RFC 8785): what is signed or hashed has one spelling.
 *
 * Keys stand by UTF-16 code unit, which is JavaScript's own order; strings and numbers as
 * `JSON.stringify` writes them.
 */

/** @typedef {null | boolean | number | string | readonly unknown[] | Readonly<Record<string, unknown>>} Json */

/** @param {unknown} value  as `JSON.parse` gives it @returns {string} Throws TypeError for what is no JSON. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value === 'object' && value !== null) return record(Object.entries(value))
  const known = value === null || typeof value === 'string' || typeof value === 'boolean'
  if (!known && !Number.isFinite(value)) throw new TypeError(`no JSON: ${typeof value}`)
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value))
    throw new TypeError('half a character')
  return JSON.stringify(value)
}

/** @param {readonly (readonly [string, unknown])[]} entries */
function record(entries) {
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${sorted.map(([key, value]) => `${canonical(key)}:${canonical(value)}`).join()}}`
}
