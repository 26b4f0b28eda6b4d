/**
 * The wire: every message, mirrored from `gatekeeper/wire/`.
 *
 * Rule 1: the unions are closed; what is not in them is not read.
 * Rule 2: `tests/wire/messages.json` holds the two files together.
 */

import {flag, isRecord, listOf, maybe, number, oneOf, shape, text} from './shapes.js'
import {isSummary} from './summary.js'

/** @import {PublicKey} from '../proof/key.js' */
/** @import {Check} from './shapes.js' */
/** @import {Summary} from './summary.js' */

/** @typedef {'granted' | 'declined'} Decision */
/** @typedef {'microphone' | 'camera' | 'screen' | 'screen-audio'} Source */
/** @typedef {'neutral' | 'friendly' | 'formal' | 'direct'} Tone */
/** @typedef {'short' | 'medium' | 'long'} Length */
/** @typedef {'agree' | 'applause' | 'laugh' | 'heart' | 'surprise'} ReactionWord */

/** @typedef {{feature: string, decision: Decision, statement: string}} Answer */
/** @typedef {{type: 'media', microphone: boolean, camera: boolean, screen: boolean, screen_audio: boolean}} Media */

/**
 * @typedef {object} Join
 * @property {'join'} type
 * @property {string} name
 * @property {string} language
 * @property {PublicKey} key
 * @property {string} proof  a signed `gatekeeper/join/v1` over the challenge of `Hello`
 * @property {string | null} host  the host capability
 * @property {string} [entry]  as a service has given it: good once
 * @property {string | null} after  as the last welcome said: whoever was here before need not knock
 * @property {readonly Answer[]} answers
 * @property {Media | null} media
 */
/** @typedef {{type: 'resume', participant: string, secret: string, seen: number}} Resume */
/** @typedef {{type: 'decide', feature: string, decision: Decision, statement: string}} Decide */
/** @typedef {{type: 'request', feature: string}} Request */
/** @typedef {{type: 'cancel', feature: string}} Cancel */
/** @typedef {{type: 'erase', feature: string}} Erase */
/** @typedef {{type: 'signal', to: string, payload: string}} Signal */
/** @typedef {{type: 'tap-offer', opening: string, sdp: string, sources: Readonly<Record<string, Source>>}} TapOffer */
/** @typedef {{type: 'chat', text: string, late: boolean}} Chat  `late`: typed while the connection was lost */
/** @typedef {{type: 'hand', raised: boolean}} Hand */
/** @typedef {{type: 'react', reaction: ReactionWord}} React */
/** @typedef {{type: 'summarise'}} Summarise */
/**
 * @typedef {object} Draft
 * @property {'draft'} type
 * @property {string} id  chosen here; a new draft takes the place of the one before
 * @property {string} prompt  1 to 500 characters
 * @property {Tone} tone
 * @property {Length} length
 * @property {string | null} previous  a draft to be changed, up to 4000 characters
 * @property {'shorten' | null} change
 */
/** @typedef {{type: 'recap', id: string, length: Length}} Recap */
/** @typedef {{type: 'drop-draft', id: string}} DropDraft */
/** @typedef {{type: 'leave'}} Leave */
/** @typedef {{type: 'end'}} End */
/** @typedef {{type: 'remove', participant: string}} Remove  for hosts */
/** @typedef {{type: 'admit', participant: string}} Admit  for hosts: who knocks */
/** @typedef {{type: 'turn-away', participant: string}} TurnAway  for hosts: who knocks */
/** @typedef {{type: 'set-door', locked: boolean, knock: boolean}} SetDoor  for hosts */
/** @typedef {{type: 'renew-host'}} RenewHost  for hosts */
/** @typedef {{type: 'ping'}} Ping */
/** @typedef {{type: 'here'}} Here  the answer to a probe */
/** @typedef {Join | Resume | Decide | Request | Cancel | Erase | Signal | TapOffer | Chat | Hand | React | Summarise | Draft | Recap | DropDraft | Media | Leave | Remove | Admit | TurnAway | SetDoor | RenewHost | End | Ping | Here} ClientMessage */

/** @typedef {{type: 'hello', protocol: number, challenge: string, life: string}} Hello */
/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {boolean} host
 * @property {boolean} present  false while their connection is lost and their seat is kept
 * @property {boolean} hand
 * @property {Media} media
 */
/** @typedef {{type: 'sign', feature: string, on: boolean, since?: string | null}} Sign */
/** @typedef {{type: 'offering', feature: string, offered: boolean, notices: readonly string[]}} Offering  `notices`: the digests in force, one a language */
/** @typedef {{feature: string, decision: Decision}} Held */
/** @typedef {{type: 'chat-line', number: number, sender: string, name: string, text: string, at: string}} ChatLine */
/** @typedef {{urls: readonly string[], username?: string | null, credential?: string | null}} IceServer */
/** @typedef {{type: 'ice', servers: readonly IceServer[], relay_only: boolean}} Ice  how media find their way, from now on */
/**
 * @typedef {object} Welcome
 * @property {'welcome'} type
 * @property {string} you
 * @property {string} resume  the secret for `Resume`
 * @property {boolean} host
 * @property {readonly Person[]} people  oneself included, in order of arrival
 * @property {readonly string[]} screens  who shares one, the newest last
 * @property {readonly Sign[]} signs
 * @property {readonly Offering[]} offerings  one a feature
 * @property {readonly Held[]} answers
 * @property {readonly ChatLine[]} chat  lines missed, never any from before joining
 * @property {number} grace  seconds for which a lost participant's seat is kept
 * @property {Ice} ice
 * @property {string} after  the capability for the page afterwards
 * @property {Door} door
 * @property {readonly Knock[]} knocks  for hosts
 */
/** @typedef {{type: 'joined', person: Person}} Joined */
/** @typedef {{type: 'waiting'}} Waiting  one has knocked */
/** @typedef {{locked: boolean, knock: boolean}} Door  who may come in: `locked`, nobody who was not here before; `knock`, whom the host lets in */
/** @typedef {Door & {type: 'door'}} DoorSet */
/** @typedef {{participant: string, name: string, removed: boolean}} Knock  `removed`: by a host, before */
/** @typedef {Knock & {type: 'knock'}} Knocks  for hosts */
/** @typedef {{type: 'knock-over', participant: string}} KnockOver  for hosts */
/** @typedef {{type: 'turned-away', name: string}} TurnedAway */
/** @typedef {{type: 'host-link', host: string}} HostLink  for the host who asked: the capability from now on */
/** @typedef {{type: 'page-link', after: string}} PageLink  to its owner: the capability from now on */
/** @typedef {{type: 'left', participant: string, removed: boolean}} Left */
/** @typedef {{type: 'changed', person: Person}} Changed */
/** @typedef {{type: 'asked', feature: string}} Asked */
/** @typedef {{type: 'requested', feature: string, asked: boolean, ask_again_in: number}} Requested */
/** @typedef {{type: 'decided', feature: string, decision: Decision}} Decided */
/** @typedef {{type: 'lapsed', feature: string}} Lapsed  to everybody alike, whatever they have answered */
/** @typedef {{type: 'receipt', feature: string, event: 'granted' | 'withdrawn', receipt: string}} Receipt */
/** @typedef {{statement: string, key: unknown}} Grant  as its owner signed it; nothing of it is verified yet */
/** @typedef {{type: 'grants', feature: string, grants: readonly Grant[]}} Grants  what an open gate rests on */
/** @typedef {{type: 'tap', feature: string, opening: string, sources: readonly Source[]}} Tap */
/** @typedef {{type: 'tap-answer', opening: string, sdp: string}} TapAnswer */
/** @typedef {{type: 'tap-closed', opening: string}} TapClosed */
/** @typedef {{type: 'erased', feature: string, files: number}} Erased */
/** @typedef {{type: 'signal-from', sender: string, payload: string}} SignalFrom */
/** @typedef {{type: 'reaction', sender: string, reaction: string}} Reaction */
/** @typedef {{type: 'caption', line: string, sender: string, name: string, at: string, text: string, final: boolean}} Caption  not final: still being said; without text it was nothing */
/** @typedef {{type: 'summary-progress', done: number}} SummaryProgress  from 0 to 1 */
/** @typedef {{type: 'summary', summary: Summary}} SummarySoFar */
/** @typedef {{type: 'draft-text', id: string, text: string}} DraftText */
/** @typedef {{type: 'draft-done', id: string, cut: boolean}} DraftDone */
/** @typedef {{type: 'draft-failed', id: string, code: string, detail: string}} DraftFailed */
/** @typedef {{type: 'ended'}} Ended */
/** @typedef {{type: 'pong'}} Pong */
/** @typedef {{type: 'probe'}} Probe  is the page there? */
/** @typedef {{type: 'fault', code: string, detail: string, about?: string | null, feature?: string | null}} Fault */
/** @typedef {Hello | Welcome | Ice | Waiting | DoorSet | Knocks | KnockOver | TurnedAway | HostLink | PageLink | Joined | Left | Changed | Sign | Offering | Asked | Requested | Decided | Lapsed | Receipt | Grants | Tap | TapAnswer | TapClosed | Erased | SignalFrom | ChatLine | Reaction | Caption | SummaryProgress | SummarySoFar | DraftText | DraftDone | DraftFailed | Ended | Pong | Probe | Fault} ServerMessage */

/** @type {readonly Source[]} */
export const SOURCES = ['microphone', 'camera', 'screen', 'screen-audio']
/** @type {readonly ReactionWord[]} in the order in which they are offered */
export const REACTIONS = ['agree', 'applause', 'laugh', 'heart', 'surprise']

/** More people than a room has (`config/model.py`). */
const MOST_GRANTS = 50

const decision = oneOf(['granted', 'declined'])
const source = oneOf(SOURCES)
const media = shape({microphone: flag, camera: flag, screen: flag, screen_audio: flag})
const person = shape({id: text, name: text, host: flag, present: flag, hand: flag, media})
const sign = {feature: text, on: flag, since: maybe(text)}
const door = {locked: flag, knock: flag}
const knock = {participant: text, name: text, removed: flag}
const iceServer = shape({
  urls: listOf(text),
  username: maybe(text),
  credential: maybe(text),
})
const ice = {servers: listOf(iceServer), relay_only: flag}
const offering = {feature: text, offered: flag, notices: listOf(text)}
const held = shape({feature: text, decision})
const grant = shape({statement: text, key: isRecord})
const line = {number, sender: text, name: text, text, at: text}

/** @type {Readonly<Record<ServerMessage['type'], Readonly<Record<string, Check>>>>} */
const SHAPES = {
  hello: {protocol: number, challenge: text, life: text},
  welcome: {
    you: text,
    resume: text,
    host: flag,
    people: listOf(person),
    screens: listOf(text),
    signs: listOf(shape(sign)),
    offerings: listOf(shape(offering)),
    answers: listOf(held),
    chat: listOf(shape(line)),
    grace: number,
    ice: shape(ice),
    after: text,
    door: shape(door),
    knocks: listOf(shape(knock)),
  },
  waiting: {},
  door,
  knock,
  'knock-over': {participant: text},
  'turned-away': {name: text},
  'host-link': {host: text},
  'page-link': {after: text},
  ice,
  joined: {person},
  left: {participant: text, removed: flag},
  changed: {person},
  sign,
  offering,
  asked: {feature: text},
  requested: {feature: text, asked: flag, ask_again_in: number},
  decided: {feature: text, decision},
  lapsed: {feature: text},
  receipt: {feature: text, event: oneOf(['granted', 'withdrawn']), receipt: text},
  grants: {feature: text, grants: listOf(grant, MOST_GRANTS)},
  tap: {feature: text, opening: text, sources: listOf(source)},
  'tap-answer': {opening: text, sdp: text},
  'tap-closed': {opening: text},
  erased: {feature: text, files: number},
  'signal-from': {sender: text, payload: text},
  'chat-line': line,
  reaction: {sender: text, reaction: text},
  caption: {line: text, sender: text, name: text, at: text, text, final: flag},
  'summary-progress': {done: number},
  summary: {summary: isSummary},
  'draft-text': {id: text, text},
  'draft-done': {id: text, cut: flag},
  'draft-failed': {id: text, code: text, detail: text},
  ended: {},
  pong: {},
  probe: {},
  fault: {code: text, detail: text, about: maybe(text), feature: maybe(text)},
}

/** @param {unknown} type @returns {type is ServerMessage['type']} */
function isServerType(type) {
  return typeof type === 'string' && Object.hasOwn(SHAPES, type)
}

/** @param {unknown} value @returns {value is ServerMessage} */
export function isServerMessage(value) {
  return isRecord(value) && isServerType(value['type']) && shape(SHAPES[value['type']])(value)
}

/**
 * Read one frame of the server. What this client does not know is passed over, so that a
 * newer server can say more; nothing that opens or closes hangs on such a frame.
 * @param {unknown} frame @returns {ServerMessage | null}
 */
export function read(frame) {
  if (typeof frame !== 'string') return null
  const value = parse(frame)
  if (isServerMessage(value)) return value
  console.debug('frame passed over', isRecord(value) ? value['type'] : typeof value)
  return null
}

/** @param {string} frame @returns {unknown} */
export function parse(frame) {
  try {
    return JSON.parse(frame)
  } catch {
    return undefined
  }
}

/** Where every message has been handled: a new one is a type error there. @param {never} message @returns {never} */
export function unreachable(message) {
  throw new TypeError(`no rule for ${JSON.stringify(message)}`)
}
