/**
 * The product's words, looked up by key.
 *
 * Rule 1: a language is complete or it is absent; nothing falls back to another one
 * (fair-consent W5). The type of `de` is the type of `en`, so a gap is a type error.
 * Rule 2: `{name}` is filled in; `*word*` marks the word that stands out (see `rich`
 * in elements/common/dom.js). Nothing else is markup.
 * Rule 3: what is filled in turns nothing around it: text that is written from right to
 * left is set apart (FSI and PDI; Unicode, UAX 9, section 2.4).
 */
import {de} from './de.js'
import {en} from './en.js'

/** @typedef {keyof typeof en} Key */
/** @typedef {Readonly<Record<string, string | number>>} Params */
/** @typedef {(key: Key, params?: Params) => string} Say */

/** @type {Readonly<Record<string, Readonly<Record<Key, string>>>>} */
const LANGUAGES = {en, de}

/** The languages that the product speaks, in the order in which they are offered. */
export const languages = Object.keys(LANGUAGES)

/**
 * @param {string} language @param {Key} key @param {Params} [params] @returns {string}
 */
export function t(language, key, params = {}) {
  const text = LANGUAGES[language]?.[key]
  if (text === undefined) throw new RangeError(`no words for ${key} in ${language}`)
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = params[name]
    if (value === undefined) throw new RangeError(`${key} needs ${name}`)
    return typeof value === 'string' ? apart(value) : String(value)
  })
}

const TURNS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** @param {string} text */
const apart = text => (TURNS.test(text) ? `\u2068${text}\u2069` : text)

/** `t` with the language filled in. @param {string} language @returns {Say} */
export const words = language => (key, params) => t(language, key, params)

/** Whether `key` is a key; for keys that are put together from a code. @param {string} key @returns {key is Key} */
export const isKey = key => Object.hasOwn(en, key)

/**
 * The first language that is wished for and spoken.
 * @param {readonly (string | null)[]} wishes @param {readonly string[]} spoken @returns {string}
 */
export function chooseLanguage(wishes, spoken = languages) {
  for (const wish of wishes) {
    const [primary = ''] = (wish ?? '').toLowerCase().split('-')
    if (spoken.includes(primary)) return primary
  }
  return spoken[0] ?? 'en'
}
