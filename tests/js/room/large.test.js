import assert from 'node:assert/strict'
import {test} from 'node:test'
import {chosen, holding, largest, pinned} from '../../../static/room/large.js'

const person = id => ({kind: 'person', id})
const screen = id => ({kind: 'screen', id})
const PEOPLE = ['mara', 'tomas', 'ines']
const stage = more => ({
  people: PEOPLE,
  screens: [],
  pin: null,
  choice: null,
  spotlight: null,
  ...more,
})

test('everybody is alike until one wishes it otherwise', () => {
  assert.equal(largest(stage()), null)
})

test('the newest screen is large, or the one that was chosen', () => {
  const screens = ['mara', 'ines']

  assert.deepEqual(largest(stage({screens})), screen('ines'))
  const choice = {sharer: 'mara', newest: 'ines'}
  assert.deepEqual(largest(stage({screens, choice})), screen('mara'))
  assert.equal(chosen(choice, ['mara', 'ines', 'tomas']), null, 'a newer one is looked at again')
  assert.equal(chosen(choice, screens), choice)
})

test('a pin is before a screen, and a screen before who speaks', () => {
  const screens = ['ines']
  const spotlight = 'tomas'

  assert.deepEqual(largest(stage({spotlight})), person('tomas'))
  assert.deepEqual(largest(stage({spotlight, screens})), screen('ines'))
  assert.deepEqual(largest(stage({spotlight, screens, pin: person('mara')})), person('mara'))
})

test('a pinned screen stays large when a newer one begins', () => {
  assert.deepEqual(largest(stage({screens: ['mara', 'ines'], pin: screen('mara')})), screen('mara'))
})

test('one pin at a time: another takes its place, and its own control takes it away', () => {
  const pin = pinned(null, person('mara'))
  assert.deepEqual(pin, person('mara'))
  assert.deepEqual(pinned(pin, person('ines')), person('ines'))
  assert.deepEqual(pinned(pin, screen('mara')), screen('mara'))
  assert.equal(pinned(pin, person('mara')), null)
})

test('who is pinned and leaves, or shares no longer, is unpinned', () => {
  assert.deepEqual(holding(person('ines'), PEOPLE, []), person('ines'))
  assert.equal(holding(person('ines'), ['mara', 'tomas'], []), null)
  assert.deepEqual(holding(screen('ines'), PEOPLE, ['ines']), screen('ines'))
  assert.equal(holding(screen('ines'), PEOPLE, []), null)
})

test('a screen that cannot be shown yet leaves the stage as it was', () => {
  assert.equal(largest(stage({pin: screen('ines')})), null)
})

test('whose picture is not on the stage is not large on it', () => {
  assert.equal(largest(stage({people: ['mara', 'tomas'], spotlight: 'ines'})), null)
  assert.equal(largest(stage({people: ['mara'], spotlight: 'mara'})), null, 'the only one')
})
