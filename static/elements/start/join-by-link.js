/** Into a meeting by a pasted link. */
import {destination, invitation} from '../../room/invitation.js'
import {field} from '../common/device-fields.js'
import {Part, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

const EXAMPLE = 'Vq3x…'

export class JoinByLink extends Part {
  static tag = 'join-by-link'
  #say
  #link = make('input', {dir: 'ltr', inputmode: 'url', autocomplete: 'off', spellcheck: 'false'})
  #fault = make('p', {class: 'field-fault', id: 'link-fault', role: 'alert'})

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#fault.hidden = true
    const form = make(
      'form',
      {class: 'link-form', novalidate: true},
      field(say('start.link'), 'link', this.#link),
      make('button', {class: 'button'}, say('start.link.go')),
    )
    this.append(make('h2', {id: 'join'}, say('start.join')), form, this.#fault)
    form.addEventListener('submit', this)
  }

  /** @param {SubmitEvent} event */
  handleEvent(event) {
    event.preventDefault()
    const path = destination(this.#link.value, location.origin)
    if (path !== null) return location.assign(path)
    const example = invitation(EXAMPLE, location.origin)
    write(this.#fault, this.#say('start.link.wrong', {example}))
    this.#fault.hidden = false
    set(this.#link, {'aria-invalid': 'true', 'aria-describedby': this.#fault.id})
    this.#link.focus()
  }
}
