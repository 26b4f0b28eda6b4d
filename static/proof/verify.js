/**
 * Whatever somebody holds, verified: what a file is, is told by what is in it; files that belong
 * together are used together.
 *
 * Rule 1: nothing is sent anywhere: here is no network.
 * Rule 2: a file is measured before it is parsed.
 */

import {TYPE as AUDIT, verifyAudit} from './audit.js'
import {readCheckpoint, readLogKey} from './checkpoint.js'
import {verifyExport} from './exported.js'
import {Fault} from './fault.js'
import {Feed} from './feed.js'
import {isGateKey, readHeader} from './gate.js'
import {Held} from './held.js'
import {difference, isMembers} from './json.js'
import {readKey, thumbprint} from './key.js'
import {checkOwnCopy} from './own-copy.js'
import {checkAll, checkReceipt, readProof} from './proof.js'
import {verifyReceipt} from './receipt.js'
import {hex, words} from './text.js'
import {sha256} from './zip.js'

/** @import {Audit} from './audit.js' */
/** @import {Checkpoint, LogKey} from './checkpoint.js' */
/** @import {Account, Track} from './account.js' */
/** @import {EditList} from './edits.js' */
/** @import {Exported} from './exported.js' */
/** @import {Kind, Named} from './held.js' */
/** @import {Members} from './json.js' */
/** @import {PublicKey} from './key.js' */
/** @import {InLog, Proof} from './proof.js' */
/** @import {Receipt} from './receipt.js' */

/**
 * What was found, by what it is. `pinned`: whether it was checked with a key that was named.
 * @typedef {object} Found
 * @property {Receipt} [receipt] @property {Audit} [audit] @property {string} [kid] @property {boolean} [pinned]
 * @property {InLog | null} [log] @property {number} [entries] @property {Checkpoint} [checkpoint]
 * @property {readonly string[]} [names] @property {string} [text] @property {number} [files]
 * @property {string | null} [known] @property {{first: string, last: string}} [days]
 * @property {Exported} [exported] @property {EditList} [film] @property {{account: Account, track: Track}} [track]
 */
/** @typedef {{where: string, kind: Kind, code: string, about: string | null, found: Found | null}} Verdict  `code` is `good`, or which check it did not pass */
/** @typedef {{keys: PublicKey[] | null, logKeys: LogKey[], proofs: Proof[], notes: string[], exports: Exported[], feeds: string[]}} Beside */

/** Bytes of a film or a track at most: it is hashed as a whole. */
const LARGEST = 2 ** 30

/**
 * What came of each thing in all of these, checked with each other.
 * @param {readonly Named[]} named @returns {Promise<Verdict[]>}
 */
export async function judge(named) {
  const files = await Promise.all(named.map(each => Held.of(each)))
  /** @type {Beside} */
  const beside = {keys: null, logKeys: [], proofs: [], notes: [], exports: [], feeds: []}
  for (const file of files) await lay(file, beside)
  for (const file of files) await layExport(file, beside)
  const verdicts = []
  for (const file of files) verdicts.push(...(await judged(file, beside)))
  return verdicts
}

/** @param {Held} file @param {Beside} beside */
async function lay(file, beside) {
  try {
    if (file.kind === 'feed') beside.feeds.push(file.text)
    if (file.kind === 'proof') beside.proofs.push(readProof(file.text))
    if (file.kind === 'checkpoint') beside.notes.push(file.text)
    if (file.kind === 'log-keys') beside.logKeys.push(...(await logKeys(file)))
    if (file.kind === 'gate-keys') beside.keys ??= []
    if (file.kind === 'gate-keys') beside.keys?.push(...gateKeys(file))
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault // else it is told when it is judged itself
  }
}

/** Have films and tracks checked with it. @param {Held} file @param {Beside} beside */
async function layExport(file, beside) {
  if (file.kind !== 'export') return
  try {
    beside.exports.push(await exportedOf(file, beside))
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault // it is told when it is judged itself
  }
}

/** @param {Held} file @param {Beside} beside */
async function exportedOf({archive}, {keys, logKeys}) {
  if (!archive) throw new Fault('archive-invalid')
  return verifyExport(archive, keys, logKeys.length > 0 ? logKeys : null)
}

/** @param {Held} file */
function logKeys(file) {
  return Promise.all(words(file.text).map(readLogKey))
}

/** Of a JWK, or of a JWK Set (RFC 7517, 5). @param {Held} file @returns {PublicKey[]} */
function gateKeys({members}) {
  const listed = Array.isArray(members['keys']) ? members['keys'] : [members]
  return listed.map(each => {
    const {kty, crv, x} = isMembers(each) ? each : {}
    const key = readKey({kty, crv, x})
    if (!key || !isGateKey(key)) throw new Fault('key-invalid')
    return key
  })
}

/** @param {Held} file @param {Beside} beside @returns {Promise<Verdict[]>} */
async function judged(file, beside) {
  const {kind, name} = file
  if (kind === 'file') return [{where: name, kind, code: 'kind-unknown', about: null, found: null}]
  if (kind === 'own-copy') return judgedCopy(file, beside)
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

/** A verdict for each receipt in it, and one for the whole. @param {Held} file @param {Beside} beside @returns {Promise<Verdict[]>} */
async function judgedCopy({archive, name}, beside) {
  const receipts = new Map()
  const verdicts = []
  for (const each of archive?.within('receipts/') ?? []) {
    const check = async () => {
      const found = await checkSigned('receipt', (await archive?.text(each)) ?? '', {}, beside)
      receipts.set(each, found)
      return found
    }
    verdicts.push(await told(`${name}/${each}`, 'receipt', check))
  }
  const whole = async () => {
    if (!archive) throw new Fault('archive-invalid')
    return {files: await checkOwnCopy(archive, receipts)}
  }
  return [...verdicts, await told(name, 'own-copy', whole)]
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

/** @type {Readonly<Record<'proof' | 'checkpoint' | 'log-keys' | 'gate-keys' | 'feed' | 'export' | 'media', (file: Held, beside: Beside) => Promise<Found>>>} */
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
  export: async (file, beside) => {
    const exported = await exportedOf(file, beside)
    const digests = [...exported.tracks.keys(), ...exported.films.keys()]
    const known = await knownOf(exported, digests, beside)
    return {exported, known, kid: exported.kid, log: exported.log, pinned: beside.keys !== null}
  },
  media: async (file, beside) => {
    if (beside.exports.length === 0) throw new Fault('export-needed')
    if (file.blob.size > LARGEST) throw new Fault('too-large')
    const hash = await sha256(new Uint8Array(await file.blob.arrayBuffer()))
    for (const exported of beside.exports) {
      const [film, track] = [exported.films.get(hash), exported.tracks.get(hash)]
      if (!film && !track) continue
      const shown = film?.parts.flatMap(({edits}) => edits.map(each => each.track)) ?? []
      const known = await knownOf(exported, [hash, ...shown], beside)
      return {
        exported,
        known,
        kid: exported.kid,
        ...(film ? {film} : {}),
        ...(track ? {track} : {}),
      }
    }
    throw new Fault('film-unknown')
  },
  feed: async (_, beside) => {
    requireKeys(beside.logKeys)
    return {days: (await Feed.read(beside.feeds, beside.logKeys)).days}
  },
  'log-keys': async file => ({names: (await logKeys(file)).map(({name}) => name)}),
  'gate-keys': async file => ({names: await Promise.all(gateKeys(file).map(thumbprint))}),
}

/**
 * Until when it is known that nothing of these was taken back; null: since the export nothing is known.
 * @param {Exported} exported @param {readonly string[]} digests @param {Beside} beside
 * @returns {Promise<string | null>} Throws `Fault`, with the day, if something was.
 */
async function knownOf({madeAt}, digests, {feeds, logKeys}) {
  if (feeds.length === 0) return null
  requireKeys(logKeys)
  const feed = await Feed.read(feeds, logKeys)
  const day = feed.takenBack(digests)
  if (day !== null) throw new Fault('taken-back', day)
  return feed.knownSince(madeAt.slice(0, 10))
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
  const {receipt, kid, subject} = await verifyReceipt(text, beside.keys)
  const log = await inLog(receipt, beside)
  return {receipt, kid, subject, pinned: beside.keys !== null, text, log}
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
