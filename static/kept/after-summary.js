/**
 * The summary on the page afterwards: what is shown of it, and where its quotes lead.
 *
 * Rule: pure. What people called wrong is out of sight at once, before the server has said so.
 */
import {shownAt} from './transcript.js'

/** @import {Chapter} from './kept.js' */
/** @import {Item, Quote, Summary} from '../wire/summary.js' */
/** @import {ScriptLine} from './transcript.js' */

/** @typedef {{feature: string, moment: number} | {line: string} | null} Place in a film, else in the transcript, else nowhere */
/**
 * @typedef {object} Places
 * @property {{feature: string, chapters: readonly Chapter[]} | null} film that is ready
 * @property {ReadonlyMap<string, ScriptLine>} lines of the transcript, by id
 */

/**
 * The same without some of its items; a section without any is gone.
 * @param {Summary} summary @param {ReadonlySet<string>} gone ids of items @returns {Summary}
 */
export function without(summary, gone) {
  /** @param {Item} item */
  const stays = ({id}) => !gone.has(id)
  const sections = summary.sections
    .map(section => ({...section, items: section.items.filter(stays)}))
    .filter(({items}) => items.length > 0)
  return {...summary, sections}
}

/** Where a quote leads. @param {Places} places @param {Pick<Quote, 'line' | 'at'>} quote @returns {Place} */
export function placeOf({film, lines}, {line, at}) {
  const heard = lines.get(line) ?? {from: at, to: at}
  const moment = film ? shownAt(film.chapters, heard) : null
  if (film && moment !== null) return {feature: film.feature, moment}
  return lines.has(line) ? {line} : null
}
