/**
 * What a gate captures under a permit, packet by packet, for a machine that has a seat in a
 * room: a WebSocket (RFC 6455) of which docs/embedding.md says each byte.
 *
 * Rule: nothing is given that came when the permit was over; a connection that breaks, and a
 * message that is no gate's, are its end.
 */
import {createHash, randomBytes} from 'node:crypto'
import http from 'node:http'
import https from 'node:https'

import {GateError, GateUnreachable, PermitEnded} from './client.js'

const SEAT = Symbol.for('gatekeeper-client.seat')

const KINDS = new Map([
  [1, 'opus'],
  [2, 'pcm'],
  [3, 'vp8'],
])
const VERSION = 1
const HEAD = 24
/** Bytes of one message: twice the largest picture. */
const LONGEST = 4 * 1024 * 1024
/** Of RFC 6455, 5.2 and 1.3. */
const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10
const WEBSOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export async function* media(permit, {audio = 'opus'} = {}) {
  permit.check()
  const {signal} = permit
  const {root, authorization, id, end, read} = permit[SEAT]()
  const address = `${root}/permits/${id}/media?audio=${encodeURIComponent(audio)}`
  const socket = await connect(address, {authorization, signal, read})
  const stop = () => socket.destroy()
  signal.addEventListener('abort', stop)
  const tracks = new Map()
  const parts = new Map()
  try {
    for await (const {code, payload} of messages(socket)) {
      permit.check()
      if (code === TEXT) hear(JSON.parse(payload), tracks, parts)
      else yield packet(payload, tracks, parts)
    }
  } catch (fault) {
    signal.throwIfAborted()
    if (fault instanceof GateError) throw fault
    if (fault instanceof SyntaxError || fault instanceof TypeError)
      throw new GateUnreachable("A message that is no gate's.", {cause: fault})
    // Of the connection: it is broken off when the permit is over.
  } finally {
    signal.removeEventListener('abort', stop)
    socket.destroy()
    end()
  }
  throw new PermitEnded()
}

function hear(said, tracks, parts) {
  if (said.type === 'part') parts.set(said.part, said.people)
  if (said.type === 'track') tracks.set(said.track, said)
  if (said.type === 'ended') tracks.delete(said.track)
}

function packet(message, tracks, parts) {
  if (message.length < HEAD || message[0] !== VERSION) throw new TypeError('not a packet')
  const kind = KINDS.get(message[1])
  const track = tracks.get(message.readUInt16BE(2))
  const people = parts.get(message.readUInt32BE(4))
  const content = message.subarray(HEAD)
  if (!(kind && track && people) || message.readUInt32BE(20) !== content.length)
    throw new TypeError('not a packet')
  const {participant, name, source} = track
  const sequence = message.readUInt32BE(8)
  const at = Number(message.readBigUInt64BE(12)) / 1e6
  return {kind, participant, name, source, people, sequence, at, content}
}

/** A WebSocket's own end of the connection. */
function connect(address, {authorization, signal, read}) {
  const key = randomBytes(16).toString('base64')
  const headers = {
    authorization,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': key,
  }
  const {get} = address.startsWith('https:') ? https : http
  return new Promise((resolve, reject) => {
    const unreachable = fault => {
      const why = new GateUnreachable(`${fault.message || fault.code}`, {cause: fault})
      reject(signal.aborted ? signal.reason : why)
    }
    get(address, {headers, signal})
      .on('error', unreachable)
      .on('response', answer => refused(answer, read).catch(reject))
      .on('upgrade', ({headers: said}, socket, first) => {
        const due = createHash('sha1')
          .update(key + WEBSOCKET)
          .digest('base64')
        if (said['sec-websocket-accept'] !== due) {
          socket.destroy()
          unreachable(new Error("An answer that is no gate's."))
          return
        }
        if (first.length) socket.unshift(first)
        resolve(socket)
      })
  })
}

/** Throws what the gate says in place of a WebSocket. */
async function refused(answer, read) {
  const parts = []
  for await (const part of answer) parts.push(part)
  read(answer.statusCode, Buffer.concat(parts).toString())
  throw new GateUnreachable(`An answer that is no gate's, of ${answer.statusCode}.`)
}

/** What the gate says, with its pings answered; it sends each message as one frame. */
async function* messages(socket) {
  let held = Buffer.alloc(0)
  for await (const chunk of socket) {
    held = Buffer.concat([held, chunk])
    for (let frame = first(held); frame; frame = first(held)) {
      held = held.subarray(frame.end)
      if (frame.code === CLOSE) return
      if (frame.code === PING) socket.write(pong(frame.payload))
      if (frame.code === TEXT || frame.code === BINARY) yield frame
    }
  }
}

/** The frame that `bytes` begin with; null if it is not whole yet. */
function first(bytes) {
  if (bytes.length < 2) return null
  const short = bytes[1]
  // Whole, and not masked.
  if (!(bytes[0] & 0x80) || short > 127) throw new TypeError('not a frame')
  const begins = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < begins) return null
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (length > LONGEST) throw new TypeError('not a frame')
  const end = begins + length
  if (bytes.length < end) return null
  return {code: bytes[0] & 0x0f, payload: bytes.subarray(begins, end), end}
}

/** As a client sends it: masked. Of a ping there are 125 bytes at most. */
function pong(payload) {
  const mask = randomBytes(4)
  const head = Buffer.from([0x80 | PONG, 0x80 | payload.length])
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ mask[at % 4])])
}
