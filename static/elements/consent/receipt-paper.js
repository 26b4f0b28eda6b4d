/** A receipt as paper: what was said, when, to which words, who is responsible, how to take it back. */
import {inTurn} from '../../i18n/amounts.js'
import {moment} from '../../i18n/when.js'
import {directionOf} from '../../i18n/words.js'
import {read, textAt} from '../../kept/receipt.js'
import {icon, make} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Controller, Notice} from '../../room/notices.js' */
/** @import {KeptReceipt} from '../../room/view.js' */
/** @typedef {{notices: readonly Notice[], controller: Controller, language: string}} Context */

/**
 * What the receipt itself says comes first; the room's own words fill what it leaves out.
 * @param {Say} say @param {KeptReceipt} receipt @param {Context} context
 */
export function receiptPaper(say, receipt, {language, notices, controller}) {
  const body = read(receipt.receipt)
  const notice = notices.find(each => each.feature === receipt.feature)
  /** @param {keyof Notice} field */
  const worded = field => textAt(body, 'notice', field) ?? notice?.[field] ?? ''
  const given = worded('language') || language
  const spoken = {lang: given, dir: directionOf(given)}
  const entry = textAt(body, 'position', 'hash')
  const run = ['name', 'place', 'contact'].map(part => textAt(body, 'controller', part))
  const said = receipt.event === 'granted' ? 'answer.allow' : 'answer.dont'
  const at = textAt(body, 'position', 'at') ?? receipt.at
  const rows = /** @type {const} */ ([
    ['receipt.said', say(said, {object: worded('object')}).replaceAll('*', '')],
    ['receipt.when', moment(language, at)],
    [
      'receipt.controller',
      inTurn(say, body ? run : [controller.name, controller.place, controller.contact]),
    ],
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
      entry === null ? null : make('span', {}, say('receipt.entry', {number: entry.slice(0, 12)})),
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
    proof(say),
  )
}

/** @param {Say} say */
function proof(say) {
  const text = make('small', {}, say('receipt.proof.text'))
  const words = make('div', {}, make('b', {}, say('receipt.proof')), text)
  return make('div', {class: 'proof'}, icon('seal'), words)
}
