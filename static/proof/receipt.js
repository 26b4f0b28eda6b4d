/**
 * Receipts: what a participant takes home of a grant or of its withdrawal (`evidence/receipt.py`).
 *
 * Rule: the order of the checks is part of the format (docs/verifying.md), so that all who check find
 * the same fault.
 */

import {JWS, SIGNED, binds, decided} from './decision.js'
import {Fault} from './fault.js'
import {isText, count, isTime, require} from './form.js'
import {opened} from './gate.js'
import {difference, isMembers} from './json.js'
import {readKey} from './key.js'
import {NOTICE, noticeDigest} from './notice.js'
import {CONTEXT, recordOf} from './record.js'

/** @import {Form} from './form.js' */
/** @import {PublicKey} from './key.js' */
/** @import {Words} from './notice.js' */
/** @import {Said} from './statement.js' */

/**
 * @typedef {object} Receipt
 * @property {'granted' | 'withdrawn'} event
 * @property {{statement: string, key: PublicKey}} grant
 * @property {string | null} withdrawal  as it was signed, if it was
 * @property {Words} notice
 * @property {{name: string, place: string, contact: string}} controller
 * @property {{meeting: string, hash: string, at: string}} position
 * @property {string} issued_at
 */

export const TYPE = 'gatekeeper-receipt+jws'
/** Characters at most. */
const LONGEST = 1 << 18

/** @type {Form} */
const RECEIPT = {
  members: {
    '@context': {named: null, each: isText},
    '@type': ['dpv:ConsentReceipt'],
    type: ['gatekeeper/receipt/v1'],
    event: ['granted', 'withdrawn'],
    grant: SIGNED,
    withdrawal: [null, JWS],
    notice: NOTICE,
    controller: {members: {name: isText, place: isText, contact: isText}},
    position: {
      members: {meeting: isText, seq: count(0), hash: /^[0-9a-f]{64}$/, at: isTime},
      optional: ['seq'],
    },
    issued_at: isTime,
    'dpv:hasRecordOfActivity': isMembers,
  },
}

/**
 * @param {string} text  untrusted @param {readonly PublicKey[] | null} pinned  the gate's keys
 * @returns {Promise<{receipt: Receipt, kid: string, subject: string}>} Throws `Fault`.
 */
export async function verifyReceipt(text, pinned) {
  if (text.length > LONGEST) throw new Fault('too-large')
  const {said, kid} = await opened(text, TYPE, pinned)
  require(said, RECEIPT)
  const receipt = /** @type {Receipt} */ (said)
  const key = readKey(receipt.grant.key)
  if (!key || !(await binds(key))) throw new Fault('participant-key-invalid')
  const about = {meeting: receipt.position.meeting, feature: receipt.notice.feature}
  const grant = await decided(about, key, receipt.grant.statement, 'grant')
  if (receipt.withdrawal !== null) await decided(about, key, receipt.withdrawal, 'withdrawal')
  const due = await noticeDigest(receipt.notice)
  if (grant['notice'] !== due || grant['language'] !== receipt.notice.language)
    throw new Fault('wording-other')
  if (receipt.withdrawal !== null && receipt.event !== 'withdrawn')
    throw new Fault('event-contradicted')
  requireRecord(/** @type {Readonly<Record<string, unknown>>} */ (said), receipt, grant, due)
  return {receipt, kid, subject: grant['subject'] ?? ''}
}

/** @param {Readonly<Record<string, unknown>>} said @param {Receipt} receipt @param {Said} grant @param {string} due */
function requireRecord(said, receipt, grant, due) {
  const name = 'dpv:hasRecordOfActivity'
  const record = recordOf(receipt, grant['subject'] ?? '', due)
  const where =
    difference(said['@context'], CONTEXT, '@context') ?? difference(said[name], record, name)
  if (where !== null) throw new Fault('record-contradicted', where)
}
