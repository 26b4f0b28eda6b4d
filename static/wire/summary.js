/**
 * A summary as the server tells it, in the room and on the page afterwards.
 */

import {flag, listOf, maybe, oneOf, shape, text} from './shapes.js'

/** @typedef {'topics' | 'decisions' | 'todos' | 'questions' | 'points'} SectionKind */
/**
 * @typedef {object} Quote  one line, as it was heard
 * @property {string} line @property {string} participant
 * @property {string | null} name  null: they are no longer named
 * @property {string} at  RFC 3339 @property {string} text
 */
/**
 * @typedef {object} Item
 * @property {string} id @property {string | null} text  a model's words; null: the quotes speak
 * @property {string | null} owner  of a to-do, a participant's id
 * @property {string | null} owner_name
 * @property {string | null} due  in the words that were said
 * @property {readonly Quote[]} quotes
 */
/** @typedef {{kind: SectionKind, items: readonly Item[]}} Section */
/**
 * @typedef {object} Summary
 * @property {'rules' | 'model'} engine
 * @property {string | null} model @property {string | null} host  null: this server
 * @property {boolean} third_party @property {string} language
 * @property {string} from  when the first of its words was said @property {string} to
 * @property {string} made_at
 * @property {boolean} masked  somebody's name was taken out of what others said
 * @property {readonly Section[]} sections
 */

const QUOTE = shape({line: text, participant: text, name: maybe(text), at: text, text})
const ITEM = shape({
  id: text,
  text: maybe(text),
  owner: maybe(text),
  owner_name: maybe(text),
  due: maybe(text),
  quotes: listOf(QUOTE),
})
const SECTION = shape({
  kind: oneOf(['topics', 'decisions', 'todos', 'questions', 'points']),
  items: listOf(ITEM),
})
const SUMMARY = shape({
  engine: oneOf(['rules', 'model']),
  model: maybe(text),
  host: maybe(text),
  third_party: flag,
  language: text,
  from: text,
  to: text,
  made_at: text,
  masked: flag,
  sections: listOf(SECTION),
})

/** @param {unknown} value @returns {value is Summary} */
export const isSummary = value => SUMMARY(value)
