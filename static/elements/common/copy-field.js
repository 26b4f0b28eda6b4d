/** A text to take along: shown whole, selected by a press, copied by a button. */
import {Part, button, icon, make, set, write} from './dom.js'

/** @import {Say} from '../../i18n/words.js' */

const SAID_FOR = 3000

export class CopyField extends Part {
  static tag = 'copy-field'
  #say
  #input
  #copy
  #said = make('span', {class: 'unseen', role: 'status'})

  /** @param {Say} say @param {{label: string, value: string, copy?: string}} text `copy`: what its button says */
  constructor(say, {label, value, copy = say('copy.link')}) {
    super()
    this.#say = say
    this.#input = make('input', {readonly: true, value, dir: 'ltr'})
    this.#copy = button(say('copy'), {'aria-label': copy}, 'copy')
    this.append(
      make(
        'label',
        {class: 'field'},
        make('span', {class: 'field-name'}, label),
        make('span', {class: 'entry'}, icon('link'), this.#input),
      ),
      this.#copy,
      this.#said,
    )
    this.#input.addEventListener('focus', () => this.#input.select())
    this.#copy.addEventListener('click', () => this.#copyText())
  }

  async #copyText() {
    try {
      await navigator.clipboard.writeText(this.#input.value)
    } catch {
      // No clipboard for this page: select the text, so that the usual keys copy it.
      this.#input.focus()
      return
    }
    this.#label(true)
    setTimeout(() => this.#label(false), SAID_FOR)
  }

  /** @param {boolean} copied */
  #label(copied) {
    set(this.#copy, {'data-state': copied ? 'done' : null})
    const [drawn, label] = this.#copy.children
    drawn?.replaceWith(icon(copied ? 'tick' : 'copy'))
    if (label) write(label, this.#say(copied ? 'copied' : 'copy'))
    write(this.#said, copied ? this.#say('copied') : '')
  }
}
