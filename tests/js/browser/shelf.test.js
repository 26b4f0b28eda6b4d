import assert from 'node:assert/strict'
import {afterEach, test} from 'node:test'

import {canCall, hindrance} from '../../../static/browser/able.js'
import {shelf} from '../../../static/browser/shelf.js'
import {BrowserKeyStore, BrowserPaperStore} from '../../../static/browser/store.js'

class FakeStorage {
  #kept = new Map()
  full = false

  getItem(key) {
    return this.#kept.get(key) ?? null
  }

  setItem(key, value) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.#kept.set(key, value)
  }
}

const blocked = () => {
  throw new DOMException('site data is blocked', 'SecurityError')
}

afterEach(() => {
  delete globalThis.RTCPeerConnection
  delete globalThis.isSecureContext
})

test('a word is kept by the browser, for the next page too', () => {
  const storage = new FakeStorage()
  shelf(() => storage).set('name', 'Ada')

  assert.equal(shelf(() => storage).get('name'), 'Ada')
  assert.equal(shelf(() => storage).get('other'), null)
})

test('where site data is blocked, or there is none, the page remembers', () => {
  for (const storage of [blocked, () => null]) {
    const words = shelf(storage)
    assert.equal(words.get('name'), null)
    words.set('name', 'Ada')

    assert.equal(words.get('name'), 'Ada')
  }
})

test('a full storage costs the older word, never the newer', () => {
  const storage = new FakeStorage()
  const words = shelf(() => storage)
  words.set('name', 'Ada')
  storage.full = true
  words.set('name', 'Bo')
  assert.equal(words.get('name'), 'Bo')
  storage.full = false
  words.set('name', 'Cy')

  assert.equal(words.get('name'), 'Cy')
  assert.equal(storage.getItem('name'), 'Cy')
})

test('without IndexedDB a key is the same for as long as the page is open', async () => {
  const make = () => crypto.subtle.generateKey({name: 'Ed25519'}, false, ['sign', 'verify'])
  for (const database of [undefined, {open: blocked}]) {
    globalThis.indexedDB = database
    const room = `room ${typeof database}`
    assert.equal(await new BrowserKeyStore().load(room), null)
    const pair = await make()
    await new BrowserKeyStore().save(room, pair)

    const {privateKey} = await new BrowserKeyStore().load(room)
    assert.equal(privateKey, pair.privateKey)
    assert.equal(await new BrowserKeyStore().load('another room'), null)
    assert.equal(await new BrowserPaperStore().load(room), null)
  }
})

test('what a browser can do is asked of it', () => {
  assert.equal(canCall(), false)
  globalThis.RTCPeerConnection = class {}
  assert.equal(canCall(), true)
  assert.equal(hindrance(), null)
  const {subtle} = crypto
  Object.defineProperty(crypto, 'subtle', {value: undefined, configurable: true})
  try {
    assert.equal(hindrance(), 'keyless')
    globalThis.isSecureContext = false
    assert.equal(hindrance(), 'insecure')
  } finally {
    Object.defineProperty(crypto, 'subtle', {value: subtle, configurable: true})
  }
})
