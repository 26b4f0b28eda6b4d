import assert from 'node:assert/strict'
import {beforeEach, test} from 'node:test'

import {Taps} from '../../../static/rtc/tap.js'
import {FakeClock, FakeConnection, installWebRtc, settle} from '../fakes.js'

const SOURCES = ['microphone', 'camera', 'screen']
const tap = opening => ({type: 'tap', feature: 'recording', opening, sources: SOURCES})
const voice = {kind: 'audio'}
const face = {kind: 'video'}

let clock, sent, taps
const connection = () => FakeConnection.made.at(-1)

beforeEach(() => {
  installWebRtc()
  clock = new FakeClock()
  sent = []
  taps = new Taps({send: offer => sent.push(offer), after: clock.after})
})

test('a tap offers what was asked for, in order, each under its mid', async () => {
  taps.replace('microphone', voice)
  taps.replace('camera', face)
  taps.open(tap('o1'))
  await settle()
  assert.deepEqual(sent, [])
  connection().gathers()
  await settle()

  const sources = {0: 'microphone', 1: 'camera', 2: 'screen'}
  assert.deepEqual(sent, [{type: 'tap-offer', opening: 'o1', sdp: 'v=0 offer', sources}])
  assert.deepEqual(
    connection().transceivers.map(({kind, sender, options}) => [
      kind,
      sender.track,
      options.direction,
    ]),
    [
      ['audio', voice, 'sendonly'],
      ['video', face, 'sendonly'],
      ['video', null, 'sendonly'],
    ],
  )
})

test('a tap takes Opus and VP8 only', () => {
  taps.open(tap('o1'))

  const codecs = connection().transceivers.map(each => each.codecs.map(({mimeType}) => mimeType))
  const video = ['video/VP8', 'video/rtx']
  assert.deepEqual(codecs, [['audio/opus'], video, video])
})

test('who sends nothing offers all the same, and a camera turned on later is in', async () => {
  taps.open(tap('o1'))
  taps.replace('camera', face)

  assert.equal(connection().transceivers[1].sender.track, face)
})

test('a gathering that takes longer than 3 s is offered as it is', async () => {
  taps.open(tap('o1'))
  await settle()
  clock.pass(3_000)
  await settle()

  assert.equal(sent.length, 1)
})

test('the answer is applied, once', async () => {
  taps.open(tap('o1'))
  await settle()
  const answer = sdp => taps.answer({type: 'tap-answer', opening: 'o1', sdp})
  await answer('v=0 first')
  await answer('v=0 second')

  assert.deepEqual(connection().remoteDescription, {type: 'answer', sdp: 'v=0 first'})
})

for (const [how, close] of [
  ['its opening', () => taps.close('o1')],
  ['leaving or loss', () => taps.closeAll()],
])
  test(`closing by ${how} is done when the call returns, and offers nothing any more`, async () => {
    taps.open(tap('o1'))
    await settle()
    close()
    assert.equal(connection().connectionState, 'closed')
    connection().gathers()
    clock.pass(60_000)
    await settle()

    assert.deepEqual(sent, [])
    assert.deepEqual([...taps.features], [])
    assert.equal(clock.waiting, 0)
  })

test('an answer for a closed tap is nothing', async () => {
  await taps.answer({type: 'tap-answer', opening: 'gone', sdp: 'v=0'})

  assert.equal(FakeConnection.made.length, 0)
})

test('a second tap for an opening takes the place of the first', async () => {
  taps.open(tap('o1'))
  taps.open(tap('o1'))

  assert.deepEqual(
    FakeConnection.made.map(({connectionState}) => connectionState),
    ['closed', 'new'],
  )
})

test('whose copy finds no way to the server is told, until it does', async () => {
  let told = 0
  taps.addEventListener('heard', () => (told += 1))
  taps.open(tap('o1'))
  await settle()
  clock.pass(4_000)
  connection().becomes('failed') // and is offered anew
  clock.pass(5_999)
  assert.deepEqual(taps.unheard, [])
  clock.pass(1)
  assert.deepEqual(taps.unheard, ['recording'])
  assert.equal(told, 1)
  connection().becomes('connected')
  assert.deepEqual(taps.unheard, [])
  connection().becomes('disconnected')
  clock.pass(4_999)
  connection().becomes('connected')
  clock.pass(60_000)
  assert.deepEqual(taps.unheard, [])
  assert.equal(told, 2)
})

test('what is closed is missed by nobody', async () => {
  taps.open(tap('o1'))
  clock.pass(10_000)
  assert.deepEqual(taps.unheard, ['recording'])
  taps.close('o1')

  assert.deepEqual(taps.unheard, [])
})

test('a browser that makes no calls offers nothing, and says so at once', async () => {
  delete globalThis.RTCPeerConnection
  await taps.open(tap('o1'))
  assert.deepEqual(taps.unheard, ['recording'])
  taps.replace('camera', face)
  await taps.answer({type: 'tap-answer', opening: 'o1', sdp: 'v=0'})
  taps.close('o1')

  assert.deepEqual([sent, taps.unheard, clock.waiting], [[], [], 0])
})

test('a broken way to the server is offered anew, a short disturbance is not', async () => {
  taps.open(tap('o1'))
  const first = connection()
  first.becomes('disconnected')
  clock.pass(4_999)
  first.becomes('connected')
  clock.pass(60_000)
  assert.equal(FakeConnection.made.length, 1)
  first.becomes('failed')

  assert.equal(first.connectionState, 'closed')
  assert.equal(FakeConnection.made.length, 2)
  taps.reroute()
  assert.equal(FakeConnection.made.length, 3)
  assert.deepEqual([...taps.features], ['recording'])
})

test('a tap is looked for as the server has said last, one that stands too', () => {
  const relayed = {iceServers: [{urls: ['turn:x']}], iceTransportPolicy: 'relay'}
  taps.open(tap('o1'))
  assert.deepEqual(connection().configuration, {iceServers: []})

  taps.configure(relayed)

  assert.equal(connection().configuration, relayed)
  taps.open(tap('o2'))
  assert.equal(connection().configuration, relayed)
  const [closed] = FakeConnection.made
  taps.close('o1')
  taps.configure({iceServers: []})
  assert.equal(closed.configuration, relayed)
  assert.deepEqual(connection().configuration, {iceServers: []})
})
