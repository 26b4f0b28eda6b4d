import assert from 'node:assert/strict'
import {test} from 'node:test'

import {spared, wanted} from '../../../static/room/wanted.js'

const people = count => Array.from({length: count}, (_, index) => `p${index}`)
const looking = changes => ({
  others: people(5),
  screens: [],
  large: null,
  screen: null,
  floor: null,
  view: {inline: 1440, block: 900, ratio: 1},
  page: 'seen',
  saving: 'off',
  ...changes,
})
const cameras = changes => [...wanted(looking(changes)).values()].map(({camera}) => camera)
const screens = changes => [...wanted(looking(changes)).values()].map(({screen}) => screen)

test('the more tiles and the smaller the window, the smaller the pictures', () => {
  const view = {inline: 640, block: 400, ratio: 1}
  assert.deepEqual(cameras({others: people(1)}), [720])
  assert.deepEqual(cameras({}), Array(5).fill(360))
  assert.deepEqual(cameras({view}), Array(5).fill(180))
  assert.deepEqual(cameras({others: people(11), view: {...view, block: 320}}), Array(11).fill(90))
})

test('a display with fine pixels wants more of them, but no more than anybody sees', () => {
  const at = ratio => cameras({view: {inline: 640, block: 400, ratio}})[0]

  assert.deepEqual([at(1), at(2), at(4)], [180, 360, 360])
})

test('who is large is wanted large, the others are a strip', () => {
  assert.deepEqual(cameras({large: 'p2'}), [180, 180, 720, 180, 180])
})

test('beside a screen everybody is small, the large screen whole, and another one a stamp', () => {
  const shared = {screens: ['p1', 'p3'], screen: 'p3'}

  assert.deepEqual(cameras(shared), Array(5).fill(180))
  assert.deepEqual(screens(shared), [720, 90, 720, 720, 720])
})

test('who looks away wants no picture; in a small window the speaker’s', () => {
  assert.deepEqual(cameras({page: 'hidden'}), Array(5).fill(0))
  assert.deepEqual(cameras({page: 'small', floor: 'p1'}), [0, 180, 0, 0, 0])
  assert.deepEqual(screens({page: 'hidden', screens: ['p1'], screen: 'p1'})[1], 0)
})

test('who saves data gets the picture of who spoke last, is pinned, or shares a screen', () => {
  const saving = 'speaker'
  const shared = {screens: ['p1', 'p3'], screen: 'p3'}
  assert.deepEqual(cameras({saving, floor: 'p4'}), [0, 0, 0, 0, 360])
  assert.deepEqual(cameras({saving, floor: 'p4', large: 'p0'}), [720, 0, 0, 0, 0])
  assert.deepEqual(cameras({saving}).filter(Boolean).length, 1)
  assert.deepEqual(screens({saving, ...shared}).slice(1, 4), [0, 720, 720])
  assert.deepEqual([...spared(looking({saving, floor: 'p4'}))], people(4))
})

test('with sound only there is no picture and no screen', () => {
  const saving = 'audio'
  assert.deepEqual(cameras({saving, large: 'p0', floor: 'p1'}), Array(5).fill(0))
  assert.deepEqual(screens({saving, screens: ['p3'], screen: 'p3'})[3], 0)
  assert.deepEqual([...spared(looking({saving}))], people(5))
})

test('who saves nothing is spared nothing, even while they look away', () => {
  assert.deepEqual([...spared(looking({page: 'hidden'}))], [])
})
