/** The head of the room: what this is, the time, how many (and how many knock), and the sign. Never covered. */
import {clock} from '../../i18n/when.js'
import {Part, called, icon, make, write} from '../common/dom.js'
import {OnAirSign} from '../consent/on-air-sign.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */

const TICK = 5000

export class RoomHead extends Part {
  static tag = 'room-head'
  #say
  #language
  #sign
  #note = make('p', {class: 'note'})
  #count = 1
  #waiting = 0
  #ticking = 0

  /** @param {Say} say @param {string} language @param {{facts: Facts, notices: readonly Notice[]}} room */
  constructor(say, language, {facts, notices}) {
    super()
    this.#say = say
    this.#language = language
    this.#sign = new OnAirSign(say, language, notices)
    const title = make('h1', {lang: facts.language, title: facts.title}, called(facts.title))
    this.append(
      make(
        'header',
        {class: 'room-head'},
        make(
          'div',
          {class: 'room-title'},
          make('span', {class: 'brand'}, icon('gate')),
          make('div', {}, title, this.#note),
        ),
        this.#sign,
      ),
    )
  }

  connectedCallback() {
    this.#ticking = window.setInterval(() => this.#showLength(), TICK)
  }

  disconnectedCallback() {
    clearInterval(this.#ticking)
  }

  /** @param {View} view */
  show(view) {
    this.#count = view.people.length
    this.#waiting = view.knocks.length
    this.#sign.show(view.signs)
    this.#showLength()
  }

  #showLength() {
    const people = this.#say('room.people', {count: this.#count})
    const waiting = this.#waiting > 0 ? this.#say('room.waiting', {count: this.#waiting}) : ''
    const parts = [clock(this.#language, Date.now()), people, waiting]
    write(this.#note, parts.filter(Boolean).join(' · '))
  }
}
