/**
 * The picture of when something was on: a window on the meeting, bars in it, and round times.
 *
 * Rule: pure, and blind to causes. A gap carries nothing but its edges.
 */

/** @import {Kept, Stretch} from './kept.js' */

/** @typedef {{from: number, to: number}} Window milliseconds since the epoch */
/** @typedef {{opening: string, from: number, to: number, start: number, size: number, open: boolean, latest: number | null}} Bar start and size as parts of the window; `latest`: when it was over at the latest, where nobody saw that */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map(count => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map(count => count * HOUR),
]
/** A meeting so many times longer than what was captured shows only the part around it. */
const WIDEST = 8

/**
 * The meeting, or the part of it around what was captured.
 * @param {Pick<Kept, 'opened_at' | 'ended_at' | 'features'>} kept @param {number} now
 * @returns {Window}
 */
export function windowOf(kept, now) {
  const edges = kept.features.flatMap(({stretches}) =>
    stretches.flatMap(({from, to}) => [Date.parse(from), to === null ? now : Date.parse(to)]),
  )
  const opened = Date.parse(kept.opened_at)
  const ended = kept.ended_at === null ? now : Date.parse(kept.ended_at)
  const from = Math.min(opened, ...edges)
  const to = Math.max(ended, ...edges, from + SECOND)
  if (edges.length === 0) return {from, to}
  const first = Math.min(...edges)
  const last = Math.max(...edges)
  const captured = Math.max(last - first, SECOND)
  if (to - from <= captured * WIDEST) return {from, to}
  return {from: Math.max(from, first - captured), to: Math.min(to, last + captured)}
}

/** Where a moment is in the window, from 0 to 1. @param {Window} window @param {number} moment */
export const place = ({from, to}, moment) => Math.min(Math.max((moment - from) / (to - from), 0), 1)

/** What follows on without a gap is one bar, whoever came or went. @param {readonly Stretch[]} stretches @param {Window} window @param {number} now @returns {readonly Bar[]} */
export const bars = (stretches, window, now) =>
  joined(stretches).map(({opening, from, to, latest}) => {
    const began = Date.parse(from)
    const ended = to === null ? now : Date.parse(to)
    const start = place(window, began)
    const size = place(window, ended) - start
    const over = latest === null ? null : Date.parse(latest)
    return {opening, from: began, to: ended, start, size, open: to === null, latest: over}
  })

/** @param {readonly Stretch[]} stretches @returns {readonly Stretch[]} */
function joined(stretches) {
  /** @type {Stretch[]} */
  const whole = []
  for (const each of stretches) {
    const last = whole.at(-1)
    if (last && last.opening === each.opening && last.to === each.from)
      whole[whole.length - 1] = {...last, to: each.to, latest: each.latest}
    else whole.push(each)
  }
  return whole
}

/**
 * Round times in the window.
 * @param {Window} window @param {number} most how many there may be
 * @param {number} shift milliseconds by which the clock of the place is ahead of UTC
 * @returns {{moments: readonly number[], seconds: boolean}}
 */
export function ticks({from, to}, most, shift) {
  const wanted = (to - from) / most
  const step = STEPS.find(each => each >= wanted) ?? 7 * 24 * HOUR
  const first = Math.ceil((from + shift) / step) * step - shift
  const count = Math.max(Math.floor((to - first) / step) + 1, 0)
  const moments = Array.from(
    {length: Math.min(count, most + 1)},
    (_, index) => first + index * step,
  )
  return {moments, seconds: step < MINUTE}
}
