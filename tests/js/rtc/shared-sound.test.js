import assert from 'node:assert/strict'
import {beforeEach, describe, test} from 'node:test'

import {Call} from '../../../static/rtc/call.js'
import {Devices} from '../../../static/rtc/devices.js'
import {bitrate, kindOf} from '../../../static/rtc/sending.js'
import {installMedia, settle} from '../fakes.js'

let media
let devices
beforeEach(() => {
  media = installMedia()
  devices = new Devices()
})

/** @param {string} source */
async function press(source) {
  void devices.toggle(source)
  await settle()
}

/** Share a screen that the browser gives with these tracks. @param {...string} kinds */
async function share(...kinds) {
  await press('screen')
  await media.question.gives(...kinds)
}

const live = () => media.live.map(({kind}) => kind).sort()

describe('the sound of a screen', () => {
  test('is asked for with the screen, as it is played', async () => {
    await press('screen')
    const {audio, video, systemAudio} = media.question.wanted

    assert.equal(video, true)
    assert.equal(systemAudio, 'include')
    for (const meddling of ['echoCancellation', 'noiseSuppression', 'autoGainControl'])
      assert.equal(audio[meddling], false)
    assert.equal(audio.suppressLocalAudioPlayback, false)
    assert.equal(audio.restrictOwnAudio, true)
  })

  for (const kinds of [
    ['video', 'audio'],
    ['audio', 'video'],
  ])
    test(`comes with it: ${kinds}`, async () => {
      await share(...kinds)

      assert.equal(devices.sending('screen').kind, 'video')
      assert.equal(devices.sending('screen-audio').kind, 'audio')
      assert.equal(devices.sending('microphone'), null)
    })

  test('is missing in some browsers, and that is no fault', async () => {
    await share('video')

    assert.equal(devices.isOn('screen'), true)
    assert.equal(devices.isOn('screen-audio'), false)
    assert.equal(devices.fault('screen'), null)
    assert.equal(devices.fault('screen-audio'), null)
    assert.equal(media.asked.length, 1)
  })

  test('is stopped alone, and cannot be had again alone', async () => {
    await share('video', 'audio')
    await press('screen-audio')
    assert.deepEqual(live(), ['video'])
    assert.equal(devices.isOn('screen'), true)
    await press('screen-audio')

    assert.equal(devices.sending('screen-audio'), null)
    assert.equal(media.asked.length, 1)
  })

  test('ends with its screen, whoever ends that', async () => {
    await share('video', 'audio')
    await press('screen')
    assert.deepEqual(live(), [])
    await share('video', 'audio')
    assert.deepEqual(live(), ['audio', 'video'])
    devices.track('screen').isUnplugged()

    assert.deepEqual(live(), [])
    assert.equal(devices.sending('screen-audio'), null)
    assert.equal(devices.fault('screen-audio'), null)
  })

  test('may end by itself; the screen goes on', async () => {
    await share('video', 'audio')
    devices.track('screen-audio').isUnplugged()

    assert.deepEqual(live(), ['video'])
    assert.equal(devices.isOn('screen-audio'), false)
    assert.equal(devices.fault('screen-audio'), null)
  })

  test('does not stay from one screen to the next', async () => {
    await share('video', 'audio')
    await press('screen')
    await share('video')

    assert.equal(devices.isOn('screen-audio'), false)
    assert.deepEqual(live(), ['video'])
  })

  test('is never there without a screen', async () => {
    await share('audio')

    assert.deepEqual(live(), [])
    assert.equal(devices.sending('screen-audio'), null)
  })

  for (const kinds of [
    ['video', 'audio'],
    ['audio', 'video'],
  ])
    test(`is stopped when it comes after one has left: ${kinds}`, async () => {
      await press('screen')
      devices.stop()
      await media.question.gives(...kinds)

      assert.deepEqual(live(), [])
      assert.equal(devices.sending('screen-audio'), null)
    })
})

describe('what is said and sent of it', () => {
  const call = new Call({send: () => {}, after: () => () => {}, voucher: {}})
  const track = kind => ({kind, contentHint: ''})

  test('is sound, with room for music', () => {
    assert.equal(kindOf('screen-audio'), 'audio')
    assert.ok(bitrate('screen-audio', 5) > bitrate('microphone', 5))
    const played = track('audio')
    call.replace('screen-audio', played)

    assert.equal(played.contentHint, 'music')
  })

  test('is told with its screen and never without', () => {
    globalThis.RTCPeerConnection ??= class {}
    const told = () => [call.media.screen, call.media.screen_audio]
    call.replace('screen-audio', track('audio'))
    assert.deepEqual(told(), [false, false])
    call.replace('screen', track('video'))
    assert.deepEqual(told(), [true, true])
    call.replace('screen-audio', null)

    assert.deepEqual(told(), [true, false])
  })
})
