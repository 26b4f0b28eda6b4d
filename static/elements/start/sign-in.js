/** Who may open rooms here: the way in, or who one is and the way out. */
import {refusalWords} from '../common/refusal-words.js'
import {field} from '../common/device-fields.js'
import {Part, button, make, set, write} from '../common/dom.js'
import {SignInEvent, SignOutEvent, TokenEvent} from '../common/events.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Visitor} from '../../site/visitor.js' */
/**
 * @typedef {object} SignInState
 * @property {Visitor} visitor @property {boolean} busy
 * @property {string | null} fault the code of what is wrong
 */

export class SignIn extends Part {
  static tag = 'sign-in'
  #say
  #needed = make('p', {})
  #token = make('input', {
    dir: 'ltr',
    name: 'token',
    type: 'password',
    autocomplete: 'current-password',
    spellcheck: 'false',
  })
  #go
  #form
  #away
  #known = make('p', {class: 'signed-in'})
  #fault = make('p', {class: 'field-fault', id: 'sign-in-fault', role: 'alert', hidden: true})
  #status = make('span', {class: 'unseen', role: 'status'})

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#go = make('button', {class: 'button', 'data-rank': 'first'}, say('sign-in.go'))
    this.#form = make(
      'form',
      {class: 'link-form', novalidate: true},
      field(say('sign-in.token'), 'key', this.#token),
      this.#go,
    )
    this.#away = make(
      'a',
      {class: 'button', 'data-rank': 'first', href: at('sign-in')},
      say('sign-in.go'),
    )
    this.#form.addEventListener('submit', this)
    this.#away.addEventListener('click', () => this.dispatchEvent(new SignInEvent()))
    this.append(this.#needed, this.#form, this.#away, this.#known, this.#fault, this.#status)
  }

  /** @param {SignInState} state */
  show({visitor, busy, fault}) {
    const say = this.#say
    this.hidden = visitor.openTo === 'anybody'
    const byToken = visitor.openTo === 'token'
    write(this.#needed, say(fault === 'not-signed-in' ? 'sign-in.ended' : 'sign-in.needed'))
    this.#needed.hidden = visitor.mayOpen
    this.#form.hidden = visitor.mayOpen || !byToken
    this.#away.hidden = visitor.mayOpen || byToken
    write(this.#go, say(busy ? 'sign-in.going' : 'sign-in.go'))
    set(this.#go, {'aria-disabled': busy ? 'true' : null})
    this.#showKnown(visitor)
    this.#complain(fault === null || fault === 'not-signed-in' ? '' : refusalWords(say, fault))
  }

  /** Where one goes on: to the field, or to the link. */
  focusWay() {
    const way = this.#form.hidden ? this.#away : this.#token
    way.focus()
  }

  /** Heard, not seen: one is in, or out. @param {'sign-in.in' | 'sign-in.gone'} what */
  tell(what) {
    write(this.#status, this.#say(what))
  }

  /** @param {SubmitEvent} event */
  handleEvent(event) {
    event.preventDefault()
    if (this.#go.hasAttribute('aria-disabled')) return
    const token = this.#token.value.trim()
    if (token === '') {
      this.#complain(this.#say('sign-in.token.missing'))
      this.#token.focus()
      return
    }
    this.dispatchEvent(new TokenEvent(token))
  }

  /** @param {Visitor} visitor */
  #showKnown({openTo, mayOpen, name, canSignOut}) {
    this.#known.hidden = !mayOpen
    if (mayOpen) this.#token.value = ''
    const say = this.#say
    const who =
      name === null
        ? say('sign-in.in')
        : say(openTo === 'token' ? 'sign-in.with' : 'sign-in.as', {name})
    const out = button(say('sign-in.out'), {'data-size': 'small', 'data-act': 'sign-out'})
    out.addEventListener('click', () => this.dispatchEvent(new SignOutEvent()))
    this.#known.replaceChildren(make('bdi', {}, who), ...(canSignOut ? [out] : []))
  }

  /** @param {string} text */
  #complain(text) {
    write(this.#fault, text)
    this.#fault.hidden = text === ''
    set(this.#token, {
      'aria-invalid': text === '' ? null : 'true',
      'aria-describedby': text === '' ? null : this.#fault.id,
    })
  }
}
