import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {beforeEach, describe, test} from 'node:test'

import {Devices} from '../../../static/rtc/devices.js'
import {installMedia, settle} from '../fakes.js'

const SOURCES = ['microphone', 'camera', 'screen', 'screen-audio']

let media
let devices
beforeEach(() => {
  media = installMedia()
  devices = new Devices()
})

/** In the lobby, with both devices there. */
async function ready() {
  void devices.start()
  await settle()
  await media.question.gives()
}

/** @param {string} source */
async function press(source) {
  void devices.toggle(source)
  await settle()
}

const kinds = tracks => tracks.map(({kind}) => kind).sort()

describe('on', () => {
  test('begins with one question for both devices', async () => {
    await ready()

    assert.deepEqual(
      media.asked.map(({kinds}) => kinds),
      [['audio', 'video']],
    )
    assert.deepEqual(kinds(media.live), ['audio', 'video'])
    assert.equal(devices.sending('camera'), media.tracks[1])
  })

  test('without both, asks for each, and says which one is missing', async () => {
    void devices.start()
    await settle()
    await media.question.refuses('NotFoundError')
    assert.deepEqual(kinds(media.live), [])
    const [, microphone, camera] = media.asked
    await microphone.gives()
    await camera.refuses('NotFoundError')

    assert.deepEqual(
      SOURCES.map(source => devices.fault(source)),
      [null, 'missing', null, null],
    )
    assert.equal(devices.isOn('microphone'), true)
    assert.equal(devices.wants('camera'), false)
  })

  test('tries again what was refused, and nothing else', async () => {
    void devices.start()
    await settle()
    await media.question.refuses('NotAllowedError')
    const [, microphone, camera] = media.asked
    await microphone.gives()
    await camera.refuses('NotAllowedError')
    void devices.retry()
    await settle()

    assert.deepEqual(media.question.kinds, ['video'])
    await media.question.gives()
    assert.equal(devices.isOn('camera'), true)
    assert.equal(devices.fault('camera'), null)
  })

  test('a microphone that is silenced keeps its device, so that it is back at once', async () => {
    await ready()
    await press('microphone')
    assert.equal(devices.sending('microphone'), null)
    assert.equal(media.tracks[0].enabled, false)
    await press('microphone')

    assert.equal(media.asked.length, 1)
    assert.equal(media.tracks[0].enabled, true)
  })

  test('a camera that is turned off lets its light go out', async () => {
    await ready()
    await press('camera')

    assert.deepEqual(kinds(media.live), ['audio'])
  })
})

describe('the last wish holds', () => {
  for (const source of ['microphone', 'camera'])
    test(`the ${source} turned off while it starts is asked for once and stays off`, async () => {
      void devices.start()
      await settle()
      assert.equal(devices.wants(source), true)
      await press(source)
      assert.equal(devices.wants(source), false)
      assert.equal(media.asked.length, 1)
      await media.question.gives()

      assert.equal(media.asked.length, 1)
      assert.equal(devices.isOn(source), false)
      assert.equal(media.live.length, 1)
    })

  test('off and on again while it starts: asked once, and on', async () => {
    void devices.start()
    await settle()
    await press('camera')
    await press('camera')
    await media.question.gives()

    assert.equal(media.asked.length, 1)
    assert.equal(devices.isOn('camera'), true)
  })

  test('another camera is chosen, and the camera turned off while that one opens', async () => {
    await ready()
    void devices.choose('camera', 'c2')
    await settle()
    await press('camera')
    assert.deepEqual(kinds(media.live), ['audio'])
    await media.question.gives()

    assert.deepEqual(kinds(media.live), ['audio'])
    assert.equal(devices.isOn('camera'), false)
  })

  test('of two choices the later one is had, whichever opens first', async () => {
    await ready()
    void devices.choose('camera', 'c2')
    await settle()
    void devices.choose('camera', 'c3')
    await settle()
    for (const question of media.open) await question.gives()
    for (const question of media.open) await question.gives()

    assert.deepEqual(
      media.live.map(track => track.getSettings().deviceId),
      ['', 'c3'],
    )
  })

  test('a choice while off opens nothing, and holds for the next press', async () => {
    await ready()
    for (const source of ['microphone', 'camera']) await press(source)
    void devices.choose('camera', 'c2')
    void devices.choose('microphone', 'm2')
    await settle()
    assert.deepEqual(media.live, [])
    assert.equal(media.asked.length, 1)
    await press('camera')
    await media.question.gives()

    assert.deepEqual(
      media.live.map(track => track.getSettings().deviceId),
      ['c2'],
    )
  })

  test('a choice that cannot be had leaves what there was, and says so', async () => {
    await ready()
    void devices.choose('camera', 'c2')
    await settle()
    await media.question.refuses('NotReadableError')

    assert.equal(devices.isOn('camera'), true)
    assert.equal(devices.fault('camera'), 'busy')
    await press('camera')
    assert.deepEqual(kinds(media.live), ['audio'])
  })

  test('sharing pressed twice while the dialog is open asks once', async () => {
    await press('screen')
    await press('screen')
    await media.question.gives()

    assert.equal(media.asked.length, 1)
    assert.equal(devices.isOn('screen'), true)
    await press('screen')
    assert.deepEqual(media.live, [])
  })

  test('closing the dialog is no fault', async () => {
    await press('screen')
    await media.question.refuses('NotAllowedError')

    assert.equal(devices.fault('screen'), null)
    await press('screen')
    assert.equal(media.open.length, 1)
  })
})

describe('left', () => {
  const LATE = {
    'both devices, just asked for': () => devices.start(),
    'a camera that takes its time': async () => {
      await ready()
      await press('camera')
      void devices.toggle('camera')
    },
    'another camera': async () => {
      await ready()
      void devices.choose('camera', 'c2')
    },
    'another microphone': async () => {
      await ready()
      void devices.choose('microphone', 'm2')
    },
    'a screen whose dialog is open': () => devices.toggle('screen'),
    'what is tried again': async () => {
      void devices.start()
      await settle()
      await media.question.refuses('NotReadableError')
      for (const question of media.open) await question.refuses('NotReadableError')
      void devices.retry()
    },
  }
  for (const [name, begin] of Object.entries(LATE))
    test(`what comes afterwards is stopped: ${name}`, async () => {
      void begin()
      for (let turn = 0; turn < 4; turn++) await settle()
      assert.notEqual(media.open.length, 0)
      devices.stop()
      for (const question of media.open) await question.gives()

      assert.deepEqual(media.live, [])
      assert.deepEqual(media.open, [])
      for (const source of SOURCES) assert.equal(devices.sending(source), null)
    })

  test('nothing is asked for any more', async () => {
    await ready()
    devices.stop()
    const before = media.asked.length
    for (const source of SOURCES) await press(source)
    void devices.start()
    void devices.retry()
    void devices.choose('camera', 'c2')
    await media.now(['videoinput', 'c2'])

    assert.equal(media.asked.length, before)
    assert.deepEqual(media.live, [])
  })

  test('a first question that is refused is not followed by others', async () => {
    void devices.start()
    await settle()
    devices.stop()
    await media.question.refuses('NotFoundError')

    assert.equal(media.asked.length, 1)
  })
})

describe('a plug that is drawn', () => {
  const M1 = ['audioinput', 'm1']
  const C1 = ['videoinput', 'c1']

  /** With a camera that has a name. */
  async function named() {
    await ready()
    void devices.choose('camera', 'c1')
    await settle()
    await media.question.gives()
    await media.now(M1, C1)
  }

  test('is told at once, and the device is back by itself when it returns', async () => {
    await named()
    let told = null
    devices.addEventListener('change', () => (told ??= devices.fault('camera')))
    devices.track('camera').isUnplugged()
    assert.equal(told, 'unplugged')
    assert.equal(devices.isOn('camera'), false)
    await media.now(M1)
    assert.equal(media.open.length, 0)
    await media.now(M1, C1)
    await media.question.gives()

    assert.equal(devices.fault('camera'), null)
    assert.equal(devices.isOn('camera'), true)
  })

  test('another device does not take its place unasked', async () => {
    await named()
    devices.track('camera').isUnplugged()
    await media.now(M1, ['videoinput', 'c9'])

    assert.equal(media.open.length, 0)
    assert.equal(devices.fault('camera'), 'unplugged')
  })

  test('turned off meanwhile, it stays off when it returns', async () => {
    await ready()
    void devices.choose('microphone', 'm1')
    await settle()
    await media.question.gives()
    await press('microphone')
    devices.track('microphone').isUnplugged()
    assert.equal(devices.fault('microphone'), 'unplugged')
    await media.now(M1)

    assert.equal(media.open.length, 0)
    assert.equal(devices.fault('microphone'), null)
  })

  test('a shared window that is closed is no fault', async () => {
    await press('screen')
    await media.question.gives()
    devices.track('screen').isUnplugged()

    assert.equal(devices.isOn('screen'), false)
    assert.equal(devices.fault('screen'), null)
  })
})

/** A sequence that can be run again by its seed (a linear congruential generator). */
function random(seed) {
  let state = seed
  return below => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
}

/** A screen comes with its sound. */
const heard = question => question?.gives(...(question.wanted.display ? ['audio', 'video'] : []))

test('whatever is pressed and however devices answer, only what is wanted is live', async () => {
  let kept = 0
  let stopped = 0
  for (let seed = 1; seed <= 300; seed++) {
    media = installMedia()
    devices = new Devices()
    const die = random(seed)
    const acts = [
      () => devices.start(),
      () => devices.toggle('camera'),
      () => devices.toggle('microphone'),
      () => devices.toggle('screen'),
      () => devices.choose('camera', `c${die(3)}`),
      () => devices.choose('microphone', `m${die(3)}`),
      () => devices.retry(),
      () => media.open[die(media.open.length)]?.gives(),
      () => heard(media.open[die(media.open.length)]),
      () => devices.toggle('screen-audio'),
      () => media.open[die(media.open.length)]?.refuses('NotReadableError'),
      () => media.live[die(media.live.length)]?.isUnplugged(),
      () => media.now(['videoinput', 'c1'], ['audioinput', 'm1']),
    ]
    for (let step = 0; step < 25; step++) {
      void acts[die(acts.length)]()
      if (die(2)) await settle()
      for (const source of SOURCES) {
        if (devices.sending(source)) assert.equal(devices.wants(source), true, `seed ${seed}`)
        if (!devices.wants(source)) assert.equal(devices.sending(source), null, `seed ${seed}`)
      }
      if (media.open.length === 0) {
        await settle()
        const mine = SOURCES.map(source => devices.track(source))
        const strays = media.live.filter(track => !mine.includes(track))
        assert.deepEqual(strays, [], `seed ${seed}`)
      }
      if (!devices.wants('camera')) assert.equal(devices.track('camera'), null, `seed ${seed}`)
    }
    const leaving = die(2)
    if (leaving) devices.stop()
    while (media.open.length > 0) await media.open[0].gives()
    kept += media.live.length
    stopped += media.tracks.length - media.live.length
    const mine = SOURCES.map(source => devices.track(source)).filter(Boolean)
    assert.deepEqual(new Set(media.live), new Set(leaving ? [] : mine), `seed ${seed}`)
  }
  assert.ok(kept > 100 && stopped > 500, `${kept} kept, ${stopped} stopped`)
})

test('nobody else in the client asks for a device', () => {
  const root = new URL('../../../static/', import.meta.url)
  const files = readdirSync(root, {recursive: true}).filter(name => name.endsWith('.js'))
  const asking = files.filter(name =>
    /get(User|Display)Media\s*\(|\.clone\(/.test(readFileSync(new URL(name, root), 'utf-8')),
  )

  assert.deepEqual(asking, ['rtc/devices.js'])
})
