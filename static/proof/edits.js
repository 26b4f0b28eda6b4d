/** A film's edit list: which seconds of which tracks stand where in it (`evidence/export/documents.py`). */

import {HEX, SOURCE, isMoment, micros} from './account.js'
import {Fault} from './fault.js'
import {count, isText, require} from './form.js'
import {opened} from './gate.js'

/** @import {Account, Track} from './account.js' */
/** @import {Form} from './form.js' */
/** @import {PublicKey} from './key.js' */

/** Times are milliseconds. @typedef {{subject: string, source: string, track: string, at: number, start: number, length: number}} Edit */
/** @typedef {{opening: string, part: number, at: number, length: number, began: string, edits: readonly Edit[]}} FilmPart */
/** @typedef {{meeting: string, feature: string, film: {sha256: string, bytes: number, length: number}, parts: readonly FilmPart[]}} EditList */

const TYPE = 'gatekeeper-edit-list+jws'
/** By which the ledger's clock and a file's may differ. */
const LATE = 5000
/** Of the card between two parts. */
const CARD = 2000
/** That a track's last packet may last. */
const HELD = 1000

/** @type {Form} */
const EDIT = {
  members: {
    ...{subject: isText, source: SOURCE, track: HEX},
    ...{at: count(0), start: count(0), length: count(0)},
  },
}
/** @type {Form} */
const PART = {
  members: {
    ...{opening: isText, part: count(0), at: count(0), length: count(0), began: isMoment},
    edits: {list: EDIT},
  },
}
/** @type {Form} */
const EDITS = {
  members: {
    ...{type: ['gatekeeper/edit-list/v1'], meeting: isText, feature: isText},
    film: {members: {sha256: HEX, bytes: count(0), format: ['mp4', 'webm'], length: count(0)}},
    parts: {list: PART},
  },
}

/**
 * @param {string} name  of its file @param {string} text  untrusted @param {readonly PublicKey[]} keys  the gate's
 * @param {string} meeting @param {ReadonlyMap<string, Account>} accounts  by opening and part
 * @returns {Promise<EditList>} Throws `Fault`.
 */
export async function verifyEdits(name, text, keys, meeting, accounts) {
  const {said} = await opened(text, TYPE, keys)
  require(said, EDITS)
  const edits = /** @type {EditList} */ (said)
  if (edits.meeting !== meeting) throw new Fault('meeting-other', name)
  requireWhole(edits, name)
  for (const part of edits.parts) {
    const account = accounts.get(`${part.opening}.${part.part}`)
    if (account?.feature !== edits.feature) throw new Fault('account-missing', name)
    requirePart(part, account, name)
  }
  return edits
}

/** That its parts are all of a film, with nothing but cards between them. @param {EditList} edits @param {string} name */
function requireWhole({film, parts}, name) {
  let end = 0
  for (const {at, edits, length} of parts) {
    const apart = at - end
    if ((apart !== 0 && !(end && apart === CARD)) || edits.length === 0)
      throw new Fault('edits-contradicted', name)
    end = at + length
  }
  if (end !== film.length || !end) throw new Fault('edits-contradicted', name)
}

/** That it shows nothing but what its account tells of. @param {FilmPart} part @param {Account} account @param {string} name */
function requirePart(part, account, name) {
  const late = (micros(part.began) - micros(account.began)) / 1000
  const lasted = (micros(account.ended) - micros(account.began)) / 1000
  if (late < -LATE || late + part.length > lasted + LATE)
    throw new Fault('edits-contradicted', name)
  /** @type {Edit | null} */
  let before = null
  for (const edit of part.edits) {
    const file = account.files.find(each => each.sha256 === edit.track)
    const ordered = before === null || isBefore(before, edit)
    before = edit
    if (!file || !ordered || !fits(edit, part, file)) throw new Fault('edits-contradicted', name)
  }
}

/** @param {Edit} edit @param {FilmPart} part @param {Track} file */
function fits(edit, part, file) {
  const whose = file.subject === edit.subject && file.source === edit.source
  const within = edit.at >= part.at && edit.at + edit.length <= part.at + part.length
  if (!whose || !within || file.first === null || file.last === null) return whose && within
  const length = (micros(file.last) - micros(file.first)) / 1000
  return edit.start + edit.length <= length + HELD
}

/** @param {Edit} one @param {Edit} other */
function isBefore(one, other) {
  if (one.at !== other.at) return one.at < other.at
  if (one.subject !== other.subject) return one.subject < other.subject
  return one.source < other.source
}
