/**
 * The room in a small window that stays above all others: the sign with its "Don't allow", one
 * picture, and one's own switches.
 *
 * Rule 1: the sign comes first, and is never covered: "Don't allow" is one press here, too
 * (fair-consent A1).
 * Rule 2: a question is told here and answered in the meeting. Before an answer one reads what is
 * captured, what for and for whom (W1); here is no room for that at the least size, and two
 * answers that come and go as the window is drawn larger or smaller would not be where they were
 * seen (design.md, rule 16). So neither answer is here, at any size.
 */
import {Tool} from './meeting-dock.js'
import {pressKey} from './room-keys.js'
import {SmallPicture} from './small-picture.js'
import {Part, icon, make, rich, set, write} from '../common/dom.js'
import {MeetingWindowEvent, SmallWindowEvent, SourceEvent} from '../common/events.js'
import {OnAirSign} from '../consent/on-air-sign.js'
import {due} from '../../room/offers.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Preferences} from '../../browser/preferences.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {Scene as Staged} from './video-stage.js' */
/** @typedef {Pick<Staged, 'view' | 'streams' | 'devices' | 'speaker' | 'lines'> & {preferences: Preferences}} Scene */

const SWITCHED = /** @type {const} */ (['microphone', 'camera'])
const KEYS = {microphone: 'M', camera: 'V'}

export class SmallRoom extends Part {
  static tag = 'small-room'
  #say
  #notices
  #sign
  #picture
  #askedWords = make('span', {})
  #asked
  #lost
  /** @type {Map<(typeof SWITCHED)[number], Tool>} */
  #tools = new Map()
  /** Whether keys of one sign do anything. */
  #signs = true
  #listening = new AbortController()

  /** @param {Say} say @param {{language: string, notices: readonly Notice[]}} room */
  constructor(say, {language, notices}) {
    super()
    this.#say = say
    this.#notices = notices
    this.#sign = new OnAirSign(say, language, notices)
    this.#picture = new SmallPicture(say)
    this.#asked = make(
      'button',
      {type: 'button', class: 'small-asked', 'data-act': 'meeting'},
      icon('ask'),
      make('span', {}, this.#askedWords, ' ', make('b', {}, say('small.answer'))),
    )
    this.#asked.addEventListener('click', () => this.dispatchEvent(new MeetingWindowEvent()))
    this.#lost = make('p', {class: 'small-lost'}, icon('away'))
    this.#lost.append(make('span', {}, ...rich(say('room.reconnecting'))))
    const said = make('div', {class: 'small-said', role: 'status'}, this.#lost, this.#asked)
    const dock = make('nav', {class: 'dock', 'aria-label': say('room.controls')})
    dock.append(...SWITCHED.map(source => this.#switch(source)))
    this.append(
      make('header', {}, make('h1', {class: 'unseen'}, say('dock.small')), this.#sign, said),
      make('main', {}, this.#picture),
      dock,
    )
  }

  /** @param {(typeof SWITCHED)[number]} source */
  #switch(source) {
    const tool = new Tool(source, source, this.#say(`dock.${source}.on`), '')
    tool.button.addEventListener('click', () => this.dispatchEvent(new SourceEvent(source)))
    this.#tools.set(source, tool)
    return tool.button
  }

  connectedCallback() {
    this.#listening = new AbortController()
    this.ownerDocument.addEventListener('keydown', this, {signal: this.#listening.signal})
  }

  disconnectedCallback() {
    this.#listening.abort()
  }

  /** @param {Scene} scene */
  show(scene) {
    const {view, devices, preferences} = scene
    const say = this.#say
    this.#signs = preferences.get('keys') === 'on'
    this.#sign.show(view.signs)
    this.#picture.show(scene)
    for (const [source, tool] of this.#tools) {
      const on = devices.wants(source)
      const label = say(`dock.${source}.${on ? 'on' : 'off'}`)
      tool.show(on ? source : `${source}-off`, label, {
        'data-state': on ? 'on' : 'off',
        title: this.#signs ? say('dock.shortcut', {label, key: KEYS[source]}) : null,
        'aria-keyshortcuts': this.#signs ? KEYS[source] : null,
      })
    }
    const question = due(view)
    const notice = this.#notices.find(({feature}) => feature === question)
    this.#asked.hidden = !notice
    write(this.#askedWords, notice ? say('small.asked', {object: notice.object}) : '')
    this.#lost.hidden = view.phase !== 'lost'
    set(this, {'data-asked': !!notice})
  }

  /** Nothing is shown any more, and nothing plays. */
  clear() {
    this.#picture.clear()
  }

  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    const acts = {
      m: () => this.dispatchEvent(new SourceEvent('microphone')),
      v: () => this.dispatchEvent(new SourceEvent('camera')),
      p: () => this.dispatchEvent(new SmallWindowEvent()),
    }
    pressKey(event, acts, this.#signs)
  }
}
