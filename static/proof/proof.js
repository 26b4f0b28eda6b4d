/**
 * That entries of a meeting stand in a log: C2SP tlog-proof, version 1 (`evidence/meeting_proof.py`).
 *
 * Rule: which meeting they are of is bound by a receipt alone.
 */

import {readCheckpoint} from './checkpoint.js'
import {Fault, as} from './fault.js'
import {count, isText, require} from './form.js'
import {readCanonical} from './json.js'
import {leafHash, rootOf} from './merkle.js'
import {same, unbase64, unhex} from './text.js'

/** @import {Form} from './form.js' */
/** @import {LogKey} from './checkpoint.js' */
/** @typedef {{index: string, path: readonly Uint8Array[], note: string, extra: Uint8Array | null}} Proof */
/** @typedef {{index: number, path: readonly string[]}} Place */
/** @typedef {{meeting: string, entries: Readonly<Record<string, Place>>}} Places */
/** @typedef {{origin: string, index: string, size: string}} InLog  which log, and which of how many leaves */

/** Characters at most. */
const LONGEST = 1 << 20
const INDEX = /^index (0|[1-9][0-9]{0,17})$/
/** @type {Form} */
const PLACES = {
  members: {
    type: ['gatekeeper/meeting-proof/v1'],
    meeting: isText,
    entries: {
      named: /^[0-9a-f]{64}$/,
      each: {members: {index: count(0, 2 ** 32), path: isPath}},
    },
  },
}

/** @param {unknown} said */
function isPath(said) {
  return Array.isArray(said) && said.length <= 32 && said.every(isText)
}

/** @param {string} text  untrusted @returns {Proof} Throws `Fault`. */
export function readProof(text) {
  if (text.length > LONGEST) throw new Fault('too-large')
  const end = text.indexOf('\n\n')
  const [head, ...lines] = (end < 0 ? text : text.slice(0, end)).split('\n')
  const code = 'proof-malformed'
  const extra = lines[0]?.startsWith('extra ')
    ? unbase64((lines.shift() ?? '').slice(6), code)
    : null
  const [, index] = INDEX.exec(lines[0] ?? '') ?? []
  if (end < 0 || head !== 'c2sp.org/tlog-proof@v1' || !index) throw new Fault(code)
  const path = lines.slice(1).map(line => unbase64(line, code))
  if (path.some(each => each.length !== 32)) throw new Fault(code)
  return {index, path, note: text.slice(end + 2), extra}
}

/** Which entries it tells of. @param {Proof} proof @returns {Places} Throws `Fault`. */
function placesOf({extra}) {
  return as('places-malformed', () => {
    const said = readCanonical(extra ?? new Uint8Array())
    require(said, PLACES)
    return /** @type {Places} */ (said)
  })
}

/** Which meeting it says that it is of, and the hashes of the entries, sorted. @param {Proof} proof Throws `Fault`. */
export function entriesOf(proof) {
  const {entries, meeting} = placesOf(proof)
  return {meeting, entries: Object.keys(entries).sort()}
}

/** @param {Proof} proof @param {string} entry @param {Place} place @param {readonly LogKey[]} keys @returns {Promise<InLog>} */
async function check(proof, entry, place, keys) {
  const path = place.path.map(each => unbase64(each, 'places-malformed'))
  const leaf = await leafHash(unhex(entry))
  const root = await rootOf(leaf, BigInt(place.index), 1n << BigInt(path.length), path)
  return checkLeaf(proof, await leafHash(root), keys)
}

/** That the leaf with this hash is in the log of one of the keys. @param {Proof} proof @param {Uint8Array} leaf @param {readonly LogKey[]} keys @returns {Promise<InLog>} Throws `Fault`. */
export async function checkLeaf(proof, leaf, keys) {
  const log = await readCheckpoint(proof.note, keys)
  const top = await rootOf(leaf, BigInt(proof.index), log.size, proof.path)
  if (!same(top, log.root)) throw new Fault('inclusion-invalid')
  return {origin: log.origin, index: proof.index, size: String(log.size)}
}

/** That all that it tells of is in the log. @param {Proof} proof @param {readonly LogKey[]} keys @returns {Promise<InLog & {entries: number}>} Throws `Fault`. */
export async function checkAll(proof, keys) {
  const entries = Object.entries(placesOf(proof).entries).sort()
  let found = null
  for (const [entry, place] of entries) {
    const log = await check(proof, entry, place, keys)
    found ??= log
  }
  if (!found) throw new Fault('proof-empty')
  return {...found, entries: entries.length}
}

/** That the entry which a receipt names is. @param {Proof} proof @param {{meeting: string, hash: string}} position @param {readonly LogKey[]} keys @returns {Promise<InLog>} Throws `Fault`. */
export async function checkReceipt(proof, {meeting, hash}, keys) {
  const places = placesOf(proof)
  if (places.meeting !== meeting) throw new Fault('meeting-other')
  const place = places.entries[hash]
  if (!place) throw new Fault('entry-other')
  return check(proof, hash, place, keys)
}
