import assert from 'node:assert/strict'
import {afterEach, beforeEach, test} from 'node:test'

import {stayAwake} from '../../../static/browser/awake.js'

class FakeLock {
  released = false
  async release() {
    this.released = true
  }
}

let page
let locks
let asked

const set = (name, value) =>
  Object.defineProperty(globalThis, name, {value, configurable: true, writable: true})
const native = {navigator: globalThis.navigator, document: globalThis.document}
const turn = async state => {
  page.visibilityState = state
  page.dispatchEvent(new Event('visibilitychange'))
  await settled()
}
const settled = () => new Promise(resolve => setImmediate(resolve))

beforeEach(() => {
  page = Object.assign(new EventTarget(), {visibilityState: 'visible'})
  locks = []
  asked = []
  set('document', page)
  set('navigator', {
    wakeLock: {
      request: async kind => {
        asked.push(kind)
        locks.push(new FakeLock())
        return locks.at(-1)
      },
    },
  })
})

afterEach(() => {
  set('navigator', native.navigator)
  set('document', native.document)
})

test('the screen stays on, is asked for again by a page that is back, and goes with the meeting', async () => {
  const meeting = new AbortController()
  stayAwake(meeting.signal)
  await settled()
  await turn('visible')
  assert.deepEqual(asked, ['screen'])
  locks[0].released = true // as a browser does by itself
  await turn('hidden')
  assert.equal(asked.length, 1)
  await turn('visible')
  assert.equal(asked.length, 2)
  meeting.abort()
  await settled()
  await turn('visible')

  assert.deepEqual(
    locks.map(({released}) => released),
    [true, true],
  )
  assert.equal(asked.length, 2)
})

test('a lock that comes after one has left is let go', async () => {
  const meeting = new AbortController()
  let give = () => {}
  navigator.wakeLock.request = () => new Promise(resolve => (give = resolve))
  stayAwake(meeting.signal)
  meeting.abort()
  const late = new FakeLock()
  give(late)
  await settled()

  assert.equal(late.released, true)
})

test('where there is none, or it is refused, nothing is wrong', async () => {
  const {signal} = new AbortController()
  navigator.wakeLock.request = async () => {
    throw new DOMException('the battery is low', 'NotAllowedError')
  }
  stayAwake(signal)
  await settled()
  set('navigator', {})

  stayAwake(signal)
})
