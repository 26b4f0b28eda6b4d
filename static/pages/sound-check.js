/** Hearing and being heard, tried out: the same in the lobby, in the room and on the page of checks. */
import {VoiceEvent} from '../elements/common/device-events.js'
import {ToneEvent, on} from '../elements/common/events.js'
import {SoundCheck} from '../rtc/sound-check.js'

/** @import {Devices} from '../rtc/devices.js' */

/** @param {Devices} devices @param {() => void} show what there is of it now @param {AbortSignal} [signal] */
export function soundCheck(devices, show, signal) {
  const options = signal ? {signal} : {}
  const check = new SoundCheck(devices, signal)
  check.addEventListener('change', show, options)
  on(document, ToneEvent, () => void check.play(), options)
  on(document, VoiceEvent, ({wanted}) => (wanted ? void check.record() : check.stop()), options)
  return check
}
