/**
 * How good a line is, in a word, and why.
 *
 * Rule 1: it does not flicker. It is worse when it has been so for a while, and better when it has been
 * better for longer.
 * Rule 2: a few packets prove nothing, and neither does a picture that somebody has turned off.
 * Rule 3: one's own line is what most of the others have in common, and what limits what one sends.
 */

/** @import {Report} from './report.js' */

/** @typedef {'good' | 'fair' | 'poor'} Level */
/** @typedef {'loss' | 'delay' | 'sound' | 'still' | 'narrow' | 'busy'} Reason  `busy`: not the line, but this device */
/** @typedef {{level: Level, reason: Reason | null}} Quality */
/** @typedef {Quality & {next: Quality, times: number}} Settled  and what it is about to become */

/** @type {Quality} */
export const GOOD = {level: 'good', reason: null}
/** @type {Settled} */
export const UNKNOWN = {...GOOD, next: GOOD, times: 0}

const RANK = {good: 0, fair: 1, poor: 2}
/** From which value on it is fair, and poor. */
const BOUNDS = {
  /** Of the packets. */
  loss: [0.03, 0.1],
  /** Seconds, there and back. */
  delay: [0.35, 0.8],
  /** Of the sound, made up. */
  sound: [0.04, 0.15],
  /** Of the time, standing still. */
  still: [0.1, 0.4],
}
/** Below so many packets nothing is known of loss. */
const FEWEST = 20
/** Bits a second to one person: below these a picture has to shrink much. */
const NARROW = {fair: 250_000, poor: 90_000}
/** So often in a row. */
const WORSE = 2
const BETTER = 4

/**
 * What comes from one other person, between two reports.
 * @param {Report} before @param {Report} after @returns {Quality}
 */
export function incoming(before, after) {
  const seconds = (after.at - before.at) / 1000
  const lost = Math.max(0, after.lost - before.lost)
  const packets = after.received - before.received + lost
  const samples = after.samples - before.samples
  const frozen = after.frozen - before.frozen
  return worst(
    bounded('loss', packets < FEWEST ? 0 : lost / packets),
    bounded('delay', after.roundTrip ?? 0),
    bounded('sound', samples > 0 ? (after.concealed - before.concealed) / samples : 0),
    // Longer than one has looked: it was off, and is on again.
    bounded('still', seconds > 0 && frozen <= seconds ? frozen / seconds : 0),
  )
}

/** What goes to one other person. @param {Report} report @returns {Quality} */
export function outgoing({lostThere, limit, capacity}) {
  const narrow = limit === 'bandwidth' && capacity !== null
  return worst(
    bounded('loss', lostThere),
    narrow && capacity < NARROW.poor ? {level: 'poor', reason: 'narrow'} : GOOD,
    narrow && capacity < NARROW.fair ? {level: 'fair', reason: 'narrow'} : GOOD,
    limit === 'cpu' ? {level: 'fair', reason: 'busy'} : GOOD,
  )
}

/** One's own line. @param {readonly Quality[]} ways  to each of the others and back, the worse of both @returns {Quality} */
export function own(ways) {
  const rising = [...ways].sort((a, b) => RANK[a.level] - RANK[b.level])
  // Of two, three or four the better half decides: what few have is theirs.
  return rising[Math.floor((rising.length - 1) / 2)] ?? GOOD
}

/** The first of the worst. @param {...Quality} found @returns {Quality} */
export const worst = (...found) =>
  found.reduce((most, each) => (RANK[each.level] > RANK[most.level] ? each : most), GOOD)

/** @param {Settled} before @param {Quality} seen @returns {Settled} */
export function settle(before, seen) {
  if (seen.level === before.level) return {...before, next: before, times: 0}
  const same =
    RANK[seen.level] > RANK[before.level] === RANK[before.next.level] > RANK[before.level]
  const times = before.times > 0 && same ? before.times + 1 : 1
  const enough = RANK[seen.level] > RANK[before.level] ? WORSE : BETTER
  return times >= enough ? {...seen, next: seen, times: 0} : {...before, next: seen, times}
}

/** @param {keyof typeof BOUNDS} reason @param {number} value @returns {Quality} */
function bounded(reason, value) {
  const [fair = 0, poor = 0] = BOUNDS[reason]
  if (value >= poor) return {level: 'poor', reason}
  return value >= fair ? {level: 'fair', reason} : GOOD
}
