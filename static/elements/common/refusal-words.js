/** What went wrong on the way to the server, and what to do, in the reader's words. */
import {isKey} from '../../i18n/words.js'

/** @import {Say} from '../../i18n/words.js' */

/** @param {Say} say @param {string} code @returns {string} */
export function refusalWords(say, code) {
  const key = `fault.${code}`
  return isKey(key) ? say(key) : say('start.failed')
}
