/**
 * The host capability, in this browser.
 *
 * Rule 1: it comes in the fragment, which browsers send to no server, and leaves the address
 * at once, so that a copied address is an invitation. The tab keeps it for a reload.
 * Rule 2: once the server has taken it, the browser keeps it until the meeting is over: who has
 * opened a room and comes back by the invitation is its host again. Without a host nothing runs
 * (design.md, rule 18).
 */
import {browserShelf, tabShelf} from '../browser/shelf.js'
import {hostOf} from '../room/invitation.js'

/** @import {Session} from '../room/session.js' */

/** @param {string} room */
const keyOf = room => `gatekeeper.host.${room}`

/** @param {string} room @returns {string | null} */
export function hostSecret(room) {
  const given = hostOf(location.hash)
  if (given !== null) {
    tabShelf.set(keyOf(room), given)
    history.replaceState(null, '', location.pathname)
  }
  return tabShelf.get(keyOf(room)) ?? browserShelf.get(keyOf(room))
}

/** The server has taken it. @param {string} room @param {string} secret */
export function keepHost(room, secret) {
  browserShelf.set(keyOf(room), secret)
}

/**
 * A new one takes the place of the one that was good; without one it is nobody's here any more.
 * @param {string} room @param {Session} session
 */
export function followHost(room, session) {
  let {host, hostLink} = session.view
  session.addEventListener('change', () => {
    const {view} = session
    if (view.hostLink !== null && view.hostLink !== hostLink) {
      tabShelf.set(keyOf(room), view.hostLink)
      keepHost(room, view.hostLink)
    }
    if (host && !view.host) forgetHost(room)
    ;({host, hostLink} = view)
  })
}

/** The meeting is over for everybody. @param {string} room */
export function forgetHost(room) {
  tabShelf.forget(keyOf(room))
  browserShelf.forget(keyOf(room))
}
