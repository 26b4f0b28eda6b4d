/**
 * The host capability, in this tab.
 *
 * Rule: it comes in the fragment, which browsers send to no server, and leaves the address
 * at once, so that a copied address is an invitation. The tab keeps it for a reload.
 */
import {hostOf} from '../invitation.js'

/** @param {string} room @returns {string | null} */
export function hostSecret(room) {
  const key = `gatekeeper.host.${room}`
  const given = hostOf(location.hash)
  if (given !== null) {
    sessionStorage.setItem(key, given)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(key)
}
