/** Some of one's preferences, as switches and choices. */
import {field} from './device-fields.js'
import {Part, make, set} from './dom.js'
import {PreferEvent} from './events.js'
import {switchButton} from './switch-button.js'
import {PREFERENCES} from '../../browser/preferences.js'

/** @import {Say, Key} from '../../i18n/words.js' */
/** @import {Preference, Preferences} from '../../browser/preferences.js' */

export class PreferenceFields extends Part {
  static tag = 'preference-fields'
  #say
  /** @type {Map<Preference, HTMLButtonElement | HTMLSelectElement>} */
  #controls = new Map()

  /** @param {Say} say @param {readonly Preference[]} preferences in this order */
  constructor(say, preferences) {
    super()
    this.#say = say
    for (const preference of preferences) this.append(this.#field(preference))
  }

  /** @param {Preferences} preferences */
  show(preferences) {
    for (const [preference, control] of this.#controls) {
      const value = preferences.get(preference)
      if (control instanceof HTMLSelectElement) control.value = value
      else set(control, {'aria-checked': String(value === 'on')})
    }
  }

  /** @param {Preference} preference */
  #field(preference) {
    /** @type {readonly string[]} */
    const values = PREFERENCES[preference]
    const text = this.#say(`prefer.${preference}`)
    return values.includes('on') ? this.#switch(preference, text) : this.#choice(preference, text)
  }

  /** @param {Preference} preference @param {string} text */
  #switch(preference, text) {
    const press = switchButton(`prefer-${preference}`, text)
    const other = () => (press.getAttribute('aria-checked') === 'true' ? 'off' : 'on')
    press.addEventListener('click', () => this.#prefer(preference, other()))
    this.#controls.set(preference, press)
    return press
  }

  /** @param {Preference} preference @param {string} text */
  #choice(preference, text) {
    const options = PREFERENCES[preference].map(value =>
      make('option', {value}, this.#say(/** @type {Key} */ (`prefer.${preference}.${value}`))),
    )
    const select = make('select', {'data-preference': preference}, ...options)
    select.addEventListener('change', () => this.#prefer(preference, select.value))
    this.#controls.set(preference, select)
    return field(text, null, select)
  }

  /** @param {Preference} preference @param {string} value */
  #prefer(preference, value) {
    this.dispatchEvent(new PreferEvent(preference, value))
  }
}
