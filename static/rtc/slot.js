/**
 * What is wished of one source, and what there is of it.
 *
 * Rule 1: nobody has wished for anything until somebody has: no device is asked for before.
 * Rule 2: what others get is what is wanted for them; a test is for one's own ear alone.
 */

/** @import {DeviceFault} from './device-fault.js' */

export class Slot {
  /** @type {boolean | null} as the switch was pressed last; null: never */
  wanted = null
  /** Whether it is wanted for as long as a key is held. */
  held = false
  /** Whether one hears oneself: then nobody else gets it. */
  tested = false
  /** @type {MediaStreamTrack | null} */
  track = null
  /** @type {DeviceFault | null} */
  fault = null
  /** Whether the browser is being asked for it just now. */
  asking = false
  /** Counts up when another device is chosen. */
  choice = 0
  /** The choice that the track is of. */
  had = 0
  /** The device that went away, and is awaited. */
  missed = ''

  /** Whether it is to be open at all. */
  get open() {
    return this.wanted === true || this.held || this.tested
  }

  /** Whether it is for the others. */
  get shared() {
    return !this.tested && (this.wanted === true || this.held)
  }

  /** Whether there is something to ask the browser for. */
  get lacks() {
    const fits = this.track !== null && this.had === this.choice
    return this.open && !fits && !this.asking && this.fault === null
  }

  /** A microphone that is kept sounds as is wished. */
  voice() {
    if (this.track) this.track.enabled = this.open
  }
}
