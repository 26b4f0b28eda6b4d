/** Which language a page speaks: the person's own choice, else the browser's. */
import {browserShelf} from '../browser/shelf.js'
import {chooseLanguage, languages} from '../i18n/words.js'

const KEPT = 'gatekeeper.language'

/** @param {readonly string[]} [spoken] by this page @param {string[]} [fallbacks] */
export const pageLanguage = (spoken = languages, fallbacks = []) =>
  chooseLanguage([browserShelf.get(KEPT), ...navigator.languages, ...fallbacks], spoken)

/** @param {string} language */
export const keepLanguage = language => browserShelf.set(KEPT, language)

/** Say it to the browser and to readers of the screen, too. @param {string} language @param {string} title */
export function speak(language, title) {
  document.documentElement.lang = language
  document.title = title
}
