/** Where things to be verified are dropped, chosen or pasted. Nothing of them is sent anywhere. */
import {GivenEvent} from './events.js'
import {Part, button, icon, make, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

/** Characters that a text field shows at once; of megabytes in one it would be busy for minutes. */
const SHOWN = 100_000

export class VerifyForm extends Part {
  static tag = 'verify-form'
  #say
  #file
  #drop
  #text

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#file = make('input', {type: 'file', multiple: true, id: 'given'})
    this.#drop = make(
      'label',
      {class: 'verify-drop', for: 'given'},
      icon('receipt'),
      make('span', {}, say('verify.drop')),
      this.#file,
    )
    this.#text = make('textarea', {
      id: 'pasted',
      rows: 4,
      spellcheck: 'false',
      dir: 'auto',
      maxlength: SHOWN,
    })
    this.#text.addEventListener('paste', event => this.#pasted(event))
    this.#file.addEventListener('change', () => {
      this.#give([...(this.#file.files ?? [])])
      this.#file.value = ''
    })
    for (const type of ['dragover', 'dragleave', 'drop']) this.addEventListener(type, this)
    this.append(
      this.#drop,
      make('p', {class: 'note'}, say('verify.drop.note')),
      make('p', {class: 'note verify-local'}, icon('off'), say('verify.local')),
      this.#paste(),
    )
  }

  #paste() {
    const check = button(this.#say('verify.paste.check'), {'data-act': 'check', type: 'submit'})
    const form = make(
      'form',
      {class: 'verify-paste'},
      make('label', {for: 'pasted'}, this.#say('verify.paste')),
      this.#text,
      check,
    )
    form.addEventListener('submit', event => {
      event.preventDefault()
      const text = this.#text.value
      if (text.trim() === '') return this.#text.focus()
      this.#check(text)
    })
    return form
  }

  /** What is too long to be shown is checked without being shown. @param {ClipboardEvent} event */
  #pasted(event) {
    const text = this.#text.value + (event.clipboardData?.getData('text/plain') ?? '')
    if (text.length <= SHOWN) return
    event.preventDefault()
    this.#check(text)
  }

  /** @param {string} text */
  #check(text) {
    this.#text.value = ''
    this.#give([new File([text], this.#say('verify.pasted'))])
  }

  /** @param {Event} event */
  handleEvent(event) {
    event.preventDefault()
    set(this.#drop, {'data-over': event.type === 'dragover'})
    if (event.type === 'drop' && event instanceof DragEvent)
      this.#give([...(event.dataTransfer?.files ?? [])])
  }

  /** @param {readonly File[]} files */
  #give(files) {
    if (files.length > 0) this.dispatchEvent(new GivenEvent(files))
  }
}
