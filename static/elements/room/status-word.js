/** One sentence, said once and politely: of a feature no name, no cause. It leaves by itself. */
import {clock} from '../../i18n/when.js'
import {Part, icon, make, rich, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {Word} from '../../room/view.js' */

const STAYS = 7000
const WORDS = /** @type {const} */ ({
  'sign-on': ['room.sign-on', 'on'],
  'sign-off': ['room.sign-off', 'off'],
  'on-again': ['room.on-again', 'on'],
  'draft-dropped': ['draft.dropped', 'off'],
  withheld: ['room.withheld', 'off'],
  offered: ['room.offered', 'on'],
  erased: ['room.erased', 'tick'],
  removed: ['room.removed', 'leave'],
  'host-over': ['room.host-over', 'person'],
  'turned-away': ['room.turned-away', 'leave'],
})

export class StatusWord extends Part {
  static tag = 'status-word'
  #say
  #language
  #names
  /** @type {Word | null} */
  #said = null
  #leaving = 0

  /** @param {Say} say @param {string} language @param {readonly Notice[]} notices */
  constructor(say, language, notices) {
    super()
    this.#say = say
    this.#language = language
    this.#names = new Map(notices.map(notice => [notice.feature, notice.name]))
    set(this, {role: 'status'})
  }

  disconnectedCallback() {
    clearTimeout(this.#leaving)
  }

  /** @param {Word | null} word */
  show(word) {
    if (word === this.#said) return
    this.#said = word
    const words = word ? [word, ...(word.also ?? [])] : []
    this.replaceChildren(...words.map(each => this.#draw(each)))
    clearTimeout(this.#leaving)
    this.#leaving = window.setTimeout(() => this.replaceChildren(), STAYS)
  }

  /** @param {Word} word */
  #draw({kind, feature, name: person, since, at}) {
    const name = person ?? this.#names.get(feature) ?? feature
    const [key, drawing] = WORDS[kind]
    const time = clock(this.#language, since ?? at)
    const text = make('span', {}, ...rich(this.#say(key, {name, time})))
    return make('p', {class: 'word', 'data-state': kind}, icon(drawing), text)
  }
}
