/**
 * How much of what one shows each of the others gets, by how large they can use it.
 *
 * Rule 1: whoever has said nothing can use all of it, as if nobody had ever said anything.
 * Rule 2: nobody gets less than an even share for what somebody else wants. What is left over by those
 * who can use less goes to those who can use more, and all of it together is never more than all even shares.
 * Rule 3: taps are none of it: what is kept of a meeting depends on nobody's wants.
 */

import {encoding, kindOf, MOST} from './sending.js'
import {SOURCES} from '../wire/messages.js'

/** @import {Source} from '../wire/messages.js' */
/** @import {Heights} from '../wire/payload.js' */
/** @import {Shown, Tracks} from './sending.js' */

/** @typedef {Readonly<Record<Source, RTCRtpEncodingParameters>>} Share  what one of the others gets of each source */

/** Who wants as much wants all there is. */
const ALL = 720
/** A few sizes: an encoder that is given another one begins again. */
const SCALES = [1, 1.5, 2, 3, 4, 6, 8, 12]
/** Half as many pixels take more than half as many bits. */
const BITS_BY_AREA = 0.75
/** A face that is as small as this moves well enough at that many pictures a second. */
const SMALL = {area: 1 / 12, rate: 15}
/** Said every time: what is left out now would stay as it was said before. */
const FASTEST = 30

/**
 * One for each of the others, in their order.
 * @param {Tracks} tracks @param {readonly Heights[]} wants @returns {Share[]}
 */
export function shares(tracks, wants) {
  const bySource = new Map(SOURCES.map(source => [source, allot(source, tracks[source], wants)]))
  return wants.map((_, index) => {
    const own = SOURCES.map(source => [source, bySource.get(source)?.[index] ?? {}])
    return /** @type {Share} */ (Object.fromEntries(own))
  })
}

/**
 * @param {Source} source @param {MediaStreamTrack | null} track @param {readonly Heights[]} wants
 * @returns {RTCRtpEncodingParameters[]}
 */
function allot(source, track, wants) {
  const even = encoding(source, wants.length)
  if (kindOf(source) === 'audio') return wants.map(() => even)
  return pictures(/** @type {Shown} */ (source), even, wants, heightOf(track))
}

/**
 * @param {Shown} source @param {RTCRtpEncodingParameters} even @param {readonly Heights[]} wants
 * @param {number} height  of what is captured
 */
function pictures(source, even, wants, height) {
  const areas = wants.map(({[source]: wanted = ALL}) =>
    wanted >= ALL ? 1 : Math.min(1, (wanted / height) ** 2),
  )
  const {scaleResolutionDownBy: scale = 1, maxBitrate = 0, maxFramerate} = even
  const most = level(areas, areas.length / scale ** 2)
  const scales = areas.map(area => snapped(1 / Math.sqrt(Math.min(area, most))))
  const bits = scales.map((by, index) =>
    areas[index] === 0 ? 0 : MOST[source] * by ** (-2 * BITS_BY_AREA),
  )
  const share = level(bits, bits.length * maxBitrate)
  return areas.map((area, index) => {
    const by = scales[index] ?? 1
    const rate = by ** -2 <= SMALL.area ? SMALL.rate : (maxFramerate ?? FASTEST)
    return {
      active: area > 0,
      maxBitrate: Math.floor(Math.min(bits[index] || maxBitrate, share)),
      scaleResolutionDownBy: by,
      ...(source === 'camera' ? {maxFramerate: rate} : {}),
    }
  })
}

/**
 * Up to where everybody gets what they want, if all of it together is to be no more than `sum`.
 * @param {readonly number[]} wanted @param {number} sum
 */
export function level(wanted, sum) {
  const rising = [...wanted].sort((a, b) => a - b)
  let left = sum
  for (const [index, each] of rising.entries()) {
    const share = left / (rising.length - index)
    if (each > share) return share
    left -= each
  }
  return rising.at(-1) ?? 0
}

/** The next smaller size that there is. @param {number} scale */
const snapped = scale => SCALES.find(each => each > scale - 0.01) ?? SCALES.at(-1) ?? 1

/** An upright picture is as wide as a lying one is high. @param {MediaStreamTrack | null} track */
function heightOf(track) {
  const {width = ALL, height = ALL} = track?.getSettings() ?? {}
  return Math.max(1, Math.min(width, height))
}
