/** The room: what elements say goes to the session and the devices, and what those show comes back. */
import {wireActs} from './acts.js'
import {chime} from './chimes.js'
import {Lines} from './line.js'
import {Renewal} from './renewal.js'
import {SmallWindow, hasSmallWindow} from './small-window.js'
import {soundCheck} from './sound-check.js'
import {TabTitle} from './tab-title.js'
import {canCall} from '../browser/able.js'
import {fills, leaveFull, toggleFull} from '../browser/fullscreen.js'
import {tabShelf} from '../browser/shelf.js'
import {TalkEvent} from '../elements/common/device-events.js'
import {turnTo} from '../elements/common/dom.js'
import {
  CaptionsEvent,
  ChatEvent,
  DeviceEvent,
  DismissEvent,
  DoorEvent,
  FullEvent,
  HandEvent,
  PreferEvent,
  ReactionEvent,
  RemoveEvent,
  RenewHostEvent,
  SmallWindowEvent,
  SourceEvent,
  TabEvent,
  TaskEvent,
  on,
} from '../elements/common/events.js'
import {MeetingRoom} from '../elements/room/meeting-room.js'
import {SmallRoom} from '../elements/room/small-room.js'
import {words} from '../i18n/words.js'
import {listen, silence} from '../room/active-speaker.js'
import {hostLink, invitation} from '../room/invitation.js'
import {changesOf, noticesIn} from '../room/notices.js'
import {follow, nobody} from '../room/spotlight.js'
import {isOver} from '../room/view.js'
import {Loudness} from '../rtc/loudness.js'
import {SOURCES} from '../wire/messages.js'

/** @import {Preferences} from '../browser/preferences.js' */
/** @import {DeviceFault, Devices} from '../rtc/devices.js' */
/** @import {Facts} from '../room/notices.js' */
/** @import {Source} from '../wire/messages.js' */
/** @import {Seat} from './lobby.js' */
/** @typedef {Seat & {room: string, devices: Devices, preferences: Preferences}} Meeting */

const LISTEN = 100
/** Reactions and captions fade without a message, so the page looks again now and then. */
const LOOK = 1000
/** Whether one wants captions, for as long as this tab is open. */
const CAPTIONS = 'gatekeeper.captions'

/** Until the meeting is over for this person. @param {Meeting} meeting @returns {Promise<void>} */
export const meet = meeting => new Promise(resolve => new Meet(meeting, resolve))

class Meet {
  #meeting
  #resolve
  #element
  #active = silence()
  #spotlight = nobody()
  /** Whether the room was drawn for a host. */
  #host = false
  /** @type {{code: string, detail: string} | null} the newest fault of a device, until dismissed */
  #trouble = null
  /** @type {Map<Source, DeviceFault | null>} what has been told of each, or was seen in the lobby */
  #told
  #loudness = new Loudness()
  #captions = tabShelf.get(CAPTIONS) === 'on'
  #closing = new AbortController()
  #small
  #title
  #renewal
  #check
  #lines
  /** @type {Map<string, MediaStreamTrack | null>} what the session was given last */
  #sent

  /** @param {Meeting} meeting @param {() => void} resolve */
  constructor(meeting, resolve) {
    this.#meeting = meeting
    this.#resolve = resolve
    const {microphone, camera} = meeting.tracks
    this.#sent = new Map([
      ['microphone', microphone],
      ['camera', camera],
      ['screen', null],
      ['screen-audio', null],
    ])
    this.#told = new Map(SOURCES.map(source => [source, meeting.devices.fault(source)]))
    const {signal} = this.#closing
    this.#check = soundCheck(meeting.devices, () => this.#show(), signal)
    this.#small = new SmallWindow(
      () => this.#drawSmall(),
      () => this.#show(),
      signal,
    )
    this.#title = new TabTitle(words(meeting.language), signal)
    this.#element = this.#draw(this.#room(meeting.session.facts))
    this.#renewal = new Renewal(meeting, signal, (...news) => this.#reword(...news))
    this.#lines = new Lines(meeting, signal, {
      changed: () => this.#show(),
      seen: () => this.#element.seen,
    })
    this.#listen()
    wire(meeting, signal, speaker => this.#element.listenOn(speaker))
    this.#send()
    this.#changed()
    this.#renewal.look()
  }

  #listen() {
    const {session, devices, preferences} = this.#meeting
    const {signal} = this.#closing
    session.addEventListener('change', () => this.#changed(), {signal})
    session.addEventListener('streams', () => this.#show(), {signal})
    devices.addEventListener('change', () => this.#look(), {signal})
    preferences.addEventListener('change', () => this.#show(), {signal})
    on(document, TabEvent, () => this.#show(), {signal})
    on(document, SourceEvent, event => devices.toggle(event.source), {signal})
    on(document, PreferEvent, ({preference, value}) => preferences.set(preference, value), {signal})
    on(document, DismissEvent, () => this.#dismiss(), {signal})
    on(document, CaptionsEvent, () => this.#caption(), {signal})
    on(document, TalkEvent, ({held}) => devices.microphone.talk(held), {signal})
    chime(this.#meeting, signal, () => this.#element.tab === 'chat' && document.hasFocus())
    on(document, SmallWindowEvent, () => this.#small.toggle(), {signal})
    document.addEventListener('visibilitychange', () => this.#show(), {signal})
    on(document, FullEvent, () => void toggleFull(), {signal})
    document.addEventListener('fullscreenchange', () => this.#show(), {signal})
    const hearing = setInterval(() => this.#hear(), LISTEN)
    const looking = setInterval(() => this.#lookAgain(), LOOK)
    signal.addEventListener('abort', () => {
      clearInterval(hearing)
      clearInterval(looking)
    })
  }

  /** What is in the room, in the words in force. @param {Facts} before what was shown here before, or the same */
  #room(before) {
    const {room, session, language, devices} = this.#meeting
    const {facts, view, agreed} = session
    this.#host = view.host
    return {
      language,
      facts,
      notices: noticesIn(facts, language),
      changes: changesOf(facts, language, agreed, before),
      host: view.host,
      link: invitation(room, location.origin),
      hostLinkOf: /** @param {string} capability */ capability =>
        hostLink(room, capability, location.origin),
      canShare: devices.canShare,
      small: hasSmallWindow(),
      calls: canCall(),
    }
  }

  /**
   * @param {ConstructorParameters<typeof MeetingRoom>[1]} room
   * @param {MeetingRoom} [earlier] that it takes the place of
   */
  #draw(room, earlier) {
    const {language, devices} = this.#meeting
    const element = new MeetingRoom(words(language), room)
    turnTo(element)
    void devices.microphone.talk(false) // a key that is down was the earlier one's
    if (earlier) element.goOn(earlier)
    element.listenOn(devices.chosen('speaker'))
    return element
  }

  /** What there is to see. */
  get #scene() {
    const {session, devices, preferences} = this.#meeting
    const {view} = session
    const {speaker} = this.#active
    const {lines, streams} = this.#lines
    const {shown: spotlight} = this.#spotlight
    return {view, streams, lines, devices, speaker, spotlight, preferences}
  }

  #show() {
    const {session, language} = this.#meeting
    const scene = this.#scene
    const [trouble, captions, check] = [this.#trouble, this.#captions, this.#check]
    const [small, full] = [this.#small.open, fills()]
    this.#element.show({...scene, trouble, captions, check, small, full})
    this.#small.show(scene)
    this.#lines.look()
    this.#title.show(scene.view, noticesIn(session.facts, language))
    // Whoever looks elsewhere has read nothing.
    const reads = this.#element.tab === 'chat' && !document.hidden
    if (reads && scene.view.unread > 0) session.acts.readChat()
  }

  #drawSmall() {
    const {session, language} = this.#meeting
    const notices = noticesIn(session.facts, language)
    const room = new SmallRoom(words(language), {language, notices})
    room.show(this.#scene)
    return room
  }

  #changed() {
    const {view, facts} = this.#meeting.session
    if (!isOver(view)) {
      if (view.host !== this.#host) this.#element = this.#draw(this.#room(facts), this.#element)
      return this.#show()
    }
    this.#closing.abort()
    void leaveFull()
    void this.#loudness.close()
    this.#resolve()
  }

  /** Give the session the tracks that the devices have, each once. */
  #send() {
    const {session, devices} = this.#meeting
    for (const source of SOURCES) {
      const track = devices.sending(source)
      if (this.#sent.get(source) === track) continue
      this.#sent.set(source, track)
      session.setTrack(source, track)
    }
    this.#show()
  }

  /** Something about the devices is different: what is wrong is told at once, and no longer than so. */
  #look() {
    const {devices} = this.#meeting
    for (const source of SOURCES) {
      const fault = devices.fault(source)
      if (this.#told.get(source) === fault) continue
      this.#told.set(source, fault)
      if (fault !== null) this.#trouble = {code: `${source}.${fault}`, detail: ''}
      else if (this.#trouble?.code.startsWith(`${source}.`)) this.#trouble = null
    }
    this.#send()
  }

  #caption() {
    this.#captions = !this.#captions
    tabShelf.set(CAPTIONS, this.#captions ? 'on' : 'off')
    this.#show()
  }

  #dismiss() {
    this.#trouble = null
    this.#meeting.session.dismissFault()
    this.#show()
  }

  #hear() {
    const {session, devices} = this.#meeting
    const {view, streams} = session
    for (const {id} of view.people) {
      const [remote] = streams.get(id)?.camera?.getAudioTracks() ?? []
      const track = id === view.you ? devices.sending('microphone') : (remote ?? null)
      this.#loudness.hear(id, track)
    }
    this.#loudness.keep(new Set(view.people.map(({id}) => id)))
    const [before, large] = [this.#active.speaker, this.#spotlight.shown]
    const others = view.people.map(({id}) => id).filter(id => id !== view.you)
    this.#active = listen(this.#active, this.#loudness.levels(), Date.now())
    const {speaker} = this.#active
    this.#spotlight = follow(this.#spotlight, speaker, others, Date.now())
    if (speaker !== before) this.#lines.hear(speaker)
    if (speaker !== before || this.#spotlight.shown !== large) this.#show()
  }

  /** What fades without a message, and words that could not be fetched when they changed. */
  #lookAgain() {
    this.#renewal.look()
    this.#show()
  }

  /** The wording has changed: show the new one, and sign no other. @param {Facts} before @param {boolean} named */
  #reword(before, named) {
    const other = this.#room(before)
    if (named) this.#element = this.#draw(other, this.#element)
    else this.#element.reword(other)
    this.#small.redraw()
    this.#show()
  }
}

/** @param {Meeting} meeting @param {AbortSignal} signal @param {(speaker: string) => void} listenOn */
function wire({session, devices}, signal, listenOn) {
  const {acts} = session
  const raised = () => session.view.people.find(({id}) => id === session.view.you)?.hand ?? false
  wireActs(session, signal)
  on(document, ChatEvent, event => acts.chat(event.text), {signal})
  on(document, TaskEvent, event => acts.assist(event.task), {signal})
  on(document, HandEvent, () => acts.hand(!raised()), {signal})
  on(document, ReactionEvent, event => acts.react(event.reaction), {signal})
  on(document, DeviceEvent, event => choose(devices, event, listenOn), {signal})
  on(document, RemoveEvent, event => acts.remove(event.participant), {signal})
  on(document, RenewHostEvent, () => acts.renewHost(), {signal})
  on(document, DoorEvent, event => acts.setDoor(event.door), {signal})
}

/** @param {Devices} devices @param {DeviceEvent} event @param {(speaker: string) => void} listenOn */
async function choose(devices, {kind, device}, listenOn) {
  await devices.choose(kind, device)
  if (kind === 'speaker') listenOn(device)
}
