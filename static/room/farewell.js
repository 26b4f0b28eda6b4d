/**
 * What the end of a seat means to its owner.
 */

/** @import {Fault} from '../wire/messages.js' */
/** @import {OwnEvent} from './reduce.js' */

const ELSEWHERE = {
  code: 'replaced',
  detail: 'You are in this meeting in another tab.',
  feature: null,
}
const REFUSED = {code: 'refused', detail: 'The server did not let you in.', feature: null}

/**
 * By the socket's close code and the fault before it.
 * @param {number} code @param {Fault | null} fault @returns {OwnEvent}
 */
export function parting(code, fault) {
  if (code === 4001) return {type: 'gone', phase: 'left', fault: ELSEWHERE}
  if (code === 1000) return {type: 'gone', phase: 'left', fault: null}
  const seen = fault ? {code: fault.code, detail: fault.detail, feature: null} : REFUSED
  return {type: 'gone', phase: fault?.code === 'room-ended' ? 'ended' : 'refused', fault: seen}
}
