/**
 * Which language a page speaks: the person's own choice, else the browser's.
 *
 * Rule: a page speaks a language once its words are here. Until then, and where they cannot be
 * had, it keeps the one that it has. Of several choices the last one holds.
 */
import {browserShelf} from '../browser/shelf.js'
import {LanguageEvent, on} from '../elements/common/events.js'
import {LanguageChoice} from '../elements/common/language-choice.js'
import {chooseLanguage, directionOf, languages, loadWords} from '../i18n/words.js'
import {file} from '../site/place.js'

const KEPT = 'gatekeeper.language'

/** Those that the client speaks, too. @param {readonly string[]} offered by the server */
export const spokenOf = offered => languages.filter(tag => offered.includes(tag))

/**
 * Resolves when its words are here.
 * @param {readonly string[]} [spoken] by this page @param {string[]} [fallbacks]
 * @param {string | null} [wish] of who shows this page; a person's own choice comes first
 */
export async function pageLanguage(spoken = languages, fallbacks = [], wish = null) {
  const wishes = [browserShelf.get(KEPT), wish, ...navigator.languages, ...fallbacks]
  const language = chooseLanguage(wishes, spoken)
  await loadWords(language)
  return language
}

/**
 * Have the page turn to the language that is chosen in it, and the focus stay on the choice.
 * @param {(language: string) => void | Promise<void>} turn
 * @param {{signal?: AbortSignal, load?: (language: string) => Promise<void>}} [page]
 *   `load`: fetches what else the page says
 */
export function onLanguage(turn, {signal, load} = {}) {
  /** @type {LanguageEvent | null} */
  let last = null
  on(document, LanguageEvent, choose, signal ? {signal} : {})

  /** @param {LanguageEvent} event */
  async function choose(event) {
    last = event
    const {language, own, target: choice} = event
    if (!own && browserShelf.get(KEPT) !== null) return
    const here = await isHere(language, load)
    if (last !== event || signal?.aborted) return
    if (!here) return choice instanceof LanguageChoice && choice.refuse(language)
    if (own) browserShelf.set(KEPT, language)
    await turn(language)
    if (!own) return
    const select = document.querySelector('[data-choice=language]')
    if (select instanceof HTMLElement) select.focus()
  }
}

/** @param {string} language @param {(language: string) => Promise<void>} [load] */
async function isHere(language, load) {
  try {
    await loadWords(language)
    await load?.(language)
    return true
  } catch (error) {
    console.debug('no words', error)
    return false
  }
}

/** Say it to the browser and to readers of the screen, too. @param {string} language @param {string} title */
export function speak(language, title) {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  document.title = title
  if (parent === window) describe(language)
}

/** What this place is called on a home screen (W3C, Web Application Manifest). @param {string} language */
function describe(language) {
  const link = document.querySelector('link[rel=manifest]') ?? document.createElement('link')
  const href = file(`app/${language}.webmanifest`).href
  if (link.getAttribute('href') === href) return
  link.setAttribute('rel', 'manifest')
  link.setAttribute('href', href)
  document.head.append(link)
}
