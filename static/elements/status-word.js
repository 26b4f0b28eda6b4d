/** One sentence, said once and politely: no name, no cause. It leaves by itself. */
import {Part, icon, make, rich, set} from './dom.js'

/** @import {Say} from '../words.js' */
/** @import {Notice} from '../notices.js' */
/** @import {Word} from '../protocol.js' */

const STAYS = 7000
const WORDS = /** @type {const} */ ({
  'sign-on': ['room.sign-on', 'on'],
  'sign-off': ['room.sign-off', 'off'],
  'draft-dropped': ['draft.dropped', 'off'],
  erased: ['room.erased', 'tick'],
})

export class StatusWord extends Part {
  #say
  #names
  /** @type {Word | null} */
  #said = null
  #leaving = 0

  /** @param {Say} say @param {readonly Notice[]} notices */
  constructor(say, notices) {
    super()
    this.#say = say
    this.#names = new Map(notices.map(notice => [notice.feature, notice.name]))
    set(this, {role: 'status'})
  }

  disconnectedCallback() {
    clearTimeout(this.#leaving)
  }

  /** @param {Word | null} word */
  show(word) {
    if (word === null || word === this.#said) return
    this.#said = word
    const name = this.#names.get(word.feature) ?? word.feature
    const [key, drawing] = WORDS[word.kind]
    const text = make('span', {}, ...rich(this.#say(key, {name})))
    this.replaceChildren(make('p', {class: 'word', 'data-state': word.kind}, icon(drawing), text))
    clearTimeout(this.#leaving)
    this.#leaving = window.setTimeout(() => this.replaceChildren(), STAYS)
  }
}
