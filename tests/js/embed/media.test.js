import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import http from 'node:http'
import {test} from 'node:test'

import {GateUnreachable, PermitEnded} from '../../../embed/node/client.js'
import {media} from '../../../embed/node/media.js'

const SEAT = Symbol.for('gatekeeper-client.seat')
const ACCEPT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const TEXT = 0x81
const BINARY = 0x82

/** One frame, as a server sends it. */
function frame(first, content) {
  const payload = Buffer.from(content)
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload])
  const head = Buffer.alloc(4)
  head[0] = first
  head[1] = 126
  head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}

function packet(content, {version = 1, kind = 1, track = 0, part = 0, length} = {}) {
  const head = Buffer.alloc(24)
  head[0] = version
  head[1] = kind
  head.writeUInt16BE(track, 2)
  head.writeUInt32BE(part, 4)
  head.writeUInt32BE(length ?? content.length, 20)
  return Buffer.concat([head, Buffer.from(content)])
}

const KNOWN = [
  frame(TEXT, '{"type": "part", "part": 0, "at": 0, "people": ["a"]}'),
  frame(
    TEXT,
    '{"type": "track", "track": 0, "participant": "a", "name": "Ann", "source": "microphone"}',
  ),
]

/** What comes of a gate that sends `pieces`, and how it ends. */
async function comes(pieces, {accept = ACCEPT} = {}) {
  const server = http.createServer()
  server.on('upgrade', ({headers}, socket) => {
    const due = createHash('sha1')
      .update(headers['sec-websocket-key'] + accept)
      .digest('base64')
    socket.write(
      `HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${due}\r\n\r\n`,
    )
    for (const piece of pieces) socket.write(piece)
    socket.on('error', () => {})
    setTimeout(() => socket.destroy(), 50)
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const {signal} = new AbortController()
  let ended = 0
  const permit = {
    signal,
    check() {},
    [SEAT]: () => ({
      root: `http://127.0.0.1:${server.address().port}`,
      authorization: 'Bearer k',
      id: 'x',
      end: () => ended++,
    }),
  }
  const found = []
  try {
    for await (const each of media(permit)) found.push(each)
  } catch (why) {
    return {found, why, ended}
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('packets come whole, however they are cut on their way', async () => {
  const sent = Buffer.concat([...KNOWN, frame(BINARY, packet('x'.repeat(300)))])
  const {found, why, ended} = await comes([...sent].map(byte => Buffer.from([byte])))

  assert.equal(found.length, 1)
  assert.equal(found[0].name, 'Ann')
  assert.equal(`${found[0].content}`, 'x'.repeat(300))
  assert.ok(why instanceof PermitEnded)
  assert.equal(ended, 1)
})

const WRONG = {
  'no packet': frame(BINARY, ''),
  'of another version': frame(BINARY, packet('', {version: 2})),
  'of no kind': frame(BINARY, packet('', {kind: 9})),
  'of nobody': frame(BINARY, packet('', {track: 7})),
  'of no part': frame(BINARY, packet('', {part: 7})),
  'of another length': frame(BINARY, packet('', {length: 1})),
  'no JSON': frame(TEXT, '{'),
  null: frame(TEXT, 'null'),
  masked: Buffer.from([BINARY, 0x80, 0, 0, 0, 0]),
  'in parts': Buffer.from([2, 0]),
  endless: Buffer.from([BINARY, 127, 0, 0, 0, 0, 255, 255, 255, 255]),
}
for (const [what, sent] of Object.entries(WRONG))
  test(`a message that is no gate's is its end: ${what}`, async () => {
    const {found, why, ended} = await comes([...KNOWN, sent])

    assert.deepEqual(found, [])
    assert.ok(why instanceof GateUnreachable, `${why}`)
    assert.equal(ended, 1)
  })

test('who takes no WebSocket is no gate', async () => {
  const {why} = await comes(KNOWN, {accept: 'another'})

  assert.ok(why instanceof GateUnreachable)
})
