/**
 * What is on is told, and told again while it is known; what is not known any more is off.
 *
 * Rule: what changes besides is told by no message either: when somebody answers is their own affair.
 */
import {onAir} from '../room/embedding.js'

/** @import {OnAir} from '../room/embedding.js' */
/** @import {Session} from '../room/session.js' */

/** Several times in a lease, in ms. */
const EVERY = 500

/** @param {Session} session @param {(state: {gatekeeper: 'state', features: OnAir, lasts: number}) => void} tell @returns {{ask: () => void, end: () => void}} `ask`: now, too */
export function telling(session, tell) {
  let last = ''
  const say = () => {
    const state = onAir(session.view, session.reach.heardSince, performance.now())
    last = JSON.stringify(state.features)
    tell(state)
  }
  const look = () => {
    const {features} = onAir(session.view, session.reach.heardSince, performance.now())
    if (JSON.stringify(features) !== last) say()
  }
  const ask = () => {
    session.reach.probe()
    say()
  }
  session.addEventListener('change', look)
  const asking = setInterval(ask, EVERY)
  ask()
  const end = () => {
    clearInterval(asking)
    session.removeEventListener('change', look)
  }
  return {ask, end}
}
