/** The JSON API of the page afterwards. What is not as agreed counts as out of reach. */
import {isKept} from '../kept/kept.js'
import {isScript} from '../kept/transcript.js'
import {at} from '../site/place.js'
import {isRecord} from '../wire/shapes.js'
import {isSummary} from '../wire/summary.js'

/** @import {Kept} from '../kept/kept.js' */
/** @import {Summary} from '../wire/summary.js' */
/** @import {Script} from '../kept/transcript.js' */
/** @typedef {{kept: Kept} | {code: 'sign-in' | 'gone' | 'unreachable', deleted: string | null}} KeptAnswer */

/** @param {string} room @param {string} [more] */
const path = (room, more = '') => at(`api/rooms/${encodeURIComponent(room)}/after${more}`)

/**
 * Exchange the capability for a cookie of this page.
 * @param {string} room @param {string} capability @param {string | null} host the host's own
 * @returns {Promise<'in' | 'wrong' | 'gone' | 'unreachable'>}
 */
export async function signIn(room, capability, host) {
  const said = host === null ? {capability} : {capability, host}
  const status = await post(path(room, '/session'), said)
  if (status === 404 || status === 410) return 'gone'
  if (status === 400 || status === 401 || status === 403 || status === 422) return 'wrong'
  return status >= 200 && status < 300 ? 'in' : 'unreachable'
}

/**
 * A link in place of one's own, good from its first use on. @param {string} room
 * @returns {Promise<string | null>} null: not just now
 */
export async function newLink(room) {
  try {
    const answer = await fetch(path(room, '/link'), {method: 'POST'})
    const body = /** @type {unknown} */ (await answer.json())
    const capability = isRecord(body) ? body['capability'] : null
    return answer.ok && typeof capability === 'string' ? capability : null
  } catch (error) {
    console.debug('no new link', error)
    return null
  }
}

/** @param {string} room */
export async function signOut(room) {
  try {
    await fetch(path(room, '/session'), {method: 'DELETE'})
  } catch {
    console.debug('the cookie could not be given back')
  }
}

/**
 * @param {string} room @param {string} language of the features' names
 * @param {AbortSignal} signal @returns {Promise<KeptAnswer>}
 */
export async function fetchKept(room, language, signal) {
  try {
    const answer = await fetch(path(room, `?language=${language}`), {signal})
    const body = /** @type {unknown} */ (await answer.json())
    if (answer.ok && isKept(body)) return {kept: body}
    if (answer.status === 401 || answer.status === 403) return {code: 'sign-in', deleted: null}
    if (answer.status === 404 || answer.status === 410) return {code: 'gone', deleted: when(body)}
  } catch (error) {
    console.debug('what was kept cannot be read', error)
  }
  return {code: 'unreachable', deleted: null}
}

/** @param {string} url @param {AbortSignal} signal @returns {Promise<Script | null>} null: not just now */
export async function fetchScript(url, signal) {
  const script = await fetchJson(url, signal)
  return isScript(script) ? script : null
}

/** @param {string} url @param {AbortSignal} signal @returns {Promise<Summary | null>} null: not just now */
export async function fetchSummary(url, signal) {
  const summary = await fetchJson(url, signal)
  return isSummary(summary) ? summary : null
}

/** What is at an address of the page, as text. Throws when it is not there. @param {string} url */
export async function fetchText(url) {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${answer.status} instead of a text`)
  return answer.text()
}

/** @param {string} url @param {AbortSignal} signal @returns {Promise<unknown>} */
async function fetchJson(url, signal) {
  try {
    const answer = await fetch(url, {signal})
    return answer.ok ? /** @type {unknown} */ (await answer.json()) : null
  } catch (error) {
    console.debug('a text cannot be read', error)
    return null
  }
}

/** Whether the item is gone, for everybody; also when somebody else was faster. @param {string} room @param {string} item */
export async function removeItem(room, item) {
  const status = await post(path(room, `/summary/items/${encodeURIComponent(item)}/wrong`), {})
  return status === 204 || status === 404 || status === 410
}

/** Whether the server took it on. @param {string} room */
export const writeSummary = async room => (await post(path(room, '/summary/write'), {})) === 202

/** Whether the server took it on. @param {string} room @param {string} feature */
export const erasePart = async (room, feature) =>
  (await post(path(room, `/${encodeURIComponent(feature)}/erase`), {})) === 202

/** Whether the server took it on. @param {string} room */
export const eraseAll = async room => (await post(path(room, '/erase'), {})) === 202

/** Where everything held of one is. @param {string} room @param {string} language */
export const mineAt = (room, language) => path(room, `/mine?language=${language}`)

/** Whether the server has kept the choice. @param {string} room @param {string} feature @param {boolean} stopped */
export async function stopPart(room, feature, stopped) {
  const choice = path(room, `/${encodeURIComponent(feature)}/stopped`)
  try {
    return (await fetch(choice, {method: stopped ? 'POST' : 'DELETE'})).status === 204
  } catch {
    return false
  }
}

/** Whether the server took it on. @param {string} room @param {string} feature */
export const makeFilm = async (room, feature) =>
  (await post(path(room, `/${encodeURIComponent(feature)}/film`), {})) === 202

/** Whether the server took it on. @param {string} room @param {string} feature */
export async function stopFilm(room, feature) {
  try {
    const work = path(room, `/${encodeURIComponent(feature)}/film/work`)
    return (await fetch(work, {method: 'DELETE'})).status === 202
  } catch {
    return false
  }
}

/** @param {string} url @param {Readonly<Record<string, string>>} body @returns {Promise<number>} the status; 0 without an answer */
async function post(url, body) {
  try {
    const headers = {'Content-Type': 'application/json'}
    const answer = await fetch(url, {method: 'POST', headers, body: JSON.stringify(body)})
    return answer.status
  } catch {
    return 0
  }
}

/** When it was deleted, if the problem says so. @param {unknown} problem @returns {string | null} */
function when(problem) {
  const at = isRecord(problem) ? problem['deleted_at'] : null
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : null
}
