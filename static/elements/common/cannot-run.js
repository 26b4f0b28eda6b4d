/** Why a feature cannot run on this server. The reason is for those who run it, in English. */
import {make} from './dom.js'

/** @import {Say} from '../../i18n/words.js' */

/** @param {Say} say @param {string} why @returns {HTMLElement} */
export const cannotRun = (say, why) =>
  make('span', {}, say('feature.unavailable'), ' ', make('span', {lang: 'en', dir: 'ltr'}, why))
