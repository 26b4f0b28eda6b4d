/**
 * Keeps one picture large, for oneself.
 *
 * Rule: its name says whose picture, and stays what it is; whether it is kept is its state.
 */
import {PinEvent} from './stage-events.js'
import {Part, icon, make, redraw, set} from '../common/dom.js'

/** @import {Large} from '../../room/large.js' */

export class PinButton extends Part {
  static tag = 'pin-button'
  #icon = icon('pin')
  #press

  /** @param {Large} what */
  constructor(what) {
    super()
    this.#press = make('button', {type: 'button', class: 'tile-act'}, this.#icon)
    this.#press.addEventListener('click', () => this.dispatchEvent(new PinEvent(what)))
    this.append(this.#press)
  }

  /** @param {string} name of what it does @param {boolean} pinned */
  show(name, pinned) {
    redraw(this.#icon, pinned ? 'pinned' : 'pin')
    set(this.#press, {'aria-label': name, title: name, 'aria-pressed': String(pinned)})
  }
}
