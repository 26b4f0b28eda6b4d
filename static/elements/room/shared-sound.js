/**
 * That the screen one shares is heard, and the way to end that alone.
 *
 * Rule: what takes the place of the button is no button, so that a second press ends nothing else.
 */
import {Part, button, make, set, write} from '../common/dom.js'
import {SourceEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Devices} from '../../rtc/devices.js' */

export class SharedSound extends Part {
  static tag = 'shared-sound'
  #say
  #state = make('span', {tabindex: -1})
  #stop
  /** Whether this screen was ever heard: then it is said that it is not any more. */
  #heard = false

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#stop = button(say('room.sharing.sound.stop'), {'data-size': 'small'})
    this.#stop.addEventListener('click', () => this.dispatchEvent(new SourceEvent('screen-audio')))
    this.append(this.#state, this.#stop)
    this.hidden = true
  }

  /** @param {Devices} devices */
  show(devices) {
    const on = devices.isOn('screen-audio')
    this.#heard = devices.isOn('screen') && (this.#heard || on)
    const left = !on && this.#stop === document.activeElement
    write(this.#state, this.#say(on ? 'room.sharing.sound' : 'room.sharing.sound.off'))
    set(this, {'data-state': on ? 'on' : 'off'})
    this.#stop.hidden = !on
    this.hidden = !this.#heard
    if (left && this.#heard) this.#state.focus()
  }
}
