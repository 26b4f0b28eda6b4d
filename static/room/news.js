/**
 * What others have just done that somebody who looks elsewhere would like to hear.
 *
 * Rule 1: it tells what everybody can see in the room anyway, and nothing of answers (fair-consent
 * P1): who answered, how and when sounds like nothing.
 * Rule 2: of one's own acts, and of what was there when one came or came back, there is none.
 * Rule 3: while one is asked, nothing sounds (P5).
 */
import {meant} from './mentions.js'
import {due} from './offers.js'

/** @import {View} from './view.js' */
/** @typedef {'joined' | 'knock' | 'hand' | 'mention' | 'message'} News */

/** The one thing that is new, the most pressing first. @param {View} before @param {View} after @returns {News | null} */
export function newsOf(before, after) {
  if (before.phase !== 'open' || after.phase !== 'open' || due(after) !== null) return null
  if (isNew(before.knocks, after.knocks)) return 'knock'
  const others = after.people.filter(({id}) => id !== after.you)
  if (others.some(({id, hand}) => hand && !handOf(before, id))) return 'hand'
  if (isNew(before.people, others)) return 'joined'
  const lines = after.chat.slice(before.chat.length)
  if (meant(after, lines)) return 'mention'
  return lines.some(({sender}) => sender !== after.you) ? 'message' : null
}

/** @param {View} view @param {string} id */
const handOf = ({people}, id) => people.some(person => person.id === id && person.hand)

/** @typedef {{id: string} | {participant: string}} Somebody */

/** @param {readonly Somebody[]} before @param {readonly Somebody[]} after */
function isNew(before, after) {
  const known = new Set(before.map(idOf))
  return after.some(each => !known.has(idOf(each)))
}

/** @param {Somebody} who */
const idOf = who => ('id' in who ? who.id : who.participant)
