/**
 * The host link, for hosts: a new one stops the old one, for whoever came by it.
 *
 * Rule: the link itself is shown only once it was asked for, and to who asked.
 */
import {CopyField} from '../common/copy-field.js'
import {Part, button, make, set, write} from '../common/dom.js'
import {RenewHostEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */

export class HostLink extends Part {
  static tag = 'host-link'
  #say
  #linkOf
  #renew
  #made = make('div', {})
  #said = make('p', {class: 'note', role: 'status'})
  /** @type {string | null} the capability that is shown */
  #shown = null

  /** @param {Say} say @param {(capability: string) => string} linkOf */
  constructor(say, linkOf) {
    super()
    this.#say = say
    this.#linkOf = linkOf
    const heading = make('h3', {id: 'host-link', class: 'roster-head'}, say('host-link.title'))
    const note = make('p', {id: 'host-link-note', class: 'note'}, say('host-link.note'))
    this.#renew = button(say('host-link.renew'), {
      'data-size': 'small',
      'data-act': 'renew-host',
      'aria-describedby': note.id,
    })
    set(this, {role: 'group', 'aria-labelledby': heading.id})
    this.append(heading, note, this.#renew, this.#said, this.#made)
    this.#renew.addEventListener('click', () => {
      if (!this.#renew.hasAttribute('aria-disabled')) this.dispatchEvent(new RenewHostEvent())
    })
  }

  /** @param {View} view */
  show({hostLink, phase}) {
    set(this.#renew, {'aria-disabled': phase === 'open' ? null : 'true'})
    if (hostLink === this.#shown) return
    this.#shown = hostLink
    write(this.#said, hostLink === null ? '' : this.#say('host-link.made'))
    this.#made.replaceChildren(...(hostLink === null ? [] : [this.#field(hostLink)]))
  }

  /** @param {string} capability */
  #field(capability) {
    const say = this.#say
    const label = say('host-link.link')
    const value = this.#linkOf(capability)
    return new CopyField(say, {label, value, copy: say('copy.about', {label})})
  }
}
