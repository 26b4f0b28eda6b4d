/**
 * Ready to join: picture, devices, name and language on one side, the choices on the other. Where
 * people see and hear each other somewhere else, without picture and devices.
 */
import {CannotJoin} from './cannot-join.js'
import {DevicePreview} from './device-preview.js'
import {FaultMessage} from './fault-message.js'
import {LevelMeter} from './level-meter.js'
import {inRoom} from '../../i18n/elsewhere.js'
import {dayAndClock} from '../../i18n/when.js'
import {ForgetEvent} from '../common/device-events.js'
import {DeviceFields, field} from '../common/device-fields.js'
import {Part, button, called, icon, make, rich, set, write} from '../common/dom.js'
import {JoinEvent, LeaveEvent} from '../common/events.js'
import {canKeep} from '../../browser/able.js'
import {LanguageChoice} from '../common/language-choice.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {SoundTest} from '../common/sound-test.js'
import {ConsentChoices} from '../consent/consent-choices.js'
import {isEntering} from '../../room/view.js'
import {at} from '../../site/place.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Changes, Facts, Notice} from '../../room/notices.js' */
/** @import {SeenFault, View} from '../../room/view.js' */
/** @import {Decision} from '../../wire/messages.js' */
/** @import {Devices} from '../../rtc/devices.js' */
/** @import {SoundCheck} from '../../rtc/sound-check.js' */
/**
 * @typedef {object} Entry what a person has filled in; survives a change of language
 * @property {string} name @property {ReadonlyMap<string, Decision>} choices
 */
/** @typedef {{language: string, languages: readonly string[], facts: Facts, notices: readonly Notice[], changes: Changes, host: boolean, hindrance: 'insecure' | 'keyless' | null, calls: boolean, remembered: boolean}} Door  `remembered`: this browser knows a name */
/** @typedef {{meter: LevelMeter, preview: DevicePreview, fields: DeviceFields, sound: SoundTest}} Own one's devices */

/** As on the wire (wire/base.py, `Name`). */
const NAME_LENGTH = 64
/** Faults after which the same press is worth another try. */
const AGAIN = new Set(['unreached', 'socket-blocked', 'not-let-in', 'room-locked', 'room-full'])

/** @param {View | null} view @returns {Key} */
function joinLabel(view) {
  if (view?.phase === 'joining') return 'lobby.joining'
  return AGAIN.has(view?.fault?.code ?? '') ? 'problem.retry' : 'lobby.join'
}

export class MeetingLobby extends Part {
  static tag = 'meeting-lobby'
  #gone = new AbortController()
  #say
  /** @type {Own | null} */
  #own
  #choices
  #name = make('input', {autocomplete: 'name', maxlength: NAME_LENGTH, id: 'name', dir: 'auto'})
  #nameFault = make('p', {class: 'field-fault', id: 'name-fault'})
  #forget = make('div', {class: 'remembered', role: 'status'})
  /** Whether one can join at all. */
  #able
  #join
  #note
  #wait
  #stop
  #fault
  /** @type {SeenFault | null} */
  #last = null

  /** @param {Say} say @param {Door} door @param {Entry} entry */
  constructor(say, door, entry) {
    super()
    const isElsewhere = door.facts.mode === 'gate'
    this.#say = inRoom(say, door.facts.mode)
    this.#able = door.hindrance === null
    this.#own = isElsewhere ? null : own(say)
    this.#choices = new ConsentChoices(this.#say, door, entry.choices)
    this.#fault = new FaultMessage(say)
    this.#name.value = entry.name
    this.#nameFault.hidden = true
    this.#join = make('button', {class: 'button', 'data-rank': 'first'}, this.#say('lobby.join'))
    this.#note = make('p', {class: 'note'}, this.#say('lobby.join.note'))
    this.#wait = make('div', {class: 'wait', role: 'status'})
    this.#stop = button(say('wait.stop'), {'data-act': 'stop-waiting'})
    this.#stop.addEventListener('click', () => this.dispatchEvent(new LeaveEvent(false)))
    this.append(
      make('a', {class: 'skip', href: '#name'}, say('skip.join')),
      new PageMasthead(say, {place: door.facts.controller.name, ...door, languages: []}),
      make('main', {class: 'lobby'}, this.#ready(door), this.#ballot()),
      new PageFoot(say),
    )
  }

  connectedCallback() {
    this.#gone = new AbortController()
    const {signal} = this.#gone
    addEventListener('resize', () => requestAnimationFrame(() => this.#bringWait()), {signal})
    this.#bringWait()
  }

  disconnectedCallback() {
    this.#gone.abort()
  }

  /** @returns {Entry} */
  get entry() {
    return {name: this.#name.value.trim(), choices: this.#choices.choices}
  }

  /** @param {Door} door */
  #ready(door) {
    const form = make(
      'form',
      {class: 'ready-form', novalidate: true},
      ...(this.#own ? [this.#own.fields, this.#own.sound] : []),
      make(
        'div',
        {},
        field(this.#say('lobby.name'), 'person', this.#name),
        this.#nameFault,
        door.remembered ? this.#remembered() : null,
      ),
      new LanguageChoice(this.#say, door, select =>
        field(this.#say('language.label'), 'globe', select),
      ),
      door.hindrance ? new CannotJoin(this.#say, door.hindrance) : this.#joining(door),
    )
    form.addEventListener('submit', this)
    return make(
      'section',
      {class: 'ready', 'aria-labelledby': 'ready'},
      this.#head(door),
      ...(this.#own ? [this.#own.preview] : []),
      form,
    )
  }

  /** Who sits at somebody else's machine leaves nothing there. */
  #remembered() {
    const forget = make(
      'button',
      {type: 'button', class: 'link', 'data-act': 'forget'},
      this.#say('lobby.forget'),
    )
    forget.addEventListener('click', () => this.dispatchEvent(new ForgetEvent()))
    this.#forget.append(forget)
    return this.#forget
  }

  /** It has forgotten them. */
  forgotten() {
    this.#name.value = ''
    this.#forget.replaceChildren(make('span', {class: 'note'}, this.#say('lobby.forgotten')))
    this.#name.focus()
  }

  /** @param {Door} door */
  #joining({calls}) {
    const own = this.#own !== null
    return make(
      'div',
      {class: 'join'},
      calls || !own ? null : make('p', {class: 'no-calls'}, ...rich(this.#say('lobby.no-calls'))),
      this.#fault,
      this.#wait,
      this.#join,
      this.#stop,
      this.#note,
      // Beside this page: what was filled in here stays.
      own || canKeep() ? null : make('p', {class: 'note'}, this.#say('frame.unkept')),
      own &&
        make(
          'p',
          {class: 'note'},
          make('a', {href: at('check'), target: '_blank'}, this.#say('check.link')),
        ),
    )
  }

  /** @param {Door} door */
  #head({facts, language, host}) {
    const opened = this.#say('lobby.opened', {when: dayAndClock(language, facts.opened_at)})
    return make(
      'div',
      {class: 'ready-head'},
      make('h1', {id: 'ready', tabindex: -1}, this.#say('lobby.title')),
      make('p', {class: 'ready-title', lang: facts.language}, called(facts.title)),
      make('p', {class: 'note'}, host ? `${opened}. ${this.#say('lobby.host')}` : opened),
      this.#own ? null : make('p', {}, this.#say('elsewhere.what')),
    )
  }

  #ballot() {
    return make('section', {'aria-labelledby': 'choices'}, this.#choices)
  }

  /** @param {SubmitEvent} event */
  handleEvent(event) {
    event.preventDefault()
    if (!this.#able) return
    const {name} = this.entry
    this.#complain(name === '' ? 'lobby.name.missing' : null)
    if (name !== '' && !this.#join.hasAttribute('aria-disabled'))
      this.dispatchEvent(new JoinEvent(name))
  }

  /** What is wrong with the name, if anything. @param {Key | null} why */
  #complain(why) {
    write(this.#nameFault, why === null ? '' : this.#say(why))
    this.#nameFault.hidden = why === null
    set(this.#name, {
      'aria-invalid': why === null ? null : 'true',
      'aria-describedby': why === null ? null : this.#nameFault.id,
    })
    if (why !== null) this.#name.focus()
  }

  /** @param {{devices: Devices | null, view: View | null, check: SoundCheck | null}} state */
  show({devices, view, check}) {
    if (check !== null) this.#own?.sound.show(check)
    if (devices !== null) {
      this.#own?.preview.show(devices)
      this.#own?.fields.show(devices)
    }
    const entering = view !== null && isEntering(view)
    write(this.#join, this.#say(joinLabel(view)))
    set(this.#join, {'aria-disabled': entering ? 'true' : null})
    this.#showWait(view)
    const fault = view?.fault ?? null
    const unnamed = fault?.code === 'name-unusable'
    if (unnamed && fault !== this.#last) this.#complain('fault.name-unusable')
    this.#last = fault
    this.#fault.show(unnamed ? null : fault)
  }

  /** Whoever waits is told so, once; the way out is beside it. @param {View | null} view */
  #showWait(view) {
    const waits = view?.phase === 'waiting'
    const key = view?.told ? 'wait.told' : 'wait.cut'
    const [gone, there] = waits ? [this.#join, this.#stop] : [this.#stop, this.#join]
    set(this, {'data-waits': waits ? '' : null})
    const here = gone === document.activeElement
    there.hidden = false
    gone.hidden = true
    if (here) there.focus()
    this.#note.hidden = waits
    this.#name.readOnly = waits
    if (this.#wait.dataset['state'] === (waits ? key : '')) return
    set(this.#wait, {'data-state': waits ? key : ''})
    this.#wait.replaceChildren(
      ...(waits ? [icon('clock'), make('p', {}, ...rich(this.#say(key)))] : []),
    )
    if (waits) this.#bringWait()
  }

  /** Whoever waits sees that they do, and the way out: in every window, and after it has changed. */
  #bringWait() {
    if (!this.hasAttribute('data-waits')) return
    for (const part of [this.#stop, this.#wait]) part.scrollIntoView({block: 'nearest'})
  }

  /** @param {number | null} level of the microphone */
  showLevel(level) {
    this.#own?.meter.show(level)
  }
}

/** @param {Say} say @returns {Own} */
function own(say) {
  const meter = new LevelMeter(say)
  const sound = new SoundTest(say, {alone: true})
  return {meter, preview: new DevicePreview(say), fields: new DeviceFields(say, meter), sound}
}
