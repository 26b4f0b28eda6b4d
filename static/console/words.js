/**
 * The console's own words: a catalogue beside the product's, so that nobody who joins a room
 * loads it.
 *
 * Rule: it speaks each language of the product, whole.
 */
import {filled, textsOf} from '../i18n/words.js'

/** @import {Params, Say} from '../i18n/words.js' */
/** @typedef {keyof typeof import('./texts/en.js').texts} Key */
/** @typedef {Readonly<Record<Key, string>>} Texts */
/** @typedef {(key: Key, params?: Params) => string} Tell */
/** @typedef {{say: Say, tell: Tell, language: string}} Voice what a page of the console speaks with */

/** @type {Map<string, Texts>} */
const here = new Map()

/** Throws where they cannot be had. @param {string} language */
export async function loadConsoleWords(language) {
  if (here.has(language)) return
  here.set(language, /** @type {Texts} */ (await textsOf(`console/texts/${language}`)))
}

/** @param {string} language @returns {Tell} */
export const consoleWords = language => (key, params) => {
  const text = here.get(language)?.[key]
  if (text === undefined) throw new RangeError(`no words for ${key} in ${language}`)
  return filled(language, text, key, params ?? {})
}

/** Whether there are words for what is put together from a code. @param {string} key @returns {key is Key} */
export const isConsoleKey = key => [...here.values()].some(texts => Object.hasOwn(texts, key))
