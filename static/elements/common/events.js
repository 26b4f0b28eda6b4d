/** What elements say to the page. All bubble; none of them does anything by itself. */

/** @typedef {'gate' | 'people' | 'chat' | 'notes'} Tab */

/** @import {Preference} from '../../browser/preferences.js' */
/** @import {Kind} from '../../rtc/devices.js' */
/** @import {Task} from '../../room/task.js' */
/** @import {Decision, Door, ReactionWord, Source} from '../../wire/messages.js' */

/** It bubbles, out of shadow roots too. */
export class PartEvent extends Event {
  /** @param {string} type */
  constructor(type) {
    super(type, {bubbles: true, composed: true})
  }
}

/** Somebody has answered for one feature. */
export class DecisionEvent extends PartEvent {
  static type = 'consent-decision'
  /** @param {string} feature @param {Decision} decision */
  constructor(feature, decision) {
    super(DecisionEvent.type)
    this.feature = feature
    this.decision = decision
  }
}

/** The host wants a feature to run, or no longer wants it. */
export class RequestEvent extends PartEvent {
  static type = 'feature-request'
  /** @param {string} feature @param {boolean} wanted */
  constructor(feature, wanted) {
    super(RequestEvent.type)
    this.feature = feature
    this.wanted = wanted
  }
}

/** One of the two ends after a withdrawal. */
export class PartEndEvent extends PartEvent {
  static type = 'part-end'
  /** @param {string} feature @param {boolean} erase */
  constructor(feature, erase) {
    super(PartEndEvent.type)
    this.feature = feature
    this.erase = erase
  }
}

/** Microphone, camera or screen on or off. */
export class SourceEvent extends PartEvent {
  static type = 'source-toggle'
  /** @param {Source} source */
  constructor(source) {
    super(SourceEvent.type)
    this.source = source
  }
}

/** Another microphone, camera or speaker. */
export class DeviceEvent extends PartEvent {
  static type = 'device-choice'
  /** @param {Kind} kind @param {string} device */
  constructor(kind, device) {
    super(DeviceEvent.type)
    this.kind = kind
    this.device = device
  }
}

/** One wants something otherwise, in this browser. */
export class PreferEvent extends PartEvent {
  static type = 'preference'
  /** @param {Preference} preference @param {string} value */
  constructor(preference, value) {
    super(PreferEvent.type)
    this.preference = preference
    this.value = value
  }
}

/** The room fills the screen, or does no longer. */
export class FullEvent extends PartEvent {
  static type = 'full-toggle'
  constructor() {
    super(FullEvent.type)
  }
}

/** Try the microphone and the camera once more. */
export class RetryEvent extends PartEvent {
  static type = 'device-retry'
  constructor() {
    super(RetryEvent.type)
  }
}

/** The panel shows another tab; `null` closes it. */
export class TabEvent extends PartEvent {
  static type = 'panel-tab'
  /** @param {Tab | null} tab */
  constructor(tab) {
    super(TabEvent.type)
    this.tab = tab
  }
}

/** A line for the chat. */
export class ChatEvent extends PartEvent {
  static type = 'chat-send'
  /** @param {string} text */
  constructor(text) {
    super(ChatEvent.type)
    this.text = text
  }
}

/** Captions on or off, for oneself. */
export class CaptionsEvent extends PartEvent {
  static type = 'captions-toggle'
  constructor() {
    super(CaptionsEvent.type)
  }
}

/** The meeting in a small window of its own, or no longer. */
export class SmallWindowEvent extends PartEvent {
  static type = 'small-window'
  constructor() {
    super(SmallWindowEvent.type)
  }
}

/** Back to the window with the meeting. */
export class MeetingWindowEvent extends PartEvent {
  static type = 'meeting-window'
  constructor() {
    super(MeetingWindowEvent.type)
  }
}

/** Something that is asked of the assistant. */
export class TaskEvent extends PartEvent {
  static type = 'assistant-task'
  /** @param {Task} task */
  constructor(task) {
    super(TaskEvent.type)
    this.task = task
  }
}

/** The hand goes up or down. */
export class HandEvent extends PartEvent {
  static type = 'hand-toggle'
  constructor() {
    super(HandEvent.type)
  }
}

/** A passing reaction. */
export class ReactionEvent extends PartEvent {
  static type = 'reaction-send'
  /** @param {ReactionWord} reaction */
  constructor(reaction) {
    super(ReactionEvent.type)
    this.reaction = reaction
  }
}

/** Leave, or end the meeting for everyone. */
export class LeaveEvent extends PartEvent {
  static type = 'meeting-leave'
  /** @param {boolean} forEveryone */
  constructor(forEveryone) {
    super(LeaveEvent.type)
    this.forEveryone = forEveryone
  }
}

/** The host lets somebody in who waits, or does not. */
export class KnockEvent extends PartEvent {
  static type = 'knock-answer'
  /** @param {string} participant @param {boolean} letIn */
  constructor(participant, letIn) {
    super(KnockEvent.type)
    this.participant = participant
    this.letIn = letIn
  }
}

/** The host sends somebody away. */
export class RemoveEvent extends PartEvent {
  static type = 'participant-remove'
  /** @param {string} participant */
  constructor(participant) {
    super(RemoveEvent.type)
    this.participant = participant
  }
}

/** The host says who may come in. */
export class DoorEvent extends PartEvent {
  static type = 'door-choice'
  /** @param {Door} door */
  constructor(door) {
    super(DoorEvent.type)
    this.door = door
  }
}

/** The host has a new host link made. */
export class RenewHostEvent extends PartEvent {
  static type = 'host-renew'
  constructor() {
    super(RenewHostEvent.type)
  }
}

/** Into the room, with this name. */
export class JoinEvent extends PartEvent {
  static type = 'meeting-join'
  /** @param {string} name */
  constructor(name) {
    super(JoinEvent.type)
    this.name = name
  }
}

/** A tone, to hear the speaker by. */
export class ToneEvent extends PartEvent {
  static type = 'tone-play'
  constructor() {
    super(ToneEvent.type)
  }
}

/** To the window of the gate's own. */
export class OwnWindowEvent extends PartEvent {
  static type = 'own-window'
  constructor() {
    super(OwnWindowEvent.type)
  }
}

/** A press on an answer that its person could not see whole: it did nothing. */
export class UnseenEvent extends PartEvent {
  static type = 'answer-unseen'
  constructor() {
    super(UnseenEvent.type)
  }
}

/** The page speaks another language from now on. */
export class LanguageEvent extends PartEvent {
  static type = 'language-choice'
  /** @param {string} language @param {boolean} [own] chosen by its person, not by who shows the page */
  constructor(language, own = true) {
    super(LanguageEvent.type)
    this.language = language
    this.own = own
  }
}

/** The fault message was read. */
export class DismissEvent extends PartEvent {
  static type = 'fault-dismiss'
  constructor() {
    super(DismissEvent.type)
  }
}

/** Back into the meeting that one has left. */
export class RejoinEvent extends PartEvent {
  static type = 'meeting-rejoin'
  constructor() {
    super(RejoinEvent.type)
  }
}

/** Sign in with this access token, to open rooms. */
export class TokenEvent extends PartEvent {
  static type = 'token-enter'
  /** @param {string} token */
  constructor(token) {
    super(TokenEvent.type)
    this.token = token
  }
}

/** Away from this page, to sign in. */
export class SignInEvent extends PartEvent {
  static type = 'sign-in-leave'
  constructor() {
    super(SignInEvent.type)
  }
}

/** Be signed in no more. */
export class SignOutEvent extends PartEvent {
  static type = 'sign-out'
  constructor() {
    super(SignOutEvent.type)
  }
}

/** Open a room with these facts. */
export class OpenRoomEvent extends PartEvent {
  static type = 'room-open'
  /** @param {{title: string, language: string, features: readonly string[], knock: boolean}} room */
  constructor(room) {
    super(OpenRoomEvent.type)
    this.room = room
  }
}

/** Keep the meeting as a file for a calendar. */
export class CalendarEvent extends PartEvent {
  static type = 'calendar-save'
  /** @param {{start: Date, end: Date}} when */
  constructor(when) {
    super(CalendarEvent.type)
    this.when = when
  }
}

/**
 * Listen for one kind of event, typed.
 * @template {Event} E
 * @param {EventTarget} target @param {{new (...args: never[]): E, type: string}} kind
 * @param {(event: E) => void} handle @param {AddEventListenerOptions} [options]
 */
export function on(target, kind, handle, options) {
  target.addEventListener(
    kind.type,
    event => {
      if (event instanceof kind) handle(event)
    },
    options,
  )
}
