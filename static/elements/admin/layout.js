/** How the console's pages are laid out: heads, sections, tables, states in words. */
import {icon, make, unseen} from '../common/dom.js'

/** @import {Child} from '../common/dom.js' */
/** @typedef {'on' | 'off' | 'well' | 'fault' | 'warning' | 'skipped' | 'waiting'} State */

const DRAWN = {
  on: 'tick',
  off: 'off',
  well: 'tick',
  fault: 'fault',
  warning: 'fault',
  skipped: 'ring-unset',
  waiting: 'clock',
}

/** @param {string} title @param {string} note @param {...Child} more */
export const pageHead = (title, note, ...more) =>
  make(
    'div',
    {class: 'page-head'},
    make('div', {}, make('h1', {tabindex: -1}, title), make('p', {class: 'note'}, note)),
    ...more,
  )

/**
 * @param {{id: string, title: string, note?: string, span?: 'wide' | 'slim' | 'half' | 'full'}} about
 * @param {...Child} children
 */
export function section({id, title, note = '', span = 'full'}, ...children) {
  const heading = make('h2', {id: `${id}-title`}, title)
  return make(
    'section',
    {class: `section ${span}`, 'aria-labelledby': heading.id, 'data-part': id},
    heading,
    note === '' ? null : make('p', {class: 'note'}, note),
    ...children,
  )
}

/**
 * A table that on a phone is a list: each cell knows the head of its column.
 * @param {readonly string[]} heads the last may be empty: an action
 * @param {readonly (readonly Child[])[]} rows @param {{empty: string, action?: string}} words
 */
export function table(heads, rows, {empty, action = ''}) {
  if (rows.length === 0) return make('p', {class: 'note empty'}, empty)
  const head = heads.map(text => make('th', {scope: 'col'}, text === '' ? unseen(action) : text))
  return make(
    'table',
    {class: 'table'},
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows.map(cells => row(heads, cells))),
  )
}

/** @param {readonly string[]} heads @param {readonly Child[]} cells */
const row = (heads, cells) =>
  make(
    'tr',
    {},
    ...cells.map((cell, index) =>
      index === 0
        ? make('th', {scope: 'row'}, cell)
        : make('td', {'data-head': heads[index] ?? ''}, cell),
    ),
  )

/** A state in a word, with a shape of its own. @param {State} state @param {string} text */
export const stateWord = (state, text) =>
  make(
    'span',
    {class: 'word-state', 'data-state': state},
    icon(DRAWN[state]),
    make('span', {}, text),
  )

/**
 * What the server says in its own words: English, wherever it stands.
 * @param {'p' | 'div' | 'ul'} tag @param {string} className @param {...Child} children
 */
export const english = (tag, className, ...children) =>
  make(tag, {class: `english ${className}`.trim(), lang: 'en', dir: 'ltr'}, ...children)

/** An id, as it is: to be read, compared and copied. @param {string} text */
export const id = text => make('code', {class: 'id'}, text)

/** A digest as people compare it: its beginning, in fours. @param {string} text */
export const shortDigest = text => id(`${text.slice(0, 4)} ${text.slice(4, 8)}`)

/** A bar that is filled so far. @param {number} part from 0 to 1 @param {string} label */
export const meter = (part, label) =>
  make('progress', {class: 'meter', max: 1, value: part, 'aria-label': label})
