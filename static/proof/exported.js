/**
 * A meeting with its proof, as one archive (`evidence/export/check.py`).
 *
 * Rule 1: the order of the checks is part of the format (docs/exports.md).
 * Rule 2: tracks rest on the signatures of the people themselves, a film on the gate's signed edit list.
 */

import {FOLDER as ACCOUNTS, HEX, isMoment, verifyAccount} from './account.js'
import {readLogKey} from './checkpoint.js'
import {verifyEdits} from './edits.js'
import {Fault} from './fault.js'
import {count, isText, require} from './form.js'
import {opened} from './gate.js'
import {isMembers, parsed} from './json.js'
import {readKey} from './key.js'
import {readLeaves} from './leaves.js'
import {noticeDigest} from './notice.js'
import {checkAll, entriesOf, readProof} from './proof.js'
import {words} from './text.js'

/** @import {Account, Track} from './account.js' */
/** @import {LogKey} from './checkpoint.js' */
/** @import {EditList} from './edits.js' */
/** @import {Form} from './form.js' */
/** @import {PublicKey} from './key.js' */
/** @import {Words} from './notice.js' */
/** @import {InLog} from './proof.js' */
/** @import {Archive} from './zip.js' */

/**
 * @typedef {object} Exported
 * @property {string} meeting @property {string} madeAt
 * @property {readonly Account[]} accounts @property {ReadonlyMap<string, Words>} notices
 * @property {ReadonlyMap<string, EditList>} films  by hash
 * @property {ReadonlyMap<string, {account: Account, track: Track}>} tracks  by hash
 * @property {InLog} log @property {string} kid
 */
/** @typedef {{meeting: string, made_at: string, files: Readonly<Record<string, {sha256: string, bytes: number}>>}} Manifest */

export const MANIFEST = 'manifest.jws'
const TYPE = 'gatekeeper-export+jws'
const FIELDS = /** @type {const} */ ([
  ...['feature', 'language', 'name', 'object', 'meaning', 'captured', 'purpose', 'processor'],
  ...['recipients', 'retention', 'withdrawal'],
])
/** @type {Form} */
const LIST = {
  members: {
    ...{type: ['gatekeeper/export/v1'], meeting: isText, made_at: isMoment},
    files: {named: null, each: {members: {bytes: count(0), sha256: HEX}}},
  },
}

/**
 * @param {Archive} archive @param {readonly PublicKey[] | null} pinned  the gate's keys; null to take those in it
 * @param {readonly LogKey[] | null} logKeys  the log's, likewise @returns {Promise<Exported>} Throws `Fault`.
 */
export async function verifyExport(archive, pinned, logKeys) {
  const gate = keysIn(await archive.text('keys/gate.json'))
  const keys = pinned ?? gate
  const log = logKeys ?? (await logKeysIn(archive))
  const {said, kid} = await opened(await archive.text(MANIFEST), TYPE, keys)
  require(said, LIST)
  const list = /** @type {Manifest} */ (said)
  await requireFiles(archive, list)
  const notices = await noticesOf(archive)
  const {accounts, hashes} = await accountsOf(archive, list, keys, notices)
  const proof = readProof(await archive.text('meeting.tlog-proof'))
  const {entries: _, ...inLog} = await checkAll(proof, log)
  const places = entriesOf(proof)
  if (places.meeting !== list.meeting) throw new Fault('meeting-other')
  if (String(places.entries) !== String([...new Set(hashes)].sort())) throw new Fault('entry-other')
  const tracks = tracksOf(accounts)
  for (const name of archive.within('tracks/'))
    if (!tracks.has(hashOf(list, name))) throw new Fault('account-missing', name)
  const films = await filmsOf(archive, list, keys, accounts)
  await requireLeaves(archive, tracks)
  for (const name of archive.within('films/'))
    if (!films.has(hashOf(list, name))) throw new Fault('film-unknown', name)
  const {made_at: madeAt, meeting} = list
  return {meeting, madeAt, accounts, notices, films, tracks, log: inLog, kid}
}

/** @param {Manifest} list @param {string} name */
const hashOf = ({files}, name) => files[name]?.sha256 ?? ''

/** Of a JWK, or of a JWK Set (RFC 7517, 5). @param {string} text @returns {PublicKey[]} */
function keysIn(text) {
  const document = parsed(text)
  const members = isMembers(document) ? document : {}
  const listed = Array.isArray(members['keys']) ? members['keys'] : [members]
  return listed.map(each => {
    const {kty, crv, x} = isMembers(each) ? each : {}
    const key = readKey({kty, crv, x})
    if (key?.crv !== 'Ed25519') throw new Fault('key-invalid', 'keys/gate.json')
    return key
  })
}

/** @param {Archive} archive */
async function logKeysIn(archive) {
  return Promise.all(words(await archive.text('keys/log.txt')).map(readLogKey))
}

/** @param {Archive} archive @param {Manifest} list */
async function requireFiles(archive, {files}) {
  const names = [...new Set([...archive.names, ...Object.keys(files)])].sort()
  for (const name of names.filter(each => each !== MANIFEST)) {
    const listed = Object.hasOwn(files, name) ? files[name] : null
    if (!listed) throw new Fault('export-unlisted', name)
    const {bytes, sha256} = await archive.digest(name)
    if (sha256 !== listed.sha256 || bytes !== listed.bytes) throw new Fault('export-changed', name)
  }
}

/** @param {Archive} archive @returns {Promise<Map<string, Words>>} */
async function noticesOf(archive) {
  const found = new Map()
  for (const name of archive.within('notices/')) {
    const document = parsed(await archive.text(name))
    const members = isMembers(document) ? document : {}
    const told = FIELDS.map(field => [field, members[field]])
    if (!told.every(([, text]) => typeof text === 'string')) throw new Fault('wording-other', name)
    const notice = /** @type {Words} */ (Object.fromEntries(told))
    const digest = await noticeDigest(notice)
    if (name !== `notices/${digest}.json`) throw new Fault('wording-other', name)
    found.set(digest, notice)
  }
  return found
}

/** @param {Archive} archive @param {Manifest} list @param {readonly PublicKey[]} keys @param {ReadonlyMap<string, Words>} notices */
async function accountsOf(archive, {meeting}, keys, notices) {
  const accounts = []
  const hashes = []
  for (const name of archive.within(ACCOUNTS)) {
    const text = await archive.text(name)
    const {account, hash} = await verifyAccount(name, text, keys, meeting, notices)
    accounts.push(account)
    hashes.push(hash)
  }
  return {accounts, hashes}
}

/** @param {readonly Account[]} accounts */
function tracksOf(accounts) {
  return new Map(
    accounts.flatMap(account =>
      account.files.map(track => /** @type {const} */ ([track.sha256, {account, track}])),
    ),
  )
}

/** @param {Archive} archive @param {Manifest} list @param {readonly PublicKey[]} keys @param {readonly Account[]} accounts @returns {Promise<Map<string, EditList>>} */
async function filmsOf(archive, {meeting}, keys, accounts) {
  const found = new Map()
  const parts = new Map(accounts.map(each => [`${each.opening}.${each.part}`, each]))
  for (const name of archive.within('edits/')) {
    const edits = await verifyEdits(name, await archive.text(name), keys, meeting, parts)
    found.set(edits.film.sha256, edits)
  }
  return found
}

/** @param {Archive} archive @param {ReadonlyMap<string, {track: Track}>} tracks */
async function requireLeaves(archive, tracks) {
  for (const name of archive.within('leaves/')) {
    const {root, track} = await readLeaves(await archive.text(name))
    const known = tracks.get(track)
    if (!known) throw new Fault('account-missing', name)
    if (known.track.leaves === null || root !== known.track.leaves)
      throw new Fault('leaves-invalid', name)
  }
}
