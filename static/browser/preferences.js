/**
 * How one wants to see, hear and be heard in rooms, as this browser remembers it.
 *
 * Rule 1: each has a closed list of values; the first one holds for whoever has chosen nothing.
 * Rule 2: nobody else is told of them, and nothing that is kept of a meeting depends on one
 * (fair-consent C2).
 */
import {browserShelf} from './shelf.js'

/** @import {Shelf} from './shelf.js' */

/** What `on` and `off` are the values of is a switch; the others are choices. */
export const PREFERENCES = /** @type {const} */ ({
  view: ['grid', 'speaker'],
  'self-view': ['on', 'off'],
  noise: ['on', 'off'],
  echo: ['on', 'off'],
  gain: ['on', 'off'],
  sounds: ['on', 'off'],
  'save-data': ['off', 'speaker', 'audio'],
  'caption-size': ['normal', 'large', 'largest'],
  'caption-contrast': ['plain', 'strong'],
  'caption-place': ['below', 'above'],
  keys: ['on', 'off'],
})
/** @typedef {keyof typeof PREFERENCES} Preference */
/**
 * @template {Preference} [P=Preference]
 * @typedef {(typeof PREFERENCES)[P][number]} Preferred
 */

const KEPT = 'gatekeeper.prefer.'

/** One of them is another one now. */
export class PreferencesChangeEvent extends Event {
  static type = 'change'
  /** @param {Preference} preference */
  constructor(preference) {
    super(PreferencesChangeEvent.type)
    this.preference = preference
  }
}

export class Preferences extends EventTarget {
  #shelf

  /** @param {Shelf} [shelf] */
  constructor(shelf = browserShelf) {
    super()
    this.#shelf = shelf
  }

  /**
   * What is not in the list (of an older version, or written by hand) counts as not chosen.
   * @template {Preference} P
   * @param {P} preference @returns {Preferred<P>}
   */
  get(preference) {
    const values = /** @type {readonly Preferred<P>[]} */ (PREFERENCES[preference])
    const kept = this.#shelf.get(KEPT + preference)
    return values.find(value => value === kept) ?? /** @type {Preferred<P>} */ (values[0])
  }

  /** @param {Preference} preference @param {string} value one of its own; others change nothing */
  set(preference, value) {
    const values = /** @type {readonly string[]} */ (PREFERENCES[preference])
    if (!values.includes(value) || this.get(preference) === value) return
    this.#shelf.set(KEPT + preference, value)
    this.dispatchEvent(new PreferencesChangeEvent(preference))
  }
}
