/** What elements say of one's own devices, beside switches and choices. They do nothing by themselves. */

import {PartEvent} from './events.js'

/** Microphone and camera on, both at once. */
export class TurnOnEvent extends PartEvent {
  static type = 'devices-on'
  constructor() {
    super(TurnOnEvent.type)
  }
}

/** The key that opens the microphone for as long as it is held. */
export class TalkEvent extends PartEvent {
  static type = 'talk'
  /** @param {boolean} held */
  constructor(held) {
    super(TalkEvent.type)
    this.held = held
  }
}

/** Hear oneself: begin, or stop it. */
export class VoiceEvent extends PartEvent {
  static type = 'own-voice'
  /** @param {boolean} wanted */
  constructor(wanted) {
    super(VoiceEvent.type)
    this.wanted = wanted
  }
}

/** This browser is to forget one's name and devices. */
export class ForgetEvent extends PartEvent {
  static type = 'forget-here'
  constructor() {
    super(ForgetEvent.type)
  }
}
