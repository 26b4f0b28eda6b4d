import assert from 'node:assert/strict'
import {beforeEach, describe, test} from 'node:test'

import {Preferences} from '../../../static/browser/preferences.js'
import {Devices} from '../../../static/rtc/devices.js'
import {FakeTrack, installMedia, settle} from '../fakes.js'

let media
let devices
let preferences

/** @param {PermissionState | null} [permission] */
function arrive(permission = 'granted') {
  media = installMedia(permission)
  preferences = new Preferences()
  for (const each of ['noise', 'echo', 'gain']) preferences.set(each, 'on')
  devices = new Devices(preferences)
  FakeTrack.retunes = true
}

/** In the lobby, with both devices there, and the microphone off. */
async function muted() {
  void devices.start()
  await settle()
  await media.question.gives()
  void devices.toggle('microphone')
  await settle()
}

const asked = () => media.asked.map(({kinds}) => kinds.join('+'))
const live = () => media.live.map(({kind}) => kind).sort()

beforeEach(() => arrive())

test('what is given without a question waits for no list of devices', async () => {
  media.enumerateDevices = () => new Promise(() => {}) // as Firefox has a page without the focus wait
  void devices.start()
  await settle()
  void media.question.gives()
  await settle()
  assert.deepEqual(live(), ['audio', 'video'])
})

describe('nothing is asked for until somebody presses', () => {
  for (const permission of ['prompt', 'denied', null])
    test(`the browser says ${permission}`, async () => {
      arrive(permission)
      await devices.start()

      assert.deepEqual(asked(), [])
      assert.equal(devices.awaitsPress, true)
      for (const source of ['microphone', 'camera']) {
        assert.equal(devices.wants(source), false)
        assert.equal(devices.fault(source), null)
      }
    })

  test('one press is one question for both', async () => {
    arrive('prompt')
    await devices.start()
    void devices.turnOn()
    await settle()
    assert.deepEqual(asked(), ['audio+video'])
    assert.equal(devices.awaitsPress, false)
    await media.question.gives()

    assert.deepEqual(live(), ['audio', 'video'])
  })

  test('a browser that says nothing of permissions names what it gives', async () => {
    arrive(null)
    await media.now(['audioinput', 'm1'])
    void devices.start()
    await settle()

    assert.deepEqual(asked(), ['audio'])
    assert.equal(devices.wants('camera'), false)
  })

  test('what was turned off before it was known stays off', async () => {
    void devices.toggle('camera')
    void devices.toggle('camera')
    void devices.start()
    await settle()
    for (const question of media.open) await question.gives()
    for (const question of media.open) await question.gives()

    assert.equal(devices.isOn('camera'), false)
    assert.deepEqual(live(), ['audio'])
  })

  test('a device without a name is there, and has none to choose by', async () => {
    arrive('prompt')
    media.found = [{kind: 'audioinput', deviceId: '', label: ''}]
    await devices.start()

    assert.equal(devices.has('microphone'), true)
    assert.equal(devices.has('camera'), false)
    assert.deepEqual(devices.list('microphone'), [])
  })
})

test('a chosen device is asked for again the next time, until it is forgotten', async () => {
  await devices.choose('microphone', 'm2')
  await devices.choose('speaker', 's2')
  const wished = async () => {
    const next = new Devices(preferences)
    void next.start()
    await settle()
    return [media.question.wanted.audio.deviceId?.ideal, next.chosen('speaker')]
  }
  assert.deepEqual(await wished(), ['m2', 's2'])
  devices.forget()

  assert.deepEqual(await wished(), [undefined, ''])
})

describe('a key that is held', () => {
  test('opens the microphone, and mutes it when it is released', async () => {
    await muted()
    const {microphone} = devices
    void microphone.talk(true)
    assert.equal(microphone.held, true)
    assert.equal(devices.sending('microphone'), media.tracks[0])
    assert.equal(media.tracks[0].enabled, true)
    void microphone.talk(false)

    assert.equal(devices.sending('microphone'), null)
    assert.equal(media.tracks[0].enabled, false)
    assert.equal(media.asked.length, 1)
  })

  test('does nothing to who is heard already', async () => {
    await muted()
    await devices.toggle('microphone')
    void devices.microphone.talk(true)
    assert.equal(devices.microphone.held, false)
    void devices.microphone.talk(false)

    assert.equal(devices.isOn('microphone'), true)
  })

  test('released before the microphone is there: it stays off', async () => {
    arrive('prompt')
    await devices.start()
    void devices.microphone.talk(true)
    await settle()
    assert.deepEqual(asked(), ['audio'])
    assert.equal(devices.microphone.held, false)
    void devices.microphone.talk(false)
    await media.question.gives()

    assert.deepEqual(media.live, [])
    assert.equal(devices.wants('microphone'), false)
  })

  test('the switch pressed meanwhile mutes, and the release changes nothing more', async () => {
    await muted()
    void devices.microphone.talk(true)
    void devices.toggle('microphone')
    assert.equal(devices.sending('microphone'), null)
    void devices.toggle('microphone')
    void devices.microphone.talk(false)

    assert.equal(devices.isOn('microphone'), true)
  })

  test('after leaving it opens nothing', async () => {
    await muted()
    devices.stop()
    void devices.microphone.talk(true)
    void devices.microphone.test(true)
    await settle()

    assert.deepEqual(media.live, [])
    assert.equal(media.asked.length, 1)
    assert.equal(devices.wants('microphone'), false)
  })
})

describe('a test for one’s own ear', () => {
  test('takes the microphone from the others, and gives it back', async () => {
    await muted()
    await devices.toggle('microphone')
    void devices.microphone.test(true)
    assert.equal(devices.sending('microphone'), null)
    assert.equal(devices.wants('microphone'), false)
    assert.equal(devices.microphone.track, media.tracks[0])
    void devices.microphone.test(false)

    assert.equal(devices.sending('microphone'), media.tracks[0])
  })

  test('of a muted microphone is heard by nobody, before, meanwhile and after', async () => {
    await muted()
    void devices.microphone.test(true)
    assert.equal(media.tracks[0].enabled, true)
    assert.equal(devices.sending('microphone'), null)
    void devices.microphone.test(false)

    assert.equal(media.tracks[0].enabled, false)
    assert.equal(devices.sending('microphone'), null)
  })

  test('opens what nobody has turned on, and lets it go', async () => {
    arrive('prompt')
    await devices.start()
    void devices.microphone.test(true)
    await settle()
    await media.question.gives()
    assert.deepEqual(live(), ['audio'])
    void devices.microphone.test(false)

    assert.deepEqual(media.live, [])
    assert.equal(devices.awaitsPress, true)
  })

  test('over before the microphone is there: it is stopped', async () => {
    arrive('prompt')
    await devices.start()
    void devices.microphone.test(true)
    await settle()
    void devices.microphone.test(false)
    await media.question.gives()

    assert.deepEqual(media.live, [])
  })

  for (const act of ['toggle', 'talk'])
    test(`ends when the microphone is wanted for the others: ${act}`, async () => {
      await muted()
      void devices.microphone.test(true)
      void (act === 'toggle' ? devices.toggle('microphone') : devices.microphone.talk(true))

      assert.equal(devices.microphone.tested, false)
      assert.equal(devices.sending('microphone'), media.tracks[0])
    })
})

describe('how the microphone sounds', () => {
  const settings = () => {
    const {echoCancellation, noiseSuppression, autoGainControl} = devices
      .track('microphone')
      .getSettings()
    return [echoCancellation, noiseSuppression, autoGainControl]
  }

  async function on() {
    void devices.start()
    await settle()
    await media.question.gives()
  }

  test('is asked for as it is preferred', async () => {
    preferences.set('gain', 'off')
    await on()

    assert.deepEqual(settings(), [true, true, false])
  })

  test('follows while it runs, where the browser can', async () => {
    await on()
    preferences.set('noise', 'off')
    await settle()

    assert.deepEqual(settings(), [true, false, true])
    assert.equal(media.asked.length, 1)
  })

  test('is opened anew where the browser says yes and changes nothing', async () => {
    FakeTrack.retunes = false
    await on()
    const before = devices.sending('microphone')
    preferences.set('echo', 'off')
    await settle()
    assert.equal(devices.sending('microphone'), before, 'nobody waits meanwhile')
    const {audio} = media.question.wanted
    assert.deepEqual(audio.echoCancellation, {exact: false})
    await media.question.gives()

    assert.deepEqual(settings(), [false, true, true])
    assert.notEqual(devices.sending('microphone'), before)
    assert.equal(before.readyState, 'ended')
    assert.equal(live().length, 2)
  })

  test('what cannot be had exactly is had as near as can be', async () => {
    FakeTrack.retunes = false
    await on()
    preferences.set('echo', 'off')
    await settle()
    await media.question.refuses('OverconstrainedError')
    assert.equal(media.question.wanted.audio.echoCancellation, false)
    await media.question.gives()

    assert.equal(devices.isOn('microphone'), true)
    assert.equal(devices.fault('microphone'), null)
  })

  test('two wishes while it opens: the last ones hold', async () => {
    FakeTrack.retunes = false
    void devices.start()
    await settle()
    preferences.set('echo', 'off')
    preferences.set('noise', 'off')
    await settle()
    for (let turn = 0; turn < 3; turn++) for (const each of media.open) await each.gives()

    assert.deepEqual(settings(), [false, false, true])
    assert.equal(live().length, 2)
  })

  test('a wish while it is off holds for the next press', async () => {
    FakeTrack.retunes = false
    await muted()
    preferences.set('gain', 'off')
    await settle()
    assert.deepEqual(live(), ['video'])
    void devices.toggle('microphone')
    await settle()
    await media.question.gives()

    assert.deepEqual(settings(), [true, true, false])
  })
})
