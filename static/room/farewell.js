/**
 * What the end of a seat means to its owner.
 */

/** @import {Fault} from '../wire/messages.js' */
/** @import {OwnEvent} from './reduce.js' */
/** @import {Phase} from './view.js' */

const ELSEWHERE = {
  code: 'replaced',
  detail: 'You are in this meeting in another tab.',
  feature: null,
}
export const REMOVED = {
  code: 'removed',
  detail: 'The host has removed you from this meeting.',
  feature: null,
}
const REFUSED = {code: 'refused', detail: 'The server did not let you in.', feature: null}

/**
 * By the socket's close code and the fault before it.
 * @param {number} code @param {Fault | null} fault @param {Phase} phase  in which it comes
 * @returns {OwnEvent}
 */
export function parting(code, fault, phase) {
  if (code === 4001) return {type: 'gone', phase: 'left', fault: ELSEWHERE}
  if (code === 1000) return {type: 'gone', ...dismissed(fault, phase)}
  const seen = fault ? {code: fault.code, detail: fault.detail, feature: null} : REFUSED
  return {type: 'gone', phase: fault?.code === 'room-ended' ? 'ended' : 'refused', fault: seen}
}

/**
 * Without a word to those who wait: the meeting is over before they came in.
 * @param {Fault | null} fault @param {Phase} phase
 * @returns {{phase: 'left' | 'ended', fault: typeof REMOVED | null}}
 */
function dismissed(fault, phase) {
  if (fault?.code === REMOVED.code) return {phase: 'left', fault: REMOVED}
  return {phase: phase === 'waiting' ? 'ended' : 'left', fault: null}
}
