/**
 * How each message of the server, and what happens at this end, changes a View.
 *
 * Rule 1: pure. No network, no DOM, no clock: the time comes in as an argument.
 * Rule 2: every message is handled; a new one is a type error in `reduce`, or in `assisted`.
 */

import {asked, chose, decided, lapsed, reconciled, refusedAnswer} from './answers.js'
import {
  NOTHING_SAID,
  assisted,
  cutOff,
  forgotten,
  hushed,
  refusedWork,
  withoutOwn,
  withoutPast,
} from './assistant.js'
import {atDoor, codeAtDoor, refusedAtDoor, sentAway, settled, unhosted, unwatched} from './door.js'
import {allOff, alongside, returnWord, signEntry, signWord, stillTrue, unknown} from './signs.js'
import {REMOVED} from './farewell.js'
import {read, unreadWith} from './mentions.js'
import {offering, reworded, standing} from './offers.js'
import {alike} from './unanimity.js'
import {initial} from './view.js'

/** @import {Told, Wanted} from './assistant.js' */
/** @import {ChatLine, Decision, Fault, Left, Media, Person, Requested, ServerMessage, Sign, Welcome} from '../wire/messages.js' */
/** @import {Checks} from './tap-guard.js' */
/** @import {Phase, SeenFault, View} from './view.js' */

/**
 * What happens at this end, without a message of the server.
 * @typedef {{type: 'joining', you: string, choices: ReadonlyMap<string, Decision>, at: string}
 *   | {type: 'lost'}
 *   | {type: 'gone', phase: 'left' | 'refused' | 'ended', fault: SeenFault | null}
 *   | {type: 'chose', feature: string, decision: Decision, at: string}
 *   | {type: 'kept', feature: string}
 *   | {type: 'erasing', feature: string, wanted: boolean}
 *   | {type: 'cancelled', feature: string}
 *   | {type: 'handling', participant: string}
 *   | {type: 'showing', media: Media}
 *   | {type: 'paths', unreached: readonly string[], forged: readonly string[], unheard: readonly string[]}
 *   | {type: 'checks', checks: Checks}
 *   | {type: 'raising', raised: boolean}
 *   | {type: 'wrote', text: string}
 *   | {type: 'chat-read'}
 *   | {type: 'offered', unprompted: ReadonlySet<string>}
 *   | {type: 'reworded', feature: string}
 *   | {type: 'stale', stale: ReadonlySet<string>}
 *   | Wanted
 *   | {type: 'fault-dismissed'}} OwnEvent
 */

const REACTIONS_KEPT = 12

/** Refusals of what no person did; the wire mends these by itself. */
const QUIET = new Set(['signal', 'tap-offer', 'resume', 'ping', 'drop-draft'])

/**
 * @param {View} view
 * @param {ServerMessage | OwnEvent} message
 * @param {number} now  milliseconds since the epoch
 * @returns {View}
 */
export function reduce(view, message, now) {
  switch (message.type) {
    case 'welcome':
      return welcomed(view, message, now)
    case 'joined':
    case 'changed':
      return unhosted(
        {
          ...view,
          people: withPerson(view.people, message.person),
          screens: withScreen(view.screens, message.person),
        },
        message.person,
        now,
      )
    case 'left':
      return parted(view, message, now)
    case 'sign':
      return signed(view, message, now)
    case 'offering':
      return offering(view, message, now)
    case 'asked':
      return asked(view, message.feature)
    case 'requested':
      return requested(view, message, now)
    case 'decided':
      return decided(view, message)
    case 'lapsed':
      return lapsed({...view, requests: without(view.requests, message.feature)}, message.feature)
    case 'receipt': {
      const {feature, event, receipt} = message
      const at = new Date(now).toISOString()
      return {...view, receipts: [...view.receipts, {feature, event, receipt, at}]}
    }
    case 'erased': {
      const {feature} = message
      const gone = withoutOwn(kept(view, feature), feature)
      return {...gone, word: {kind: 'erased', feature, at: now}}
    }
    case 'chat-line':
      return {
        ...view,
        ...unreadWith(view, [message]),
        chat: [...view.chat, message],
        waiting: arrived(view, [message]),
      }
    case 'reaction': {
      const {sender, reaction} = message
      const last = view.reactions.slice(1 - REACTIONS_KEPT)
      return {...view, reactions: [...last, {sender, reaction, at: now}]}
    }
    case 'ended':
      return over(view, 'ended')
    case 'fault':
      return faulted(view, message, now)
    case 'waiting':
    case 'door':
    case 'knock':
    case 'knock-over':
    case 'turned-away':
      return atDoor(view, message, now)
    case 'host-link':
      return {...view, hostLink: message.host}
    case 'page-link':
      return {...view, after: message.after}
    case 'hello':
    case 'ice':
    case 'pong':
    case 'probe':
    case 'grants':
    case 'tap':
    case 'tap-answer':
    case 'tap-closed':
    case 'signal-from':
      return view // for the wire alone
    default:
      return reduceOwn(view, message, now)
  }
}

/** @param {View} view @param {OwnEvent | Told} event @param {number} now @returns {View} */
function reduceOwn(view, event, now) {
  switch (event.type) {
    case 'joining': {
      const start = initial(Object.keys(view.signs), view.unprompted, view.withheld)
      const {you, choices, at} = event
      const chosen = [...choices].reduce((next, [f, d]) => chose(next, f, d, at), start)
      return {...chosen, phase: 'joining', you, stale: view.stale}
    }
    case 'lost':
      return cut(view)
    case 'gone':
      return {...over(view, event.phase), fault: event.fault}
    case 'chose': {
      const {feature, decision, at} = event
      const next = chose(view, feature, decision, at)
      return decision === 'declined' ? forgotten(next, feature, now) : next
    }
    case 'reworded':
      return reworded(view, event.feature)
    case 'stale':
      return {...view, stale: event.stale}
    case 'kept':
      return kept(view, event.feature)
    case 'erasing':
      return erasing(view, event)
    case 'cancelled':
      return {...view, requests: without(view.requests, event.feature)}
    case 'handling':
      return {...view, handled: [...view.handled, event.participant]}
    case 'showing':
      return withOwn(view, {media: event.media})
    case 'paths': {
      const {unreached, forged, unheard} = event
      const [before, now] = [view, event].map(each => [each.unreached, each.forged, each.unheard])
      const same = JSON.stringify(before) === JSON.stringify(now)
      return same ? view : {...view, unreached, forged, unheard}
    }
    case 'checks':
      return alike(view.checks, event.checks) ? view : {...view, checks: event.checks}
    case 'raising':
      return withOwn(view, {hand: event.raised})
    case 'wrote': {
      const key = String(1 + Number(view.waiting.at(-1)?.key ?? 0))
      return {...view, waiting: [...view.waiting, {key, text: event.text, at: now}]}
    }
    case 'chat-read':
      return read(view)
    case 'fault-dismissed':
      return {...view, fault: null}
    case 'offered': {
      const {unprompted} = event
      return {...view, unprompted, asks: view.asks.filter(each => !unprompted.has(each))}
    }
    default:
      return assisted(view, event, now)
  }
}

/** @param {View} view @param {Welcome} message @param {number} now @returns {View} */
function welcomed(view, message, now) {
  const back = view.phase === 'lost'
  const answers = reconciled(view, message.answers)
  const signs = {...allOff(view.signs), ...Object.fromEntries(message.signs.map(signEntry))}
  const word = (back ? returnWord(view, message.signs, now) : null) ?? view.word
  const next = {
    ...unwatched(view),
    phase: /** @type {const} */ ('open'),
    you: message.you,
    host: message.host,
    hostLink: message.host ? view.hostLink : null,
    people: message.people,
    door: message.door,
    knocks: message.knocks,
    screens: message.screens,
    signs,
    answers,
    asks: view.asks.filter(feature => answers[feature]?.decision === null),
    requests: {}, // a server that was started anew knows of none; it says when it is too soon
    chat: [...view.chat, ...message.chat],
    waiting: arrived(view, message.chat),
    ...unreadWith({...view, ...message}, message.chat),
    after: message.after,
    word,
  }
  return message.offerings.reduce(standing, withoutPast(next, view.signs, now))
}

/** @param {View} view @param {Sign} message @param {number} now @returns {View} */
function signed(view, message, now) {
  const signs = {...view.signs, ...Object.fromEntries([signEntry(message)])}
  const turned = view.signs[message.feature]?.on !== message.on
  const word = turned ? alongside(signWord(message, now), view.word, now) : view.word
  return withoutPast(
    {...view, signs, word: saidAlready(view, message) ? view.word : word},
    view.signs,
    now,
  )
}

/** Whether the word about the draft has said that this is off. @param {View} view @param {Sign} message */
function saidAlready({word}, {feature, on}) {
  return !on && word?.kind === 'draft-dropped' && word.feature === feature
}

/** The connection is lost. @param {View} view @returns {View} */
function cut(view) {
  if (view.phase === 'waiting') return {...view, told: false}
  if (view.phase !== 'open') return view
  const {signs, word} = view
  const next = {...unwatched(cutOff(view)), signs: unknown(signs), word: stillTrue(word)}
  return {...next, phase: 'lost'}
}

/** The meeting is over for this participant. @param {View} view @param {Phase} phase @returns {View} */
function over(view, phase) {
  return {...view, phase, signs: allOff(view.signs), ...NOTHING_SAID}
}

/** Own lines come back in the order in which they were sent. @param {View} view @param {readonly ChatLine[]} lines */
function arrived({waiting, you}, lines) {
  return waiting.slice(lines.filter(({sender}) => sender === you).length)
}

/** @param {View} view @param {Left} message @param {number} now @returns {View} */
function parted(view, {participant: id, removed}, now) {
  const people = view.people.filter(person => person.id !== id)
  const gone = view.people.find(person => person.id === id)
  const screens = view.screens.filter(each => each !== id)
  const next = settled(hushed({...view, people, screens}, id), id)
  return removed && gone ? sentAway(next, 'removed', gone.name, now) : next
}

/** @param {View} view @param {Requested} message @param {number} now @returns {View} */
function requested(view, {feature, asked: fresh, ask_again_in: wait}, now) {
  const before = view.requests[feature]
  const askedAt = fresh ? now : (before?.askedAt ?? null)
  const state = {askedAt, againAt: now + wait * 1000}
  return {...view, requests: {...view.requests, [feature]: state}}
}

/** @param {View} view @param {Fault} message @param {number} now @returns {View} */
function faulted(view, message, now) {
  const {detail, about, feature} = message
  const code = codeAtDoor(message)
  // A no may be said twice, around a lost connection: it holds, so there is nothing to tell.
  const twice =
    (code === 'replayed-statement' || code === 'statement-outdated') &&
    view.answers[feature ?? '']?.decision === 'declined'
  if (twice || code === REMOVED.code || (QUIET.has(about ?? '') && code !== 'tap-limit'))
    return view
  const work = refusedWork(view, message, now)
  if (work) return work
  const own = about === 'chat' || code === 'malformed' // what cannot be read is about nothing
  const waiting = own ? view.waiting.slice(1) : view.waiting
  const next = refusedAtDoor(refusedAnswer(view, message), message)
  return {...next, waiting, fault: {code, detail, feature: feature ?? null}}
}

/** @param {View} view @param {string} feature @returns {View} */
function kept(view, feature) {
  return {...view, ends: view.ends.filter(end => end.feature !== feature)}
}

/** @param {View} view @param {{feature: string, wanted: boolean}} event @returns {View} */
function erasing(view, {feature, wanted}) {
  const ends = view.ends.map(end => (end.feature === feature ? {...end, erasing: wanted} : end))
  return {...view, ends}
}

/** @param {readonly Person[]} people @param {Person} person @returns {readonly Person[]} */
function withPerson(people, person) {
  if (!people.some(({id}) => id === person.id)) return [...people, person]
  return people.map(each => (each.id === person.id ? person : each))
}

/** @param {readonly string[]} screens @param {Person} person @returns {readonly string[]} */
function withScreen(screens, {id, media}) {
  if (media.screen === screens.includes(id)) return screens
  return media.screen ? [...screens, id] : screens.filter(each => each !== id)
}

/** @param {View} view @param {Partial<Pick<Person, 'media' | 'hand'>>} change @returns {View} */
function withOwn(view, change) {
  const people = view.people.map(each => (each.id === view.you ? {...each, ...change} : each))
  return {...view, people}
}

/** @template T @param {Readonly<Record<string, T>>} from @param {string} key */
function without(from, key) {
  return Object.fromEntries(Object.entries(from).filter(([each]) => each !== key))
}
