/** How loud the microphone hears. A meter to look at; in words only quiet, good or off. */
import {Part, make, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

const BARS = 18
/** Above this share of the scale speech is loud enough to be understood. */
const GOOD = 0.2

export class LevelMeter extends Part {
  static tag = 'level-meter'
  #say
  #bars = Array.from({length: BARS}, () => make('i'))

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    set(this, {
      class: 'level',
      role: 'meter',
      'aria-label': say('device.level'),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    })
    this.append(...this.#bars)
    this.show(null)
  }

  /** @param {number | null} level 0 to 1; null when the microphone is off */
  show(level) {
    const lit = Math.round((level ?? 0) * BARS)
    this.#bars.forEach((bar, index) => set(bar, {'data-lit': index < lit}))
    const word = level === null ? 'off' : level < GOOD ? 'quiet' : 'good'
    set(this, {
      'aria-valuenow': level === null ? 0 : level < GOOD ? 10 : 60,
      'aria-valuetext': this.#say(`device.level.${word}`),
    })
  }
}
