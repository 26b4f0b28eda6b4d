import assert from 'node:assert/strict'
import {test} from 'node:test'

import {level, shares} from '../../../static/rtc/allotment.js'
import {HEIGHTS} from '../../../static/wire/payload.js'

/** A picture of so many lines. */
const picture = (height, width = (height * 16) / 9) => ({getSettings: () => ({width, height})})
const tracks = {microphone: {}, camera: picture(720), screen: picture(1080)}
const camera = wants => shares(tracks, wants).map(share => share.camera)
const scales = wants => camera(wants).map(({scaleResolutionDownBy}) => scaleResolutionDownBy)
const all = count => Array(count).fill({})

test('who says nothing gets what there is, less with each of them', () => {
  assert.deepEqual(scales(all(1)), [1])
  assert.deepEqual(scales(all(4)), Array(4).fill(1.5))
  assert.deepEqual(scales(all(5)), Array(5).fill(2))
})

test('who wants no picture is sent none, and sound all the same', () => {
  const [first, second] = shares(tracks, [{camera: 0, screen: 0}, {}])

  assert.deepEqual([first.camera.active, first.screen.active], [false, false])
  assert.deepEqual([second.camera.active, second.screen.active], [true, true])
  assert.deepEqual(first.microphone, second.microphone)
  assert.notEqual(first.microphone.active, false)
})

test('a small tile is sent a small picture with fewer bits and at a lower rate', () => {
  const [small, large] = camera([{camera: 90}, {}])

  assert.equal(small.scaleResolutionDownBy, 8)
  assert.ok(small.maxBitrate * 10 < large.maxBitrate)
  assert.ok(small.maxFramerate <= 15)
})

test('what the others leave over makes one large picture sharp, though there are many', () => {
  const [large, ...small] = scales([{camera: 720}, ...Array(4).fill({camera: 180})])

  assert.deepEqual(small, Array(4).fill(4))
  assert.ok(large <= 1.5)
})

test('nobody gets less than an even share for what others want, nor all more than before', () => {
  for (let count = 1; count <= 11; count += 1) {
    const [even] = camera(all(count))
    for (let round = 0; round < 60; round += 1) {
      const wants = all(count).map((_, index) => ({
        camera: HEIGHTS[(round * 7 + index * (round + 3)) % HEIGHTS.length],
      }))
      const got = camera(wants)
      const sum = (of, list) => list.reduce((total, each) => total + of(each), 0)
      const pixels = ({active, scaleResolutionDownBy: by}) => (active ? by ** -2 : 0)
      const bits = ({active, maxBitrate}) => (active ? maxBitrate : 0)
      assert.ok(sum(pixels, got) <= pixels(even) * count + 1e-9)
      assert.ok(sum(bits, got) <= bits(even) * count + count)
      for (const [index, {camera: wanted}] of wants.entries()) {
        const {scaleResolutionDownBy: by, active} = got[index]
        if (wanted > 0 && active)
          assert.ok(720 / by >= Math.min(wanted, 720 / even.scaleResolutionDownBy) - 1)
        assert.equal(active, wanted > 0)
        assert.ok(720 / by <= Math.max(wanted, 60))
      }
    }
  }
})

test('a screen stays as it is for who looks at it, and is a stamp for who does not', () => {
  const [large, stamp] = shares(tracks, [{}, {screen: 90}]).map(({screen}) => screen)

  assert.equal(large.scaleResolutionDownBy, 1)
  assert.equal(large.maxFramerate, undefined)
  assert.equal(stamp.scaleResolutionDownBy, 12)
})

test('an upright picture is measured by its narrow side', () => {
  const upright = {...tracks, camera: picture(1280, 720)}

  assert.equal(shares(upright, [{camera: 360}])[0].camera.scaleResolutionDownBy, 2)
})

test('a level fills the small ones first', () => {
  assert.equal(level([1, 1, 10], 6), 4)
  assert.equal(level([1, 1], 6), 1)
  assert.equal(level([5, 5], 6), 3)
  assert.equal(level([], 6), 0)
})
