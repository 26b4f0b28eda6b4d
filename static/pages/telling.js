/** What is on is told, and told again while it is known; what is not known any more is off. */
import {onAir} from '../room/embedding.js'

/** @import {OnAir} from '../room/embedding.js' */
/** @import {Session} from '../room/session.js' */

/** Several times in a lease, in ms. */
const EVERY = 500

/** @param {Session} session @param {(state: {gatekeeper: 'state', features: OnAir, lasts: number}) => void} tell @returns {{ask: () => void, end: () => void}} `ask`: now, too */
export function telling(session, tell) {
  const say = () => tell(onAir(session.view, session.reach.heardSince, performance.now()))
  const ask = () => {
    session.reach.probe()
    say()
  }
  session.addEventListener('change', say)
  const asking = setInterval(ask, EVERY)
  ask()
  const end = () => {
    clearInterval(asking)
    session.removeEventListener('change', say)
  }
  return {ask, end}
}
