/**
 * What the assistant says to one participant, in a View: captions, a summary so far, a draft.
 *
 * Rule 1: all of it belongs to an opening. When the sign of its feature goes off, or on anew,
 * it is forgotten; what comes late of a closed one is not taken in.
 * Rule 2: of each speaker at most one caption is not final: what they are just saying. Whatever
 * comes of them takes its place; it goes with them, and with the connection.
 * Rule 3: a draft is text for the input field. Nothing here sends it anywhere.
 */

import {unreachable} from '../wire/messages.js'

/** @import {Caption, DraftDone, DraftFailed, DraftText, Fault, Length, SummaryProgress, SummarySoFar, Tone} from '../wire/messages.js' */
/** @import {SeenFault, SignState, View} from './view.js' */
/** @import {Summary} from '../wire/summary.js' */

/** @typedef {Caption & {heard: number}} HeardLine  `heard`: milliseconds since the epoch */
/**
 * @typedef {object} SoFar  the summary so far
 * @property {boolean} working
 * @property {number | null} done  0 to 1; null while nothing is known of it
 * @property {Summary | null} summary  the last one that came
 * @property {SeenFault | null} fault
 */
/**
 * @typedef {{kind: 'draft', prompt: string, tone: Tone, length: Length} | {kind: 'recap', length: Length}} Wish
 */
/** @typedef {'streaming' | 'ready' | 'cut' | 'stopped' | 'failed'} DraftState */
/** @typedef {{id: string, wish: Wish, text: string, state: DraftState, fault: SeenFault | null}} OwnDraft */

/** What a server says of it. @typedef {Caption | SummaryProgress | SummarySoFar | DraftText | DraftDone | DraftFailed} Told */
/**
 * What one wants of it oneself.
 * @typedef {{type: 'summarising'}
 *   | {type: 'drafting', id: string, wish: Wish}
 *   | {type: 'draft-stopped'}
 *   | {type: 'draft-gone'}} Wanted
 */

/**
 * @typedef {object} AssistantView  its part of a View
 * @property {readonly HeardLine[]} captions  of the opening that runs, the newest last
 * @property {SoFar} soFar
 * @property {OwnDraft | null} draft
 */

/** @type {SoFar} */
const NOTHING_YET = {working: false, done: null, summary: null, fault: null}
/** @type {AssistantView} */
export const NOTHING_SAID = {captions: [], soFar: NOTHING_YET, draft: null}

/** More than fits on any wall; the whole of it is kept by the server. */
const CAPTIONS_KEPT = 300

const ASSISTING = ['transcript', 'summary', 'compose']
const LOST = 'connection-lost'
const DRAFTING = new Set(['draft', 'recap'])

/** @param {View} view @param {Told | Wanted} message @param {number} now @returns {View} */
export function assisted(view, message, now) {
  switch (message.type) {
    case 'caption':
      return captioned(view, message, now)
    case 'summary-progress':
      return progressed(view, message)
    case 'summary':
      return summarised(view, message)
    case 'draft-text':
      return wrote(view, message)
    case 'draft-done':
      return finished(view, message)
    case 'draft-failed':
      return failed(view, message, now)
    case 'summarising':
      return {...view, soFar: {...view.soFar, working: true, done: null, fault: null}}
    case 'drafting':
      return {
        ...view,
        draft: {id: message.id, wish: message.wish, text: '', state: 'streaming', fault: null},
      }
    case 'draft-stopped':
      return stopped(view)
    case 'draft-gone':
      return {...view, draft: null}
    default:
      return unreachable(message)
  }
}

/** Whether a feature runs in the meeting that one is in. @param {View} view @param {string} feature */
export const runsHere = (view, feature) => view.phase === 'open' && view.signs[feature]?.on === true

/** Whether a feature runs, and not against one's own no. @param {View} view @param {string} feature @returns {boolean} */
const runs = (view, feature) =>
  view.signs[feature]?.on === true && view.answers[feature]?.decision !== 'declined'

/** @param {View} view @param {Caption} message @param {number} now @returns {View} */
function captioned(view, message, now) {
  const {captions} = view
  const known = captions.some(({line, final}) => final && line === message.line)
  if (known || !runs(view, 'transcript')) return view
  const here = view.people.some(({id}) => id === message.sender)
  if (!message.final && !here) return view
  const growing = captions.findIndex(({sender, final}) => !final && sender === message.sender)
  const said = message.final || message.text !== '' ? [{...message, heard: now}] : []
  const next =
    growing === -1
      ? [...captions, ...said]
      : captions.flatMap((each, index) => (index === growing ? said : [each]))
  return {...view, captions: next.slice(-CAPTIONS_KEPT)}
}

/** @param {View} view @param {SummaryProgress} message @returns {View} */
function progressed(view, {done}) {
  if (!view.soFar.working) return view
  return {...view, soFar: {...view.soFar, done: Math.min(Math.max(done, 0), 1)}}
}

/** @param {View} view @param {SummarySoFar} message @returns {View} */
function summarised(view, {summary}) {
  if (!runs(view, 'summary')) return view
  return {...view, soFar: {...NOTHING_YET, summary}}
}

/**
 * The draft in view, if `id` is its own and it is still being written.
 * @param {View} view @param {string} id @returns {OwnDraft | null}
 */
function streaming({draft}, id) {
  return draft?.id === id && draft.state === 'streaming' ? draft : null
}

/** @param {View} view @param {DraftText} message @returns {View} */
function wrote(view, {id, text}) {
  const draft = streaming(view, id)
  return draft ? {...view, draft: {...draft, text: draft.text + text}} : view
}

/** @param {View} view @param {DraftDone} message @returns {View} */
function finished(view, {id, cut}) {
  const draft = streaming(view, id)
  return draft ? {...view, draft: {...draft, state: cut ? 'cut' : 'ready'}} : view
}

/** @param {View} view @returns {View} the one who asked for it stops it; what came stays */
function stopped(view) {
  const {draft} = view
  if (draft?.state !== 'streaming') return view
  return {...view, draft: draft.text === '' ? null : {...draft, state: 'stopped'}}
}

/** @param {View} view @param {DraftFailed} message @param {number} now @returns {View} */
function failed(view, {id, code, detail}, now) {
  if (view.draft?.id !== id) return view
  if (code === 'unknown-opening') return dropped(view, now)
  const draft = streaming(view, id)
  return draft ? withFault(view, draft, {code, detail, feature: 'compose'}) : view
}

/** @param {View} view @param {OwnDraft} draft @param {SeenFault} fault @returns {View} */
function withFault(view, draft, fault) {
  return {...view, draft: {...draft, state: 'failed', fault}}
}

/** The gate has closed over the draft: it goes, and one sentence says so. @param {View} view @param {number} now @returns {View} */
function dropped(view, now) {
  if (view.draft === null) return view
  return {...view, draft: null, word: {kind: 'draft-dropped', feature: 'compose', at: now}}
}

/**
 * A refusal of what was asked of the assistant stands where it was asked.
 * @param {View} view @param {Fault} fault @param {number} now
 * @returns {View | null} null: it is about something else
 */
export function refusedWork(view, {about, code, detail, feature}, now) {
  const fault = {code, detail, feature: feature ?? null}
  if (about === 'summarise')
    return {...view, soFar: {...view.soFar, working: false, done: null, fault}}
  if (!DRAFTING.has(about ?? '')) return null
  if (code === 'unknown-opening') return dropped(view, now)
  return view.draft?.state === 'streaming' ? withFault(view, view.draft, fault) : view
}

/** Nothing on its way comes any more; what has come stays until its sign is off. @param {View} all @returns {View} */
export function cutOff(all) {
  const view = {...all, captions: all.captions.filter(({final}) => final)}
  const {draft, soFar} = view
  const fault = (/** @type {string} */ feature) => ({code: LOST, detail: '', feature})
  const next = soFar.working
    ? {...view, soFar: {...soFar, working: false, done: null, fault: fault('summary')}}
    : view
  return draft?.state === 'streaming' ? withFault(next, draft, fault('compose')) : next
}

/**
 * The same view without what belongs to openings that are over.
 * @param {View} view  with the signs of now
 * @param {View['signs']} before
 * @param {number} now
 * @returns {View}
 */
export function withoutPast(view, before, now) {
  const over = ASSISTING.filter(feature => another(before[feature], view.signs[feature]))
  return over.reduce((next, feature) => forgotten(next, feature, now), view)
}

/** Without what a feature has said to one, as from one's own no on. @param {View} view @param {string} feature @param {number} now @returns {View} */
export function forgotten(view, feature, now) {
  switch (feature) {
    case 'transcript':
      return {...view, captions: []}
    case 'summary':
      return {...view, soFar: NOTHING_YET}
    case 'compose':
      return dropped(view, now)
    default:
      return view
  }
}

/** Whether what ran then does not run now. @param {SignState | undefined} before @param {SignState | undefined} after */
function another(before, after) {
  return !after?.on || after.since !== before?.since
}

/** Somebody has left, in the middle of a sentence perhaps. @param {View} view @param {string} id @returns {View} */
export function hushed(view, id) {
  const captions = view.captions.filter(({final, sender}) => final || sender !== id)
  return {...view, captions}
}

/** One's own words are gone from what was kept, so they go from here. @param {View} view @param {string} feature @returns {View} */
export function withoutOwn(view, feature) {
  if (feature === 'summary') return {...view, soFar: {...view.soFar, summary: null}}
  if (feature !== 'transcript') return view
  const captions = view.captions.filter(({sender}) => sender !== view.you)
  return {...view, captions, soFar: {...view.soFar, summary: null}}
}
