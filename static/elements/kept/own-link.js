/** One's own link to the page: a new one stops all older ones. */
import {NewLinkEvent} from './after-events.js'
import {CopyField} from '../common/copy-field.js'
import {Part, button, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {{state: 'idle' | 'sending' | 'failed' | 'made', url: string}} OwnLinkState  `url`: of the new one */

export class OwnLink extends Part {
  static tag = 'own-link'
  #say
  #renew
  #said = make('p', {class: 'note', role: 'status'})
  #made = make('div', {})
  #shown = ''

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    const heading = make('h2', {id: 'own-link'}, say('link.title'))
    const note = make('p', {id: 'own-link-note', class: 'note'}, say('link.note'))
    this.#renew = button(say('link.renew'), {
      'data-act': 'renew-link',
      'aria-describedby': note.id,
    })
    this.append(heading, note, this.#renew, this.#said, this.#made)
    this.#renew.addEventListener('click', () => {
      if (!this.#renew.hasAttribute('aria-disabled')) this.dispatchEvent(new NewLinkEvent())
    })
  }

  /** @param {OwnLinkState} link */
  show({state, url}) {
    const say = this.#say
    set(this.#renew, {'aria-disabled': state === 'sending' ? 'true' : null})
    write(this.#said, state === 'made' || state === 'failed' ? say(`link.${state}`) : '')
    if (url === this.#shown) return
    this.#shown = url
    const label = say('link.value')
    const copy = say('copy.about', {label})
    this.#made.replaceChildren(new CopyField(say, {label, value: url, copy}))
  }
}
