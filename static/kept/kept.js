/**
 * What is kept of a meeting, as `GET /api/rooms/{room}/after` tells it, and what follows from it.
 *
 * Rule 1: pure. No network, no DOM, no clock.
 * Rule 2: nothing here can tell why a gate was closed: a gap is a gap.
 */
import {SOURCES} from '../wire/messages.js'
import {flag, isRecord, listOf, maybe, number, oneOf, shape, text} from '../wire/shapes.js'

/** @import {Check} from '../wire/shapes.js' */
/** @import {Controller} from '../room/notices.js' */
/** @import {Source} from '../wire/messages.js' */

/** @typedef {'none' | 'empty' | 'unmade' | 'deleted' | 'emptied' | 'later' | 'waiting' | 'making' | 'stopped' | 'failed' | 'ready'} FilmState  `empty`: it was on, and nothing came; `unmade`: nothing new is to be made of what did */
/** @typedef {'kept' | 'erasing' | 'erased' | 'none'} PartState */
/** @typedef {'later' | 'waiting' | 'writing' | 'failed' | 'ready' | 'empty'} SummaryState */
/** @typedef {'recording' | 'transcript' | 'summary'} Kind what of a person a feature keeps: picture and sound, or words */
/** @typedef {{id: string, name: string | null}} Captured  without a name when it was erased */
/** @typedef {{at: number, from: string, to: string, people: readonly string[]}} Chapter  `at` seconds into the film; who was there */
/** @typedef {{participant: string, source: Source, opening: string}} LeftOut what cannot be played of somebody */
/** @typedef {{opening: string, from: string, to: string | null, latest: string | null, people: readonly string[]}} Stretch  with the same people all along; only those that one was there for, if it is shared so. `latest`: where nobody saw it end, when it was over at the latest; `to` is then the last that is known of it */
/**
 * @typedef {object} Film
 * @property {FilmState} state @property {number} done from 0 to 1
 * @property {string | null} url @property {string} format
 * @property {number} bytes @property {number} seconds
 * @property {readonly Chapter[]} chapters
 * @property {string | null} poster a picture that stands for it
 * @property {readonly LeftOut[]} left_out
 */
/**
 * @typedef {object} Track one person's microphone, camera or screen, or its sound, in one opening
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
 * @property {'present' | 'meeting' | null} [shared_with] who gets it: of each moment who was present, or all of it everybody
 * @property {boolean} stopped  nothing new is made from one's part
 * @property {string | null} erased_at  when all of one's part was deleted
 * @property {string | null} deleted_at  when all of it was, since its time was over
 */
/**
 * @typedef {object} TranscriptKept
 * @property {string} engine what wrote it, in words @property {number} lines
 * @property {string} version another one when anything of it is another
 * @property {string} url @property {string} vtt @property {string} text @property {string} json
 */
/**
 * @typedef {object} SummaryKept
 * @property {SummaryState} state @property {number} done from 0 to 1
 * @property {{code: string, detail: string} | null} fault why it could not be written
 * @property {string} version another one when anything of it is another
 * @property {string | null} url also when it failed: then highlights stand in for it
 * @property {string | null} markdown @property {string | null} json
 */
/**
 * @typedef {object} Kept
 * @property {string} room @property {string} title @property {string} language
 * @property {Controller} controller
 * @property {string} opened_at @property {string | null} ended_at null while the meeting goes on
 * @property {string} you @property {boolean} host
 * @property {readonly Captured[]} people who were captured; nobody for somebody who was not
 * @property {readonly KeptFeature[]} features
 * @property {string | null} [evidence_until] when the chain goes, if it ever does
 * @property {TranscriptKept | null} [transcript] for those who were in it
 * @property {SummaryKept | null} [summary] for those who were in it
 * @property {string | null} [proof] where the proof is that it stands in the log, once it is sealed
 * @property {string | null} [export] where all of it is, with its proof, once it is sealed
 * @property {readonly Fetched[] | null} [fetched] who fetched what of that in which one is, the latest first
 */
/** @typedef {{by: 'participant' | 'console', who: string | null, feature: string, what: 'film' | 'track' | 'transcript' | 'summary' | 'export' | 'copy', subject: string | null, at: string, times: number}} Fetched  `subject`: whose track or own copy; `times` within an hour from `at` */

const FETCHED = /** @type {const} */ (['film', 'track', 'transcript', 'summary', 'export', 'copy'])
const STATES = [
  'none',
  'empty',
  'unmade',
  'deleted',
  'emptied',
  'later',
  'waiting',
  'making',
  'stopped',
  'failed',
  'ready',
]
/** What a film that there is none of is in. @type {ReadonlySet<string>} */
const GONE = new Set(['none', 'empty', 'unmade', 'deleted', 'emptied'])
/** How often to look again, in milliseconds. */
const WHILE_WORKING = 1500
const WHILE_MEETING = 15_000
/** What is kept may be deleted, or be another one, while the page is open. */
const WHILE_KEPT = 20_000

/** @type {Check} An address on this server, never one that leads elsewhere. */
const path = value => typeof value === 'string' && /^\/(?!\/)/.test(value)

const stretch = shape({
  opening: text,
  from: text,
  to: maybe(text),
  latest: maybe(text),
  people: listOf(text),
})
const film = shape({
  state: oneOf(STATES),
  done: number,
  url: maybe(path),
  format: maybe(text),
  bytes: maybe(number),
  seconds: maybe(number),
  chapters: listOf(shape({at: number, from: text, to: text, people: listOf(text)})),
  poster: maybe(path),
  left_out: listOf(shape({participant: text, source: oneOf(SOURCES), opening: text})),
})
const track = shape({
  participant: text,
  source: oneOf(SOURCES),
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
  shared_with: maybe(oneOf(['present', 'meeting'])),
  stopped: flag,
  erased_at: maybe(text),
  deleted_at: maybe(text),
})
const transcript = shape({
  engine: text,
  lines: number,
  version: text,
  url: path,
  vtt: path,
  text: path,
  json: path,
})
const summary = shape({
  state: oneOf(['later', 'waiting', 'writing', 'failed', 'ready', 'empty']),
  done: number,
  fault: maybe(shape({code: text, detail: text})),
  version: text,
  url: maybe(path),
  markdown: maybe(path),
  json: maybe(path),
})
const fetched = shape({
  by: oneOf(/** @type {const} */ (['participant', 'console'])),
  who: maybe(text),
  feature: text,
  what: oneOf(FETCHED),
  subject: maybe(text),
  at: text,
  times: number,
})
const kept = shape({
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
  evidence_until: maybe(text),
  transcript: maybe(transcript),
  summary: maybe(summary),
  proof: maybe(path),
  export: maybe(path),
  fetched: maybe(listOf(fetched)),
})

/** @param {unknown} value @returns {value is Kept} */
export const isKept = value => isRecord(value) && kept(value)

/** Whether anything of the person who looks was captured. @param {Kept} kept */
export const wasCaptured = ({people}) => people.length > 0

/** Milliseconds until it is worth another look, or null. @param {Kept} kept @returns {number | null} */
export function lookAgainIn(kept) {
  const {features, ended_at: ended, summary} = kept
  const working = features.some(
    ({film: {state}, your_part: part}) =>
      state === 'waiting' || state === 'making' || part === 'erasing',
  )
  const writing = summary?.state === 'waiting' || summary?.state === 'writing'
  if (working || writing) return WHILE_WORKING
  if (ended === null) return WHILE_MEETING
  return keptUntil(kept) === null ? null : WHILE_KEPT
}

/** @param {KeptFeature} feature */
const isGone = ({film}) => GONE.has(film.state)

/** The features that have a film, or will; then those that should have had. @param {Kept} kept */
export function filmed({features}) {
  const all = features.filter(({film}) => film.state !== 'none')
  return [...all.filter(each => !isGone(each)), ...all.filter(isGone)]
}

/** What a feature keeps of a person. @param {{id: string}} feature @returns {Kind} */
export const kindOf = ({id}) => (id === 'transcript' || id === 'summary' ? id : 'recording')

/** Whether there is, or will be, anything of a kind. @param {Kept} kept @param {Kind} kind */
export function hasKind(kept, kind) {
  if (kind === 'recording') return kept.features.some(each => !isGone(each))
  return (kept[kind] ?? null) !== null
}

/**
 * The film in which moments can be shown: the first that is ready.
 * @param {Kept} kept @returns {{feature: string, chapters: readonly Chapter[]} | null}
 */
export function screened(kept) {
  const [feature] = filmed(kept)
  if (!feature || feature.film.state !== 'ready' || feature.film.url === null) return null
  return {feature: feature.id, chapters: feature.film.chapters}
}

/** The features in which one has a part, or had. @param {Kept} kept */
export const ownParts = ({features}) => features.filter(each => each.your_part !== 'none')

/** Whether all who were there for any part get all of it. @param {Kept} kept */
export const sharedWithAll = kept =>
  everOn(kept).every(({shared_with: shared}) => shared === 'meeting')

/** The features that were ever on. @param {Kept} kept */
export const everOn = ({features}) => features.filter(each => each.stretches.length > 0)

/**
 * Until when the first of it is deleted; null when nothing is kept or the meeting goes on.
 * @param {Kept} kept @returns {string | null}
 */
export function keptUntil(kept) {
  const still = kept.features.filter(
    feature =>
      !isGone(feature) ||
      feature.tracks.length > 0 ||
      (kindOf(feature) !== 'recording' && hasKind(kept, kindOf(feature))),
  )
  const days = still.flatMap(each => each.kept_until ?? [])
  return days.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null
}

/** As it is from the moment the server takes on to erase. @param {Kept} kept @param {string} id @returns {Kept} */
export function erasing(kept, id) {
  const features = kept.features.map(each =>
    each.id === id ? {...each, your_part: /** @type {const} */ ('erasing')} : each,
  )
  return {...kept, features}
}

/** As it is from the moment the server has kept the choice. @param {Kept} kept @param {string} id @param {boolean} stopped @returns {Kept} */
export function stopping(kept, id, stopped) {
  const features = kept.features.map(each => (each.id === id ? {...each, stopped} : each))
  return {...kept, features}
}

/** As it is from the moment the server takes on to make the film. @param {Kept} kept @param {string} id @returns {Kept} */
export function waiting(kept, id) {
  const features = kept.features.map(each =>
    each.id === id
      ? {...each, film: {...each.film, state: /** @type {const} */ ('waiting'), done: 0}}
      : each,
  )
  return {...kept, features}
}

/** As it is from the moment the server takes on to write the summary. @param {Kept} kept @returns {Kept} */
export function rewriting(kept) {
  const {summary} = kept
  if (!summary) return kept
  return {...kept, summary: {...summary, state: 'waiting', done: 0, fault: null}}
}

/**
 * Tracks by person, in the order in which people are listed; each person's in order of time.
 * @param {Kept} kept @param {KeptFeature} feature
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

/** In place of a feature's id, where something is about all of them. */
export const ALL = '*'
