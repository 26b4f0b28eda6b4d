/** A track by its seconds, as they are written down, and the root over them (`evidence/leaves.py`). */

import {Fault} from './fault.js'
import {leafHash, nodeHash} from './merkle.js'
import {hex, joined, unbase64} from './text.js'

const HEAD = 'gatekeeper/leaves/v1'
const SHA256 = /^[0-9a-f]{64}$/
const LINE = /^(0|[1-9][0-9]{0,6}) ([A-Za-z0-9+/=]+)$/
/** Seconds of a track at most. */
const MOST = 1 << 20
/** Bytes of a packet: milliseconds, and the hash of what it carries. */
const PACKET = 34

/** @param {string} text  untrusted @returns {Promise<{track: string, root: string | null}>} Throws `Fault`. */
export async function readLeaves(text) {
  const [head, track = '', ...lines] = text.replace(/\n$/, '').split('\n')
  if (head !== HEAD || !SHA256.test(track) || lines.length >= MOST || !text.endsWith('\n'))
    throw wrong()
  let before = -1
  const hashes = []
  for (const line of lines) {
    const {number, packed} = second(line)
    if (number <= before) throw wrong()
    before = number
    const counted = new DataView(new ArrayBuffer(8))
    counted.setBigUint64(0, BigInt(number))
    hashes.push(await leafHash(joined(new Uint8Array(counted.buffer), packed)))
  }
  return {track, root: await rootOver(hashes)}
}

/** @param {string} line */
function second(line) {
  const [, number, encoded] = LINE.exec(line) ?? []
  if (number === undefined || encoded === undefined) throw wrong()
  const packed = unbase64(encoded, 'leaves-invalid')
  if (packed.length === 0 || packed.length % PACKET) throw wrong()
  for (let at = 0; at < packed.length; at += PACKET)
    if (((packed[at] ?? 0) << 8) + (packed[at + 1] ?? 0) >= 1000) throw wrong()
  return {number: Number(number), packed}
}

/** RFC 6962, 2.1. @param {readonly Uint8Array[]} hashes */
async function rootOver(hashes) {
  let row = hashes
  while (row.length > 1) {
    const above = []
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]]
      if (left) above.push(right ? await nodeHash(left, right) : left)
    }
    row = above
  }
  return row[0] ? hex(row[0]) : null
}

const wrong = () => new Fault('leaves-invalid')
