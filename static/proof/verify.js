/**
 * Whatever somebody holds, verified: what a file is, is told by what is in it; files that belong
 * together are used together.
 *
 * Rule 1: nothing is sent anywhere: here is no network.
 * Rule 2: a file is measured before it is parsed.
 */

import {TYPE as AUDIT, verifyAudit} from './audit.js'
import {readCheckpoint, readLogKey} from './checkpoint.js'
import {Fault} from './fault.js'
import {isGateKey, readHeader} from './gate.js'
import {DEEPEST, deeper, difference, isMembers, parsed} from './json.js'
import {readKey, thumbprint} from './key.js'
import {checkAll, checkReceipt, readProof} from './proof.js'
import {verifyReceipt} from './receipt.js'
import {SPACE, hex, utf8, words} from './text.js'

/** @import {Audit} from './audit.js' */
/** @import {Checkpoint, LogKey} from './checkpoint.js' */
/** @import {Members} from './json.js' */
/** @import {PublicKey} from './key.js' */
/** @import {InLog, Proof} from './proof.js' */
/** @import {Receipt} from './receipt.js' */

/** @typedef {'receipt' | 'audit' | 'proof' | 'checkpoint' | 'log-keys' | 'gate-keys' | 'file'} Kind */
/** @typedef {{name: string, content: Uint8Array}} Named */
/**
 * What was found, by what it is. `pinned`: whether it was checked with a key that was named.
 * @typedef {object} Found
 * @property {Receipt} [receipt] @property {Audit} [audit] @property {string} [kid] @property {boolean} [pinned]
 * @property {InLog | null} [log] @property {number} [entries] @property {Checkpoint} [checkpoint]
 * @property {readonly string[]} [names] @property {string} [text]
 */
/** @typedef {{where: string, kind: Kind, code: string, about: string | null, found: Found | null}} Verdict  `code` is `good`, or which check it did not pass */
/** @typedef {{keys: PublicKey[] | null, logKeys: LogKey[], proofs: Proof[], notes: string[]}} Beside */

/** Bytes of a file at most. */
export const MOST = 4 << 20

class File {
  #text
  #members

  /** @param {Named} named */
  constructor({name, content}) {
    this.name = name
    this.#text = content.length > MOST ? null : utf8(content)
    this.#members = membersOf(this.#text)
  }

  get text() {
    return this.#text ?? ''
  }

  get members() {
    return this.#members
  }

  /** Signed texts, as far as one sees from outside. @returns {readonly string[]} */
  get signed() {
    const within = this.members['signed']
    if (typeof within === 'string') return [within]
    // eslint-disable-next-line no-control-regex -- what is not ASCII
    const lines = /^[\x00-\x7f]*$/.test(this.text) ? words(this.text) : []
    return lines.some(line => line.startsWith('eyJ') && line.includes('.')) ? lines : []
  }

  /** What it is, by its content. @returns {Exclude<Kind, 'receipt' | 'audit'> | 'signed'} */
  get kind() {
    if (this.text.startsWith('c2sp.org/tlog-proof@')) return 'proof'
    if (this.text.includes('\n\n— ')) return 'checkpoint'
    const lines = words(this.text)
    if (lines.length > 0 && lines.every(line => line.split('+').length > 2)) return 'log-keys'
    if ('keys' in this.members || 'kty' in this.members) return 'gate-keys'
    return this.signed.length > 0 ? 'signed' : 'file'
  }
}

/** Of a JSON object. @param {string | null} text @returns {Members} */
function membersOf(text) {
  if (text === null || !new RegExp(`^[${SPACE}]*\\{`, 'u').test(text)) return {}
  const said = parsed(text)
  return isMembers(said) && !deeper(said, DEEPEST + 1) ? said : {}
}

/**
 * What came of each thing in all of these, checked with each other.
 * @param {readonly Named[]} named @returns {Promise<Verdict[]>}
 */
export async function judge(named) {
  const files = named.map(each => new File(each))
  /** @type {Beside} */
  const beside = {keys: null, logKeys: [], proofs: [], notes: []}
  for (const file of files) await lay(file, beside)
  const verdicts = []
  for (const file of files) verdicts.push(...(await judged(file, beside)))
  return verdicts
}

/** @param {File} file @param {Beside} beside */
async function lay(file, beside) {
  try {
    if (file.kind === 'proof') beside.proofs.push(readProof(file.text))
    if (file.kind === 'checkpoint') beside.notes.push(file.text)
    if (file.kind === 'log-keys') beside.logKeys.push(...(await logKeys(file)))
    if (file.kind === 'gate-keys') beside.keys ??= []
    if (file.kind === 'gate-keys') beside.keys?.push(...gateKeys(file))
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault // else it is told when it is judged itself
  }
}

/** @param {File} file */
function logKeys(file) {
  return Promise.all(words(file.text).map(readLogKey))
}

/** Of a JWK, or of a JWK Set (RFC 7517, 5). @param {File} file @returns {PublicKey[]} */
function gateKeys({members}) {
  const listed = Array.isArray(members['keys']) ? members['keys'] : [members]
  return listed.map(each => {
    const {kty, crv, x} = isMembers(each) ? each : {}
    const key = readKey({kty, crv, x})
    if (!key || !isGateKey(key)) throw new Fault('key-invalid')
    return key
  })
}

/** @param {File} file @param {Beside} beside @returns {Promise<Verdict[]>} */
async function judged(file, beside) {
  const {kind, name} = file
  if (kind === 'file') return [{where: name, kind, code: 'kind-unknown', about: null, found: null}]
  if (kind !== 'signed') return [await told(name, kind, () => CHECKS[kind](file, beside))]
  const texts = file.signed
  const {signed: _, ...copy} = file.members
  const verdicts = []
  for (const [at, text] of texts.entries()) {
    const where = texts.length === 1 ? name : `${name}:${at + 1}`
    const of = isAudit(text) ? 'audit' : 'receipt'
    verdicts.push(await told(where, of, () => checkSigned(of, text, copy, beside)))
  }
  return verdicts
}

/** @param {string} where @param {Kind} kind @param {() => Promise<Found>} check @returns {Promise<Verdict>} */
async function told(where, kind, check) {
  try {
    return {where, kind, code: 'good', about: null, found: await check()}
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return {where, kind, code: fault.code, about: fault.where, found: null}
  }
}

/** @type {Readonly<Record<'proof' | 'checkpoint' | 'log-keys' | 'gate-keys', (file: File, beside: Beside) => Promise<Found>>>} */
const CHECKS = {
  proof: async (file, {logKeys}) => {
    requireKeys(logKeys)
    const {entries, ...log} = await checkAll(readProof(file.text), logKeys)
    return {entries, log}
  },
  checkpoint: async (file, beside) => {
    requireKeys(beside.logKeys)
    const checkpoint = await readCheckpoint(file.text, beside.logKeys)
    await requireOneLog(beside)
    return {checkpoint}
  },
  'log-keys': async file => ({names: (await logKeys(file)).map(({name}) => name)}),
  'gate-keys': async file => ({names: await Promise.all(gateKeys(file).map(thumbprint))}),
}

/** @param {readonly LogKey[]} keys */
function requireKeys(keys) {
  if (keys.length === 0) throw new Fault('key-needed')
}

/** @param {string} text */
function isAudit(text) {
  try {
    return readHeader(text).typ === AUDIT
  } catch (fault) {
    if (fault instanceof Fault) return false
    throw fault
  }
}

/** @param {'audit' | 'receipt'} kind @param {string} text @param {Members} copy  what can be read beside it @param {Beside} beside @returns {Promise<Found>} */
async function checkSigned(kind, text, copy, beside) {
  const pinned = beside.keys !== null
  const found =
    kind === 'audit'
      ? {...(await verifyAudit(text, beside.keys)), pinned, text}
      : await checkedReceipt(text, beside)
  const said = 'audit' in found ? found.audit : found.receipt
  const where = Object.keys(copy).length > 0 ? difference(copy, said) : null
  if (where !== null) throw new Fault('copy-differs', where)
  return found
}

/** @param {string} text @param {Beside} beside */
async function checkedReceipt(text, beside) {
  const {receipt, kid} = await verifyReceipt(text, beside.keys)
  const log = await inLog(receipt, beside)
  return {receipt, kid, pinned: beside.keys !== null, text, log}
}

/** Where its entry is in a log; null if no proof was named. @param {Receipt} receipt @param {Beside} beside */
async function inLog({position}, {proofs, logKeys}) {
  let why = null
  for (const proof of proofs) {
    try {
      return await checkReceipt(proof, position, logKeys)
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      if (why === null || why.code === 'meeting-other') why = fault
    }
  }
  if (why) throw why
  return null
}

/** That no two states of one log contradict each other. @param {Beside} beside */
async function requireOneLog({notes, proofs, logKeys}) {
  /** @type {Map<string, string>} */
  const seen = new Map()
  for (const note of [...notes, ...proofs.map(proof => proof.note)]) {
    const {origin, size, root} = await readCheckpoint(note, logKeys)
    const [state, told] = [`${size} ${origin}`, hex(root)]
    if ((seen.get(state) ?? told) !== told) throw new Fault('checkpoints-contradict', origin)
    seen.set(state, told)
  }
}
