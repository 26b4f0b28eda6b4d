/**
 * What somebody holds, and what kind of thing it is, told by what is in it.
 *
 * Rule: it is measured before it is read, and read before it is parsed.
 */

import {MANIFEST} from './exported.js'
import {Fault} from './fault.js'
import {DEEPEST, deeper, isMembers, parsed} from './json.js'
import {ABOUT} from './own-copy.js'
import {SPACE, utf8, words} from './text.js'
import {Archive} from './zip.js'

/** @import {Members} from './json.js' */

/** @typedef {'receipt' | 'audit' | 'proof' | 'checkpoint' | 'log-keys' | 'gate-keys' | 'feed' | 'export' | 'own-copy' | 'media' | 'file'} Kind */
/** @typedef {{name: string, content: Uint8Array<ArrayBuffer> | Blob}} Named */

/** Bytes of a file that is read as a whole. */
const MOST = 4 << 20

export class Held {
  #text
  #members
  #form

  /** @param {string} name @param {string | null} text @param {Blob} blob @param {'media' | 'export' | 'own-copy' | null} form @param {Archive | null} archive */
  constructor(name, text, blob, form, archive) {
    this.name = name
    this.blob = blob
    this.archive = archive
    this.#form = form
    this.#text = text
    this.#members = membersOf(text)
  }

  /** @param {Named} named @returns {Promise<Held>} */
  static async of({name, content}) {
    const blob = content instanceof Blob ? content : new Blob([content])
    const head = new Uint8Array(await blob.slice(0, 12).arrayBuffer())
    if (isMedia(head)) return new Held(name, null, blob, 'media', null)
    const archive = ZIP.every((byte, at) => byte === head[at]) ? await archiveOf(blob) : null
    if (archive) return new Held(name, null, blob, formOf(archive), archive)
    const raw = blob.size > MOST ? null : new Uint8Array(await blob.arrayBuffer())
    return new Held(name, raw && utf8(raw), blob, null, null)
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
    if (this.#form !== null) return this.#form
    if (String(Object.keys(this.members).sort()) === 'next,pages,proof') return 'feed'
    if (this.text.startsWith('c2sp.org/tlog-proof@')) return 'proof'
    if (this.text.includes('\n\n— ')) return 'checkpoint'
    const lines = words(this.text)
    if (lines.length > 0 && lines.every(line => line.split('+').length > 2)) return 'log-keys'
    if ('keys' in this.members || 'kty' in this.members) return 'gate-keys'
    return this.signed.length > 0 ? 'signed' : 'file'
  }
}

const ZIP = [0x50, 0x4b, 0x03, 0x04]

/** @param {Blob} blob @returns {Promise<Archive | null>} null of what is none */
async function archiveOf(blob) {
  try {
    return await Archive.open(blob)
  } catch (fault) {
    if (fault instanceof Fault) return null
    throw fault
  }
}

/** @param {Archive} archive @returns {'export' | 'own-copy' | null} */
function formOf(archive) {
  if (archive.has(MANIFEST)) return 'export'
  return archive.has(ABOUT) ? 'own-copy' : null
}

/** WebM and Matroska, MP4, Ogg, as far as one sees from outside. @param {Uint8Array} head */
function isMedia(head) {
  const letters = String.fromCharCode(...head)
  return /^(\x1a\x45\xdf\xa3|OggS|.{4}ftyp)/s.test(letters)
}

/** Of a JSON object. @param {string | null} text @returns {Members} */
function membersOf(text) {
  if (text === null || !new RegExp(`^[${SPACE}]*\\{`, 'u').test(text)) return {}
  const said = parsed(text)
  return isMembers(said) && !deeper(said, DEEPEST + 1) ? said : {}
}
