/** One's receipts: each opens as paper, each can be saved as a file, without an account. */
import {inTurn} from '../../i18n/amounts.js'
import {clock, moment} from '../../i18n/when.js'
import {directionOf} from '../../i18n/words.js'
import {fileName, read, textAt} from '../../kept/receipt.js'
import {Part, button, icon, keep, make} from '../common/dom.js'
import {PartEvent} from '../common/events.js'
import {saveFile} from '../common/saving.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Controller, Notice} from '../../room/notices.js' */
/** @import {KeptReceipt} from '../../room/view.js' */
/** @typedef {{notices: readonly Notice[], controller: Controller, language: string}} Context */

/** Show or hide the receipts in the gate panel. */
export class ReceiptsEvent extends PartEvent {
  static type = 'receipts-show'
  /** @param {boolean} shown */
  constructor(shown) {
    super(ReceiptsEvent.type)
    this.shown = shown
  }
}

export class ReceiptList extends Part {
  static tag = 'receipt-list'
  #say
  #context
  /** @type {Map<string, HTMLElement>} */
  #papers = new Map()
  #none
  #list = make('div', {class: 'receipts'})

  /** @param {Say} say @param {Context} context @param {string} none what to say while there is none */
  constructor(say, context, none) {
    super()
    this.#say = say
    this.#context = context
    this.#none = make('p', {class: 'note'}, none)
    this.append(this.#none, this.#list)
  }

  /** @param {readonly KeptReceipt[]} receipts */
  show(receipts) {
    this.#none.hidden = receipts.length > 0
    const newestFirst = [...receipts].reverse()
    const keys = newestFirst.map(({receipt}) => receipt)
    keep(this.#list, keys, this.#papers, key => this.#paper(newestFirst[keys.indexOf(key)]))
  }

  /** @param {KeptReceipt | undefined} receipt */
  #paper(receipt) {
    if (!receipt) throw new RangeError('a paper without its receipt')
    const {language, notices} = this.#context
    const name = notices.find(notice => notice.feature === receipt.feature)?.name ?? receipt.feature
    const save = button(
      this.#say('receipt.save'),
      {'data-size': 'small', 'data-act': 'save'},
      'save',
    )
    save.setAttribute(
      'aria-label',
      this.#say('receipt.save.label', {name, time: clock(language, receipt.at)}),
    )
    save.addEventListener('click', () => saveReceipt(receipt))
    return make(
      'details',
      {'data-feature': receipt.feature, 'data-event': receipt.event},
      make(
        'summary',
        {},
        icon('receipt'),
        make(
          'span',
          {},
          make('b', {}, this.#say(`receipt.${receipt.event}`, {name})),
          make('small', {}, moment(language, receipt.at)),
        ),
        icon('down'),
      ),
      make('div', {class: 'paper'}, this.#print(receipt)),
      make('div', {class: 'paper-tools'}, save),
    )
  }

  /** What the receipt itself says comes first; the room's own words fill what it leaves out. @param {KeptReceipt} receipt */
  #print(receipt) {
    const say = this.#say
    const {language, notices, controller} = this.#context
    const body = read(receipt.receipt)
    const notice = notices.find(each => each.feature === receipt.feature)
    /** @param {keyof Notice} field */
    const worded = field => textAt(body, 'notice', field) ?? notice?.[field] ?? ''
    const given = worded('language') || language
    const spoken = {lang: given, dir: directionOf(given)}
    const entry = textAt(body, 'position', 'hash')
    const run = ['name', 'place'].map(part => textAt(body, 'controller', part))
    const said = receipt.event === 'granted' ? 'answer.allow' : 'answer.dont'
    const at = textAt(body, 'position', 'at') ?? receipt.at
    const rows = /** @type {const} */ ([
      ['receipt.said', say(said, {object: worded('object')}).replaceAll('*', '')],
      ['receipt.when', moment(language, at)],
      ['receipt.controller', inTurn(say, body ? run : [controller.name, controller.place])],
      ['fact.captured', worded('captured')],
      ['fact.purpose', worded('purpose')],
      ['fact.processor', worded('processor')],
      ['fact.recipients', worded('recipients')],
      ['fact.retention', worded('retention')],
      ['fact.withdrawal', worded('withdrawal')],
      ['receipt.signed', say('receipt.signed.text')],
    ])
    return make(
      'article',
      {class: 'receipt'},
      make(
        'header',
        {},
        make('h3', {}, say('receipt.title')),
        entry === null
          ? null
          : make('span', {}, say('receipt.entry', {number: entry.slice(0, 12)})),
      ),
      make('blockquote', spoken, say('summary.quote', {text: worded('meaning')})),
      make(
        'dl',
        {},
        ...rows
          .filter(([, text]) => text !== '')
          .map(([key, text]) => {
            const told = make('dd', key.startsWith('fact.') ? spoken : {}, text)
            return make('div', {}, make('dt', {}, say(key)), told)
          }),
      ),
      this.#proof(),
    )
  }

  #proof() {
    const text = make('small', {}, this.#say('receipt.proof.text'))
    const words = make('div', {}, make('b', {}, this.#say('receipt.proof')), text)
    return make('div', {class: 'proof'}, icon('seal'), words)
  }
}

/** The very bytes that were signed, as a file. @param {KeptReceipt} receipt */
function saveReceipt(receipt) {
  saveFile(new Blob([receipt.receipt], {type: 'application/jose'}), fileName(receipt))
}
