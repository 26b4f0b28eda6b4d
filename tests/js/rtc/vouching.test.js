import assert from 'node:assert/strict'
import {beforeEach, describe, test} from 'node:test'

import {Entry} from '../../../static/room/entry.js'
import {Voucher} from '../../../static/room/voucher.js'
import {fingerprintsOf} from '../../../static/rtc/fingerprints.js'
import {Mesh} from '../../../static/rtc/mesh.js'
import {FakeConnection, MemoryKeyStore, installWebRtc, until} from '../fakes.js'

const hex = byte => Array(32).fill(byte).join(':')
const line = (byte, algorithm = 'sha-256') => `a=fingerprint:${algorithm} ${hex(byte)}`
const sdp = (...lines) => ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ...lines, ''].join('\r\n')
const off = {
  type: 'media',
  microphone: false,
  camera: false,
  screen: false,
  screen_audio: false,
}
const person = id => ({id, name: id, host: false, present: true, hand: false, media: off})

describe('fingerprints of a description', () => {
  test('are read in one form, each once and in order', () => {
    const one = `sha-256 ${hex('0A')}`
    assert.equal(fingerprintsOf(sdp(line('0a'))), one)
    assert.equal(fingerprintsOf(sdp(line('0A'), line('0a'))), one)
    assert.equal(
      fingerprintsOf(sdp(line('0B'), line('0A'))),
      fingerprintsOf(sdp(line('0A'), line('0B')).replaceAll('\r\n', '\n')),
    )
  })

  test('that a browser may read otherwise than this are none', () => {
    for (const other of [
      sdp(),
      sdp(line('0A'), ` ${line('0B')}`),
      sdp(line('0A'), line('0B').replace('a=f', 'a=F')),
      sdp(line('0A'), line('0B').replace(':sha', ': sha')),
      sdp(line('0A'), `${line('0B')} `),
      sdp(line('0A'), line('0B', 'sha-1')),
      sdp(line('0A'), line('0B', 'SHA-256')),
      sdp(...Array.from({length: 9}, (_, index) => line(`0${index}`))),
    ])
      assert.equal(fingerprintsOf(other), null)
  })
})

/** Each with a certificate of their own. */
class CertifiedConnection extends FakeConnection {
  static byte = 10

  constructor(configuration) {
    super(configuration)
    this.byte = String(CertifiedConnection.byte++)
  }

  async setLocalDescription() {
    await super.setLocalDescription()
    const type = this.remoteDescription?.type === 'offer' ? 'answer' : 'offer'
    this.localDescription = {type, sdp: sdp(line(this.byte))}
    if (type === 'answer') this.signalingState = 'stable'
  }

  getTransceivers() {
    return []
  }

  restartIce() {
    this.dispatchEvent(new Event('negotiationneeded'))
  }
}

describe('between two people', () => {
  /** Between them stands whoever relays. */
  let relay, ends, entries

  beforeEach(async () => {
    installWebRtc()
    globalThis.RTCPeerConnection = CertifiedConnection
    relay = (_, written) => written
    const who = {name: 'A', language: 'en', host: null, entry: null, after: null}
    entries = await Promise.all(
      ['r00m', 'r00m', 'r00m'].map(room => Entry.into(room, new MemoryKeyStore(), who)),
    )
    entries.sort((one, other) => (one.you > other.you ? -1 : 1)) // the first leads
    ends = entries.map(entry => end(entry))
  })

  const end = (entry, room = 'r00m') => {
    const mesh = new Mesh({
      after: () => () => {},
      voucher: new Voucher(room, () => entry),
      send: (to, payload) => {
        const other = entries.findIndex(({you}) => you === to)
        const relayed = relay(entry, payload)
        if (relayed !== null) ends[other].receive(entry.you, relayed)
      },
    })
    return mesh
  }

  const meet = () => {
    for (const mesh of ends.slice(0, 2)) {
      const you = entries[ends.indexOf(mesh)].you
      mesh.seat(
        you,
        entries.slice(0, 2).map(entry => person(entry.you)),
      )
    }
    const [first] = FakeConnection.made
    first.dispatchEvent(new Event('negotiationneeded'))
  }

  const stand = () =>
    FakeConnection.made.length === 2 &&
    FakeConnection.made.every(({remoteDescription}) => remoteDescription !== null)
  const forged = () => ends.slice(0, 2).map(mesh => mesh.forged.length)
  const swapped = (written, byte = '99') =>
    written.replace(/(fingerprint:sha-256 )[0-9A-F:]+/g, `$1${hex(byte)}`)

  test('what each has signed for the other is set', async () => {
    meet()
    await until(stand)

    assert.deepEqual(forged(), [0, 0])
  })

  for (const [what, change] of [
    ['an offer', (entry, written) => (written.includes('"offer"') ? swapped(written) : written)],
    ['an answer', (entry, written) => (written.includes('"answer"') ? swapped(written) : written)],
    ['both', (entry, written) => swapped(written)],
    [
      'one line more',
      (entry, written) => written.replace('a=fingerprint', `${line('99')}\\r\\na=fingerprint`),
    ],
    ['no line', (entry, written) => written.replace(/a=fingerprint[^\\]*/, 'a=x')],
  ])
    test(`with other certificates in ${what} it is over at both ends`, async () => {
      relay = change
      meet()
      await until(() => String(forged()) === '1,1')

      assert.ok(FakeConnection.made.every(({connectionState}) => connectionState === 'closed'))
      assert.deepEqual(
        ends.slice(0, 2).map(mesh => mesh.unreached),
        [[], []],
      )
    })

  test('whoever stands between can vouch neither as themselves nor with what was said to them', async () => {
    const [leader, , mallory] = entries
    for (const vouched of [
      async written => mallory.vouch(entries[1].you, fingerprintsOf(written)),
      async written => leader.vouch(mallory.you, fingerprintsOf(written)),
      async written => {
        const other = await Entry.into('another', new MemoryKeyStore(), {})
        return other.vouch(entries[1].you, fingerprintsOf(written))
      },
    ]) {
      const voucher = new Voucher('r00m', () => entries[1])
      const description = sdp(line('99'))
      assert.equal(await voucher.holds(leader.you, description, await vouched(description)), false)
    }
    const voucher = new Voucher('r00m', () => entries[1])
    const vouch = await leader.vouch(entries[1].you, fingerprintsOf(sdp(line('99'))))
    assert.equal(await voucher.holds(leader.you, sdp(line('99')), vouch), true)
    assert.equal(await voucher.holds(leader.you, sdp(line('98')), vouch), false)
    assert.equal(
      await new Voucher('r', () => entries[1]).holds(leader.you, sdp(line('99')), vouch),
      false,
    )
    assert.equal(await voucher.holds(leader.you, sdp(line('99')), {...vouch, key: null}), false)
  })

  test('a later offer is looked at like the first', async () => {
    meet()
    await until(stand)
    relay = (_, written) => swapped(written)
    FakeConnection.made[0].restartIce()
    await until(() => String(forged()) === '1,1')

    assert.ok(FakeConnection.made.every(({connectionState}) => connectionState === 'closed'))
  })

  test('who comes anew is met anew', async () => {
    relay = (_, written) => swapped(written)
    meet()
    await until(() => String(forged()) === '1,1')
    relay = (_, written) => written
    FakeConnection.made = []
    for (const [index, mesh] of ends.slice(0, 2).entries()) mesh.leave(entries[1 - index].you)
    meet()
    await until(stand)

    assert.deepEqual(forged(), [0, 0])
  })
})
