/**
 * What the microphone can be open for beside its switch: a key that is held, one's own ear, and how
 * it sounds.
 *
 * Rule: nothing here opens a device; what is wished stands in its slot, and `devices.js` sees to it.
 */

import {isOfSound, retuned, soundOf} from './wishes.js'
import {PreferencesChangeEvent} from '../browser/preferences.js'

/** @import {Slot} from './slot.js' */
/** @import {Preferences} from '../browser/preferences.js' */
/**
 * @typedef {object} Opening
 * @property {() => void} changed
 * @property {() => Promise<void>} open  what is wished
 * @property {() => Promise<void>} anew  in the place of what runs
 * @property {() => void} drop  what runs
 * @property {() => boolean} over  whether nothing is opened any more
 */

export class Microphone {
  #slot
  #preferences
  #opening

  /** @param {Slot} slot @param {Preferences} preferences @param {Opening} opening */
  constructor(slot, preferences, opening) {
    this.#slot = slot
    this.#preferences = preferences
    this.#opening = opening
  }

  /** Whether it is open for as long as a key is held. */
  get held() {
    const {held, shared, track} = this.#slot
    return held && shared && track !== null
  }

  /** Whether one hears oneself, and nobody else does. */
  get tested() {
    return this.#slot.tested
  }

  /** What hears just now, whoever gets it. @returns {MediaStreamTrack | null} */
  get track() {
    const {open, track} = this.#slot
    return open ? track : null
  }

  /** While a key is held; who is heard already stays so. @param {boolean} held */
  async talk(held) {
    const slot = this.#slot
    const heard = slot.shared && slot.fault === null
    if (this.#opening.over() || (held ? heard : !slot.held)) return
    Object.assign(slot, {held, tested: false})
    if (held) slot.fault = null
    slot.voice()
    this.#opening.changed()
    if (held) await this.#opening.open()
  }

  /** For one's own ear: nobody else gets it meanwhile. @param {boolean} tested */
  async test(tested) {
    const slot = this.#slot
    if (this.#opening.over() || slot.tested === tested) return
    Object.assign(slot, {tested, held: false})
    if (tested) slot.fault = null
    // What nobody has ever turned on was opened for the test alone.
    if (!slot.open && slot.wanted === null) this.#opening.drop()
    slot.voice()
    this.#opening.changed()
    if (tested) await this.#opening.open()
  }

  /** What runs sounds as is preferred, opened anew where it must be. @param {Event} event */
  async prefer(event) {
    if (!(event instanceof PreferencesChangeEvent && isOfSound(event.preference))) return
    const slot = this.#slot
    const {track} = slot
    if (track === null)
      slot.choice += slot.asking ? 1 : 0 // on its way as it was asked for
    else if (!(await retuned(track, soundOf(this.#preferences))) && slot.track === track)
      await this.#opening.anew()
  }
}
