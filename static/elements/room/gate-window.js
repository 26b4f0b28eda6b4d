/** In a frame without answers: the way to the window that has them, and what is on. */
import {Part, button, icon, make, set, write} from '../common/dom.js'
import {OwnWindowEvent} from '../common/events.js'
import {GateLamp} from '../consent/on-air-sign.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {OnAir} from '../../room/embedding.js' */
/** @import {Notice} from '../../room/notices.js' */

/** Of the window, by what is said of it. */
const SAID = /** @type {const} */ ({
  asked: 'frame.opened.asked',
  closed: 'frame.open.text',
  open: 'frame.opened',
})

export class GateWindow extends Part {
  static tag = 'gate-window'
  #say
  #text
  #blocked
  #go
  /** @type {Map<string, GateLamp>} */
  #lamps = new Map()

  /** @param {Say} say @param {string} language @param {readonly Notice[]} notices */
  constructor(say, language, notices) {
    super()
    this.#say = say
    this.#text = make('p', {role: 'status'}, say('frame.open.text'))
    this.#blocked = make(
      'p',
      {class: 'field-fault', role: 'alert', hidden: true},
      say('frame.blocked'),
    )
    this.#go = button(say('frame.open'), {'data-rank': 'first', 'data-act': 'own-window'})
    this.#go.addEventListener('click', () => this.dispatchEvent(new OwnWindowEvent()))
    const rows = notices.map(({feature, name}) => {
      const lamp = new GateLamp(say, language)
      this.#lamps.set(feature, lamp)
      return make('li', {'data-feature': feature}, make('span', {}, name), lamp)
    })
    this.append(
      make(
        'main',
        {class: 'asked-here'},
        make('h1', {}, icon('gate'), make('span', {}, say('elsewhere.title'))),
        make('ul', {class: 'lamps', 'aria-label': say('sign.label')}, ...rows),
        this.#text,
        this.#go,
        this.#blocked,
      ),
    )
  }

  /** @param {keyof typeof SAID} state of the window @param {OnAir} on */
  show(state, on) {
    const open = state !== 'closed'
    write(this.#text, this.#say(SAID[state]))
    const words = this.#go.lastElementChild
    if (words) write(words, this.#say(open ? 'frame.there' : 'frame.open'))
    for (const [feature, lamp] of this.#lamps) lamp.show({on: on[feature] ?? false, since: null})
    set(this, {'data-open': open, 'data-asked': state === 'asked'})
  }

  /** Whether the browser has held the window back. @param {boolean} blocked */
  blocked(blocked) {
    this.#blocked.hidden = !blocked
  }
}
