/** The JSON API, as far as pages need it. */

/** @import {Facts, Offer} from '../notices.js' */
/** @typedef {{facts: Facts} | {code: string}} RoomAnswer */

/** @returns {Promise<Offer | null>} null when the server cannot be reached */
export async function fetchOffer() {
  try {
    const answer = await fetch('/api/offer')
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

/** @param {string} room @returns {Promise<RoomAnswer>} */
export async function fetchFacts(room) {
  try {
    const answer = await fetch(`/api/rooms/${encodeURIComponent(room)}`)
    const body = await answer.json()
    return answer.ok ? {facts: body} : {code: String(body.code)}
  } catch {
    return {code: 'unreachable'}
  }
}

/**
 * @param {{title: string, language: string, features: readonly string[]}} wish
 * @returns {Promise<{room: string, host: string} | null>}
 */
export async function openRoom(wish) {
  try {
    const answer = await fetch('/api/rooms', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(wish),
    })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}
