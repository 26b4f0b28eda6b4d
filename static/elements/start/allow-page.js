/** What happens when somebody presses "Allow", and what when they do not, step by step. */
import {pageOf, pointsOf} from './points.js'
import {Part, make} from '../common/dom.js'
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
  constructor(say, page) {
    super()
    const head = {title: say('allow.title'), lead: say('allow.lead')}
    this.append(
      ...pageOf(say, page, head, [
        pointsOf(say, 'allow.yes', YES, 'ol'),
        pointsOf(say, 'allow.no', NO),
        make('p', {}, make('a', {href: at('promise')}, say('promise.link'))),
      ]),
    )
  }
}
