/** After the meeting, in the same page: what happened, one's receipts, and where to go. */
import {keptLink} from './meeting-problem.js'
import {afterPath} from '../../kept/after-link.js'
import {Part, button, make} from '../common/dom.js'
import {RejoinEvent} from '../common/events.js'
import {PageMasthead} from '../common/masthead.js'
import {ReceiptList} from '../consent/receipt-list.js'
import {at} from '../../site/place.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */
/** @typedef {'left' | 'replaced' | 'ended'} Parting */

export class MeetingEnd extends Part {
  static tag = 'meeting-end'
  /** @param {Say} say @param {{language: string, facts: Facts, notices: readonly Notice[]}} room @param {View} view */
  constructor(say, {language, facts, notices}, view) {
    super()
    const how = partingOf(view)
    const list = new ReceiptList(
      say,
      {notices, language, controller: facts.controller},
      say('end.receipts.none'),
    )
    list.show(view.receipts)
    this.append(
      new PageMasthead(say, {place: facts.controller.name, language, languages: []}),
      make(
        'main',
        {class: 'ending'},
        make(
          'div',
          {class: 'ending-head'},
          make('h1', {tabindex: -1}, say(`end.${how}`)),
          make('p', {class: 'lead'}, say(`end.${how}.lead`, {title: facts.title})),
          this.#acts(say, how, view.after === '' ? null : kept(say, facts, view)),
          view.after === '' ? null : make('p', {class: 'note'}, say('end.after.note')),
        ),
        make(
          'section',
          {class: 'section', 'aria-labelledby': 'end-receipts'},
          make('h2', {id: 'end-receipts'}, say('receipts.title')),
          view.receipts.length > 0 ? make('p', {class: 'note'}, say('end.receipts.note')) : null,
          list,
        ),
      ),
    )
  }

  connectedCallback() {
    this.querySelector('h1')?.focus()
  }

  /** @param {Say} say @param {Parting} how @param {HTMLElement | null} link */
  #acts(say, how, link) {
    const rejoin = button(say(how === 'replaced' ? 'end.here' : 'end.rejoin'), {
      'data-act': 'rejoin',
    })
    rejoin.addEventListener('click', () => this.dispatchEvent(new RejoinEvent()))
    const fresh = make('a', {class: 'button', href: at()}, say('end.new'))
    return make('div', {class: 'ending-acts'}, link, how === 'ended' ? null : rejoin, fresh)
  }
}

/** Whether one went, was taken over by another tab of one's own, or everybody went. @param {View} view @returns {Parting} */
function partingOf({phase, fault}) {
  if (phase === 'ended') return 'ended'
  return fault?.code === 'replaced' ? 'replaced' : 'left'
}

/** The way to the page afterwards. @param {Say} say @param {Facts} facts @param {View} view */
const kept = (say, {room}, {after}) => keptLink(say, afterPath(room, after))
