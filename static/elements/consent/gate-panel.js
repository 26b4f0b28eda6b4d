/** The gate: every feature with its lamp and my choice, and behind it my receipts. */
import {GateRow} from './gate-row.js'
import {ReceiptList, ReceiptsEvent} from './receipt-list.js'
import {TwoEnds} from './two-ends.js'
import {afterPath} from '../../kept/after-link.js'
import {Part, icon, make, set, write} from '../common/dom.js'
import {on} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Changes, Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */
/**
 * @typedef {object} Room
 * @property {string} language @property {Facts} facts @property {boolean} host
 * @property {readonly Notice[]} notices in force
 * @property {Changes} changes what is different in them, for those who had read others
 */

export class GatePanel extends Part {
  static tag = 'gate-panel'
  #say
  #ends
  #rows
  #list
  #gate
  #receipts
  #foot
  #back

  /** @param {Say} say @param {Room} room */
  constructor(say, room) {
    super()
    const {language, notices, facts} = room
    this.#say = say
    this.#ends = new TwoEnds(say, language, notices)
    this.#rows = notices.map(notice => new GateRow(say, room, notice))
    this.#list = new ReceiptList(
      say,
      {notices, controller: facts.controller, language},
      say('receipts.none'),
    )
    this.#back = make('button', {type: 'button', class: 'link'}, icon('back'), say('receipts.back'))
    this.#gate = this.#buildGate(intro(say, room))
    this.#receipts = this.#buildReceipts()
    this.#foot = make('button', {type: 'button', class: 'link'}, '')
    this.append(
      make('div', {class: 'panel-body', tabindex: -1}, this.#gate, this.#receipts),
      make(
        'p',
        {class: 'panel-foot'},
        icon('receipt'),
        this.#foot,
        facts.mode === 'gate' ? null : keptLink(say, facts.room),
      ),
    )
    this.#foot.addEventListener('click', () => this.#turn(true))
    this.#back.addEventListener('click', () => this.#turn(false))
    on(this, ReceiptsEvent, event => this.#turn(event.shown))
    this.#receipts.hidden = true
  }

  /** @param {string} text */
  #buildGate(text) {
    return make(
      'div',
      {},
      this.#ends,
      make('p', {class: 'intro'}, text),
      make('div', {class: 'gates', role: this.#rows.length > 0 ? 'list' : null}, ...this.#rows),
    )
  }

  #buildReceipts() {
    return make(
      'section',
      {class: 'my-receipts', 'aria-labelledby': 'my-receipts'},
      this.#back,
      make('h3', {id: 'my-receipts', tabindex: -1}, this.#say('receipts.title')),
      make('p', {class: 'note'}, this.#say('receipts.note')),
      this.#list,
    )
  }

  /** @param {boolean} toReceipts */
  #turn(toReceipts) {
    this.#gate.hidden = toReceipts
    this.#receipts.hidden = !toReceipts
    const target = toReceipts ? this.#receipts.querySelector('h3') : this.#foot
    target?.focus()
  }

  /** Other words are in force: what is not about them stays as it is. @param {Room} room */
  reword(room) {
    this.#rows = this.#rows.map(row => {
      const notice = room.notices.find(({feature}) => feature === row.feature)
      if (!notice || notice.digest === row.digest) return row
      const here = row.contains(document.activeElement)
      const next = new GateRow(this.#say, room, notice)
      row.replaceWith(next)
      if (here) next.focusWords()
      return next
    })
  }

  /** To the newest of the two-ends cards. */
  focusEnds() {
    this.#gate.hidden = false
    this.#receipts.hidden = true
    ;[...this.#ends.querySelectorAll('h3')].at(-1)?.focus()
  }

  /** @param {View} view */
  show(view) {
    this.#ends.show(view.ends)
    for (const row of this.#rows) row.show(view)
    this.#list.show(view.receipts)
    write(this.#foot, this.#say('gate.receipts.all', {count: view.receipts.length}))
    set(this, {'data-receipts': view.receipts.length})
  }
}

/**
 * To the page that tells what was kept so far, beside the meeting. It is opened by this tab, so
 * that it knows the host.
 * @param {Say} say @param {string} room
 */
const keptLink = (say, room) =>
  make('a', {href: afterPath(room), target: '_blank', rel: 'opener'}, say('end.after'))

/** @param {Say} say @param {Room} room */
const intro = (say, {notices, host}) =>
  say(notices.length === 0 ? 'gate.intro.nothing' : host ? 'gate.intro.host' : 'gate.intro')
