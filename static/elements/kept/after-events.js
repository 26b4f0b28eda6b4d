/** What the page afterwards hears from its elements. All bubble. */

class AfterEvent extends Event {
  /** @param {string} type */
  constructor(type) {
    super(type, {bubbles: true, composed: true})
  }
}

/** Go to a moment of the meeting in the film of a feature. */
export class MomentEvent extends AfterEvent {
  static type = 'film-moment'
  /** @param {string} feature @param {number} moment milliseconds since the epoch */
  constructor(feature, moment) {
    super(MomentEvent.type)
    this.feature = feature
    this.moment = moment
  }
}

/** The film of a feature shows another moment of the meeting, or none. */
export class PlaceEvent extends AfterEvent {
  static type = 'film-place'
  /** @param {string} feature @param {number | null} moment milliseconds since the epoch */
  constructor(feature, moment) {
    super(PlaceEvent.type)
    this.feature = feature
    this.moment = moment
  }
}

/** Go to a place in the film. */
export class SeekEvent extends AfterEvent {
  static type = 'film-seek'
  /** @param {number} seconds */
  constructor(seconds) {
    super(SeekEvent.type)
    this.seconds = seconds
  }
}

/** Erase my part of a feature; it was confirmed. */
export class ErasePartEvent extends AfterEvent {
  static type = 'part-erase'
  /** @param {string} feature */
  constructor(feature) {
    super(ErasePartEvent.type)
    this.feature = feature
  }
}

/** Make nothing new from my part of a feature; or do so again. */
export class StopPartEvent extends AfterEvent {
  static type = 'part-stop'
  /** @param {string} feature @param {boolean} stopped */
  constructor(feature, stopped) {
    super(StopPartEvent.type)
    this.feature = feature
    this.stopped = stopped
  }
}

/** Make the film of a feature, again. */
export class MakeFilmEvent extends AfterEvent {
  static type = 'film-make'
  /** @param {string} feature */
  constructor(feature) {
    super(MakeFilmEvent.type)
    this.feature = feature
  }
}

/** Stop making the film of a feature. */
export class StopFilmEvent extends AfterEvent {
  static type = 'film-stop'
  /** @param {string} feature */
  constructor(feature) {
    super(StopFilmEvent.type)
    this.feature = feature
  }
}

/** Write the summary, again. */
export class WriteSummaryEvent extends AfterEvent {
  static type = 'summary-write'
  constructor() {
    super(WriteSummaryEvent.type)
  }
}

/** Put the summary on the clipboard. */
export class CopySummaryEvent extends AfterEvent {
  static type = 'summary-copy'
  constructor() {
    super(CopySummaryEvent.type)
  }
}

/** This browser is to forget the way here. */
export class ForgetLinkEvent extends AfterEvent {
  static type = 'link-forget'
  constructor() {
    super(ForgetLinkEvent.type)
  }
}

/** The film cannot be shown: it may be another one by now, or none. */
export class FilmFaultEvent extends AfterEvent {
  static type = 'film-fault'
  constructor() {
    super(FilmFaultEvent.type)
  }
}
