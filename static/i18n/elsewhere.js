/** What is said where people see and hear each other somewhere else, in place of what is said in meetings here. */

/** @import {Key, Say} from './words.js' */

/** @type {Partial<Readonly<Record<Key, Key>>>} */
const WORDS = {
  'lobby.title': 'elsewhere.title',
  'lobby.join': 'elsewhere.join',
  'lobby.joining': 'elsewhere.joining',
  'lobby.join.note': 'elsewhere.join.note',
  'honest.cannot.text': 'elsewhere.cannot',
  'wait.told': 'elsewhere.wait',
  'prompt.who': 'elsewhere.asked',
  'room.reconnecting': 'elsewhere.lost',
  'end.left': 'elsewhere.left',
  'end.left.lead': 'elsewhere.left.lead',
  'end.ended': 'elsewhere.ended',
  'end.ended.lead': 'elsewhere.ended.lead',
  'end.replaced': 'elsewhere.replaced',
  'end.replaced.lead': 'elsewhere.replaced.lead',
  'end.removed': 'elsewhere.removed',
  'end.removed.lead': 'elsewhere.left.lead',
  'end.refused': 'elsewhere.left',
  'end.unwaited.lead': 'elsewhere.unwaited.lead',
  'end.waits-elsewhere.lead': 'elsewhere.waits.lead',
}

/** The words for a room. @param {Say} say @param {'meeting' | 'gate'} mode @returns {Say} */
export const inRoom = (say, mode) =>
  mode === 'gate' ? (key, params) => say(WORDS[key] ?? key, params) : say
