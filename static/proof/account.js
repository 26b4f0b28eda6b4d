/**
 * The account of one part of one opening: what was on, for whom, in which words, and which files came of
 * it, with the signed yes of each (`evidence/account.py`).
 */

import {bytes} from './base64url.js'
import {canonical} from './canonical.js'
import {SIGNED, binds, decided} from './decision.js'
import {Fault} from './fault.js'
import {count, isText, isTime, require} from './form.js'
import {opened} from './gate.js'
import {readKey} from './key.js'
import {sha256} from './zip.js'

/** @import {Form} from './form.js' */
/** @import {PublicKey} from './key.js' */
/** @import {Words} from './notice.js' */

/** @typedef {{subject: string, source: string, sha256: string, bytes: number, first: string | null, last: string | null, leaves: string | null}} Track */
/**
 * @typedef {object} Account
 * @property {string} meeting @property {string} feature @property {string} opening @property {number} part
 * @property {string} began @property {string} ended
 * @property {readonly string[]} people  sorted @property {readonly string[]} notices  sorted
 * @property {readonly {statement: string, key: unknown}[]} grants  in the order of `people`
 * @property {readonly Track[]} files
 */

const TYPE = 'gatekeeper-account+jws'
export const FOLDER = 'account/'
export const HEX = /^[0-9a-f]{64}$/
/** @param {unknown} said  RFC 3339 with microseconds */
export const isMoment = said => isTime(said) && /\.[0-9]{6}Z$/.test(String(said))
/** @type {Form} */
export const SOURCE = ['microphone', 'camera', 'screen', 'screen-audio']
/** @type {Form} */
const FILE = {
  members: {
    ...{subject: isText, source: SOURCE, sha256: HEX, bytes: Number.isSafeInteger},
    ...{first: [null, isMoment], last: [null, isMoment], leaves: [null, HEX]},
  },
}
/** @type {Form} */
const ACCOUNT = {
  members: {
    ...{type: ['gatekeeper/account/v1'], meeting: isText, feature: isText, opening: isText},
    ...{part: count(0), began: isMoment, ended: isMoment, latest: [null, isMoment]},
    ...{shared_with: ['present', 'meeting'], people: {list: isText, least: 1}},
    ...{notices: {list: isText, least: 1}, grants: {list: SIGNED, least: 1}, files: {list: FILE}},
  },
}

/** Microseconds since 1970. @param {string} text  as `isMoment` has it */
export const micros = text =>
  Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(text.slice(20, 26))

/**
 * @param {string} name  of its file @param {string} text  untrusted @param {readonly PublicKey[]} keys  the gate's
 * @param {string} meeting @param {ReadonlyMap<string, Words>} notices
 * @returns {Promise<{account: Account, hash: string}>} Throws `Fault`.
 */
export async function verifyAccount(name, text, keys, meeting, notices) {
  const {said} = await opened(text, TYPE, keys)
  require(said, ACCOUNT)
  const account = /** @type {Account} */ (said)
  if (account.meeting !== meeting) throw new Fault('meeting-other', name)
  const agreed = await agreedIn(account, notices)
  const {began, ended, files, opening, part, people} = account
  const ordered = files.map(each => [each.subject, each.source, each.sha256].join('\n'))
  if (
    name !== `${FOLDER}${opening}.${part}.jws` ||
    micros(ended) < micros(began) ||
    !isSorted(people) ||
    String(account.notices) !== String([...agreed].sort()) ||
    String(ordered) !== String([...ordered].sort()) ||
    files.some(each => !people.includes(each.subject))
  )
    throw new Fault('account-contradicted', name)
  return {account, hash: await sha256(bytes(canonical(said)))}
}

/** The wordings that the people have signed a yes to, each of them. @param {Account} account @param {ReadonlyMap<string, Words>} notices */
async function agreedIn({feature, grants, meeting, people}, notices) {
  if (grants.length !== people.length) throw new Fault('account-contradicted', 'grants')
  const found = new Set()
  for (const [at, {key: jwk, statement}] of grants.entries()) {
    const key = readKey(jwk)
    if (!key || !(await binds(key))) throw new Fault('participant-key-invalid')
    const said = await decided({meeting, feature}, key, statement, 'grant')
    const who = people[at] ?? ''
    if (said['subject'] !== who) throw new Fault('grant-subject-foreign', who)
    const notice = notices.get(said['notice'] ?? '')
    if (notice?.feature !== feature || notice.language !== said['language'])
      throw new Fault('wording-other', who)
    found.add(said['notice'])
  }
  return found
}

/** Each once, in order. @param {readonly string[]} list */
export const isSorted = list => list.every((each, at) => at === 0 || (list[at - 1] ?? '') < each)
