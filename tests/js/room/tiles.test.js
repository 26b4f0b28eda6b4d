import assert from 'node:assert/strict'
import {test} from 'node:test'
import {arrange, strip} from '../../../static/room/tiles.js'

const DESK = {inline: 1008, block: 734, gap: 12}
const PHONE = {inline: 374, block: 570, gap: 8}

const fits = (count, {inline, block, gap}, plan) => {
  const rows = Math.ceil(count / plan.columns)
  return (
    plan.inline * plan.columns + gap * (plan.columns - 1) <= inline &&
    plan.block * rows + gap * (rows - 1) <= block
  )
}

test('tiles fit into the stage, whoever many there are', () => {
  for (const box of [DESK, PHONE, {inline: 320, block: 200, gap: 8}])
    for (let count = 1; count <= 12; count += 1)
      assert.ok(fits(count, box, arrange(count, box)), `${count} in ${box.inline}`)
})

test('two to six people get the arrangement that shows most of each', () => {
  const columns = [2, 3, 4, 5, 6].map(count => arrange(count, DESK).columns)

  assert.deepEqual(columns, [2, 2, 2, 3, 3])
})

test('on an upright phone people stand below each other', () => {
  assert.equal(arrange(1, PHONE).columns, 1)
  assert.equal(arrange(2, PHONE).columns, 1)
  assert.equal(arrange(4, PHONE).columns, 2)
})

test('no tile is wider than a camera picture', () => {
  const {inline, block} = arrange(1, {inline: 3000, block: 900, gap: 12})

  assert.ok(inline / block <= 16 / 9 + 0.01)
})

test('an empty stage has no tile of negative size', () => {
  const {inline, block} = arrange(0, {inline: 0, block: 0, gap: 12})

  assert.deepEqual([inline, block], [0, 0])
})

test('beside a shared screen tiles stay in one row and scroll before they get small', () => {
  const box = {inline: 1008, block: 152, gap: 12}

  assert.equal(strip(4, box).columns, 4)
  assert.ok(strip(4, box).inline * 4 + 36 <= 1008)
  assert.equal(strip(12, box).inline, 152)
})
