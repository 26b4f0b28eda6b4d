/** What people do at the gate and at the door goes to the session: the same in every room. */
import {
  DecisionEvent,
  KnockEvent,
  LeaveEvent,
  PartEndEvent,
  RequestEvent,
  on,
} from '../elements/common/events.js'

/** @import {Acts} from '../room/acts.js' */
/** @import {Session} from '../room/session.js' */

/** @param {Session} session @param {AbortSignal} signal */
export function wireActs(session, signal) {
  const {acts} = session
  on(document, DecisionEvent, event => session.decide(event.feature, event.decision), {signal})
  on(document, RequestEvent, event => request(acts, event), {signal})
  on(document, PartEndEvent, event => end(acts, event), {signal})
  on(document, KnockEvent, event => acts.answerKnock(event.participant, event.letIn), {signal})
  on(document, LeaveEvent, event => leave(session, event), {signal})
}

/** @param {Acts} acts @param {RequestEvent} event */
const request = (acts, {feature, wanted}) => (wanted ? acts.request(feature) : acts.cancel(feature))

/** @param {Acts} acts @param {PartEndEvent} event */
const end = (acts, {feature, erase}) => (erase ? acts.erase(feature) : acts.keep(feature))

/** @param {Session} session @param {LeaveEvent} event */
const leave = (session, {forEveryone}) => (forEveryone ? session.acts.end() : session.leave())
