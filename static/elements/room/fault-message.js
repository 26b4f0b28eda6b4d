/** One's own fault in plain words: what happened, and what to do. Heard at once. */
import {isKey} from '../../i18n/words.js'
import {Part, icon, make, write} from '../common/dom.js'
import {DismissEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {{code: string, detail: string}} Fault */

/** What happened and what to do, in the reader's words. @param {Say} say @param {Fault} fault @returns {string} */
export function faultWords(say, {code, detail}) {
  const key = [`fault.${code}`, `device.fault.${code}`].find(isKey)
  return key ? say(key) : say('fault.other', {detail})
}

export class FaultMessage extends Part {
  static tag = 'fault-message'
  #say
  #text = make('p', {})
  #body

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    const dismiss = make(
      'button',
      {type: 'button', class: 'shut', 'aria-label': say('room.dismiss')},
      icon('close'),
    )
    dismiss.addEventListener('click', () => this.dispatchEvent(new DismissEvent()))
    const words = make('div', {}, make('strong', {}, say('fault.title')), this.#text)
    this.#body = make('div', {class: 'fault'}, icon('fault'), words, dismiss)
    this.setAttribute('role', 'alert')
    this.show(null)
  }

  /** @param {Fault | null} fault */
  show(fault) {
    this.dataset['code'] = fault?.code ?? ''
    if (fault === null) return this.#body.remove()
    write(this.#text, faultWords(this.#say, fault))
    // Put in only now: a live region is heard when its content changes.
    if (!this.#body.isConnected) this.append(this.#body)
  }
}
