/**
 * The page afterwards for whoever cannot see it: what is so, and what to do. Receipts that this
 * browser keeps are shown all the same: they are the person's own.
 */
import {fullDay} from '../../i18n/amounts.js'
import {Part, button, icon, make} from '../common/dom.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {ReceiptList} from '../consent/receipt-list.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Controller, Notice} from '../../room/notices.js' */
/** @import {KeptReceipt} from '../../room/view.js' */
/** @typedef {'sign-in' | 'cookies' | 'wrong' | 'gone' | 'out' | 'unreachable'} Why */
/**
 * @typedef {object} Door
 * @property {Why} why @property {string | null} deleted when, if it is known
 * @property {string} language @property {readonly string[]} languages
 * @property {Controller} controller @property {readonly Notice[]} notices
 * @property {readonly KeptReceipt[]} receipts
 */

export class AfterDoor extends Part {
  static tag = 'after-door'
  /** @param {Say} say @param {Door} door */
  constructor(say, {why, deleted, language, languages, controller, notices, receipts}) {
    super()
    const text =
      why === 'gone' && deleted !== null
        ? say('door.gone.on', {day: fullDay(language, deleted)})
        : say(`door.${why}.text`)
    const retry = button(say('problem.retry'), {'data-act': 'retry'}, 'again')
    retry.addEventListener('click', () => location.reload())
    const list = new ReceiptList(say, {notices, controller, language}, '')
    list.show(receipts)
    this.dataset['why'] = why
    this.append(
      new PageMasthead(say, {place: controller.name, language, languages}),
      make(
        'main',
        {class: 'ending'},
        make(
          'div',
          {class: 'ending-head'},
          icon(why === 'unreachable' ? 'away' : 'gate'),
          make('h1', {tabindex: -1}, say(`door.${why}`)),
          make('p', {class: 'lead'}, text),
          make(
            'div',
            {class: 'ending-acts'},
            why === 'unreachable' ? retry : null,
            make('a', {class: 'button', href: at()}, say('promise.back')),
          ),
        ),
        receipts.length > 0
          ? make(
              'section',
              {class: 'section', 'aria-labelledby': 'door-receipts'},
              make('h2', {id: 'door-receipts'}, say('receipts.title')),
              make('p', {class: 'note'}, say('after.receipts.note')),
              list,
            )
          : null,
      ),
      new PageFoot(say),
    )
  }

  connectedCallback() {
    this.querySelector('h1')?.focus()
  }
}
