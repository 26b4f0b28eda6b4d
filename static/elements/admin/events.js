/** What the console's elements say to its page. */
import {PartEvent} from '../common/events.js'

/** @import {Words} from '../../console/shapes.js' */

/** Somebody shows the console's token. */
export class TokenShownEvent extends PartEvent {
  static type = 'console-token'
  /** @param {string} token */
  constructor(token) {
    super(TokenShownEvent.type)
    this.token = token
  }
}

/** The admin signs out. */
export class SignedOutEvent extends PartEvent {
  static type = 'console-sign-out'
  constructor() {
    super(SignedOutEvent.type)
  }
}

/** A feature is to be switched off everywhere, or offered again. */
export class SwitchEvent extends PartEvent {
  static type = 'console-switch'
  /** @param {string} feature @param {boolean} offered */
  constructor(feature, offered) {
    super(SwitchEvent.type)
    this.feature = feature
    this.offered = offered
  }
}

/** Another notice is to be looked at. */
export class LookEvent extends PartEvent {
  static type = 'console-look'
  /** @param {{feature: string, language: string}} what */
  constructor({feature, language}) {
    super(LookEvent.type)
    this.feature = feature
    this.language = language
  }
}

/** Words of a notice, by language: to be tried, or to be put in force. */
export class WordsEvent extends PartEvent {
  static type = 'console-words'
  /** @param {string} feature @param {Readonly<Record<string, Words>>} notices @param {boolean} force */
  constructor(feature, notices, force) {
    super(WordsEvent.type)
    this.feature = feature
    this.notices = notices
    this.force = force
  }
}

/** The file's words are to be in force again. */
export class FileWordsEvent extends PartEvent {
  static type = 'console-file-words'
  /** @param {string} feature */
  constructor(feature) {
    super(FileWordsEvent.type)
    this.feature = feature
  }
}

/** A room is to be ended for everybody in it. */
export class EndRoomEvent extends PartEvent {
  static type = 'console-end-room'
  /** @param {string} room */
  constructor(room) {
    super(EndRoomEvent.type)
    this.room = room
  }
}

/** A service is to get a key. */
export class MakeKeyEvent extends PartEvent {
  static type = 'console-make-key'
  /** @param {string} name @param {readonly string[]} scopes @param {readonly string[]} origins */
  constructor(name, scopes, origins) {
    super(MakeKeyEvent.type)
    this.name = name
    this.scopes = scopes
    this.origins = origins
  }
}

/** A service's key is to open nothing any more. */
export class RevokeKeyEvent extends PartEvent {
  static type = 'console-revoke-key'
  /** @param {string} key its id @param {string} name */
  constructor(key, name) {
    super(RevokeKeyEvent.type)
    this.key = key
    this.name = name
  }
}

/** The next page of a list is wanted. */
export class MoreEvent extends PartEvent {
  static type = 'console-more'
  constructor() {
    super(MoreEvent.type)
  }
}

/** Meetings are to be found. */
export class FindEvent extends PartEvent {
  static type = 'console-find'
  /** @param {{begins: string, day: string}} wish */
  constructor({begins, day}) {
    super(FindEvent.type)
    this.begins = begins
    this.day = day
  }
}

/** Events of a service are to be told to an address. */
export class AddWebhookEvent extends PartEvent {
  static type = 'console-add-webhook'
  /** @param {{key: string, url: string, events: readonly string[]}} wanted */
  constructor(wanted) {
    super(AddWebhookEvent.type)
    this.wanted = wanted
  }
}

/** Something is to be done with a webhook. */
export class WebhookEvent extends PartEvent {
  static type = 'console-webhook'
  /** @param {'replay' | 'secret' | 'remove'} what @param {string} webhook its id @param {string} url */
  constructor(what, webhook, url) {
    super(WebhookEvent.type)
    this.what = what
    this.webhook = webhook
    this.url = url
  }
}

/** A file of receipts is here: whom are they of? */
export class ReceiptsEvent extends PartEvent {
  static type = 'console-receipts'
  /** @param {string} receipts a line each */
  constructor(receipts) {
    super(ReceiptsEvent.type)
    this.receipts = receipts
  }
}

/** What a person asks for is to be done. */
export class RequestEvent extends PartEvent {
  static type = 'console-request'
  /** @param {'export' | 'erase'} what */
  constructor(what) {
    super(RequestEvent.type)
    this.what = what
  }
}

/** The doctor is to look. */
export class DoctorEvent extends PartEvent {
  static type = 'console-doctor'
  constructor() {
    super(DoctorEvent.type)
  }
}
