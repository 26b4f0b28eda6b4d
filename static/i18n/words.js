/**
 * The product's words, looked up by key.
 *
 * Rule 1: a language is complete or it is absent; nothing falls back to another one
 * (fair-consent W5). A gap is a type error; and a page that speaks one language turns to no
 * other that lacks any of its words, as after an upgrade of the server.
 * A page fetches the texts of the language that it speaks, and no other.
 * Rule 2: `{name}` is filled in; `*word*` marks the word that stands out (see `rich`
 * in elements/common/dom.js). Nothing else is markup. A text that counts has a form for each
 * plural category of its language (Unicode, UTS 35, part 3), and `{count}` chooses.
 * Rule 3: what is filled in turns nothing around it: text that does not run as the language
 * does is set apart (FSI and PDI; Unicode, UAX 9, section 2.4).
 */
import {LANGUAGES} from './languages.js'
import {file} from '../site/place.js'

/** @typedef {typeof import('./en.js').texts} Reference */
/** @typedef {keyof Reference} Key */
/** @typedef {Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {readonly other: string}} Forms */
/** @typedef {{readonly [K in Key]: Reference[K] extends string ? string : Forms}} Texts */
/** @typedef {Readonly<Record<string, string | number>>} Params */
/** @typedef {(key: Key, params?: Params) => string} Say */

const TURNS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
/** What has no place in text that runs from right to left alone: digits, signs, other scripts. */
const STRAYS =
  /[^\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{M}\s]/u

/** @type {Map<string, Texts>} of the languages whose words are here */
const here = new Map()
/** @type {Map<string, number>} how often a file did not come */
const failed = new Map()

/** The languages that the product speaks, in the order in which they are offered. */
export const languages = Object.keys(LANGUAGES)

/** What a language calls itself. @param {string} language */
export const nameOf = language => LANGUAGES[language] ?? language

/** Which way a language runs: as its own name for itself does. @param {string} language */
export const directionOf = language => (TURNS.test(nameOf(language)) ? 'rtl' : 'ltr')

/**
 * Have the words of a language here. Throws where they cannot be had, or are fewer than those
 * that are here already.
 * @param {string} language
 */
export async function loadWords(language) {
  if (here.has(language)) return
  if (!languages.includes(language)) throw new RangeError(`no words in ${language}`)
  const texts = /** @type {Texts} */ (await textsOf(`i18n/${language}`))
  const [known = {}] = here.values()
  const lacking = Object.keys(known).find(key => !Object.hasOwn(texts, key))
  if (lacking !== undefined) throw new RangeError(`no words for ${lacking} in ${language}`)
  here.set(language, texts)
}

/**
 * What a file of words holds. Firefox never asks again for a module that has failed
 * (whatwg/html#6768), so each try has an address of its own.
 * @param {string} name @returns {Promise<object>}
 */
export async function textsOf(name) {
  const failures = failed.get(name) ?? 0
  try {
    const again = failures > 0 ? `?again=${failures}` : ''
    /** @type {{texts: object}} */
    const {texts} = await import(file(`${name}.js${again}`).href)
    return texts
  } catch (error) {
    failed.set(name, failures + 1)
    throw error
  }
}

/**
 * @param {string} language @param {Key} key @param {Params} [params] @returns {string}
 */
export function t(language, key, params = {}) {
  const said = here.get(language)?.[key]
  if (said === undefined) throw new RangeError(`no words for ${key} in ${language}`)
  const text = typeof said === 'string' ? said : formOf(language, said, Number(params['count']))
  return filled(language, text, key, params)
}

/** A text with what goes in between. @param {string} language @param {string} text @param {string} key @param {Params} params @returns {string} */
export const filled = (language, text, key, params) =>
  text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = params[name]
    if (value === undefined) throw new RangeError(`${key} needs ${name}`)
    return typeof value === 'string' ? apart(language, value) : String(value)
  })

/** Text as it stands among that of a language: it keeps its direction to itself. @param {string} language @param {string} text */
export function apart(language, text) {
  const strays = directionOf(language) === 'rtl' ? STRAYS : TURNS
  return strays.test(text) ? `\u2068${text}\u2069` : text
}

/** @type {Map<string, Intl.PluralRules>} */
const rules = new Map()

/** @param {string} language @param {Forms} forms @param {number} count */
function formOf(language, forms, count) {
  const rule = rules.get(language) ?? new Intl.PluralRules(language)
  rules.set(language, rule)
  return forms[rule.select(count)] ?? forms.other
}

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
