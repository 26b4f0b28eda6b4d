/** One's receipts: each opens as paper, each can be saved as a file, without an account. */
import {receiptPaper} from './receipt-paper.js'
import {clock, moment} from '../../i18n/when.js'
import {fileName} from '../../kept/receipt.js'
import {at} from '../../site/place.js'
import {Part, button, icon, keep, make} from '../common/dom.js'
import {PartEvent} from '../common/events.js'
import {saveFile} from '../common/saving.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {KeptReceipt} from '../../room/view.js' */
/** @import {Context} from './receipt-paper.js' */

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
      make('div', {class: 'paper'}, receiptPaper(this.#say, receipt, this.#context)),
      make('div', {class: 'paper-tools'}, this.#open(receipt, name), save),
    )
  }

  /** Where it is verified, read and printed; what stands behind # goes to no server. @param {KeptReceipt} receipt @param {string} name */
  #open(receipt, name) {
    const time = clock(this.#context.language, receipt.at)
    return make(
      'a',
      {
        ...{class: 'button', 'data-size': 'small', target: '_blank', rel: 'noopener'},
        href: `${at('verify')}#${receipt.receipt}`,
        'aria-label': this.#say('verify.open.label', {name, time}),
      },
      icon('find'),
      make('span', {}, this.#say('verify.open')),
    )
  }
}

/** The very bytes that were signed, as a file. @param {KeptReceipt} receipt */
function saveReceipt(receipt) {
  saveFile(new Blob([receipt.receipt], {type: 'application/jose'}), fileName(receipt))
}
