/**
 * A summary as the server tells it, in the room and on the page afterwards: what it is called
 * and how it reads as plain text. Pure.
 *
 * Rule 1: it says what made it. Quotes picked by rules are never called a summary.
 * Rule 2: an item without words of its own is its quotes.
 */

import {clock} from '../i18n/when.js'
import {flag, listOf, maybe, oneOf, shape, text} from '../wire/shapes.js'

/** @import {Say} from '../i18n/words.js' */

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

/** What it is called. @param {Say} say @param {Summary} summary @returns {string} */
export const titleOf = (say, {engine}) => say(`summary.${engine}`)

/** What wrote it, from what, and how far to trust it. @param {Say} say @param {string} language @param {Summary} summary @returns {string} */
export function sourceOf(say, language, {engine, model, host, from, to}) {
  const span = {from: clock(language, from), to: clock(language, to)}
  if (engine === 'rules') return say('summary.rules.source', span)
  const named = {...span, model: model ?? say('summary.model.unnamed')}
  return host ? say('summary.model.host', {...named, host}) : say('summary.model.here', named)
}

/** What a section is called. @param {Say} say @param {Summary['engine']} engine @param {SectionKind} kind @returns {string} */
export const headingOf = (say, engine, kind) => say(`summary.${engine}.${kind}`)

/** "Ines Haddad, 11:26". @param {Say} say @param {string} language @param {Quote} quote @returns {string} */
export const spokenBy = (say, language, {name, at}) =>
  say('summary.said', {name: name ?? say('summary.somebody'), time: clock(language, at)})

/**
 * All of it as plain text, to take along.
 * @param {Say} say @param {string} language @param {Summary} summary @returns {string}
 */
export function plain(say, language, summary) {
  const head = [titleOf(say, summary), sourceOf(say, language, summary)]
  if (summary.masked) head.push(say('summary.masked'))
  const sections = summary.sections
    .filter(({items}) => items.length > 0)
    .map(({kind, items}) =>
      [
        headingOf(say, summary.engine, kind),
        ...items.map(item => plainItem(say, language, item)),
      ].join('\n'),
    )
  return [head.join('\n'), ...sections].join('\n\n') + '\n'
}

/** @param {Say} say @param {string} language @param {Item} item @returns {string} */
function plainItem(say, language, {text: words, owner_name: owner, due, quotes}) {
  const said = quotes.map(
    quote => `${say('summary.quote', {text: quote.text})} ${spokenBy(say, language, quote)}`,
  )
  const more = [
    owner && `${say('summary.owner')}: ${owner}`,
    due && `${say('summary.due')}: ${due}`,
  ].filter(Boolean)
  const [first = '', ...rest] = words === null ? said : [words, ...said]
  return [`- ${first}`, ...[...more, ...rest].map(line => `  ${line}`)].join('\n')
}
