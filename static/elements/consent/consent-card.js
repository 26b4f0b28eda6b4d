/** One feature in the lobby: its name, what it does, the facts, and then the choice. */
import {AnswerPair} from './answer-pair.js'
import {drawing, facts, whatHappens} from './facts.js'
import {holdWords} from './held.js'
import {WordingChanges} from './wording-changes.js'
import {Part, icon, make, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Change, Notice} from '../../room/notices.js' */
/** @import {Decision} from '../../wire/messages.js' */

export class ConsentCard extends Part {
  static tag = 'consent-card'
  #pair

  /**
   * @param {Say} say @param {Notice} notice @param {boolean} outside whether words leave the server
   * @param {Change | null} [change] since this person agreed to other words
   * @param {string | null} [service] whose machine gets it live, if a service's does
   */
  constructor(say, notice, outside, change = null, service = null) {
    super()
    const heading = make('h3', {id: `name-${notice.feature}`}, notice.name)
    this.#pair = new AnswerPair(say, notice)
    set(this, {role: 'article', 'aria-labelledby': heading.id, 'data-feature': notice.feature})
    const words = make(
      'div',
      {class: 'card-words'},
      make(
        'div',
        {class: 'consent-name'},
        icon(drawing(notice.feature)),
        heading,
        outside && make('span', {class: 'outside'}, icon('globe'), say('feature.outside')),
      ),
      make('p', {class: 'meaning', lang: notice.language}, notice.meaning),
      change && new WordingChanges(say, change),
      facts(say, notice, service),
      whatHappens(say),
    )
    this.append(words, this.#pair)
    holdWords(this, '.card-words')
  }

  /** @param {Decision | null} decision */
  show(decision) {
    this.#pair.show({decision})
  }
}
