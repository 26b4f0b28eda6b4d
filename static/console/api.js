/** The console's API. A fault is a code; a session that is over is one like any other. */
import {at} from '../site/place.js'

/** @typedef {{code: string}} Fault */

const API = at('api/admin')

/** Where a file is to be had. @param {string} path @returns {string} */
export const address = path => API + path

/**
 * @template T
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method @param {string} path @param {object} [sent]
 * @returns {Promise<{said: T} | Fault>}
 */
export async function ask(method, path, sent) {
  try {
    const answer = await fetch(API + path, {
      method,
      ...(sent === undefined
        ? {}
        : {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(sent)}),
    })
    const text = await answer.text()
    const said = text === '' ? null : JSON.parse(text)
    if (answer.ok) return {said}
    return {code: String(said?.code ?? 'internal')}
  } catch {
    return {code: 'unreachable'}
  }
}

/**
 * What is about receipts: they are sent as they are.
 * @param {string} path @param {string} receipts @returns {Promise<Response | Fault>}
 */
export async function sendReceipts(path, receipts) {
  try {
    const answer = await fetch(API + path, {method: 'POST', body: receipts})
    if (answer.ok) return answer
    return {code: String((await answer.json()).code)}
  } catch {
    return {code: 'unreachable'}
  }
}
