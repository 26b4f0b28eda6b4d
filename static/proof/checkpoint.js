/** What a log says of itself: signed notes (C2SP signed-note), and checkpoints (C2SP tlog-checkpoint). */

import {base64url, bytes} from './base64url.js'
import {isPublicKey} from './ed25519.js'
import {Fault} from './fault.js'
import {verifies} from './key.js'
import {SPACE, hex, joined, same, unbase64} from './text.js'

/** @typedef {{name: string, id: Uint8Array, public: Uint8Array}} LogKey */
/** @typedef {{origin: string, size: bigint, root: Uint8Array}} Checkpoint */

/** Bytes of a note at most. */
const LONGEST = 16_384
const NAME = `[^${SPACE}+]{1,256}`
const LINE = new RegExp(`^— (${NAME}) ([A-Za-z0-9+/=]{1,8192})$`, 'u')
// eslint-disable-next-line no-control-regex -- these are what a note must not hold
const CONTROL = /[\x00-\x09\x0b-\x1f]/
const SIZE = /^(?:0|[1-9][0-9]{0,17})$/

/** Of a vkey. @param {string} text  untrusted @returns {Promise<LogKey>} Throws `Fault`. */
export async function readLogKey(text) {
  const code = 'log-key-invalid'
  const parts = new RegExp(`^(${NAME})\\+([^+]*)\\+(.*)$`, 'u').exec(text)
  if (!parts) throw new Fault(code)
  const [, name = '', digits = '', encoded = ''] = parts
  const raw = unbase64(encoded, code)
  const key = raw.slice(1)
  if (raw[0] !== 1 || !isPublicKey(key)) throw new Fault(code)
  const named = joined(bytes(`${name}\n\x01`), key)
  const id = new Uint8Array(await crypto.subtle.digest('SHA-256', named)).slice(0, 4)
  if (hex(id) !== digits) throw new Fault(code)
  return {name, id, public: key}
}

/** The text of a note that one of the keys has signed. @param {string} note  untrusted @param {readonly LogKey[]} keys Throws `Fault`. */
async function textOf(note, keys) {
  if (bytes(note).length > LONGEST) throw new Fault('too-large')
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || end > note.length - 3 || CONTROL.test(note))
    throw new Fault('note-malformed')
  const text = note.slice(0, end + 1)
  const known = [...new Map(keys.map(key => [`${key.name}+${hex(key.id)}`, key])).values()]
  /** @type {Set<LogKey>} */
  const signed = new Set()
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = LINE.exec(line) ?? []
    if (!name || !encoded) throw new Fault('note-malformed')
    const sealed = unbase64(encoded, 'note-malformed')
    for (const key of known.filter(
      each => each.name === name && same(each.id, sealed.slice(0, 4)),
    )) {
      if (!(await holds(key, text, sealed.slice(4))))
        throw new Fault('note-signature-invalid', key.name)
      if (signed.has(key)) throw new Fault('note-malformed')
      signed.add(key)
    }
  }
  if (signed.size === 0) throw new Fault('note-unsigned')
  return text
}

/** @param {LogKey} key @param {string} text @param {Uint8Array<ArrayBuffer>} signature */
function holds(key, text, signature) {
  return verifies({kty: 'OKP', crv: 'Ed25519', x: base64url(key.public)}, bytes(text), signature)
}

/** One state of a log, that it has signed under its own name. @param {string} note  untrusted @param {readonly LogKey[]} keys @returns {Promise<Checkpoint>} Throws `Fault`. */
export async function readCheckpoint(note, keys) {
  const [origin = '', size = '', encoded = '', ...more] = (await textOf(note, keys)).split('\n')
  if (more.length !== 1 || !SIZE.test(size)) throw new Fault('checkpoint-malformed')
  const root = unbase64(encoded, 'checkpoint-malformed')
  if (root.length !== 32) throw new Fault('checkpoint-malformed')
  if (!keys.some(({name}) => name === origin)) throw new Fault('checkpoint-foreign')
  return {origin, size: BigInt(size), root}
}
