/**
 * Whether everybody with whom one shares the room has allowed a feature, by their own signatures:
 * the server is not believed (design.md, rule 20).
 *
 * Rule 1: pure. Statements come in verified: signature and spelling fit, and their subject is the
 * thumbprint of their key.
 * Rule 2: whoever is there has a say; nobody is left out for what the server calls them.
 * Rule 3: what is missing, unknown or about something else is no yes.
 */

import {DECISION} from '../proof/statement.js'

/** @import {PublicKey} from '../proof/key.js' */
/** @import {Said} from '../proof/statement.js' */

/**
 * @typedef {object} Shown  a grant as the server has shown it
 * @property {string} statement
 * @property {PublicKey} key
 * @property {Said | null | undefined} said  null: nobody has signed that; undefined: that is not known yet
 */
/**
 * @typedef {object} Place  what one knows of where one is
 * @property {string} room
 * @property {string | null} life  of the room
 * @property {string} you
 * @property {ReadonlySet<string>} people  everybody with whom one shares the room, oneself included
 * @property {(feature: string, language: string) => string | null} wording  the digest, computed here, of what is in force
 * @property {(feature: string, statement: string) => boolean} own  whether this page has signed it
 */
/** @typedef {'empty' | 'missing' | 'forged' | 'not-ours' | 'another-version' | 'another-room' | 'another-life' | 'another-feature' | 'another-person' | 'no-yes' | 'other-words'} Lack */
/** @typedef {{participant: string, said: Said, key: PublicKey}} Proof */
/**
 * @typedef {object} Verdict
 * @property {'checked' | 'checking' | 'unproved'} state  `checking`: it may come to be checked in a moment
 * @property {Lack | null} lack  what is wrong, where it is unproved; of whom is nobody's business
 * @property {readonly Proof[]} proofs  by participant, if it is checked
 */

/**
 * @param {string} feature @param {ReadonlyMap<string, Shown>} grants  by participant @param {Place} place
 * @returns {Verdict}
 */
export function unanimous(feature, grants, place) {
  const {people, you} = place
  if (!people.has(you)) return unproved('empty') // every() of nobody is true
  const found = [...people].sort().map(each => judge(feature, each, grants.get(each), place))
  const lacks = found.flatMap(each => (typeof each === 'string' ? each : []))
  const [lack] = lacks.filter(each => each !== 'unknown')
  if (lack) return unproved(lack)
  if (lacks.length > 0) return {state: 'checking', lack: null, proofs: []}
  const proofs = found.flatMap(each => (typeof each === 'string' ? [] : each))
  return {state: 'checked', lack: null, proofs}
}

/** Whether two say the same. @param {ReadonlyMap<string, Verdict>} one @param {ReadonlyMap<string, Verdict>} other */
export const alike = (one, other) => told(one) === told(other)

/** @param {ReadonlyMap<string, Verdict>} verdicts */
const told = verdicts => JSON.stringify([...verdicts])

/** @param {Lack} lack @returns {Verdict} */
const unproved = lack => ({state: 'unproved', lack, proofs: []})

/**
 * What one person's grant is worth.
 * @param {string} feature @param {string} participant @param {Shown | undefined} shown @param {Place} place
 * @returns {Proof | Lack | 'unknown'}
 */
function judge(feature, participant, shown, {room, life, you, wording, own}) {
  if (!shown) return 'missing'
  const {statement, said, key} = shown
  if (said === undefined) return 'unknown'
  if (said === null) return 'forged'
  if (said['subject'] !== participant) return 'another-person'
  if (said['type'] !== DECISION) return 'another-version'
  if (said['meeting'] !== room) return 'another-room'
  if (life === null || said['life'] !== life) return 'another-life'
  if (said['feature'] !== feature) return 'another-feature'
  if (said['decision'] !== 'granted') return 'no-yes'
  if (said['notice'] !== wording(feature, said['language'] ?? '')) return 'other-words'
  if (participant === you && !own(feature, statement)) return 'not-ours'
  return {participant, said, key}
}
