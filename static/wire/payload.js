/**
 * What two browsers say to each other through the relay, in `signal` payloads.
 *
 * Rule 1: a payload comes from another participant and is not to be trusted: its shape is
 * checked before use, and it can concern nothing but the connection to its sender.
 * Rule 2: every payload names the generation of the connection that it is about, so that what
 * is left over from an earlier one is passed over.
 */

import {parse, SOURCES} from './messages.js'
import {isRecord, listOf, mapOf, maybe, number, oneOf, shape, text} from './shapes.js'

/** @import {Source} from './messages.js' */

/** @typedef {Readonly<Record<string, Source>>} SourceMap  by mid, as its sender sends them */
/** @typedef {{statement: string, key: unknown}} Vouch  signed by its sender: whose certificates these are */
/** @typedef {{kind: 'description', generation: string, description: {type: 'offer' | 'answer', sdp: string}, sources: SourceMap, vouch: Vouch}} Description */
/** @typedef {{kind: 'candidates', generation: string, candidates: readonly RTCIceCandidateInit[]}} Candidates */
/** @typedef {{kind: 'restart', generation: string}} Restart  from the follower: begin anew */
/** @typedef {{kind: 'distrust', generation: string}} Distrust  what came was not signed by who sent it: it is over */
/** @typedef {Readonly<Partial<Record<'camera' | 'screen', number>>>} Heights  one of `HEIGHTS` each; what is left out is wanted as large as there is */
/** @typedef {{kind: 'wants', generation: string, heights: Heights}} Wants  how large its sender can use the other's pictures */
/** @typedef {Description | Candidates | Restart | Distrust | Wants} Payload */

/** The server's limit for a payload (`wire/client.py`). */
export const LONGEST = 60_000
/** Lines of a picture, as one asks for it: none, a stamp, a small tile, a tile, or all there is. */
export const HEIGHTS = [0, 90, 180, 360, 720]
const MOST_CANDIDATES = 64
const MOST_SECTIONS = 16

const candidate = shape({
  candidate: text,
  sdpMid: maybe(text),
  sdpMLineIndex: maybe(number),
  usernameFragment: maybe(text),
})

/** @param {unknown} value */
const height = value =>
  value === undefined || (typeof value === 'number' && HEIGHTS.includes(value))

/** @type {Readonly<Record<Payload['kind'], (value: unknown) => boolean>>} */
const SHAPES = {
  description: shape({
    generation: text,
    description: shape({type: oneOf(['offer', 'answer']), sdp: text}),
    sources: mapOf(oneOf(SOURCES), MOST_SECTIONS),
    vouch: shape({statement: text, key: isRecord}),
  }),
  candidates: shape({generation: text, candidates: listOf(candidate, MOST_CANDIDATES)}),
  restart: shape({generation: text}),
  distrust: shape({generation: text}),
  wants: shape({
    generation: text,
    heights: shape({camera: height, screen: height}),
  }),
}

/** @param {unknown} kind @returns {kind is Payload['kind']} */
function isKind(kind) {
  return typeof kind === 'string' && Object.hasOwn(SHAPES, kind)
}

/** @param {unknown} value @returns {value is Payload} */
function isPayload(value) {
  return isRecord(value) && isKind(value['kind']) && SHAPES[value['kind']](value)
}

/** @param {string} written @returns {Payload | null} null for what is none */
export function readPayload(written) {
  if (written.length > LONGEST) return null
  const value = parse(written)
  return isPayload(value) ? value : null
}

/** @param {Payload} payload @returns {string} */
export function writePayload(payload) {
  const written = JSON.stringify(payload)
  if (written.length > LONGEST) throw new RangeError(`a ${payload.kind} of ${written.length}`)
  return written
}
