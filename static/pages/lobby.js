/** From the door to a seat: resolves with a session that is in the room, or that waits no longer. */
import {fetchFacts} from './api.js'
import {forgetHost} from './host.js'
import {onLanguage, speak, spokenOf} from './language.js'
import {soundCheck} from './sound-check.js'
import {canCall, hindrance} from '../browser/able.js'
import {browserShelf} from '../browser/shelf.js'
import {ForgetEvent, TurnOnEvent} from '../elements/common/device-events.js'
import {turnTo} from '../elements/common/dom.js'
import {
  DecisionEvent,
  DeviceEvent,
  DismissEvent,
  JoinEvent,
  LeaveEvent,
  RetryEvent,
  SourceEvent,
  on,
} from '../elements/common/events.js'
import {MeetingLobby} from '../elements/room/meeting-lobby.js'
import {words} from '../i18n/words.js'
import {changesOf, noticesIn} from '../room/notices.js'
import {Session} from '../room/session.js'
import {isEntering} from '../room/view.js'
import {Loudness} from '../rtc/loudness.js'

/** @import {Entry} from '../elements/room/meeting-lobby.js' */
/** @import {Captured, Devices} from '../rtc/devices.js' */
/** @import {SoundCheck} from '../rtc/sound-check.js' */
/** @import {Facts, Notice} from '../room/notices.js' */
/** @import {Sent} from './sent.js' */
/** @typedef {{room: string, facts: Facts, language: string, devices: Devices | null, host: string | null, sent: () => Sent | null, after: string | null, agreed: ReadonlyMap<string, Notice>, refused?: ((code: string) => void) | undefined}} Door  `devices`: null where people meet somewhere else; `refused` hears why one does not come in; `agreed`: what was agreed to here before */
/** @typedef {Record<Captured, MediaStreamTrack | null>} Tracks */
/** @typedef {{session: Session, language: string, tracks: Tracks}} Seat */

const NAME = 'gatekeeper.name'
const METER = 100
const CAPTURED = /** @type {const} */ (['microphone', 'camera'])

/** @param {Door} door @returns {Promise<Seat>} */
export const lobby = door => new Promise(resolve => new Lobby(door, resolve))

class Lobby {
  #door
  #resolve
  #language
  #page
  #loudness = new Loudness()
  /** @type {SoundCheck | null} */
  #check = null
  #closing = new AbortController()
  /** @type {Session | null} while joining, and after a refusal */
  #session = null
  /** @type {Tracks} what the session was given last */
  #tracks = {microphone: null, camera: null}

  /** @param {Door} door @param {(seat: Seat) => void} resolve */
  constructor(door, resolve) {
    this.#door = door
    this.#resolve = resolve
    this.#language = door.language
    const name = door.sent()?.name || (browserShelf.get(NAME) ?? '')
    this.#page = this.#draw({name, choices: new Map()})
    this.#listen()
    if (hindrance() === null && canCall()) void door.devices?.start()
  }

  #listen() {
    const {devices} = this.#door
    const {signal} = this.#closing
    if (devices) this.#use(devices, signal)
    on(document, DismissEvent, () => this.#dismiss(), {signal})
    on(document, ForgetEvent, () => this.#forget(), {signal})
    on(document, JoinEvent, event => this.#join(event.name), {signal})
    on(document, LeaveEvent, () => this.#session?.leave(), {signal})
    on(document, DecisionEvent, event => this.#decide(event), {signal})
    onLanguage(language => this.#speak(language), {signal})
  }

  /** @param {Devices} devices @param {AbortSignal} signal */
  #use(devices, signal) {
    devices.addEventListener('change', () => this.#look(devices), {signal})
    on(document, SourceEvent, event => devices.toggle(event.source), {signal})
    on(document, TurnOnEvent, () => devices.turnOn(), {signal})
    on(document, RetryEvent, () => devices.retry(), {signal})
    this.#check = soundCheck(devices, () => this.#show(), signal)
    on(document, DeviceEvent, event => devices.choose(event.kind, event.device), {signal})
    document.addEventListener('pointerdown', () => this.#loudness.wake(), {signal})
    const metering = setInterval(() => this.#hear(devices), METER)
    signal.addEventListener('abort', () => clearInterval(metering))
  }

  /** @param {Entry} entry */
  #draw(entry) {
    const {facts, devices, host, agreed} = this.#door
    const language = this.#language
    const say = words(language)
    speak(language, `${facts.title} · ${say('brand')}`)
    const notices = noticesIn(facts, language)
    const able = {hindrance: hindrance(), calls: canCall()}
    const remembered = browserShelf.get(NAME) !== null
    const door = {
      language,
      languages: spokenOf(facts.languages),
      facts,
      notices,
      changes: changesOf(facts, language, agreed, facts),
      host: host !== null,
      remembered,
      ...able,
    }
    const page = new MeetingLobby(say, door, entry)
    turnTo(page)
    page.show({devices, view: null, check: this.#check})
    return page
  }

  #show() {
    const {devices} = this.#door
    this.#page.show({devices, view: this.#session?.view ?? null, check: this.#check})
  }

  /** @param {Devices} devices */
  #hear(devices) {
    const {track} = devices.microphone
    this.#loudness.hear('you', track)
    this.#page.showLevel(track === null ? null : this.#loudness.level('you'))
  }

  /** What this browser remembers of who sits here; what runs goes on. */
  #forget() {
    browserShelf.forget(NAME)
    this.#door.devices?.forget()
    this.#page.forgotten()
  }

  /** @param {string} language */
  #speak(language) {
    this.#language = language
    this.#page = this.#draw(this.#page.entry)
    this.#show()
  }

  /** Whoever is on their way in may still choose otherwise. @param {DecisionEvent} event */
  #decide({feature, decision}) {
    if (this.#entering) void this.#session?.decide(feature, decision)
  }

  get #entering() {
    return this.#session !== null && isEntering(this.#session.view)
  }

  /** One's devices are other ones: whoever waits comes in with those of then. @param {Devices} devices */
  #look(devices) {
    if (this.#session?.view.phase === 'waiting') this.#send(this.#session, devices)
    this.#show()
  }

  /** @param {Session} session @param {Devices} devices */
  #send(session, devices) {
    for (const source of CAPTURED) {
      const track = devices.sending(source)
      if (this.#tracks[source] === track) continue
      this.#tracks[source] = track
      session.setTrack(source, track)
    }
  }

  #dismiss() {
    this.#session = null
    this.#show()
  }

  /** @param {string} name */
  async #join(name) {
    if (this.#entering) return
    browserShelf.set(NAME, name)
    const {room, facts, devices, host, sent, after, agreed} = this.#door
    const {choices} = this.#page.entry
    const tracks = (this.#tracks = {
      microphone: devices?.sending('microphone') ?? null,
      camera: devices?.sending('camera') ?? null,
    })
    // What is signed is the wording that stood here when Join was pressed.
    const language = this.#language
    const session = new Session(room, facts, {language, agreed})
    this.#session = session
    const joining = new AbortController()
    session.addEventListener('change', () => this.#show(), {signal: joining.signal})
    await session.join({name, host, entry: sent()?.entry ?? null, after, choices, tracks})
    joining.abort()
    if (session.view.phase === 'refused') return this.#refused(session)
    this.#closing.abort()
    void this.#loudness.close()
    this.#resolve({session, language, tracks})
  }

  /** The host link is good no longer: whoever has it may come in like everybody else. */
  #unhosted() {
    const {room, host} = this.#door
    if (host === null) return
    forgetHost(room)
    this.#door = {...this.#door, host: null}
    this.#page = this.#draw(this.#page.entry)
  }

  /** No socket has opened: whether the server can be reached otherwise tells why. @param {Session} session */
  async #refused(session) {
    if (session.view.fault?.code === 'not-allowed') this.#unhosted()
    this.#show()
    this.#door.refused?.(session.view.fault?.code ?? '')
    if (session.view.fault?.code !== 'unreached') return
    const answer = await fetchFacts(this.#door.room)
    const code = 'facts' in answer ? 'socket-blocked' : answer.code
    if (code !== 'unreachable') session.explain(code)
    this.#show()
  }
}
