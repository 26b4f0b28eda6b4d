/** What the page that verifies says to itself. */
import {PartEvent} from '../common/events.js'

/** Somebody has dropped, chosen or pasted something. */
export class GivenEvent extends PartEvent {
  static type = 'verify-given'
  /** @param {readonly File[]} files */
  constructor(files) {
    super(GivenEvent.type)
    this.files = files
  }
}

/** What was found is to go. */
export class AgainEvent extends PartEvent {
  static type = 'verify-again'
  constructor() {
    super(AgainEvent.type)
  }
}
