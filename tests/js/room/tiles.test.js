import assert from 'node:assert/strict'
import {test} from 'node:test'
import {SCREEN_RATIO, arrange, faceRatio, grid, stage} from '../../../static/room/tiles.js'

const DESK = {inline: 1008, block: 734, gap: 12}
const PHONE = {inline: 374, block: 570, gap: 8}

const fits = (count, {inline, block, gap}, plan) => {
  const rows = Math.ceil(count / plan.columns)
  return (
    plan.inline * plan.columns + gap * (plan.columns - 1) <= inline &&
    plan.block * rows + gap * (rows - 1) <= block
  )
}

/** Stages from a phone's to a wall's. */
const BOXES = [
  DESK,
  PHONE,
  {inline: 304, block: 208, gap: 8},
  {inline: 304, block: 360, gap: 8},
  {inline: 828, block: 230, gap: 12},
  {inline: 840, block: 540, gap: 12},
  {inline: 1888, block: 920, gap: 12},
  {inline: 2528, block: 1280, gap: 12},
  {inline: 868, block: 1300, gap: 12},
]
const LEAST = {inline: 96, block: 64}
const readable = ({inline, block}) => inline >= LEAST.inline && block >= LEAST.block

test('tiles fit into the stage, however many there are, or are scrolled to', () => {
  for (const box of BOXES)
    for (let count = 1; count <= 12; count += 1) {
      const plan = arrange(count, box)
      assert.equal(plan.scroll === null, fits(count, box, plan), `${count} in ${box.inline}`)
    }
})

test('no tile is too small to be read, beside a shared screen neither', () => {
  for (const box of BOXES)
    for (let count = 1; count <= 12; count += 1) {
      assert.ok(readable(arrange(count, box)), `${count} in ${box.inline}`)
      const {tiles, way} = stage(count, box, SCREEN_RATIO)
      assert.ok(readable(tiles), `${count} ${way} a screen in ${box.inline}: ${tiles.inline}`)
    }
})

test('where tiles are scrolled to, whole rows stand above half a one', () => {
  const heights = Array.from({length: 40}, (_, step) => 140 + step * 7)
  let seen = 0
  for (const inline of [112, 150, 220, 374])
    for (const block of heights)
      for (const gap of [8, 12])
        for (let count = 2; count <= 14; count += 1) {
          const plan = arrange(count, {inline, block, gap})
          if (plan.scroll !== 'block') continue
          seen += 1
          const whole = Math.floor((block + 1) / (plan.block + gap))
          const half = block - whole * (plan.block + gap)
          const rows = Math.ceil(count / plan.columns)
          assert.ok(whole >= 1 && whole < rows, `${count} in ${inline} × ${block}`)
          assert.ok(half >= plan.block / 2 - 1 && half <= plan.block / 2 + rows + 1)
        }
  assert.ok(seen > 1000)
})

test('twelve people are seen at once on every stage but the smallest', () => {
  const scrolled = BOXES.filter(box => arrange(12, box).scroll !== null)

  assert.deepEqual(
    scrolled.map(({block}) => block),
    [208],
  )
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

/** How much of a region of this shape a picture of that shape covers. */
const covered = ({inline, block}, ratio) =>
  Math.min(inline, block * ratio) * Math.min(block, inline / ratio)

test('what is large and its strip fill the stage, and neither lies over the other', () => {
  for (const box of BOXES)
    for (let count = 1; count <= 12; count += 1) {
      const {way, large, strip} = stage(count, box, SCREEN_RATIO)
      const along = way === 'below' ? 'block' : 'inline'
      assert.equal(Math.round(large[along] + strip + box.gap), Math.round(box[along]))
      assert.ok(large[along] >= box[along] / 2 - 1, `${way} in ${box.inline}`)
    }
})

test('the strip is where it leaves the large picture larger', () => {
  const way = box => stage(4, box, SCREEN_RATIO).way

  assert.equal(way({inline: 828, block: 230, gap: 12}), 'beside', 'a turned phone')
  assert.equal(way({inline: 1888, block: 800, gap: 12}), 'beside', 'a wide window')
  assert.equal(way(PHONE), 'below')
  assert.equal(way({inline: 868, block: 1300, gap: 12}), 'below', 'an upright screen')
})

test('what a screen cannot use of an upright stage, the people get', () => {
  const {large, strip} = stage(4, PHONE, SCREEN_RATIO)

  assert.ok(covered(large, SCREEN_RATIO) > 0.98 * PHONE.inline * (PHONE.inline / SCREEN_RATIO))
  assert.ok(strip > 250)
})

test('a face is large and upright on an upright stage', () => {
  assert.equal(faceRatio(PHONE), 1)
  assert.equal(faceRatio(DESK), 16 / 9)
})

test('who is alone with something large leaves it the whole stage', () => {
  const {large, strip} = stage(0, DESK, SCREEN_RATIO)

  assert.deepEqual([large, strip], [{inline: DESK.inline, block: DESK.block}, 0])
})

test('C2: everybody alike is one size for all', () => {
  for (const count of [2, 4, 6, 9, 12]) {
    const {tiles, way} = grid(count, DESK)
    assert.deepEqual([way, tiles], ['grid', arrange(count, DESK)])
  }
})
