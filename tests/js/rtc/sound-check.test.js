import assert from 'node:assert/strict'
import {beforeEach, test} from 'node:test'

import {Devices} from '../../../static/rtc/devices.js'
import {SoundCheck} from '../../../static/rtc/sound-check.js'
import {installMedia, settle, until} from '../fakes.js'

/** What was recorded, and what was played, by this page. */
const made = {recorded: [], played: [], speakers: []}

class FakeRecorder extends EventTarget {
  state = 'inactive'
  mimeType = 'audio/webm'

  constructor(stream) {
    super()
    made.recorded.push(stream.tracks[0])
  }

  start() {
    this.state = 'recording'
  }

  stop() {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), {data: new Blob(['hello'])}))
    this.dispatchEvent(new Event('stop'))
  }
}

class FakePlayer extends EventTarget {
  constructor(address) {
    super()
    this.src = address
    made.played.push(this)
  }

  async setSinkId(speaker) {
    made.speakers.push(speaker)
  }

  async play() {}
  pause() {}
  removeAttribute() {}
}

let media
let devices
let check
let over
const revoked = []
beforeEach(async () => {
  Object.assign(made, {recorded: [], played: [], speakers: []})
  revoked.length = 0
  globalThis.MediaRecorder = FakeRecorder
  globalThis.MediaStream = class {
    constructor(tracks) {
      this.tracks = tracks
    }
  }
  globalThis.Audio = FakePlayer
  URL.revokeObjectURL = address => revoked.push(address)
  media = installMedia()
  devices = new Devices()
  over = new AbortController()
  check = new SoundCheck(devices, over.signal, 20)
  void devices.start()
  await settle()
  await media.question.gives()
})

test('one hears oneself, by the chosen speaker, while nobody else does', async () => {
  await devices.choose('speaker', 's2')
  void check.record()
  await until(() => check.voice === 'recording')
  assert.equal(devices.sending('microphone'), null)
  await until(() => check.voice === 'playing')
  assert.equal(devices.sending('microphone'), null, 'what is played reaches nobody either')
  await until(() => made.played.length === 1)
  assert.deepEqual(made.recorded, [media.tracks[0]])
  assert.match(made.played[0].src, /^blob:/)
  await settle()
  made.played[0].dispatchEvent(new Event('ended'))
  await until(() => check.voice === 'over')

  assert.deepEqual(made.speakers, ['s2'])
  assert.deepEqual(revoked, [made.played[0].src], 'and it is gone')
  assert.equal(devices.sending('microphone'), media.tracks[0])
})

for (const [how, stop] of Object.entries({
  'a press': () => check.stop(),
  'the end of the page': () => over.abort(),
  'the microphone wanted for the others': () => devices.toggle('microphone'),
  leaving: () => devices.stop(),
}))
  test(`it is stopped at once by ${how}`, async () => {
    void check.record()
    await until(() => check.voice === 'recording')
    void stop()
    await settle()

    assert.equal(check.voice, 'idle')
    assert.equal(devices.microphone.tested, false)
    assert.deepEqual(made.played, [])
  })

test('a microphone that cannot be had is said, and the test is over', async () => {
  await devices.toggle('microphone')
  devices.track('microphone').isUnplugged()
  await devices.choose('microphone', 'm2')
  void check.record()
  await settle()
  await media.question.refuses('NotAllowedError')
  await until(() => check.voice === 'failed')

  assert.equal(devices.microphone.tested, false)
  assert.deepEqual(made.recorded, [])
})

test('a browser that cannot record says so', async () => {
  delete globalThis.MediaRecorder
  await check.record()

  assert.equal(check.voice, 'failed')
  assert.equal(devices.microphone.tested, false)
})
