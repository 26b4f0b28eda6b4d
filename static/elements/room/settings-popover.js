/** Devices in the room, what one prefers, and the keys. A popover, not a modal: the sign stays at hand. */
import {popover} from './meeting-dock.js'
import {keyList} from './room-keys.js'
import {DeviceFields} from '../common/device-fields.js'
import {make} from '../common/dom.js'
import {PreferenceFields} from '../common/preference-fields.js'

/** @import {Say, Key} from '../../i18n/words.js' */
/** @import {Preference, Preferences} from '../../browser/preferences.js' */
/** @import {Devices} from '../../rtc/devices.js' */

/** What is set in the room, a heading each. @type {readonly (readonly [Key, readonly Preference[]])[]} */
const SECTIONS = [['settings.seeing', ['view', 'self-view']]]

/** @param {Say} say @returns {{pop: HTMLElement, show: (devices: Devices, preferences: Preferences) => void}} */
export function settings(say) {
  const devices = new DeviceFields(say)
  const pop = popover('settings', say('settings.title'))
  const preferred = SECTIONS.map(([, names]) => new PreferenceFields(say, names))
  pop.classList.add('settings')
  pop.append(
    make('h2', {}, say('settings.title')),
    make('h3', {}, say('settings.devices')),
    devices,
    ...SECTIONS.flatMap(([title], index) => [
      make('h3', {}, say(title)),
      /** @type {PreferenceFields} */ (preferred[index]),
    ]),
    make('h3', {}, say('settings.keys')),
    keyList(say),
  )
  return {
    pop,
    show(has, wants) {
      devices.show(has)
      for (const fields of preferred) fields.show(wants)
    },
  }
}
