/**
 * What a person takes home from a room: the way to the page afterwards, and their receipts.
 *
 * Rule 1: pure. Where papers lie is `browser/store.js`; when they are written is `pages/papers.js`.
 * Rule 2: a receipt that is kept is never lost by joining again.
 */
import {isRecord, listOf, oneOf, shape, text} from '../wire/shapes.js'

/** @import {Controller, Facts, OfferedFeature} from '../room/notices.js' */
/** @import {KeptReceipt} from '../room/view.js' */

/**
 * @typedef {object} Papers
 * @property {string} after  the capability for the page afterwards, or nothing
 * @property {readonly KeptReceipt[]} receipts
 * @property {Words} words  what the receipts' features are called
 */
/**
 * @typedef {object} Words
 * @property {Controller} controller
 * @property {readonly string[]} languages
 * @property {readonly OfferedFeature[]} features
 */

const check = shape({
  after: text,
  receipts: listOf(
    shape({feature: text, event: oneOf(['granted', 'withdrawn']), receipt: text, at: text}),
  ),
  words: shape({
    controller: shape({name: text, place: text, contact: text}),
    languages: listOf(text),
    features: listOf(shape({id: text, notices: isRecord})),
  }),
})

/** @param {unknown} value @returns {value is Papers} */
export const arePapers = value => isRecord(value) && check(value)

/**
 * Only what is needed to name things: no servers, no title.
 * @param {Facts} facts @returns {Words}
 */
export const wordsOf = ({controller, languages, features}) => ({controller, languages, features})

/**
 * What was kept before, and what has come since.
 * @param {Papers | null} before @param {Papers} now @returns {Papers}
 */
export function together(before, now) {
  const had = before?.receipts ?? []
  const fresh = now.receipts.filter(({receipt}) => !had.some(kept => kept.receipt === receipt))
  return {...now, after: now.after || (before?.after ?? ''), receipts: [...had, ...fresh]}
}

/** All of them as one file: a compact JWS per line. @param {readonly KeptReceipt[]} receipts */
export const bundle = receipts => receipts.map(({receipt}) => `${receipt}\n`).join('')
