import assert from 'node:assert/strict'
import {test} from 'node:test'

import {pictured} from '../../../static/room/small-picture.js'

const view = (people, screens = []) => ({you: 'me', people: people.map(id => ({id})), screens})
const person = id => ({kind: 'person', id})
const NONE = new Set()

test('a shared screen comes first, the newest of those that can be shown; never one own', () => {
  const shared = view(['me', 'a', 'b'], ['a', 'b', 'me'])
  assert.deepEqual(pictured(shared, 'a', new Set(['a', 'b']), null), {kind: 'screen', id: 'b'})
  assert.deepEqual(pictured(shared, 'a', new Set(['a']), null), {kind: 'screen', id: 'a'})
  assert.deepEqual(pictured(shared, 'a', NONE, null), person('a'))
})

test('who speaks is shown, and stays while oneself or nobody speaks', () => {
  const three = view(['me', 'a', 'b'])
  assert.deepEqual(pictured(three, 'b', NONE, null), person('b'))
  assert.deepEqual(pictured(three, 'me', NONE, person('b')), person('b'))
  assert.deepEqual(pictured(three, null, NONE, person('b')), person('b'))
  assert.deepEqual(pictured(view(['me', 'a']), null, NONE, person('b')), person('a'))
})

test('oneself is shown where nobody else is', () => {
  assert.deepEqual(pictured(view(['me']), 'me', NONE, null), person('me'))
  assert.equal(pictured(view([]), null, NONE, null), null)
})
