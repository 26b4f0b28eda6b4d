/** The way into the console: a token, or a provider. It says nothing of what is behind it. */
import {TokenShownEvent} from './events.js'
import {field} from '../common/device-fields.js'
import {Part, icon, make, set, write} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {isConsoleKey} from '../../console/words.js'
import {at} from '../../site/place.js'

/** @import {Voice} from '../../console/words.js' */

export class AdminDoor extends Part {
  static tag = 'admin-door'
  #tell
  #token = make('input', {
    name: 'token',
    type: 'password',
    dir: 'ltr',
    autocomplete: 'current-password',
    spellcheck: 'false',
  })
  #go
  #fault = make('p', {class: 'field-fault', id: 'door-fault', role: 'alert', hidden: true})

  /** @param {Voice} voice @param {{languages: readonly string[], way: string}} page */
  constructor({say, tell, language}, {languages, way}) {
    super()
    this.#tell = tell
    this.#go = make('button', {class: 'button', 'data-rank': 'first'}, tell('door.go'))
    const form = make(
      'form',
      {class: 'door-form', novalidate: true},
      field(tell('door.token'), 'key', this.#token),
      this.#go,
    )
    form.addEventListener('submit', this)
    const away = make(
      'a',
      {class: 'button', 'data-rank': 'first', href: at('admin/sign-in?to=admin')},
      tell('door.go'),
    )
    this.append(
      new PageMasthead(say, {place: tell('console'), language, languages}),
      make(
        'main',
        {class: 'console-door'},
        make(
          'div',
          {class: 'section'},
          make('h1', {}, icon('gate'), tell('door.title')),
          make('p', {class: 'note'}, tell(way === 'oidc' ? 'door.oidc' : 'door.lead')),
          way === 'oidc' ? away : form,
          this.#fault,
        ),
      ),
      new PageFoot(say),
    )
  }

  /** @param {{busy: boolean, fault: string | null}} state `fault`: a code */
  show({busy, fault}) {
    set(this.#go, {'aria-disabled': busy ? 'true' : null})
    this.#complain(fault === null ? '' : faultWords(this.#tell, fault))
    if (fault !== null) this.#token.focus()
  }

  /** @param {SubmitEvent} event */
  handleEvent(event) {
    event.preventDefault()
    if (this.#go.hasAttribute('aria-disabled')) return
    const token = this.#token.value.trim()
    if (token === '') {
      this.#complain(this.#tell('door.missing'))
      this.#token.focus()
      return
    }
    this.dispatchEvent(new TokenShownEvent(token))
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

/** @param {import('../../console/words.js').Tell} tell @param {string} code @returns {string} */
export function faultWords(tell, code) {
  const key = `fault.${code}`
  return isConsoleKey(key) ? tell(key) : tell('fault.other', {code})
}
