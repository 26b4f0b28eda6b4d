/** What Gatekeeper promises, and what it cannot do, in plain words. */
import {pageOf, pointsOf} from './points.js'
import {Part, make} from '../common/dom.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

const ALWAYS = /** @type {const} */ ([
  ['promise.unanimity', 'people'],
  ['promise.silence', 'ring-unset'],
  ['promise.free', 'person'],
  ['promise.at-once', 'ring-no'],
  ['promise.before', 'gate'],
  ['promise.off', 'off'],
  ['promise.secret', 'ballot'],
  ['promise.receipt', 'receipt'],
  ['promise.erase', 'film'],
  ['promise.ask', 'ask'],
])
const LIMITS = /** @type {const} */ ([
  ['promise.camera', 'camera'],
  ['promise.few', 'people'],
  ['promise.copies', 'save'],
  ['promise.sent', 'send'],
  ['promise.others', 'speaking'],
  ['promise.wrong', 'transcript'],
  ['promise.who', 'person'],
])

export class PromisePage extends Part {
  static tag = 'promise-page'
  /** @param {Say} say @param {{language: string, languages: readonly string[]}} page */
  constructor(say, page) {
    super()
    const head = {title: say('promise.title'), lead: say('promise.lead')}
    this.append(
      ...pageOf(say, page, head, [
        pointsOf(say, 'promise.always', ALWAYS),
        pointsOf(say, 'promise.limits', LIMITS),
        make('p', {}, make('a', {class: 'button', href: at()}, say('promise.back'))),
      ]),
    )
  }
}
