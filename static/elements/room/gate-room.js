/**
 * A room whose people see and hear each other somewhere else: the sign, the question when one is
 * due, and everybody's own choice for each feature. Nothing here needs a device.
 *
 * Rule: nothing lies over anything, so that "Don't allow" is one press from everywhere
 * (fair-consent A1).
 */
import {FaultMessage} from './fault-message.js'
import {KnockStrip} from './knock-strip.js'
import {RoomHead} from './room-head.js'
import {StatusWord} from './status-word.js'
import {Part, button, goTo, icon, make, rich, set} from '../common/dom.js'
import {LeaveEvent, UnseenEvent, on} from '../common/events.js'
import {ConsentPrompt} from '../consent/consent-prompt.js'
import {GatePanel} from '../consent/gate-panel.js'
import {due} from '../../room/offers.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Room} from '../consent/gate-panel.js' */
/** @import {View} from '../../room/view.js' */

/** How long it stands why a press did nothing, in ms. */
const EXPLAINS = 7000

export class GateRoom extends Part {
  static tag = 'gate-room'
  #say
  #notices
  #head
  #knocks
  #prompt
  #panel
  #word
  #fault
  #lost = make('div', {class: 'lost', role: 'status'})
  #unseen = make('div', {class: 'lost', role: 'status'})
  #fold
  #ends = 0
  #explaining = 0

  /** @param {Say} say @param {Room} room */
  constructor(say, room) {
    super()
    this.#say = say
    this.#notices = room.notices
    this.#head = new RoomHead(say, room.language, room)
    this.#knocks = new KnockStrip(say)
    this.#prompt = new ConsentPrompt(say, room.changes)
    this.#panel = new GatePanel(say, room)
    this.#word = new StatusWord(say, room.language, room.notices)
    this.#fault = new FaultMessage(say)
    this.#fold = make(
      'button',
      {type: 'button', class: 'link unfold', 'aria-expanded': 'false'},
      make('span', {}, say('frame.unfold')),
      make('span', {}, say('frame.asked')),
    )
    this.#fold.addEventListener('click', () => this.#unfold())
    on(this, UnseenEvent, () => this.#explain())
    this.append(
      this.#head,
      this.#knocks,
      make(
        'main',
        {class: 'asked-here'},
        make('div', {class: 'said'}, this.#lost, this.#unseen, this.#fault, this.#word),
        this.#prompt,
        this.#fold,
        make(
          'section',
          {class: 'own-gate', 'aria-labelledby': 'own-gate'},
          make('h2', {id: 'own-gate', tabindex: -1}, say('lobby.choices')),
          this.#panel,
        ),
        make('p', {class: 'note'}, say('elsewhere.stay')),
        this.#acts(room.host),
      ),
    )
  }

  /** @param {boolean} host */
  #acts(host) {
    const say = this.#say
    const leave = button(say('dock.leave'), {'data-act': 'leave'}, 'leave')
    leave.addEventListener('click', () => this.dispatchEvent(new LeaveEvent(false)))
    const end = host ? button(say('leave.end'), {'data-act': 'end'}) : null
    end?.addEventListener('click', () => this.dispatchEvent(new LeaveEvent(true)))
    return make('div', {class: 'asked-acts'}, leave, end)
  }

  disconnectedCallback() {
    clearTimeout(this.#explaining)
  }

  connectedCallback() {
    goTo(this.querySelector('h2'))
  }

  /** In a page that shows the sign alone, or the question: the rest is behind a press. */
  #unfold() {
    const unfolded = !this.hasAttribute('data-unfolded')
    set(this, {'data-unfolded': unfolded})
    set(this.#fold, {'aria-expanded': String(unfolded)})
  }

  /** Why a press did nothing. */
  #explain() {
    const text = make('span', {}, this.#say('frame.unseen'))
    this.#unseen.replaceChildren(make('p', {class: 'word'}, icon('away'), text))
    clearTimeout(this.#explaining)
    this.#explaining = window.setTimeout(() => this.#unseen.replaceChildren(), EXPLAINS)
  }

  /** @param {View} view */
  show(view) {
    const question = due(view)
    set(this, {'data-asked': question !== null})
    const ended = view.ends.length > this.#ends
    this.#ends = view.ends.length
    this.#head.show(view)
    this.#knocks.show(view)
    this.#prompt.show(this.#notices.find(({feature}) => feature === question) ?? null)
    this.#panel.show(view)
    this.#word.show(view.word)
    this.#fault.show(view.fault)
    this.#showLost(view.phase === 'lost')
    // The plate's button went with the sign: go on where the two ends are.
    if (ended && document.activeElement === document.body) this.#panel.focusEnds()
  }

  /** Other words are in force. All that is not about them stays as it is. @param {Room} room */
  reword(room) {
    this.#notices = room.notices
    this.#panel.reword(room)
    this.#prompt.reword(room.changes)
  }

  /** @param {boolean} lost */
  #showLost(lost) {
    if (lost === this.#lost.hasChildNodes()) return
    const text = make('span', {}, ...rich(this.#say('room.reconnecting')))
    this.#lost.replaceChildren(...(lost ? [make('p', {class: 'word'}, icon('away'), text)] : []))
  }
}
