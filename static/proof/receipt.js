/**
 * Receipts: what a participant takes home of a grant or of its withdrawal (`evidence/receipt.py`).
 *
 * Rule: the order of the checks is part of the format (docs/verifying.md), so that all who check find
 * the same fault.
 */

import {unbase64url} from './base64url.js'
import {isPublicKey} from './ed25519.js'
import {Fault} from './fault.js'
import {isText, count, isTime, require} from './form.js'
import {opened} from './gate.js'
import {difference, isMembers} from './json.js'
import {headerOf, readJws} from './jws.js'
import {readKey, thumbprint, verifies} from './key.js'
import {NOTICE, noticeDigest} from './notice.js'
import {CONTEXT, recordOf} from './record.js'
import {MOST, readSaid} from './statement.js'

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
const HASH = /^[A-Za-z0-9_-]{43}$/
const JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** @type {Form} */
const KEY = [
  {members: {kty: ['OKP'], crv: ['Ed25519'], x: HASH}},
  {members: {kty: ['EC'], crv: ['P-256'], x: HASH, y: HASH}},
]
/** @type {Form} */
const RECEIPT = {
  members: {
    '@context': {named: null, each: isText},
    '@type': ['dpv:ConsentReceipt'],
    type: ['gatekeeper/receipt/v1'],
    event: ['granted', 'withdrawn'],
    grant: {members: {statement: JWS, key: KEY}},
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
 * @returns {Promise<{receipt: Receipt, kid: string}>} Throws `Fault`.
 */
export async function verifyReceipt(text, pinned) {
  if (text.length > LONGEST) throw new Fault('too-large')
  const {said, kid} = await opened(text, TYPE, pinned)
  require(said, RECEIPT)
  const receipt = /** @type {Receipt} */ (said)
  const key = readKey(receipt.grant.key)
  if (!key || !(await binds(key))) throw new Fault('participant-key-invalid')
  const grant = await decided(receipt, key, receipt.grant.statement, 'grant')
  if (receipt.withdrawal !== null) await decided(receipt, key, receipt.withdrawal, 'withdrawal')
  const due = await noticeDigest(receipt.notice)
  if (grant['notice'] !== due || grant['language'] !== receipt.notice.language)
    throw new Fault('wording-other')
  if (receipt.withdrawal !== null && receipt.event !== 'withdrawn')
    throw new Fault('event-contradicted')
  requireRecord(/** @type {Readonly<Record<string, unknown>>} */ (said), receipt, grant, due)
  return {receipt, kid}
}

/** @param {Readonly<Record<string, unknown>>} said @param {Receipt} receipt @param {Said} grant @param {string} due */
function requireRecord(said, receipt, grant, due) {
  const name = 'dpv:hasRecordOfActivity'
  const record = recordOf(receipt, grant['subject'] ?? '', due)
  const where =
    difference(said['@context'], CONTEXT, '@context') ?? difference(said[name], record, name)
  if (where !== null) throw new Fault('record-contradicted', where)
}

/** Whether it is a point that binds its owner. @param {PublicKey} key */
async function binds(key) {
  if (key.crv === 'P-256') return onCurve(key)
  const raw = unbase64url(key.x)
  return raw !== null && isPublicKey(raw)
}

/** @param {PublicKey} key */
async function onCurve({x, y = ''}) {
  try {
    const jwk = {kty: 'EC', crv: 'P-256', x, y}
    await crypto.subtle.importKey('jwk', jwk, {name: 'ECDSA', namedCurve: 'P-256'}, true, [
      'verify',
    ])
    return true
  } catch (refusal) {
    console.debug('no point', refusal)
    return false
  }
}

/**
 * What the participant has signed, and that it is about this.
 * @param {Receipt} receipt @param {PublicKey} key @param {string} text @param {'grant' | 'withdrawal'} what
 * @returns {Promise<Said>}
 */
async function decided({notice, position}, key, text, what) {
  const jws = readJws(text, MOST)
  if (jws?.header !== headerOf(key)) throw new Fault(`${what}-malformed`)
  if (!(await verifies(key, jws.signed, jws.signature)))
    throw new Fault(`${what}-signature-invalid`)
  const said = readSaid(jws.payload)
  if (!said?.['type']?.startsWith('gatekeeper/decision/')) throw new Fault(`${what}-malformed`)
  if (said['subject'] !== (await thumbprint(key))) throw new Fault(`${what}-subject-foreign`)
  const about = [said['meeting'], said['feature'], said['decision']]
  const due = [position.meeting, notice.feature, what === 'grant' ? 'granted' : 'declined']
  if (about.some((each, at) => each !== due[at])) throw new Fault(`${what}-other`)
  return said
}
