/** Devices in the room, and the keys. A popover, not a modal: the sign stays at hand. */
import {popover} from './meeting-dock.js'
import {DeviceFields} from '../common/device-fields.js'
import {make} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

const KEYS = /** @type {const} */ ([
  ['M', 'settings.key.m'],
  ['V', 'settings.key.v'],
  ['Esc', 'settings.key.escape'],
])

/** @param {Say} say @returns {{pop: HTMLElement, fields: DeviceFields}} */
export function settings(say) {
  const fields = new DeviceFields(say)
  const pop = popover('settings', say('settings.title'))
  pop.classList.add('settings')
  pop.append(
    make('h2', {}, say('settings.title')),
    fields,
    make('h3', {}, say('settings.keys')),
    make(
      'dl',
      {class: 'keys'},
      ...KEYS.map(([key, text]) =>
        make('div', {}, make('dt', {}, make('kbd', {}, key)), make('dd', {}, say(text))),
      ),
    ),
  )
  return {pop, fields}
}
