/** Whether this server can be reached from here: by requests, and by a WebSocket. */

import {socketUrl} from './signaling.js'
import {at} from '../site/place.js'

/** Milliseconds. */
const PATIENCE = 10_000
/** A room that is not there: its socket opens, and says so. */
const NOBODYS = 'check'

/** @returns {Promise<'ok' | 'unreachable' | 'socket-blocked'>} */
export async function reach() {
  if (!(await answers())) return 'unreachable'
  return (await opens()) ? 'ok' : 'socket-blocked'
}

async function answers() {
  try {
    const answer = await fetch(at('api/features'), {signal: AbortSignal.timeout(PATIENCE)})
    return answer.ok
  } catch {
    return false
  }
}

/** @returns {Promise<boolean>} */
const opens = () =>
  new Promise(resolve => {
    const socket = new WebSocket(socketUrl(NOBODYS))
    const over = setTimeout(() => settle(false), PATIENCE)
    /** @param {boolean} well */
    const settle = well => {
      clearTimeout(over)
      socket.close()
      resolve(well)
    }
    socket.addEventListener('message', () => settle(true))
    socket.addEventListener('close', () => settle(false))
  })
