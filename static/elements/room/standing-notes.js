/**
 * What cannot work for this person, for as long as it cannot: what, why, and who can mend it.
 *
 * Rule: to its owner alone. Who is not reached is told so by their own browser.
 */
import {listed} from '../../i18n/amounts.js'
import {Part, icon, keep, make, rich, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */

export class StandingNotes extends Part {
  static tag = 'standing-notes'
  #say
  #room
  /** @type {Map<string, HTMLElement>} by their words */
  #notes = new Map()
  /** @type {Set<string>} what was read and put away, for as long as it stands */
  #read = new Set()

  /**
   * @param {Say} say
   * @param {{language: string, notices: readonly Notice[], calls: boolean}} room
   *   `calls`: whether this browser can make any
   */
  constructor(say, room) {
    super()
    this.#say = say
    this.#room = room
    set(this, {role: 'status'})
  }

  /** @param {View} view */
  show(view) {
    const standing = view.phase === 'open' ? this.#standing(view) : []
    for (const text of this.#read) if (!standing.includes(text)) this.#read.delete(text)
    const unread = standing.filter(text => !this.#read.has(text))
    keep(this, unread, this.#notes, text => this.#draw(text, view))
    this.hidden = unread.length === 0
  }

  /** @param {View} view @returns {string[]} */
  #standing({people, unreached, unheard, signs}) {
    const say = this.#say
    const {calls, language} = this.#room
    const away = people.filter(({id, present}) => present && unreached.includes(id))
    const without = this.#room.notices.filter(
      ({feature}) => unheard.includes(feature) && signs[feature]?.on,
    )
    const names = listed(
      language,
      without.map(({name}) => name),
    )
    return [
      calls ? '' : say('room.no-calls'),
      names && say(calls ? 'room.unheard' : 'room.unheard.no-calls', {names}),
      away.length > 0
        ? say('room.unreached', {
            names: listed(
              language,
              away.map(({name}) => name),
            ),
          })
        : '',
    ].filter(text => text !== '')
  }

  /** @param {string} text @param {View} view */
  #draw(text, view) {
    const shut = make(
      'button',
      {type: 'button', class: 'shut', 'aria-label': this.#say('room.dismiss')},
      icon('close'),
    )
    shut.addEventListener('click', () => {
      this.#read.add(text)
      this.show(view)
    })
    return make('div', {class: 'standing'}, icon('fault'), make('p', {}, ...rich(text)), shut)
  }
}
