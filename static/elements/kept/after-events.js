/** What the page afterwards hears from its elements. All bubble. */
import {PartEvent} from '../common/events.js'

/** Go to a moment of the meeting in the film of a feature. */
export class MomentEvent extends PartEvent {
  static type = 'film-moment'
  /** @param {string} feature @param {number} moment milliseconds since the epoch */
  constructor(feature, moment) {
    super(MomentEvent.type)
    this.feature = feature
    this.moment = moment
  }
}

/** The film of a feature shows another moment of the meeting, or none. */
export class PlaceEvent extends PartEvent {
  static type = 'film-place'
  /** @param {string} feature @param {number | null} moment milliseconds since the epoch */
  constructor(feature, moment) {
    super(PlaceEvent.type)
    this.feature = feature
    this.moment = moment
  }
}

/** Go to a place in the film. */
export class SeekEvent extends PartEvent {
  static type = 'film-seek'
  /** @param {number} seconds */
  constructor(seconds) {
    super(SeekEvent.type)
    this.seconds = seconds
  }
}

/** Erase my part of a feature; it was confirmed. */
export class ErasePartEvent extends PartEvent {
  static type = 'part-erase'
  /** @param {string} feature */
  constructor(feature) {
    super(ErasePartEvent.type)
    this.feature = feature
  }
}

/** Erase everything of me; it was confirmed. */
export class EraseAllEvent extends PartEvent {
  static type = 'all-erase'
  constructor() {
    super(EraseAllEvent.type)
  }
}

/** Make nothing new from my part of a feature; or do so again. */
export class StopPartEvent extends PartEvent {
  static type = 'part-stop'
  /** @param {string} feature @param {boolean} stopped */
  constructor(feature, stopped) {
    super(StopPartEvent.type)
    this.feature = feature
    this.stopped = stopped
  }
}

/** Make the film of a feature, again. */
export class MakeFilmEvent extends PartEvent {
  static type = 'film-make'
  /** @param {string} feature */
  constructor(feature) {
    super(MakeFilmEvent.type)
    this.feature = feature
  }
}

/** Stop making the film of a feature. */
export class StopFilmEvent extends PartEvent {
  static type = 'film-stop'
  /** @param {string} feature */
  constructor(feature) {
    super(StopFilmEvent.type)
    this.feature = feature
  }
}

/** Write the summary, again. */
export class WriteSummaryEvent extends PartEvent {
  static type = 'summary-write'
  constructor() {
    super(WriteSummaryEvent.type)
  }
}

/** Put the summary on the clipboard. */
export class CopySummaryEvent extends PartEvent {
  static type = 'summary-copy'
  constructor() {
    super(CopySummaryEvent.type)
  }
}

/** A new link to the page, in place of all older ones. */
export class NewLinkEvent extends PartEvent {
  static type = 'link-renew'
  constructor() {
    super(NewLinkEvent.type)
  }
}

/** This browser is to forget the way here. */
export class ForgetLinkEvent extends PartEvent {
  static type = 'link-forget'
  constructor() {
    super(ForgetLinkEvent.type)
  }
}

/** The film cannot be shown: it may be another one by now, or none. */
export class FilmFaultEvent extends PartEvent {
  static type = 'film-fault'
  constructor() {
    super(FilmFaultEvent.type)
  }
}
