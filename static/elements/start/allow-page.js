/** What happens when somebody presses "Allow", and what when they do not, step by step. */
import {pointsOf} from './points.js'
import {Part, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

const YES = /** @type {const} */ ([
  ['allow.signed', 'key'],
  ['allow.waits', 'ring-unset'],
  ['allow.written', 'receipt'],
  ['allow.starts', 'on'],
  ['allow.newcomer', 'person'],
  ['allow.stopped', 'ring-no'],
  ['allow.after', 'film'],
])
const NO = /** @type {const} */ ([
  ['allow.same', 'person'],
  ['allow.untold', 'ballot'],
  ['allow.later', 'again'],
])

export class AllowPage extends Part {
  static tag = 'allow-page'
  /** @param {Say} say @param {{language: string, languages: readonly string[]}} page */
  constructor(say, {language, languages}) {
    super()
    this.append(
      new PageMasthead(say, {place: '', language, languages}),
      make(
        'main',
        {class: 'promise'},
        make(
          'div',
          {class: 'promise-head'},
          make('h1', {}, say('allow.title')),
          make('p', {class: 'lead'}, say('allow.lead')),
        ),
        pointsOf(say, 'allow.yes', YES, 'ol'),
        pointsOf(say, 'allow.no', NO),
        make('p', {}, make('a', {href: at('promise')}, say('promise.link'))),
      ),
      new PageFoot(say),
    )
  }
}
