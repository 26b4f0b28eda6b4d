/** The element over a page of fakes: what it says to its frame, hears, and tells. */
import assert from 'node:assert/strict'
import {beforeEach, mock, test} from 'node:test'

const GATE = 'https://meet.example'
const ROOM = 'Vq3xAbCdEfGhIjKlMnOpQr'
const page = new EventTarget()

class Node extends EventTarget {
  attributes = new Map()
  style = {}
  isConnected = false
  contentWindow = {said: [], postMessage: (...said) => this.contentWindow.said.push(said)}
  ownerDocument = Object.assign(page, {
    createElement: () => new Node(),
    baseURI: 'https://app.example/',
  })

  attachShadow() {
    this.root = {replaceChildren: (...nodes) => (this.root.nodes = nodes)}
    return this.root
  }
  closest() {
    return null
  }
  remove() {}
  getAttribute(name) {
    return this.attributes.get(name) ?? null
  }
  setAttribute(name, value) {
    const before = this.getAttribute(name)
    this.attributes.set(name, String(value))
    this.attributeChangedCallback?.(name, before, String(value))
  }
  removeAttribute(name) {
    this.attributes.delete(name)
  }
}

globalThis.HTMLElement = Node
globalThis.addEventListener = (...given) => page.addEventListener(...given)
const {ConsentGate} = await import('../../../embed/element/consent-gate.js')

let gate, frame, told
let steady = 0
let wall = 1e12
/** Both clocks go on. */
function tick(by) {
  steady += by
  wall += by
  mock.timers.tick(by)
}

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({apis: ['setTimeout']})
  mock.method(performance, 'now', () => steady)
  mock.method(Date, 'now', () => wall)
  gate = new ConsentGate()
  told = []
  for (const type of ['ready', 'gatechange', 'fault'])
    gate.addEventListener(type, ({detail}) => told.push([type, detail]))
  gate.setAttribute('src', `${GATE}/m/${ROOM}`)
  gate.setAttribute('entry', 'T0KEN')
  gate.setAttribute('language', 'de')
  gate.isConnected = true
  gate.connectedCallback()
  frame = gate.root.nodes[1]
})

const says = (data, origin = GATE, source = frame.contentWindow) =>
  page.dispatchEvent(Object.assign(new Event('message'), {data, origin, source}))
const state = (on, lasts = 2000) => says({gatekeeper: 'state', features: {sound: on}, lasts})
const arrives = () => says({gatekeeper: 'ready'})

test('where no gate can be, it is told so once, and nothing more is waited for', () => {
  says({gatekeeper: 'fault', code: 'browser-too-old', text: 'Too old'})
  tick(60_000)

  assert.deepEqual(told, [['fault', {code: 'browser-too-old', text: 'Too old'}]])
})

test('the token is behind the address, in no part that a server sees', () => {
  const url = new URL(frame.src)

  assert.equal(url.origin + url.pathname, `${GATE}/m/${ROOM}/gate`)
  assert.equal(url.search, '')
  assert.equal(new URLSearchParams(url.hash.slice(1)).get('entry'), 'T0KEN')
  assert.equal(frame.referrerPolicy, 'no-referrer')
  assert.equal(frame.getAttribute('allow'), '')
  assert.ok(!frame.getAttribute('sandbox').includes('top-navigation'))
  assert.equal(frame.title, 'Einwilligung: was erfasst werden darf')
})

test('the frame is greeted until it answers, at the gate’s origin alone', async () => {
  frame.dispatchEvent(new Event('load'))
  tick(1)
  tick(250)
  assert.deepEqual(frame.contentWindow.said, Array(2).fill([{gatekeeper: 'hello'}, GATE]))

  arrives()
  await gate.ready

  assert.ok(told.some(([type]) => type === 'ready'))
})

test('a frame that never answers is a fault, and nothing is on', () => {
  frame.dispatchEvent(new Event('load'))
  for (let at = 0; at < 20_000; at += 250) tick(250)

  assert.equal(told.at(-1)[1].code, 'frame-silent')
  assert.equal(gate.on('sound'), false)
})

test('nobody else is heard', () => {
  arrives()
  says({gatekeeper: 'state', features: {sound: true}, lasts: 2000}, 'https://evil.example')
  says({gatekeeper: 'state', features: {sound: true}, lasts: 2000}, GATE, {})

  assert.equal(gate.on('sound'), false)
})

test('on lasts as long as it is said to, and two seconds at most', () => {
  arrives()
  state(true, 60_000)
  assert.deepEqual(told.at(-1), ['gatechange', {features: {sound: true}}])
  tick(1999)
  assert.equal(gate.on('sound'), true)

  tick(2)

  assert.equal(gate.on('sound'), false)
  assert.deepEqual(told.at(-1), ['gatechange', {features: {sound: false}}])
})

test('a sleep, and a clock that was set, are an end', () => {
  for (const jumps of [() => (wall -= 5000), () => (wall += 5000), () => (steady += 5000)]) {
    state(true)
    assert.equal(gate.on('sound'), true)
    jumps()
    assert.equal(gate.on('sound'), false)
  }
})

test('who waits hears of it, or of their own end', async () => {
  const waiting = gate.until('sound')
  const ended = gate.until('other', {signal: AbortSignal.abort(new Error('enough'))})
  state(true)

  await waiting
  await assert.rejects(ended, /enough/)
})

test('what is set later is said to the frame, and a look is all or nothing there', () => {
  arrives()
  frame.contentWindow.said.length = 0
  gate.setAttribute('shape', 'sign')
  gate.setAttribute('radius', '8')
  gate.setAttribute('entry', 'AN0THER')

  assert.deepEqual(
    frame.contentWindow.said.map(([message]) => message),
    [
      {gatekeeper: 'shape', shape: 'sign'},
      {gatekeeper: 'theme', theme: {radius: 8}},
      {gatekeeper: 'entry', entry: 'AN0THER', name: ''},
    ],
  )
})

test('taken out of the page, everything is off', () => {
  arrives()
  state(true)
  gate.disconnectedCallback()

  assert.equal(gate.on('sound'), false)
  assert.deepEqual(told.at(-1), ['gatechange', {features: {sound: false}}])
  state(true)
  assert.equal(gate.on('sound'), false)
})

test('what is no room is a fault, and no frame', () => {
  for (const src of [
    '',
    'javascript:alert(1)//m/x',
    `${GATE}/`,
    'https://a@meet.example/m/' + ROOM,
  ]) {
    gate.setAttribute('src', src)
    assert.equal(told.at(-1)[1].code, 'src-unusable', src)
  }
})

test('its height is the content’s, within reason', () => {
  says({gatekeeper: 'size', height: 480})
  for (const height of [-1, 1e9, NaN, '900px']) says({gatekeeper: 'size', height})

  assert.equal(frame.style.blockSize, '480px')
})
