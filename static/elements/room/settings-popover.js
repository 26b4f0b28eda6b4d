/** Devices in the room, what one prefers, and the keys. A popover, not a modal: the sign stays at hand. */
import {popover} from './popover.js'
import {fullRow} from './seeing-rows.js'
import {DeviceFields} from '../common/device-fields.js'
import {button, make} from '../common/dom.js'
import {PreferenceFields} from '../common/preference-fields.js'
import {SoundTest} from '../common/sound-test.js'

/** @import {Say, Key} from '../../i18n/words.js' */
/** @import {Preference, Preferences} from '../../browser/preferences.js' */
/** @import {Devices} from '../../rtc/devices.js' */
/** @import {SoundCheck} from '../../rtc/sound-check.js' */

/** What is set in the room, a heading each. @type {readonly (readonly [Key, readonly Preference[]])[]} */
const SECTIONS = [
  ['settings.seeing', ['view', 'self-view']],
  ['device.microphone', ['noise', 'echo', 'gain']],
  ['settings.sounds', ['sounds']],
  ['settings.line', ['save-data']],
  ['settings.captions', ['caption-size', 'caption-contrast', 'caption-place']],
  ['settings.keys', ['keys']],
]
/** What is said below a heading. @type {Partial<Record<Key, Key>>} */
const NOTES = {'device.microphone': 'settings.music'}

/**
 * What the settings depend on.
 * @typedef {object} Settings
 * @property {Devices} devices @property {Preferences} preferences @property {SoundCheck} check
 * @property {boolean | null} full  whether the room fills the screen; null: it cannot
 */

/** @param {Say} say @returns {{pop: HTMLElement, show: (settings: Settings) => void}} */
export function settings(say) {
  const fields = new DeviceFields(say)
  const sound = new SoundTest(say, {alone: false})
  const fills = fullRow(say)
  const pop = popover('settings', say('settings.title'))
  const preferred = SECTIONS.map(([, names]) => new PreferenceFields(say, names))
  pop.classList.add('settings')
  // Out of sight, nothing of a test goes on.
  pop.addEventListener('toggle', ({newState}) => newState === 'closed' && sound.fold())
  pop.append(
    make('h2', {}, say('settings.title')),
    make('h3', {}, say('settings.devices')),
    fields,
    sound,
    ...SECTIONS.flatMap(([title], index) => [
      make('h3', {}, say(title)),
      ...noted(say, title),
      /** @type {PreferenceFields} */ (preferred[index]),
    ]),
    fills.row,
    button(say('settings.keys.list'), {'data-size': 'small', popovertarget: 'pop-keys'}),
  )
  return {
    pop,
    show({devices, preferences, check, full}) {
      fields.show(devices)
      sound.show(check)
      fills.show(full)
      for (const each of preferred) each.show(preferences)
    },
  }
}

/** @param {Say} say @param {Key} title @returns {HTMLElement[]} */
function noted(say, title) {
  const note = NOTES[title]
  return note ? [make('p', {class: 'note'}, say(note))] : []
}
