/**
 * Statements: what a participant has signed in their own browser.
 *
 * Rule 1: the payload is canonical JSON with exactly the members of its type, all of them strings
 * that need no escape, so that a statement has one spelling.
 * Rule 2: whatever is wrong with a statement, it is null. Whether it is about this room, and holds
 * here, is for others to say.
 */

import {canonical} from './canonical.js'
import {isTime} from './form.js'
import {readJws, verifyJws} from './jws.js'
import {thumbprint} from './key.js'

/** @import {PublicKey} from './key.js' */

/** Characters (`evidence/statement.py`). */
export const MOST = 2048

const WORD = /^[A-Za-z0-9_-]{1,128}$/
const HASH = /^[A-Za-z0-9_-]{43}$/
const FINGERPRINT = 'sha-(?:256|384|512) [0-9A-F]{2}(?::[0-9A-F]{2}){31,63}'

/** @typedef {Readonly<Record<string, RegExp | ((said: unknown) => boolean)>>} Form */

/** @type {Form} of every version of a decision */
const DECIDED = {
  decision: /^(granted|declined)$/,
  feature: WORD,
  language: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/,
  meeting: WORD,
  nonce: /^[A-Za-z0-9_-]{22}$/,
  notice: HASH,
  subject: HASH,
}

/** By type: what a statement says beside that. Rooms take the last version of a decision alone. @type {Readonly<Record<string, Form>>} */
const FORMS = {
  'gatekeeper/decision/v1': {...DECIDED, at: isTime},
  'gatekeeper/decision/v2': {...DECIDED, at: isTime, life: WORD},
  'gatekeeper/decision/v3': {...DECIDED, life: WORD},
  'gatekeeper/fingerprint/v1': {
    addressee: HASH,
    fingerprints: new RegExp(`^${FINGERPRINT}(?:, ${FINGERPRINT}){0,7}$`),
    meeting: WORD,
    subject: HASH,
  },
}

/** The version of a decision that rooms take. */
export const DECISION = 'gatekeeper/decision/v3'
export const FINGERPRINTS = 'gatekeeper/fingerprint/v1'

/** @typedef {Readonly<Record<string, string>>} Said  by member, `type` and `subject` among them */

/**
 * What the key's owner has said, once signature, spelling and subject fit.
 * @param {string} statement  untrusted @param {PublicKey} key @returns {Promise<Said | null>}
 */
export async function verifyStatement(statement, key) {
  const payload = await verifyJws(statement, key, MOST)
  const said = payload && readSaid(payload)
  return said && said['subject'] === (await thumbprint(key)) ? said : null
}

/**
 * Whose statement this claims to be: nothing is verified.
 * @param {string} statement @returns {string | null}
 */
export function claimedSubject(statement) {
  const jws = readJws(statement, MOST)
  return (jws && readSaid(jws.payload)?.['subject']) ?? null
}

/** What a payload says that is one. @param {Uint8Array} payload @returns {Said | null} */
export function readSaid(payload) {
  try {
    const written = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(payload)
    const value = JSON.parse(written)
    return isSaid(value) && canonical(value) === written ? value : null
  } catch (refusal) {
    if (refusal instanceof SyntaxError || refusal instanceof TypeError) return null
    throw refusal
  }
}

/** @param {unknown} value @returns {value is Said} */
function isSaid(value) {
  if (typeof value !== 'object' || value === null) return false
  const {type, ...members} = /** @type {Readonly<Record<string, unknown>>} */ (value)
  if (typeof type !== 'string' || !Object.hasOwn(FORMS, type)) return false
  const form = Object.entries(FORMS[type] ?? {})
  if (Object.keys(members).length !== form.length) return false
  return form.every(([name, pattern]) => fits(members[name], pattern))
}

/** @param {unknown} value @param {RegExp | ((said: unknown) => boolean)} form */
const fits = (value, form) =>
  typeof value === 'string' && (form instanceof RegExp ? form.test(value) : form(value))
