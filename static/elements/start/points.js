/** Pages that say something in points: a heading, and below it a drawing, a title and a text each. */
import {icon, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'

/** @import {Key, Say} from '../../i18n/words.js' */

/** @typedef {{[K in Key]: `${K}.text` extends Key ? K : never}[Key]} Point a title that has a text */

/**
 * @param {Say} say @param {Key} title
 * @param {readonly (readonly [Point, string])[]} points each with its drawing
 * @param {'ul' | 'ol'} [tag] `ol` where one comes after the other
 */
export const pointsOf = (say, title, points, tag = 'ul') =>
  make(
    'section',
    {'aria-labelledby': title},
    make('h2', {id: title}, say(title)),
    make(
      tag,
      {class: 'promises'},
      ...points.map(([point, drawn]) =>
        make(
          'li',
          {},
          icon(drawn),
          make('div', {}, make('h3', {}, say(point)), make('p', {}, say(`${point}.text`))),
        ),
      ),
    ),
  )

/**
 * All of such a page, between the head and the foot of every page.
 * @param {Say} say
 * @param {{language: string, languages: readonly string[]}} page
 * @param {{title: string, lead: string}} head
 * @param {readonly HTMLElement[]} below
 */
export const pageOf = (say, {language, languages}, {title, lead}, below) => [
  new PageMasthead(say, {place: '', language, languages}),
  make(
    'main',
    {class: 'promise'},
    make('div', {class: 'promise-head'}, make('h1', {}, title), make('p', {class: 'lead'}, lead)),
    ...below,
  ),
  new PageFoot(say),
]
