/** A heading, and points below it: each with a drawing, a title and a text. */
import {icon, make} from '../common/dom.js'

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
