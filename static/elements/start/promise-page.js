/** What Gatekeeper promises, and what it cannot do, in plain words. */
import {Part, icon, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */

const ALWAYS = /** @type {const} */ ([
  ['unanimity', 'people'],
  ['silence', 'ring-unset'],
  ['free', 'person'],
  ['at-once', 'ring-no'],
  ['before', 'gate'],
  ['off', 'off'],
  ['secret', 'ballot'],
  ['receipt', 'receipt'],
  ['erase', 'film'],
  ['ask', 'ask'],
])
const LIMITS = /** @type {const} */ ([
  ['camera', 'camera'],
  ['few', 'people'],
  ['copies', 'save'],
  ['sent', 'send'],
  ['others', 'speaking'],
  ['wrong', 'transcript'],
  ['who', 'person'],
])

export class PromisePage extends Part {
  static tag = 'promise-page'
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
          make('h1', {}, say('promise.title')),
          make('p', {class: 'lead'}, say('promise.lead')),
        ),
        list(say, 'promise.always', ALWAYS),
        list(say, 'promise.limits', LIMITS),
        make('p', {}, make('a', {class: 'button', href: at()}, say('promise.back'))),
      ),
    )
  }
}

/**
 * @param {Say} say @param {'promise.always' | 'promise.limits'} title
 * @param {typeof ALWAYS | typeof LIMITS} items
 */
const list = (say, title, items) =>
  make(
    'section',
    {'aria-labelledby': title},
    make('h2', {id: title}, say(title)),
    make(
      'ul',
      {class: 'promises'},
      ...items.map(([item, drawn]) =>
        make(
          'li',
          {},
          icon(drawn),
          make(
            'div',
            {},
            make('h3', {}, say(`promise.${item}`)),
            make('p', {}, say(`promise.${item}.text`)),
          ),
        ),
      ),
    ),
  )
