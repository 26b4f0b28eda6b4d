/**
 * How much one sends, and in which way: the same for peers and taps.
 */

/** @import {Source} from '../wire/messages.js' */

/** @typedef {Readonly<Record<Source, MediaStreamTrack | null>>} Tracks */
/** @typedef {'camera' | 'screen'} Shown  what is seen */

/** @type {Tracks} */
export const NO_TRACKS = {microphone: null, camera: null, screen: null, 'screen-audio': null}

/** What a common uplink carries beside its taps, in bits per second, for all peers together. */
const UPLINK = {camera: 4_000_000, screen: 5_000_000}
/** With more than these there is a phone among them: what it can carry, and how often it can draw. */
const MANY = {receivers: 4, uplink: 2_500_000, rate: 20}
export const MOST = {camera: 1_700_000, screen: 2_500_000}
const LEAST = {camera: 200_000, screen: 400_000}
/** What is played on a screen may be music. */
const SOUND = {microphone: 48_000, 'screen-audio': 64_000}

/** @param {Source} source @returns {'audio' | 'video'} */
export function kindOf(source) {
  return source === 'microphone' || source === 'screen-audio' ? 'audio' : 'video'
}

/** Whether it is of what one shares: a screen, or its sound. @param {Source} source */
export const isShared = source => source === 'screen' || source === 'screen-audio'

/** @param {Source} source @param {number} receivers  how many get a copy @returns {number} */
export function bitrate(source, receivers) {
  if (source === 'microphone' || source === 'screen-audio') return SOUND[source]
  const many = source === 'camera' && receivers > MANY.receivers
  const share = Math.floor((many ? MANY.uplink : UPLINK[source]) / Math.max(1, receivers))
  return Math.max(LEAST[source], Math.min(MOST[source], share))
}

/**
 * @param {Source} source @param {number} receivers @returns {RTCRtpEncodingParameters}
 */
export function encoding(source, receivers) {
  const maxBitrate = bitrate(source, receivers)
  if (source !== 'camera') return {maxBitrate}
  // One encoder per peer: with many of them a full picture costs more than any phone has.
  const scaleResolutionDownBy = receivers <= 2 ? 1 : receivers <= MANY.receivers ? 1.5 : 2
  const slower = receivers > MANY.receivers ? {maxFramerate: MANY.rate} : {}
  return {maxBitrate, scaleResolutionDownBy, ...slower}
}

/**
 * A face should move, a page should be legible.
 * @param {RTCRtpSender} sender @param {Source} source @param {RTCRtpEncodingParameters} wanted
 */
export async function tune(sender, source, wanted) {
  const parameters = sender.getParameters()
  if (parameters.encodings.length === 0) return // not negotiated yet (Firefox)
  Object.assign(parameters.encodings[0] ?? {}, wanted)
  if (source === 'camera') parameters.degradationPreference = 'maintain-framerate'
  if (source === 'screen') parameters.degradationPreference = 'maintain-resolution'
  try {
    await sender.setParameters(parameters)
  } catch (refusal) {
    // Older browsers refuse what they do not know, and a closed one everything: the default serves.
    console.debug('parameters refused', refusal)
  }
}
