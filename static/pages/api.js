/** The JSON API, as far as pages need it. */

import {digested} from '../room/notices.js'
import {at} from '../site/place.js'

/** @import {Facts, ServerFacts} from '../room/notices.js' */
/** @typedef {{facts: Facts} | {code: string}} RoomAnswer */

/**
 * Global Privacy Control, as the browser says it to scripts (W3C, `navigator.globalPrivacyControl`).
 * The server sees the header; either one is enough.
 */
const signalled = () =>
  'globalPrivacyControl' in navigator && navigator.globalPrivacyControl === true

/** @returns {Promise<ServerFacts | null>} null when the server cannot be reached */
export async function fetchServerFacts() {
  try {
    const answer = await fetch(at('api/features'))
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

/** @param {string} room @returns {Promise<RoomAnswer>} */
export async function fetchFacts(room) {
  try {
    const answer = await fetch(at(`api/rooms/${encodeURIComponent(room)}`))
    const body = await answer.json()
    if (!answer.ok) return {code: String(body.code)}
    return {facts: await digested({...body, gpc: body.gpc === true || signalled()})}
  } catch {
    return {code: 'unreachable'}
  }
}

/**
 * @param {{title: string, language: string, features: readonly string[], knock: boolean}} wish
 * @returns {Promise<{room: string, host: string, waits_until: string} | {code: string}>}
 */
export async function openRoom(wish) {
  try {
    const answer = await fetch(at('api/rooms'), {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(wish),
    })
    const said = await answer.json()
    return answer.ok ? said : {code: String(said.code)}
  } catch {
    return {code: 'unreachable'}
  }
}
