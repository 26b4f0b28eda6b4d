/**
 * How a summary reads, in the room and on the page afterwards: what it is called, and all of it as
 * plain text. Pure.
 *
 * Rule 1: it says what made it. Quotes picked by rules are never called a summary.
 * Rule 2: an item without words of its own is its quotes.
 */

import {clock} from '../i18n/when.js'

/** @import {Say} from '../i18n/words.js' */
/** @import {Item, Quote, SectionKind, Summary} from '../wire/summary.js' */

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
