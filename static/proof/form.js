/** Forms: which members a content has, and what each of them is. */

import {Fault} from './fault.js'
import {isMembers} from './json.js'

/**
 * A pattern, a test, a list of what may be (`null` and texts among it), or a form with parts.
 * @typedef {RegExp | ((said: unknown) => boolean) | readonly (Form | string | null)[] | Parts} Form
 */
/** @typedef {{members: Readonly<Record<string, Form>>, optional?: readonly string[]} | {named: RegExp | null, each: Form} | {list: Form, least?: number}} Parts */

/** @param {unknown} said */
export const isText = said => typeof said === 'string'
/** @param {unknown} said */
export const isSwitch = said => typeof said === 'boolean'
/** @param {number} least @param {number} [most] @returns {(said: unknown) => boolean} */
export const count =
  (least, most = Number.MAX_SAFE_INTEGER) =>
  said =>
    Number.isInteger(said) && Number(said) >= least && Number(said) <= most

/**
 * RFC 3339, UTC, of a day that there is.
 * @param {unknown} said
 */
export function isTime(said) {
  const parts = typeof said === 'string' ? TIME.exec(said) : null
  if (!parts) return false
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number)
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  const dated = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days
  return dated && hour < 24 && minute < 60 && second < 60
}

const TIME = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,6})?Z$/

/** Require a form. @param {unknown} said @param {Form} form Throws `Fault`. */
export function require(said, form) {
  const where = misfit(said, form, '')
  if (where !== null) throw new Fault('member-invalid', where || 'all of it')
}

/** Where a content is not of its form; null if it is. @param {unknown} said @param {Form | string | null} form @param {string} path @returns {string | null} */
function misfit(said, form, path) {
  if (form === null || typeof form === 'string') return said === form ? null : path
  if (form instanceof RegExp) return typeof said === 'string' && form.test(said) ? null : path
  if (typeof form === 'function') return form(said) ? null : path
  if (Array.isArray(form)) return form.some(each => misfit(said, each, path) === null) ? null : path
  return misfitOf(said, /** @type {Parts} */ (form), path)
}

/** @param {unknown} said @param {Parts} parts @param {string} path */
function misfitOf(said, parts, path) {
  if ('list' in parts) {
    if (!Array.isArray(said) || said.length < (parts.least ?? 0)) return path
    return first(said.map((each, at) => [parts.list, each, `${path}.${at}`]))
  }
  if (!isMembers(said)) return path
  const at = (/** @type {string} */ name) => (path ? `${path}.${name}` : name)
  if ('named' in parts) {
    const other = Object.keys(said).find(name => parts.named && !parts.named.test(name))
    if (other !== undefined) return at(other)
    return first(Object.entries(said).map(([name, each]) => [parts.each, each, at(name)]))
  }
  const known = Object.keys(parts.members)
  const lacks = known.find(name => !Object.hasOwn(said, name) && !parts.optional?.includes(name))
  const more = Object.keys(said).find(name => !Object.hasOwn(parts.members, name))
  if (lacks !== undefined || more !== undefined) return at(lacks ?? more ?? '')
  return first(
    Object.entries(said).map(([name, each]) => [parts.members[name] ?? [], each, at(name)]),
  )
}

/** @param {readonly (readonly [Form, unknown, string])[]} each @returns {string | null} */
function first(each) {
  for (const [form, said, path] of each) {
    const found = misfit(said, form, path)
    if (found !== null) return found
  }
  return null
}
