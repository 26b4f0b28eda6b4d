/**
 * A person's own copy of a meeting (`app/artefacts/own_copies.py`).
 *
 * Rule: its receipts prove something. What else is in it is compared with them, and among itself.
 */

import {Fault} from './fault.js'
import {isMembers, parsed} from './json.js'

/** @import {Receipt} from './receipt.js' */
/** @import {Archive} from './zip.js' */

export const ABOUT = 'about-you.json'

/** Of its files, how many are as the copy of the ledger in it tells. @param {Archive} archive @param {ReadonlyMap<string, {receipt: Receipt, subject: string}>} receipts  by name @returns {Promise<number>} Throws `Fault`. */
export async function checkOwnCopy(archive, receipts) {
  const about = parsed(await archive.text(ABOUT))
  const entries = parsed(await archive.text('ledger.json'))
  if (!isMembers(about) || !Array.isArray(entries)) throw new Fault('archive-invalid')
  const hashes = new Set(entries.map(each => isMembers(each) && each['sha256']))
  for (const [name, {receipt, subject}] of receipts) {
    const {hash, meeting} = receipt.position
    const own = meeting === about['meeting'] && subject === about['you']
    if (!own || !hashes.has(hash)) throw new Fault('archive-contradicted', name)
  }
  const files = new Set(entries.map(each => (isMembers(each) ? fileOf(each['entry']) : '')))
  const media = archive.within('media/')
  for (const name of media) {
    const {bytes, sha256} = await archive.digest(name)
    if (!files.has([sha256, bytes, name.split('/')[1]].join(' ')))
      throw new Fault('archive-contradicted', name)
  }
  return media.length
}

/** @param {unknown} entry */
function fileOf(entry) {
  if (!isMembers(entry)) return ''
  return [entry['sha256'], entry['bytes'], entry['feature']].join(' ')
}
