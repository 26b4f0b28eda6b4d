/**
 * What one asks of the assistant: how that changes the view, and what is sent.
 *
 * Rule: pure. What cannot be asked just now is null, and leaves everything as it was.
 */

import {runsHere} from './assistant.js'

/** @import {ClientMessage} from '../wire/messages.js' */
/** @import {Wanted, Wish} from './assistant.js' */
/** @import {View} from './view.js' */

/**
 * A summary of what was said so far; a draft, or a shorter one in place of `longer`; quotes from
 * the chat; to write a draft no further; that it goes, used or not.
 * @typedef {{kind: 'summary'}
 *   | (Extract<Wish, {kind: 'draft'}> & {longer?: string | null})
 *   | Extract<Wish, {kind: 'recap'}>
 *   | {kind: 'stop-draft'}
 *   | {kind: 'drop-draft'}} Task
 */
/** @typedef {{event: Wanted, message: ClientMessage | null}} Step */

/** The longest draft that can be handed back (wire/assistant.py, `Draft`). */
const PREVIOUS = 4000

/** @param {View} view @param {Task} task @param {string} id  of a draft that comes of it @returns {Step | null} */
export function step(view, task, id) {
  switch (task.kind) {
    case 'summary':
      if (view.soFar.working || !runsHere(view, 'summary')) return null
      return {event: {type: 'summarising'}, message: {type: 'summarise'}}
    case 'draft': {
      const {longer = null, ...wish} = task
      return drafting(view, wish, {type: 'draft', id, ...told(wish), ...changed(longer)})
    }
    case 'recap':
      return drafting(view, task, {type: 'recap', id, length: task.length})
    case 'stop-draft':
      return {event: {type: 'draft-stopped'}, message: calledOff(view)}
    case 'drop-draft':
      return {event: {type: 'draft-gone'}, message: calledOff(view)}
  }
}

/** @param {View} view @param {Wish} wish @param {Extract<ClientMessage, {type: 'draft' | 'recap'}>} message @returns {Step | null} */
const drafting = (view, wish, message) =>
  runsHere(view, 'compose') ? {event: {type: 'drafting', id: message.id, wish}, message} : null

/** @param {Extract<Wish, {kind: 'draft'}>} wish */
const told = ({prompt, tone, length}) => ({prompt, tone, length})

/** @param {string | null} longer */
const changed = longer => ({
  previous: longer?.slice(0, PREVIOUS) ?? null,
  change: longer === null ? null : /** @type {const} */ ('shorten'),
})

/** @param {View} view @returns {ClientMessage | null} */
const calledOff = ({draft}) =>
  draft?.state === 'streaming' ? {type: 'drop-draft', id: draft.id} : null
