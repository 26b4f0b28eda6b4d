/**
 * A notice as a joiner sees it: the very card of the lobby.
 *
 * Rule: it can be pressed, so that its three states can be seen. Nothing is sent, and nothing is
 * remembered of it.
 */
import {Part, make} from '../common/dom.js'
import {DecisionEvent, on} from '../common/events.js'
import {ConsentCard} from '../consent/consent-card.js'
import {directionOf, words} from '../../i18n/words.js'

/** @import {Notice} from '../../room/notices.js' */

export class NoticePreview extends Part {
  static tag = 'notice-preview'
  #frame = make('div', {class: 'as-seen'})

  constructor() {
    super()
    this.append(this.#frame)
    // What somebody is writing beside it stays.
    this.addEventListener('click', event => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || event.defaultPrevented) return
      event.preventDefault()
      open(link.href, '_blank', 'noopener')
    })
    on(this, DecisionEvent, event => {
      event.stopPropagation()
      const card = this.#frame.firstElementChild
      if (card instanceof ConsentCard) card.show(event.decision)
    })
  }

  /** In words that are here. @param {Notice} notice @param {boolean} outside */
  show(notice, outside) {
    const card = new ConsentCard(words(notice.language), notice, outside)
    card.lang = notice.language
    card.dir = directionOf(notice.language)
    this.#frame.replaceChildren(card)
  }
}
