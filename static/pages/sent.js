/**
 * Whom a service has sent here, by a token in the fragment, which browsers send to no server.
 *
 * Rule: it leaves the address at once: it is good once, and a copied address is an invitation.
 * The tab keeps it for a reload, of which the server knows that it is the same person.
 */
import {tabShelf} from '../browser/shelf.js'
import {sentOf} from '../room/invitation.js'

/** @typedef {{entry: string, name: string}} Sent  `name`: as the service proposes it */

/** @param {string} room */
const keyOf = room => `gatekeeper.entry.${room}`

/** @param {string} room @returns {Sent | null} */
export function sentHere(room) {
  const given = sentOf(location.hash)
  if (given === null) {
    const entry = tabShelf.get(keyOf(room))
    return entry === null ? null : {entry, name: ''}
  }
  tabShelf.set(keyOf(room), given.entry)
  history.replaceState(null, '', location.pathname)
  return given
}
