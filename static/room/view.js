/**
 * What a participant can see of the room. How each message changes it is `reduce.js`.
 *
 * Rule: a View is replaced, never mutated.
 */

import {UNSET} from './answers.js'
import {NOTHING_SAID} from './assistant.js'
import {ANYBODY} from './door.js'

/** @import {AssistantView} from './assistant.js' */
/** @import {Checks} from './tap-guard.js' */
/** @import {ChatLine, Decision, Door, Knock, Person} from '../wire/messages.js' */

/** @typedef {'idle' | 'joining' | 'waiting' | 'open' | 'lost' | 'left' | 'ended' | 'refused'} Phase */
/**
 * @typedef {object} SignState
 * @property {boolean | null} on  null: the connection is lost, so nobody here knows
 * @property {string | null} since  since when; while nobody knows, since when it was on before
 */
/** @typedef {{decision: Decision | null, pending: boolean, at: string | null}} OwnAnswer */
/** @typedef {{askedAt: number | null, againAt: number}} RequestState  milliseconds since the epoch; `askedAt`: null where nobody was asked */
/** @typedef {{feature: string, since: string | null, at: string, erasing?: boolean}} TwoEnds  `erasing`: asked for, and on its way */
/** @typedef {{sender: string, reaction: string, at: number}} SeenReaction */
/** @typedef {{feature: string, event: 'granted' | 'withdrawn', receipt: string, at: string}} KeptReceipt */
/** @typedef {{code: string, detail: string, feature: string | null}} SeenFault */
/** @typedef {{key: string, text: string, at: number}} WaitingLine  not sent to everybody yet */
/**
 * @typedef {object} Word
 * @property {'sign-on' | 'sign-off' | 'on-again' | 'erased' | 'draft-dropped' | 'withheld' | 'offered' | 'removed' | 'turned-away' | 'host-over'} kind
 * @property {string} feature  empty where it is about a person
 * @property {string} [name]  of the person
 * @property {string | null} [since]  of `on-again`: since when it is on
 * @property {number} at
 * @property {readonly Word[]} [also]  what is said in the same breath
 */

/** @typedef {RoomView & AssistantView} View */
/**
 * @typedef {object} RoomView
 * @property {Phase} phase
 * @property {string} you
 * @property {boolean} host
 * @property {readonly Person[]} people  everybody, oneself included
 * @property {boolean} told  while one waits: whether the host has been told
 * @property {Door} door  who may come in
 * @property {readonly Knock[]} knocks  the host's own: who waits to be let in
 * @property {readonly string[]} handled  participants whom the host has let in or sent away, and it is on its way
 * @property {string | null} hostLink  the host's own: the capability that they had made last
 * @property {readonly string[]} screens  who shares one, as the server tells, the newest last
 * @property {Readonly<Record<string, SignState>>} signs  every offered feature has one
 * @property {Readonly<Record<string, OwnAnswer>>} answers  every offered feature has one
 * @property {readonly string[]} asks  features whose prompt is due; the first one is shown
 * @property {ReadonlySet<string>} marks  features asked for without a question: after a no, or unprompted
 * @property {ReadonlySet<string>} withheld  features that nobody can ask for just now
 * @property {ReadonlySet<string>} stale  features whose words in force are still being fetched
 * @property {ReadonlySet<string>} unprompted  features for which no question opens by itself
 * @property {Readonly<Record<string, RequestState>>} requests  the host's own
 * @property {readonly TwoEnds[]} ends  own withdrawals whose two ends are still open
 * @property {readonly ChatLine[]} chat
 * @property {readonly WaitingLine[]} waiting  one's own lines, in order
 * @property {number} unread
 * @property {boolean} mentioned  among what is unread is a line that addresses oneself
 * @property {readonly SeenReaction[]} reactions  the last few
 * @property {readonly KeptReceipt[]} receipts
 * @property {readonly string[]} unreached  participants to whom there is no way
 * @property {readonly string[]} forged  participants whose connection was not theirs, and is ended
 * @property {readonly string[]} unheard  features that nothing of oneself reaches
 * @property {Checks} checks  of what is open, whether everybody's yes was found good here
 * @property {string} after  the capability for the page afterwards; empty before the welcome
 * @property {SeenFault | null} fault
 * @property {Word | null} word  the last thing to announce once, politely
 */

/** From these nothing leads back but joining anew. @type {ReadonlySet<Phase>} */
const OVER = new Set(['left', 'ended', 'refused'])

/** Whether the meeting is over for this person. @param {View} view */
export const isOver = ({phase}) => OVER.has(phase)

/** Whether one is on one's way in. @param {View} view */
export const isEntering = ({phase}) => phase === 'joining' || phase === 'waiting'

/**
 * @param {readonly string[]} features @param {ReadonlySet<string>} [unprompted]
 * @param {ReadonlySet<string>} [withheld] @returns {View}
 */
export function initial(features, unprompted = new Set(), withheld = new Set()) {
  return {
    phase: 'idle',
    you: '',
    host: false,
    people: [],
    told: false,
    door: ANYBODY,
    knocks: [],
    handled: [],
    hostLink: null,
    screens: [],
    signs: Object.fromEntries(features.map(each => [each, {on: false, since: null}])),
    answers: Object.fromEntries(features.map(each => [each, UNSET])),
    asks: [],
    marks: new Set(),
    withheld,
    stale: new Set(),
    unprompted,
    requests: {},
    ends: [],
    chat: [],
    waiting: [],
    unread: 0,
    mentioned: false,
    reactions: [],
    receipts: [],
    unreached: [],
    forged: [],
    unheard: [],
    checks: new Map(),
    ...NOTHING_SAID,
    after: '',
    fault: null,
    word: null,
  }
}
