import assert from 'node:assert/strict'
import {test} from 'node:test'

import {
  Heights,
  LEASE,
  nothingOn,
  onAir,
  sentFragment,
  stateOf,
  tellable,
  wishOf,
  wishedAtFirst,
} from '../../../static/room/embedding.js'
import {sentOf} from '../../../static/room/invitation.js'

test('a page may wish for what is listed, and for nothing else', () => {
  const known = [
    {gatekeeper: 'hello'},
    {gatekeeper: 'shape', shape: 'sign'},
    {gatekeeper: 'language', language: 'ar'},
    {
      gatekeeper: 'theme',
      theme: {accent: '#0b5462', radius: 12, font: 'serif', scheme: 'dark'},
    },
    {gatekeeper: 'theme', theme: {}},
    {gatekeeper: 'entry', entry: 'T0KEN_-', name: 'Ann'},
  ]
  for (const wish of known) assert.deepEqual(wishOf(wish), wish)
})

test('what is not in the union is nothing', () => {
  const odd = [
    ...[null, undefined, 7, 'hello', [], () => {}, new Map([['gatekeeper', 'hello']])],
    {},
    {gatekeeper: 'answer', feature: 'recording', decision: 'granted'},
    {gatekeeper: 'state', features: {recording: true}, lasts: 2000},
    {gatekeeper: 'hello', decision: 'granted'},
    {gatekeeper: 'focus'},
    {gatekeeper: 'shape', shape: 'answers'},
    {gatekeeper: 'shape', shape: 'sign', more: 1},
    {gatekeeper: 'language', language: 'en"><script>'},
    {gatekeeper: 'theme', theme: {accent: 'url(x)'}},
    {gatekeeper: 'theme', theme: {accent: '#0b5462', background: 'red'}},
    {gatekeeper: 'theme', theme: {radius: -1}},
    {gatekeeper: 'theme', theme: {radius: 4.5}},
    {gatekeeper: 'theme', theme: {radius: '4'}},
    {gatekeeper: 'theme', theme: {font: 'Comic Sans'}},
    {gatekeeper: 'theme', theme: null},
    {gatekeeper: 'entry', entry: 'T0KEN', name: 'n'.repeat(65)},
    {gatekeeper: 'entry', entry: 'T0KEN'},
    {gatekeeper: 'entry', entry: '<', name: ''},
  ]
  for (const wish of odd) assert.equal(wishOf(wish), null, JSON.stringify(wish))
})

test('what stands behind the address is held to the same', () => {
  assert.deepEqual(
    wishedAtFirst('#entry=T0KEN&name=Ann&shape=question&language=de&radius=8&scheme=dark'),
    {
      shape: 'question',
      language: 'de',
      theme: {radius: 8, scheme: 'dark'},
      sent: {entry: 'T0KEN', name: 'Ann'},
    },
  )
  const nothing = {shape: 'panel', language: null, theme: {}, sent: null}
  assert.deepEqual(wishedAtFirst(''), nothing)
  assert.deepEqual(wishedAtFirst('#shape=x&language=ENGLISH&accent=red&entry=%3C'), nothing)
})

test('on is what the sign says, for as long as the server was heard', () => {
  const view = {phase: 'open', signs: {a: {on: true}, b: {on: false}, c: {on: null}}}
  const said = (heard, now, phase = 'open') => onAir({...view, phase}, heard, now).features

  assert.deepEqual(said(1000, 1500), {a: true, b: false, c: false})
  assert.equal(onAir(view, 1000, 1500).lasts, LEASE - 500)
  const off = {a: false, b: false, c: false}
  assert.deepEqual(said(1000, 1000 + LEASE), off)
  assert.deepEqual(said(-Infinity, 0), off)
  for (const phase of ['lost', 'left', 'ended', 'joining']) {
    assert.deepEqual(said(1000, 1500, phase), off)
  }
  assert.deepEqual(nothingOn(['a']).features, {a: false})
})

test('it says nothing of anybody’s answer', () => {
  const answers = {a: {decision: 'granted'}}
  const view = {phase: 'open', signs: {a: {on: false}}, answers, asks: ['a'], marks: new Set(['a'])}
  const other = {...view, answers: {a: {decision: 'declined'}}, asks: [], marks: new Set()}

  assert.deepEqual(onAir(view, 0, 0), onAir(other, 0, 0))
  for (const code of ['answered-too-often', 'notice-outdated', 'replayed-statement', ''])
    assert.equal(tellable(code), 'refused')
  assert.equal(tellable('entry-needed'), 'entry-needed')
})

test('a window is told what its frame was, and tells what is on', () => {
  const sent = {entry: 'T0KEN', name: 'Ann & B.'}
  assert.deepEqual(sentOf(sentFragment(sent, 'de')), sent)
  assert.equal(sentOf(sentFragment(null, null)), null)
  const state = {gatekeeper: 'state', features: {a: true}, lasts: 10}
  assert.deepEqual(stateOf(state), {features: {a: true}, lasts: 10})
  for (const odd of [null, {...state, features: {a: 1}}, {...state, gatekeeper: 'x'}, {}])
    assert.equal(stateOf(odd), null)
})

test('how high a frame is tells of no answer', () => {
  const heights = new Heights()
  assert.equal(heights.told('panel', 400), 400)
  assert.equal(heights.told('panel', 700), 700, 'a question has come')
  assert.equal(heights.told('panel', 420), 700, 'it has gone, and nobody is told')
  assert.equal(heights.told('sign', 60), 60)
  assert.equal(heights.told('panel', 410), 700)

  assert.equal(heights.hears({notes: false}), false)
  assert.equal(heights.hears({notes: true}), true, 'everybody has said yes')
  assert.equal(heights.told('panel', 430), 430)
  assert.equal(heights.hears({notes: true}), false)
  assert.equal(heights.hears({notes: false}), false, 'somebody has not any more')
  assert.equal(heights.told('panel', 410), 430)
})
