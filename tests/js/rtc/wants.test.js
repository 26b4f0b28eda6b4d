import assert from 'node:assert/strict'
import {describe, test} from 'node:test'

import {EVERYTHING, HeardWants, OwnWants} from '../../../static/rtc/wants.js'
import {FakeClock} from '../fakes.js'

const speaker = () => {
  const clock = new FakeClock()
  const said = []
  const wants = new OwnWants(heights => said.push(heights), clock.after)
  return {clock, said, wants}
}
const listener = () => {
  const clock = new FakeClock()
  const heard = []
  const wants = new HeardWants(() => heard.push(wants.heights.camera), clock.after)
  return {clock, heard, wants}
}
const face = camera => ({camera, screen: 720})

describe('what one says', () => {
  test('nothing while one wants everything, or the link does not stand', () => {
    const {clock, said, wants} = speaker()
    wants.stands()
    wants.want({})
    wants.forget()
    wants.want({camera: 90})
    clock.pass(60_000)

    assert.deepEqual(said, [])
    assert.equal(clock.waiting, 0)
  })

  test('what was wanted before it stood, once it does, and again each time', () => {
    const {said, wants} = speaker()
    wants.want({camera: 90})
    wants.stands()
    wants.stands()

    assert.deepEqual(said, [face(90), face(90)])
  })

  test('that one wants everything again, though it may have been lost', () => {
    const {clock, said, wants} = speaker()
    wants.want({camera: 0})
    wants.stands()
    wants.want({})
    clock.pass(150)
    wants.stands()

    assert.deepEqual(said, [face(0), face(720), face(720)])
  })

  test('less after a while, and not at all if it was a moment', () => {
    const {clock, said, wants} = speaker()
    wants.stands()
    wants.want({camera: 0})
    clock.pass(2_000)
    wants.want({})
    clock.pass(10_000)
    assert.deepEqual(said, [])
    wants.want({camera: 0})
    clock.pass(3_000)

    assert.deepEqual(said, [face(0)])
  })

  test('more at once, though less of something else was due later', () => {
    const {clock, said, wants} = speaker()
    wants.want({camera: 90, screen: 720})
    wants.stands()
    wants.want({camera: 90, screen: 0})
    wants.want({camera: 720, screen: 0})
    clock.pass(150)

    assert.deepEqual(said.at(-1), {camera: 720, screen: 0})
    assert.equal(clock.waiting, 0)
  })

  test('a speaker who changes every second makes no more than a message in three', () => {
    const {clock, said, wants} = speaker()
    wants.want({camera: 180})
    wants.stands()
    for (let second = 0; second < 60; second += 1) {
      wants.want({camera: second % 2 ? 180 : 720})
      clock.pass(1_000)
    }

    assert.ok(said.length <= 21, `${said.length}`)
  })
})

describe('what one hears', () => {
  test('counts at once, and then once a second, the newest last', () => {
    const {clock, heard, wants} = listener()
    for (const camera of [90, 180, 360, 0, 360]) wants.hear({camera})
    assert.deepEqual(heard, [90])
    clock.pass(1_000)
    assert.deepEqual(heard, [90, 360])
    clock.pass(10_000)

    assert.deepEqual(heard, [90, 360])
    assert.equal(clock.waiting, 0)
  })

  test('a flood costs a change a second', () => {
    const {clock, heard, wants} = listener()
    for (let number = 0; number < 1_000; number += 1) {
      wants.hear({camera: number % 2 ? 0 : 720})
      clock.pass(10)
    }

    assert.ok(heard.length <= 11, `${heard.length}`)
  })

  test('is forgotten with the connection', () => {
    const {clock, wants} = listener()
    wants.hear({camera: 0})
    wants.hear({camera: 90})
    wants.forget()
    clock.pass(5_000)

    assert.deepEqual(wants.heights, EVERYTHING)
    assert.equal(clock.waiting, 0)
  })
})
