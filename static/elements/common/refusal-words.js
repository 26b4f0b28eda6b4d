/** What went wrong on the way to the server, and what to do, in the reader's words. */
import {isKey} from '../../i18n/words.js'

/** @import {Key, Say} from '../../i18n/words.js' */

/** @param {Say} say @param {string} code @param {Key} otherwise for a code without words of its own @returns {string} */
export function refusalWords(say, code, otherwise = 'start.failed') {
  const key = `fault.${code}`
  return say(isKey(key) ? key : otherwise)
}
