/**
 * Small checks that narrow what came from outside; made of each other, never throwing.
 *
 * Unknown keys are let through: an older client must live with a newer server.
 */

/** @typedef {(value: unknown) => boolean} Check */

/** @param {unknown} value @returns {value is Readonly<Record<string, unknown>>} */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @type {Check} */
export const text = value => typeof value === 'string'

/** @type {Check} */
export const flag = value => typeof value === 'boolean'

/** @type {Check} */
export const number = value => typeof value === 'number' && Number.isFinite(value)

/** @param {Check} check @returns {Check} absent and null both pass */
export const maybe = check => value => value === undefined || value === null || check(value)

/** @param {readonly string[]} words @returns {Check} */
export const oneOf = words => value => typeof value === 'string' && words.includes(value)

/** @param {Check} check @param {number} [most] @returns {Check} */
export const listOf =
  (check, most = Infinity) =>
  value =>
    Array.isArray(value) && value.length <= most && value.every(check)

/** @param {Check} check @param {number} [most] @returns {Check} */
export const mapOf =
  (check, most = Infinity) =>
  value =>
    isRecord(value) && Object.keys(value).length <= most && Object.values(value).every(check)

/** @param {Readonly<Record<string, Check>>} fields @returns {Check} */
export const shape = fields => value =>
  isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]))
