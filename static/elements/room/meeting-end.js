/** After the meeting, in the same page: what happened, one's receipts, and where to go. */
import {faultWords} from './fault-message.js'
import {keptLink} from './meeting-problem.js'
import {inRoom} from '../../i18n/elsewhere.js'
import {afterPath} from '../../kept/after-link.js'
import {Part, button, goTo, make} from '../common/dom.js'
import {RejoinEvent} from '../common/events.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {ReceiptList} from '../consent/receipt-list.js'
import {at} from '../../site/place.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */
/** @typedef {'left' | 'replaced' | 'ended' | 'removed' | 'refused' | 'unwaited' | 'waits-elsewhere'} Parting */

/** What is said on the way back. @type {Partial<Readonly<Record<Parting, Key>>>} */
const BACK = {replaced: 'end.here', removed: 'end.ask-back', 'waits-elsewhere': 'end.here'}

export class MeetingEnd extends Part {
  static tag = 'meeting-end'
  /** @param {Say} words @param {{language: string, facts: Facts, notices: readonly Notice[]}} room @param {View} view */
  constructor(words, {language, facts, notices}, view) {
    super()
    const say = inRoom(words, facts.mode)
    const how = partingOf(view)
    const list = new ReceiptList(
      say,
      {notices, language, controller: facts.controller},
      say('end.receipts.none'),
    )
    list.show(view.receipts)
    // Who meets elsewhere opens no rooms here: a service does; and nothing of it was kept here.
    const isElsewhere = facts.mode === 'gate'
    const after = isElsewhere || view.after === '' ? null : kept(say, facts, view)
    const fresh = isElsewhere ? null : make('a', {class: 'button', href: at()}, say('end.new'))
    this.append(
      new PageMasthead(say, {place: facts.controller.name, language, languages: []}),
      make(
        'main',
        {class: 'ending'},
        make(
          'div',
          {class: 'ending-head'},
          make('h1', {tabindex: -1}, say(`end.${how}`)),
          make('p', {class: 'lead'}, lead(say, how, facts, view)),
          this.#acts(say, how, after, fresh),
          after && make('p', {class: 'note'}, say('end.after.note')),
        ),
        make(
          'section',
          {class: 'section', 'aria-labelledby': 'end-receipts'},
          make('h2', {id: 'end-receipts'}, say('receipts.title')),
          view.receipts.length > 0 ? make('p', {class: 'note'}, say('end.receipts.note')) : null,
          list,
        ),
      ),
      new PageFoot(say),
    )
  }

  connectedCallback() {
    goTo(this.querySelector('h1'))
  }

  /** @param {Say} say @param {Parting} how @param {HTMLElement | null} link @param {HTMLElement | null} fresh */
  #acts(say, how, link, fresh) {
    const rejoin = button(say(BACK[how] ?? 'end.rejoin'), {
      'data-act': 'rejoin',
    })
    rejoin.addEventListener('click', () => this.dispatchEvent(new RejoinEvent()))
    return make('div', {class: 'ending-acts'}, link, how === 'ended' ? null : rejoin, fresh)
  }
}

/** Whether one went or was sent, was taken over by another tab of one's own, or everybody went. @param {View} view @returns {Parting} */
function partingOf({phase, fault, after}) {
  if (phase === 'ended' || phase === 'refused') return phase
  const wasIn = after !== ''
  if (fault?.code === 'replaced') return wasIn ? 'replaced' : 'waits-elsewhere'
  if (fault?.code === 'removed') return 'removed'
  return wasIn ? 'left' : 'unwaited'
}

/** @param {Say} say @param {Parting} how @param {Facts} facts @param {View} view */
function lead(say, how, {title}, {fault}) {
  if (how === 'refused') return faultWords(say, fault ?? {code: 'refused', detail: ''})
  return say(`end.${how}.lead`, {title})
}

/** The way to the page afterwards. @param {Say} say @param {Facts} facts @param {View} view */
const kept = (say, {room}, {after}) => keptLink(say, afterPath(room, after))
