/**
 * What is kept of a meeting, as `GET /api/rooms/{room}/after` tells it, and what follows from it.
 *
 * Rule 1: pure. No network, no DOM, no clock.
 * Rule 2: nothing here can tell why a gate was closed: a gap is a gap.
 */
import {flag, isRecord, listOf, maybe, number, oneOf, shape, text} from './shapes.js'

/** @import {Check} from './shapes.js' */
/** @import {Controller} from './notices.js' */
/** @import {Source} from './messages.js' */

/** @typedef {'none' | 'later' | 'waiting' | 'making' | 'stopped' | 'failed' | 'ready'} FilmState */
/** @typedef {'kept' | 'erasing' | 'erased' | 'none'} PartState */
/** @typedef {{id: string, name: string | null}} Captured  without a name when it was erased */
/** @typedef {{at: number, from: string, to: string}} Chapter  `at` seconds into the film */
/** @typedef {{opening: string, from: string, to: string | null, people: readonly string[]}} Stretch */
/**
 * @typedef {object} Film
 * @property {FilmState} state @property {number} done from 0 to 1
 * @property {string | null} url @property {string} format
 * @property {number} bytes @property {number} seconds
 * @property {readonly Chapter[]} chapters
 */
/**
 * @typedef {object} Track one person's microphone, camera or screen in one opening
 * @property {string} participant @property {Source} source @property {string} opening
 * @property {string} from @property {string} to
 * @property {number} bytes @property {string} url
 * @property {boolean} recovered after a crash; its end may be missing
 */
/**
 * @typedef {object} KeptFeature
 * @property {string} id @property {string} name
 * @property {string | null} kept_until null while the meeting goes on
 * @property {readonly Stretch[]} stretches when the gate was open
 * @property {Film} film @property {readonly Track[]} tracks
 * @property {string | null} captions @property {PartState} your_part
 */
/**
 * @typedef {object} After
 * @property {string} room @property {string} title @property {string} language
 * @property {Controller} controller
 * @property {string} opened_at @property {string | null} ended_at null while the meeting goes on
 * @property {string} you @property {boolean} host
 * @property {readonly Captured[]} people who were captured; nobody for somebody who was not
 * @property {readonly KeptFeature[]} features
 */

const STATES = ['none', 'later', 'waiting', 'making', 'stopped', 'failed', 'ready']
/** How often to look again, in milliseconds. */
const WHILE_WORKING = 1500
const WHILE_MEETING = 15_000

/** @type {Check} An address on this server, never one that leads elsewhere. */
const path = value => typeof value === 'string' && /^\/(?!\/)/.test(value)

const stretch = shape({opening: text, from: text, to: maybe(text), people: listOf(text)})
const film = shape({
  state: oneOf(STATES),
  done: number,
  url: maybe(path),
  format: maybe(text),
  bytes: maybe(number),
  seconds: maybe(number),
  chapters: listOf(shape({at: number, from: text, to: text})),
})
const track = shape({
  participant: text,
  source: oneOf(['microphone', 'camera', 'screen']),
  opening: text,
  from: text,
  to: text,
  bytes: number,
  url: path,
  recovered: flag,
})
const feature = shape({
  id: text,
  name: text,
  kept_until: maybe(text),
  stretches: listOf(stretch),
  film,
  tracks: listOf(track),
  captions: maybe(path),
  your_part: oneOf(['kept', 'erasing', 'erased', 'none']),
})
const after = shape({
  room: text,
  title: text,
  language: text,
  controller: shape({name: text, place: text, contact: text}),
  opened_at: text,
  ended_at: maybe(text),
  you: text,
  host: flag,
  people: listOf(shape({id: text, name: maybe(text)})),
  features: listOf(feature),
})

/** @param {unknown} value @returns {value is After} */
export const isAfter = value => isRecord(value) && after(value)

/** Whether anything of the person who looks was captured. @param {After} after */
export const wasCaptured = ({people}) => people.length > 0

/** Milliseconds until it is worth another look, or null. @param {After} after @returns {number | null} */
export function lookAgainIn({features, ended_at: ended}) {
  const working = features.some(
    ({film: {state}, your_part: part}) =>
      state === 'waiting' || state === 'making' || part === 'erasing',
  )
  if (working) return WHILE_WORKING
  return ended === null ? WHILE_MEETING : null
}

/** The features that have a film, or will, or should have had. @param {After} after */
export const filmed = ({features}) => features.filter(({film}) => film.state !== 'none')

/** The features in which one has a part, or had. @param {After} after */
export const ownParts = ({features}) => features.filter(each => each.your_part !== 'none')

/** The features that were ever on. @param {After} after */
export const everOn = ({features}) => features.filter(each => each.stretches.length > 0)

/**
 * Until when the first of it is deleted; null when nothing is kept or the meeting goes on.
 * @param {After} after @returns {string | null}
 */
export function keptUntil(after) {
  const kept = after.features.filter(({film, tracks}) => film.state !== 'none' || tracks.length > 0)
  const days = kept.flatMap(each => each.kept_until ?? [])
  return days.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null
}

/** As it is from the moment the server takes on to erase. @param {After} after @param {string} id @returns {After} */
export function erasing(after, id) {
  const features = after.features.map(each =>
    each.id === id ? {...each, your_part: /** @type {const} */ ('erasing')} : each,
  )
  return {...after, features}
}

/** As it is from the moment the server takes on to make the film. @param {After} after @param {string} id @returns {After} */
export function waiting(after, id) {
  const features = after.features.map(each =>
    each.id === id
      ? {...each, film: {...each.film, state: /** @type {const} */ ('waiting'), done: 0}}
      : each,
  )
  return {...after, features}
}

/**
 * Tracks by person, in the order in which people are listed; each person's in order of time.
 * @param {After} after @param {KeptFeature} feature
 * @returns {readonly {person: Captured, tracks: readonly Track[], bytes: number}[]}
 */
export function byPerson({people}, {tracks}) {
  const unlisted = tracks
    .map(({participant}) => participant)
    .filter(
      (id, index, all) => all.indexOf(id) === index && !people.some(person => person.id === id),
    )
  return [...people, ...unlisted.map(id => ({id, name: null}))].flatMap(person => {
    const own = tracks
      .filter(({participant}) => participant === person.id)
      .sort((one, other) => Date.parse(one.from) - Date.parse(other.from))
    if (own.length === 0) return []
    return [{person, tracks: own, bytes: own.reduce((sum, {bytes}) => sum + bytes, 0)}]
  })
}
