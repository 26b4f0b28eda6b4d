/**
 * The signs in a View: on, off, or unknown while the connection is lost.
 *
 * Rule: what was seen before a lost connection is no knowledge of now (design.md, rule 14).
 */

/** @import {Sign} from '../wire/messages.js' */
/** @import {SignState, View, Word} from './view.js' */

/** In ms. */
const BREATH = 1500

/**
 * Back in the room: what is on is said as when it went on, and what went off meanwhile too.
 * @param {View} view @param {readonly Sign[]} signs @param {number} now @returns {Word | null}
 */
export function returnWord(view, signs, now) {
  const words = signs.flatMap(sign => {
    const {feature, on, since = null} = sign
    if (on) return [{kind: /** @type {const} */ ('on-again'), feature, since, at: now}]
    return wasOn(view.signs[feature]) ? [signWord(sign, now)] : []
  })
  const [first, ...also] = words
  return first ? (also.length > 0 ? {...first, also} : first) : null
}

/** Whether it is on, or was when it was seen last. @param {SignState | undefined} sign */
export function wasOn(sign) {
  return sign?.on ?? (sign?.since ?? null) !== null
}

/** @param {View['signs']} signs @returns {View['signs']} */
export function allOff(signs) {
  return Object.fromEntries(Object.keys(signs).map(each => [each, {on: false, since: null}]))
}

/** @param {View['signs']} signs @returns {View['signs']} */
export function unknown(signs) {
  return Object.fromEntries(
    Object.entries(signs).map(([each, {since}]) => [each, {on: null, since}]),
  )
}

/** @param {Sign} message @returns {[string, SignState]} */
export function signEntry({feature, on, since}) {
  return [feature, {on, since: since ?? null}]
}

/** What is said of a sign holds while it is known. @param {Word | null} word @returns {Word | null} */
export function stillTrue(word) {
  return word && ['sign-on', 'sign-off', 'on-again'].includes(word.kind) ? null : word
}

/**
 * What is said of a person, and of a sign just before or after, is said in the same breath.
 * @param {Word} word @param {Word | null} earlier @param {number} now @returns {Word}
 */
export function alongside(word, earlier, now) {
  const before = earlier ? [earlier, ...(earlier.also ?? [])] : []
  const also = before
    .filter(({at, name, kind}) => {
      const apart = (name ?? word.name) !== undefined || kind === 'withheld'
      return now - at < BREATH && apart
    })
    .map(({also: _, ...each}) => each)
  return also.length > 0 ? {...word, also} : word
}

/** @param {Sign} message @param {number} now @returns {Word} */
export function signWord({feature, on}, now) {
  return {kind: on ? 'sign-on' : 'sign-off', feature, at: now}
}
