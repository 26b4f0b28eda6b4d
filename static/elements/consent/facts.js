/** What must be said before a choice (fair-consent W1), as a list of terms. */
import {icon, make} from '../common/dom.js'
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

const YES = /** @type {const} */ (['signed', 'waits', 'written', 'sent', 'stops'])
const NO = /** @type {const} */ (['same', 'off', 'untold', 'later'])

/**
 * What an answer sets going, step by step, either answer alike; it is read here, and answers nothing
 * (fair-consent C1, C6).
 * @param {Say} say
 */
export const whatHappens = say =>
  make(
    'details',
    {class: 'steps folded'},
    make('summary', {}, make('span', {}, say('allow.link')), icon('down')),
    make('p', {}, make('b', {}, say('steps.yes'))),
    make('ol', {}, ...YES.map(step => make('li', {}, say(`steps.${step}`)))),
    make('p', {}, make('b', {}, say('steps.no'))),
    make('ul', {}, ...NO.map(step => make('li', {}, say(`steps.${step}`)))),
    make('p', {}, make('a', {href: at('allow'), target: '_blank'}, say('steps.more'))),
  )
