/** The list of keys, on "?". A popover, not a modal: the sign stays at hand. */
import {popover} from './popover.js'
import {keyList} from './room-keys.js'
import {make, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

/** @param {Say} say @param {ReadonlySet<string>} without keys that do nothing here @returns {HTMLElement} */
export function keysPopover(say, without) {
  const pop = popover('keys', say('settings.keys'))
  set(pop, {class: 'pop settings key-list'})
  pop.append(
    make('h2', {tabindex: -1, autofocus: true}, say('settings.keys')),
    make('div', {}, ...keyList(say, without)),
  )
  return pop
}
