/** What the parts of the stage say to it. All of it is for oneself, so no page listens. */
import {PartEvent} from '../common/events.js'

/** @import {Large} from '../../room/large.js' */

/** The control that keeps a picture large was pressed. */
export class PinEvent extends PartEvent {
  static type = 'stage-pin'
  /** @param {Large} what */
  constructor(what) {
    super(PinEvent.type)
    this.what = what
  }
}

/** Somebody's screen is to be the large one. */
export class ScreenChoiceEvent extends PartEvent {
  static type = 'screen-choice'
  /** @param {string} sharer */
  constructor(sharer) {
    super(ScreenChoiceEvent.type)
    this.sharer = sharer
  }
}
