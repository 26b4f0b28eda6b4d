/**
 * What cannot work for this person, for as long as it cannot: what, why, and who can mend it.
 *
 * Rule: to its owner alone. Who is not reached is told so by their own browser.
 */
import {listed} from '../../i18n/amounts.js'
import {Part, icon, keep, make, rich, set} from '../common/dom.js'

/** @import {Key, Say} from '../../i18n/words.js' */
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
  #standing({people, unreached, forged, unheard, signs, checks, stale}) {
    const {calls, notices} = this.#room
    const away = people.filter(({id, present}) => present && unreached.includes(id))
    const others = people.filter(({id}) => forged.includes(id))
    const without = notices.filter(({feature}) => unheard.includes(feature) && signs[feature]?.on)
    const unproved = notices.filter(
      ({feature}) => checks.get(feature)?.state === 'unproved' && !stale.has(feature),
    )
    return [
      calls ? '' : this.#say('room.no-calls'),
      this.#of(calls ? 'room.unheard' : 'room.unheard.no-calls', without),
      this.#of('room.unproved', unproved),
      this.#of('room.forged', others),
      this.#of('room.unreached', away),
    ].filter(text => text !== '')
  }

  /** @param {Key} key @param {readonly {name: string}[]} named */
  #of(key, named) {
    const names = named.map(({name}) => name)
    return names.length > 0 ? this.#say(key, {names: listed(this.#room.language, names)}) : ''
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
