/**
 * The product's words, looked up by key.
 *
 * Rule 1: a language is complete or it is absent; nothing falls back to another one
 * (fair-consent W5). A gap is a type error; and a page that speaks one language turns to no
 * other that lacks any of its words, as after an upgrade of the server.
 * A page fetches the texts of the language that it speaks, and no other.
 * Rule 2: `{name}` is filled in; `*word*` marks the word that stands out (see `rich`
 * in elements/common/dom.js). Nothing else is markup.
 * Rule 3: what is filled in turns nothing around it: text that is written from right to
 * left is set apart (FSI and PDI; Unicode, UAX 9, section 2.4).
 */
import {LANGUAGES} from './languages.js'
import {file} from '../site/place.js'

/** @typedef {keyof typeof import('./en.js').texts} Key */
/** @typedef {Readonly<Record<Key, string>>} Texts */
/** @typedef {Readonly<Record<string, string | number>>} Params */
/** @typedef {(key: Key, params?: Params) => string} Say */

const TURNS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

/** @type {Map<string, Texts>} of the languages whose words are here */
const here = new Map()
/**
 * How often they did not come. Firefox never asks again for a module that has failed
 * (whatwg/html#6768), so each try has an address of its own.
 * @type {Map<string, number>}
 */
const failed = new Map()

/** The languages that the product speaks, in the order in which they are offered. */
export const languages = Object.keys(LANGUAGES)

/** What a language calls itself. @param {string} language */
export const nameOf = language => LANGUAGES[language] ?? language

/**
 * Have the words of a language here. Throws where they cannot be had, or are fewer than those
 * that are here already.
 * @param {string} language
 */
export async function loadWords(language) {
  if (here.has(language)) return
  const texts = await fetchTexts(language)
  const [known = {}] = here.values()
  const lacking = Object.keys(known).find(key => !Object.hasOwn(texts, key))
  if (lacking !== undefined) throw new RangeError(`no words for ${lacking} in ${language}`)
  here.set(language, texts)
}

/** @param {string} language @returns {Promise<Texts>} */
async function fetchTexts(language) {
  if (!languages.includes(language)) throw new RangeError(`no words in ${language}`)
  const failures = failed.get(language) ?? 0
  try {
    const again = failures > 0 ? `?again=${failures}` : ''
    /** @type {{texts: Texts}} */
    const {texts} = await import(file(`i18n/${language}.js${again}`).href)
    return texts
  } catch (error) {
    failed.set(language, failures + 1)
    throw error
  }
}

/**
 * @param {string} language @param {Key} key @param {Params} [params] @returns {string}
 */
export function t(language, key, params = {}) {
  const text = here.get(language)?.[key]
  if (text === undefined) throw new RangeError(`no words for ${key} in ${language}`)
  return filled(text, key, params)
}

/** A text with what goes in between. @param {string} text @param {string} key @param {Params} params @returns {string} */
export const filled = (text, key, params) =>
  text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = params[name]
    if (value === undefined) throw new RangeError(`${key} needs ${name}`)
    return typeof value === 'string' ? apart(value) : String(value)
  })

/** @param {string} text */
const apart = text => (TURNS.test(text) ? `\u2068${text}\u2069` : text)

/** `t` with the language filled in. @param {string} language @returns {Say} */
export const words = language => (key, params) => t(language, key, params)

/** Whether `key` is a key of the words that are here; for keys that are put together from a code. @param {string} key @returns {key is Key} */
export const isKey = key => [...here.values()].some(texts => Object.hasOwn(texts, key))

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
