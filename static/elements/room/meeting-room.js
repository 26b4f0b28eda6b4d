/**
 * The room: head with the sign, stage, panel, dock, and the question when one is due.
 *
 * Rule 1: nothing covers the head, and nothing makes it inert: "Don't allow" is one press
 * from everywhere (fair-consent A1). Hence no modal dialogs in this element.
 * Rule 2: while a question is open, everything else waits.
 */
import {CaptionBar} from './caption-bar.js'
import {FaultMessage} from './fault-message.js'
import {keysPopover} from './keys-popover.js'
import {KnockStrip} from './knock-strip.js'
import {FINE} from './line-sign.js'
import {LineWord} from './line-word.js'
import {MeetingDock, isCaptioned} from './meeting-dock.js'
import {RoomHead} from './room-head.js'
import {hasNotes} from './notes-panel.js'
import {pressKey, unused} from './room-keys.js'
import {seeingRows} from './seeing-rows.js'
import {settings} from './settings-popover.js'
import {SidePanel} from './side-panel.js'
import {otherView} from './stage-bar.js'
import {StandingNotes} from './standing-notes.js'
import {StatusWord} from './status-word.js'
import {TalkKey} from './talk-key.js'
import {VideoStage} from './video-stage.js'
import {TalkEvent} from '../common/device-events.js'
import {Part, icon, make, rich, set} from '../common/dom.js'
import {
  CaptionsEvent,
  FullEvent,
  HandEvent,
  PreferEvent,
  SmallWindowEvent,
  SourceEvent,
  TabEvent,
  on,
} from '../common/events.js'
import {ConsentPrompt} from '../consent/consent-prompt.js'
import {serviceOf} from '../../room/notices.js'
import {due} from '../../room/offers.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Docked} from './meeting-dock.js' */
/** @import {Tab} from '../common/events.js' */
/** @import {Room} from '../consent/gate-panel.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Scene as Staged} from './video-stage.js' */
/** @import {SoundCheck} from '../../rtc/sound-check.js' */
/** @typedef {Staged & {captions: boolean, small: boolean, check: SoundCheck}} Scene  `captions`: whether one wants them; `small`: whether there is a small window */

/** As in room.css: the panel is a sheet below this width. */
const PHONE = matchMedia('(max-width: 48rem)')

export class MeetingRoom extends Part {
  static tag = 'meeting-room'
  #notices
  #head
  #knocks
  #standing
  #stage
  #captions
  #panel
  #dock
  #prompt
  #word
  #line
  #fault
  #settings
  /** By key, for `pressKey`. @type {Readonly<Record<string, () => void>>} */
  #keys
  #seeing
  #lost
  #talking = make('div', {class: 'talking', role: 'status'})
  #talk = new TalkKey(held => this.dispatchEvent(new TalkEvent(held)))
  /** @type {Tab | null} */
  #tab = PHONE.matches ? null : 'gate'
  /** @type {Scene | null} */
  #scene = null
  #ends = 0
  /** What fills the screen has no panel; which one there was before. @type {{tab: Tab | null} | null} */
  #filled = null
  #listening = new AbortController()

  /** @param {Say} say @param {Room & {link: string, hostLinkOf: (capability: string) => string, canShare: boolean, small: boolean, calls: boolean}} room */
  constructor(say, room) {
    super()
    this.#notices = room.notices
    this.#settings = settings(say)
    this.#seeing = seeingRows(say)
    this.#head = new RoomHead(say, room.language, room)
    this.#knocks = new KnockStrip(say)
    this.#standing = new StandingNotes(say, room)
    this.#stage = new VideoStage(say, this.#standing)
    this.#captions = new CaptionBar(say)
    this.#panel = new SidePanel(say, room)
    const [pop, rows] = [this.#settings.pop, this.#seeing.rows]
    this.#dock = new MeetingDock(say, {...room, settings: pop, rows})
    this.#prompt = new ConsentPrompt(say, room.changes, feature => serviceOf(room.facts, feature))
    this.#word = new StatusWord(say, room.language, room.notices)
    this.#line = new LineWord(say)
    this.#fault = new FaultMessage(say)
    this.#lost = make('div', {class: 'lost', role: 'status'})
    const stage = this.#build(say)
    const notes = this.#notes()
    this.#keys = this.#keysOf(room)
    const keys = keysPopover(say, new Set(unused(this.#keys)))
    this.append(this.#head, this.#knocks, stage, this.#panel, this.#dock, keys, notes, this.#prompt)
    on(this, TabEvent, event => this.open(event.tab))
  }

  /** @param {Say} say */
  #build(say) {
    this.#lost.dataset['text'] = say('room.reconnecting')
    this.#talking.dataset['text'] = say('talk.held')
    return make(
      'main',
      {class: 'stage-area'},
      make('h2', {class: 'unseen'}, say('room.stage')),
      this.#stage,
      this.#captions,
    )
  }

  /** What is said to me floats over the stage and stays live during a question. */
  #notes() {
    const notes = [this.#talking, this.#lost, this.#fault, this.#word, this.#line]
    return make('div', {class: 'notes'}, ...notes)
  }

  connectedCallback() {
    this.#listening = new AbortController()
    const {signal} = this.#listening
    document.addEventListener('keydown', this, {signal})
    this.#talk.listen(signal)
    PHONE.addEventListener('change', () => this.#draw(), {signal})
  }

  disconnectedCallback() {
    this.#listening.abort()
  }

  /** @param {Scene} scene */
  show(scene) {
    this.#scene = scene
    this.#draw()
  }

  /** Other words are in force. All that is not about them stays as it is. @param {Room} room */
  reword(room) {
    this.#notices = room.notices
    this.#panel.reword(room)
    this.#prompt.reword(room.changes)
  }

  /** Which tab is open, so that the page knows what has been read. @returns {Tab | null} */
  get tab() {
    return this.#tab
  }

  /** What is drawn large. @returns {{large: string | null, screen: string | null}} */
  get seen() {
    return this.#stage.seen
  }

  /** @param {Tab | null} tab */
  open(tab) {
    const from = this.#tab
    this.#tab = tab
    this.#draw()
    if (tab === null && from !== null) this.#dock.focusTool(from)
    else if (tab === 'chat' || (tab !== null && from === null)) this.#panel.focusTab(tab)
  }

  /** In the place of one that was drawn before: with its tab, and nobody announced again. @param {MeetingRoom} earlier */
  goOn(earlier) {
    this.#tab = earlier.#tab
    this.#filled = earlier.#filled
    this.#stage.goOn(earlier.#stage)
    this.#knocks.goOn(earlier.#knocks.told)
  }

  /** @param {string} speaker a device id */
  listenOn(speaker) {
    this.#stage.listenOn(speaker)
  }

  #draw() {
    const scene = this.#scene
    if (scene === null) return
    const {view, devices, speaker, trouble, captions, small, preferences, check, full} = scene
    this.#fill(full === true)
    const question = due(view)
    const asked = this.#notices.find(({feature}) => feature === question) ?? null
    if (asked) this.#clear()
    const ended = view.ends.length > this.#ends
    this.#ends = view.ends.length
    if (ended) this.#tab = 'gate'
    const keys = preferences.get('keys') === 'on'
    const state = {view, devices, speaker, tab: this.#tab, captions, small, keys}
    this.#head.show(view)
    this.#captions.suit(preferences)
    this.#captions.show(view, captions, Date.now())
    this.#showKnocks(view)
    this.#standing.show(view)
    this.#stage.show(scene)
    this.#panel.show(state)
    this.#dock.show(state)
    this.#settings.show({devices, preferences, check, full})
    this.#seeing.show({preferences, full, filmed: devices.isOn('camera')})
    this.#word.show(view.word)
    this.#line.show(scene.lines.get(view.you) ?? FINE)
    this.#fault.show(view.fault ?? trouble)
    this.#showLine(this.#lost, view.phase === 'lost', 'away')
    this.#showLine(this.#talking, devices.microphone.held, 'microphone')
    // The question takes the focus before the rest goes inert, and gives it back after.
    if (asked === null) this.#hold(false)
    this.#prompt.show(asked)
    if (asked !== null) this.#hold(true)
    // The plate's button went with the sign: go on where the two ends are.
    if (ended && document.activeElement === document.body) this.#panel.focusEnds()
    this.#talk.allow(asked === null)
  }

  /** The whole screen is for the pictures; what was open beside them is so again afterwards. @param {boolean} full */
  #fill(full) {
    if (full === (this.#filled !== null)) return
    const before = this.#filled?.tab ?? null
    this.#filled = full ? {tab: this.#tab} : null
    this.#tab = full ? null : (this.#tab ?? before)
    set(this, {'data-full': full})
  }

  /** Make way for a question: on a wide screen it lies over the panel, so the panel is there. */
  #clear() {
    for (const open of this.querySelectorAll('[popover]:popover-open'))
      if (open instanceof HTMLElement) open.hidePopover()
    if (this.#tab === null && !PHONE.matches) this.#tab = 'gate'
  }

  /** @param {boolean} asked */
  #hold(asked) {
    const sheet = PHONE.matches && this.#tab !== null
    this.#panel.inert = asked
    this.#stage.inert = asked || sheet
    // A question holds nobody's microphone: the dock stays at hand (rule "no is free").
    this.#dock.inert = sheet && !asked
    set(this, {'data-asked': asked, 'data-panel': this.#tab ?? 'none'})
  }

  /** Who has answered the last one by key goes on at the list of people. @param {View} view */
  #showKnocks(view) {
    const here = this.#knocks.contains(document.activeElement)
    this.#knocks.show(view)
    if (here && document.activeElement === document.body) this.#dock.focusTool('people')
  }

  /** Said once, for as long as it is so. @param {HTMLElement} place @param {boolean} isSo @param {string} drawn */
  #showLine(place, isSo, drawn) {
    if (isSo === place.hasChildNodes()) return
    const text = make('span', {}, ...rich(place.dataset['text'] ?? ''))
    place.replaceChildren(...(isSo ? [make('p', {class: 'word'}, icon(drawn), text)] : []))
  }

  /** What each key does here. @param {Omit<Docked, 'settings' | 'rows'>} room @returns {Readonly<Record<string, () => void>>} */
  #keysOf(room) {
    const turn = (/** @type {Tab} */ tab) => () =>
      this.dispatchEvent(new TabEvent(this.#tab === tab ? null : tab))
    return {
      m: () => this.dispatchEvent(new SourceEvent('microphone')),
      v: () => this.dispatchEvent(new SourceEvent('camera')),
      ...(room.canShare && {s: () => this.dispatchEvent(new SourceEvent('screen'))}),
      h: () => this.dispatchEvent(new HandEvent()),
      r: () => this.#pop('reactions'),
      ...(room.small && {p: () => this.dispatchEvent(new SmallWindowEvent())}),
      ...(isCaptioned(room) && {c: () => this.dispatchEvent(new CaptionsEvent())}),
      g: () => this.#turn(),
      f: () => this.dispatchEvent(new FullEvent()),
      a: turn('gate'),
      u: turn('people'),
      t: turn('chat'),
      ...(hasNotes(room) && {n: turn('notes')}),
      o: () => this.#pop('settings'),
      '?': () => this.#pop('keys'),
      Escape: () => PHONE.matches && this.#tab !== null && this.open(null),
    }
  }

  /** Open what opens above the dock, and go there; again, and it closes. @param {string} id */
  #pop(id) {
    const pop = this.querySelector(`#pop-${id}`)
    if (!(pop instanceof HTMLElement)) return
    pop.togglePopover()
    const first = pop.querySelector('[autofocus], button, select')
    if (pop.matches(':popover-open') && first instanceof HTMLElement) first.focus()
  }

  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    pressKey(event, this.#keys, this.#scene?.preferences.get('keys') === 'on')
  }

  /** To the other view. */
  #turn() {
    const preferences = this.#scene?.preferences
    if (preferences) this.dispatchEvent(new PreferEvent('view', otherView(preferences)))
  }
}
