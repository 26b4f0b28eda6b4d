/** What must be said before a choice (fair-consent W1), as a list of terms. */
import {make} from '../common/dom.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */

export const FACTS = /** @type {const} */ ([
  'captured',
  'purpose',
  'processor',
  'recipients',
  'retention',
  'withdrawal',
])

/**
 * @param {Say} say @param {Notice} notice
 * @param {string | null} [service] whose machine gets it, if a service's does
 * @returns {HTMLElement}
 */
export const facts = (say, notice, service = null) =>
  make(
    'dl',
    {class: 'facts', lang: notice.language},
    ...FACTS.map(fact =>
      make('div', {}, make('dt', {}, say(`fact.${fact}`)), make('dd', {}, notice[fact])),
    ),
    service !== null &&
      make(
        'div',
        {},
        make('dt', {}, say('fact.machine')),
        make('dd', {}, make('bdi', {}, service)),
      ),
  )

const DRAWINGS = new Set(['recording', 'transcript', 'summary', 'compose'])

/** The drawing for a feature; the admin's own share one. @param {string} feature @returns {string} */
export const drawing = feature => (DRAWINGS.has(feature) ? feature : 'feature')

/** The way to a page that says what an answer sets going; the meeting stays where it is. @param {Say} say */
export const whatHappens = say =>
  make('p', {class: 'note'}, make('a', {href: at('allow'), target: '_blank'}, say('allow.link')))
