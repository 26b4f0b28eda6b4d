/**
 * What an admin exports of a meeting (`evidence/audit_document.py`): the gate's word, signed, and held
 * against itself.
 */

import {Fault} from './fault.js'
import {count, isSwitch, isText, require} from './form.js'
import {opened} from './gate.js'
import {NOTICE, noticeDigest} from './notice.js'

/** @import {Form} from './form.js' */
/** @import {PublicKey} from './key.js' */
/** @import {Words} from './notice.js' */

/**
 * @typedef {object} Opening
 * @property {string} feature @property {string} began @property {string | null} ended
 * @property {number} people @property {readonly string[]} notices
 * @property {string} opening @property {readonly string[]} signers
 */
/**
 * @typedef {object} Audit
 * @property {string} meeting @property {string} opened_at @property {string | null} ended_at
 * @property {string} checked_at @property {boolean} begun @property {boolean} sealed
 * @property {string | null} head @property {string | null} fault
 * @property {readonly Opening[]} openings @property {Readonly<Record<string, Words>>} notices
 * @property {readonly {feature: string, at: string}[]} deleted
 */

export const TYPE = 'gatekeeper-audit+jws'
const HASH = /^[A-Za-z0-9_-]{43}$/
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/

/** @type {Form} */
const OPENING = {
  members: {
    ...{feature: isText, began: INSTANT, ended: [null, INSTANT], people: count(1)},
    ...{notices: {list: HASH, least: 1}, opening: /^[A-Za-z0-9_-]{1,128}$/},
    signers: {list: HASH, least: 1},
  },
}
/** @type {Form} */
const AUDIT = {
  members: {
    ...{meeting: isText, opened_at: INSTANT, ended_at: [null, INSTANT], checked_at: INSTANT},
    ...{begun: isSwitch, sealed: isSwitch, head: [null, /^[0-9a-f]{64}$/], fault: [null, isText]},
    openings: {list: OPENING},
    notices: {named: HASH, each: NOTICE},
    deleted: {list: {members: {feature: isText, at: INSTANT}}},
  },
}

/**
 * @param {string} text  untrusted @param {readonly PublicKey[] | null} pinned  the gate's keys
 * @returns {Promise<{audit: Audit, kid: string}>} Throws `Fault`.
 */
export async function verifyAudit(text, pinned) {
  const {said, kid} = await opened(text, TYPE, pinned)
  require(said, AUDIT)
  const audit = /** @type {Audit} */ (said)
  const where = contradiction(audit) ?? (await wordingOf(audit))
  if (where !== null) throw new Fault('audit-contradicted', where)
  if (audit.fault !== null) throw new Fault('audit-faulty', audit.fault)
  return {audit, kid}
}

/** The first member that others do not allow. @param {Audit} audit @returns {string | null} */
function contradiction({begun, ended_at, fault, head, notices, opened_at, openings, sealed}) {
  if (ended_at !== null && ended_at < opened_at) return 'ended_at'
  const proved = begun && fault === null
  if ((head !== null) !== proved) return 'head'
  if (sealed && !proved) return 'sealed'
  if (openings.length > 0 && !proved) return 'openings'
  if (new Set(openings.map(({opening}) => opening)).size < openings.length) return 'openings'
  for (const [number, opening] of openings.entries()) {
    const member = wrongOf(opening, notices)
    if (member !== null) return `openings.${number}.${member}`
  }
  return null
}

/** @param {Opening} opening @param {Readonly<Record<string, Words>>} wordings */
function wrongOf({began, ended, feature, notices, people, signers}, wordings) {
  if (ended !== null && ended < began) return 'ended'
  if (people !== signers.length) return 'people'
  if (!isSorted(signers)) return 'signers'
  if (!isSorted(notices)) return 'notices'
  const known = notices.every(
    digest => Object.hasOwn(wordings, digest) && wordings[digest]?.feature === feature,
  )
  return known ? null : 'notices'
}

/** Each once, in order. @param {readonly string[]} list */
const isSorted = list => list.every((each, at) => at === 0 || (list[at - 1] ?? '') < each)

/** The first wording that nobody signed, or that is not the one of its digest. @param {Audit} audit */
async function wordingOf({notices, openings}) {
  const named = new Set(openings.flatMap(opening => opening.notices))
  for (const [digest, words] of Object.entries(notices).sort()) {
    if (!named.has(digest) || (await noticeDigest(words)) !== digest) return `notices.${digest}`
  }
  return null
}
