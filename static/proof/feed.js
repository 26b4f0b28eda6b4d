/**
 * What was taken back: digests of files that must be used no longer (`evidence/feed/feed.py`).
 *
 * Rule: a digest that is not in it was not taken back by the end of its last day, if it tells of all days
 * since the file was there; after that nothing is known.
 */

import {bytes} from './base64url.js'
import {Fault} from './fault.js'
import {isTime} from './form.js'
import {isMembers, parsed} from './json.js'
import {leafHash} from './merkle.js'
import {checkLeaf, readProof} from './proof.js'
import {sha256} from './zip.js'

/** @import {LogKey} from './checkpoint.js' */
/** @typedef {{day: string, before: string, digests: readonly string[], hash: string, leaf: Uint8Array}} Page */

/** Pages of a document at most. */
const AT_ONCE = 32
/** What the first page names as the one before it. */
const FIRST = '0'.repeat(64)
const HEAD = 'gatekeeper/taken-back/v1'
const HEX = /^[0-9a-f]{64}$/

export class Feed {
  #pages
  /** @type {Map<string, string>} by digest */
  #days = new Map()

  /** @param {readonly Page[]} pages in their order */
  constructor(pages) {
    this.#pages = pages
    for (const {day, digests} of pages)
      for (const digest of digests) if (!this.#days.has(digest)) this.#days.set(digest, day)
  }

  /** @param {readonly string[]} documents  untrusted @param {readonly LogKey[]} keys @returns {Promise<Feed>} Throws `Fault`. */
  static async read(documents, keys) {
    /** @type {Map<string, Page>} */
    const pages = new Map()
    for (const text of new Set(documents))
      for (const page of await pagesOf(text, keys)) pages.set(page.hash, page)
    const sorted = [...pages.values()].sort((one, other) => (one.day < other.day ? -1 : 1))
    return new Feed(inOrder(sorted))
  }

  /** The first and the last day that it tells of. @returns {{first: string, last: string}} */
  get days() {
    return {first: this.#pages[0]?.day ?? '', last: this.#pages.at(-1)?.day ?? ''}
  }

  /** By which day one of these was taken back; null: not that is known. @param {Iterable<string>} digests @returns {string | null} */
  takenBack(digests) {
    const days = [...digests].flatMap(digest => this.#days.get(digest) ?? [])
    return days.sort()[0] ?? null
  }

  /** Until when it is known that what was there on a day was not taken back; null: not at all. @param {string} day @returns {string | null} */
  knownSince(day) {
    const {first, last} = this.days
    const all = this.#pages[0]?.before === FIRST || first <= day
    return all && last >= day ? last : null
  }
}

/** @param {string} text @param {readonly LogKey[]} keys @returns {Promise<Page[]>} */
async function pagesOf(text, keys) {
  const said = parsed(text)
  const {next, pages, proof, ...more} = isMembers(said) ? said : {}
  const formed =
    Array.isArray(pages) && typeof proof === 'string' && (next === null || Number.isInteger(next))
  if (!formed || Object.keys(more).length > 0 || pages.length === 0 || pages.length > AT_ONCE)
    throw new Fault('feed-malformed')
  const found = await Promise.all(pages.map(readPage))
  const last = found.at(-1)
  if (last) await checkLeaf(readProof(proof), last.leaf, keys)
  return inOrder(found)
}

/** @param {unknown} text @returns {Promise<Page>} Throws `Fault`. */
async function readPage(text) {
  const [head, day = '', before = '', ...digests] = typeof text === 'string' ? text.split('\n') : []
  const end = digests.pop()
  const sorted = digests.every((each, at) => at === 0 || (digests[at - 1] ?? '') < each)
  const dated = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) && isTime(`${day}T00:00:00Z`)
  if (head !== HEAD || end !== '' || !dated || !sorted || ![before, ...digests].every(isHash))
    throw new Fault('feed-malformed')
  const raw = bytes(String(text))
  return {day, before, digests, hash: await sha256(raw), leaf: await leafHash(raw)}
}

/** @param {string} text */
const isHash = text => HEX.test(text)

/** Pages of which each names the one before. @param {readonly Page[]} pages @returns {Page[]} Throws `Fault`. */
function inOrder(pages) {
  const after = new Map(pages.map(page => [page.before, page]))
  const hashes = new Set(pages.map(page => page.hash))
  const [first, ...others] = pages.filter(page => !hashes.has(page.before))
  if (!first || others.length > 0 || after.size !== pages.length) throw new Fault('feed-gap')
  const ordered = [first]
  for (let last = first, next = after.get(last.hash); next; next = after.get(last.hash)) {
    if (next.day < last.day) throw new Fault('feed-gap')
    ordered.push(next)
    last = next
  }
  return ordered
}
