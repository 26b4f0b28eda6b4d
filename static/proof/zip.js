/**
 * A ZIP archive, read piece by piece (PKWARE APPNOTE 6.3).
 *
 * Rule: what it says of itself is bounded before anything of it is read.
 */

import {Fault} from './fault.js'
import {hex, utf8} from './text.js'

/** Members at most. */
const MEMBERS = 100_000
/** Bytes of a member at most: it is hashed as a whole. */
const LARGEST = 2 ** 30
/** Bytes in which the end of an archive is looked for. */
const TAIL = 65_557
const LARGE = 0xff_ff_ff_ff

/** @typedef {{name: string, method: number, crc: number, packed: number, size: number, at: number}} Member */

const broken = (/** @type {string | null} */ where = null) => new Fault('archive-invalid', where)

export class Archive {
  #blob
  #members

  /** @param {Blob} blob @param {ReadonlyMap<string, Member>} members */
  constructor(blob, members) {
    this.#blob = blob
    this.#members = members
  }

  /** @param {Blob} blob  untrusted @returns {Promise<Archive>} Throws `Fault`. */
  static async open(blob) {
    const {count, size, at} = await directoryOf(blob)
    if (count > MEMBERS || size > 64 << 20 || at + size > blob.size) throw broken()
    const listed = await viewOf(blob, at, size)
    /** @type {Map<string, Member>} */
    const members = new Map()
    for (let from = 0; from < size;) {
      const {member, next} = memberAt(listed, from)
      if (members.has(member.name)) throw broken(member.name)
      members.set(member.name, member)
      from = next
    }
    if (members.size !== count) throw broken()
    return new Archive(blob, members)
  }

  /** Sorted. @returns {readonly string[]} */
  get names() {
    return [...this.#members.keys()].sort()
  }

  /** @param {string} name */
  has(name) {
    return this.#members.has(name)
  }

  /** Of a folder. @param {string} folder */
  within(folder) {
    return this.names.filter(name => name.startsWith(folder))
  }

  /** @param {string} name @param {number} [most]  bytes @returns {Promise<Uint8Array<ArrayBuffer>>} Throws `Fault`. */
  async bytes(name, most = LARGEST) {
    const member = this.#members.get(name)
    if (!member) throw new Fault('export-missing', name)
    if (member.size > most) throw new Fault('too-large', name)
    const head = await viewOf(this.#blob, member.at, 30)
    if (head.getUint32(0, true) !== 0x04_03_4b_50) throw broken(name)
    const from = member.at + 30 + head.getUint16(26, true) + head.getUint16(28, true)
    const packed = this.#blob.slice(from, from + member.packed)
    const raw = await unpacked(packed, member)
    if (raw.length !== member.size || crc32(raw) !== member.crc) throw broken(name)
    return raw
  }

  /** @param {string} name @returns {Promise<string>} Throws `Fault`. */
  async text(name) {
    const text = utf8(await this.bytes(name, 64 << 20))
    if (text === null) throw broken(name)
    return text
  }

  /** @param {string} name @returns {Promise<{sha256: string, bytes: number}>} Throws `Fault`. */
  async digest(name) {
    const raw = await this.bytes(name)
    return {sha256: await sha256(raw), bytes: raw.length}
  }
}

/** In hexadecimal. @param {Uint8Array<ArrayBuffer>} raw */
export const sha256 = async raw => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', raw)))

/** @param {Blob} blob @param {number} at @param {number} size */
async function viewOf(blob, at, size) {
  if (at < 0 || at + size > blob.size) throw broken()
  return new DataView(await blob.slice(at, at + size).arrayBuffer())
}

/** Where the list of members is. @param {Blob} blob */
async function directoryOf(blob) {
  const from = Math.max(0, blob.size - TAIL)
  const tail = await viewOf(blob, from, blob.size - from)
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06_05_4b_50) continue
    const [count, size, start] = [
      tail.getUint16(at + 10, true),
      tail.getUint32(at + 12, true),
      tail.getUint32(at + 16, true),
    ]
    if (count !== 0xffff && size !== LARGE && start !== LARGE) return {count, size, at: start}
    return largeDirectoryOf(blob, from + at)
  }
  throw broken()
}

/** The same in the large form (4.3.14). @param {Blob} blob @param {number} end */
async function largeDirectoryOf(blob, end) {
  const locator = await viewOf(blob, end - 20, 20)
  if (locator.getUint32(0, true) !== 0x07_06_4b_50) throw broken()
  const record = await viewOf(blob, whole(locator, 8), 56)
  if (record.getUint32(0, true) !== 0x06_06_4b_50) throw broken()
  return {count: whole(record, 32), size: whole(record, 40), at: whole(record, 48)}
}

/** @param {DataView} view @param {number} at */
function whole(view, at) {
  const found = Number(view.getBigUint64(at, true))
  if (!Number.isSafeInteger(found)) throw broken()
  return found
}

/** One line of the list (4.3.12). @param {DataView} view @param {number} at @returns {{member: Member, next: number}} */
function memberAt(view, at) {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02_01_4b_50) throw broken()
  const [named, extra, more] = [28, 30, 32].map(each => view.getUint16(at + each, true))
  const next = at + 46 + (named ?? 0) + (extra ?? 0) + (more ?? 0)
  if (next > view.byteLength) throw broken()
  const name = utf8(new Uint8Array(view.buffer, view.byteOffset + at + 46, named))
  if (name === null || view.getUint16(at + 8, true) & 1) throw broken(name)
  const large = largeOf(view, at + 46 + (named ?? 0), extra ?? 0)
  const sized = (/** @type {number} */ offset) => {
    const found = view.getUint32(at + offset, true)
    return found === LARGE ? large() : found
  }
  const [size, packed, place] = [sized(24), sized(20), sized(42)]
  const method = view.getUint16(at + 10, true)
  return {
    member: {name, method, crc: view.getUint32(at + 16, true), packed, size, at: place},
    next,
  }
}

/** What stands for sizes in the large form, one after the other (4.5.3). @param {DataView} view @param {number} at @param {number} length */
function largeOf(view, at, length) {
  let from = -1
  for (let each = at; each + 4 <= at + length; each += 4 + view.getUint16(each + 2, true))
    if (view.getUint16(each, true) === 1) from = each + 4
  return () => {
    if (from < 0 || from + 8 > at + length) throw broken()
    from += 8
    return whole(view, from - 8)
  }
}

/** @param {Blob} packed @param {Member} member @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function unpacked(packed, {method, name, size}) {
  if (method === 0) return new Uint8Array(await packed.arrayBuffer())
  if (method !== 8) throw broken(name)
  const raw = new Uint8Array(size)
  let length = 0
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const {done, value} = await reader.read()
      if (done) return raw.slice(0, length)
      if (length + value.length > size) throw broken(name)
      raw.set(value, length)
      length += value.length
    }
  } catch (refusal) {
    if (refusal instanceof Fault) throw refusal
    console.debug('cannot be unpacked', refusal)
    throw broken(name)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const TABLE = Uint32Array.from({length: 256}, (_, byte) => {
  let found = byte
  for (let bit = 0; bit < 8; bit++) found = found & 1 ? (found >>> 1) ^ 0xed_b8_83_20 : found >>> 1
  return found
})

/** @param {Uint8Array} raw */
function crc32(raw) {
  let found = 0xff_ff_ff_ff
  for (const byte of raw) found = (TABLE[(found ^ byte) & 255] ?? 0) ^ (found >>> 8)
  return (found ^ 0xff_ff_ff_ff) >>> 0
}
