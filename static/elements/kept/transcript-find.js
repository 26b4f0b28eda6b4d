/** The field that searches a transcript. How many lines are found is said when the typing rests. */
import {Part, icon, make, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {(wanted: string) => {count: number, all: number}} Sift shows only lines with these words */

/** Milliseconds without a key after which the count is said. */
const REST = 400

export class TranscriptFind extends Part {
  static tag = 'transcript-find'
  #say
  #sift
  #input
  #said = make('p', {class: 'note', role: 'status'})
  #resting = 0

  /** @param {Say} say @param {Sift} sift */
  constructor(say, sift) {
    super()
    this.#say = say
    this.#sift = sift
    this.#input = make('input', {
      dir: 'auto',
      type: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
    })
    this.append(
      make(
        'label',
        {class: 'field'},
        make('span', {class: 'field-name'}, say('script.find')),
        make('span', {class: 'entry'}, icon('find'), this.#input),
      ),
      this.#said,
    )
    this.setAttribute('role', 'search')
    this.#input.addEventListener('input', () => this.again())
    this.#input.addEventListener('keydown', event => {
      if (event.key === 'Escape' && this.#input.value !== '') this.clear()
    })
  }

  disconnectedCallback() {
    clearTimeout(this.#resting)
  }

  /** Search once more: the words or the lines are others. */
  again() {
    const wanted = this.#input.value
    const found = this.#sift(wanted)
    clearTimeout(this.#resting)
    if (wanted.trim() === '') return write(this.#said, '')
    this.#resting = setTimeout(() => write(this.#said, this.#words(found)), REST)
  }

  /** Search for nothing: all lines are in view. */
  clear() {
    this.#input.value = ''
    this.again()
  }

  /** @param {{count: number, all: number}} found */
  #words({count, all}) {
    if (count === 0) return this.#say('script.found.none')
    return this.#say('script.found', {count, all})
  }
}
