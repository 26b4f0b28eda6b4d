import assert from 'node:assert/strict'
import {test} from 'node:test'
import {chapterAt, clockAt, filmAt, pieces} from '../../../static/kept/chapters.js'
import {film} from '../kept-example.js'

const {chapters} = film()
const moment = clock => Date.parse(`2026-11-21T${clock}Z`)

test('a place in the film belongs to the chapter that has begun', () => {
  assert.equal(chapterAt(chapters, 0), 0)
  assert.equal(chapterAt(chapters, 779), 0)
  assert.equal(chapterAt(chapters, 780), 1)
  assert.equal(chapterAt(chapters, 9999), 1)
  assert.equal(chapterAt([], 5), -1)
})

test('a jump that lands a hair before a chapter is in it', () => {
  assert.equal(chapterAt(chapters, 779.99), 1)
})

test('before the first chapter is the first chapter', () => {
  const [first, second] = chapters
  assert.equal(chapterAt([{...first, at: 3}, second], 1), 0)
})

test('film time runs with the clock, and jumps over what was not captured', () => {
  assert.equal(clockAt(chapters, 60), moment('10:43:00'))
  assert.equal(clockAt(chapters, 840), moment('11:05:00'))
  assert.equal(clockAt([], 1), null)
})

test('the clock never shows a moment that was not captured', () => {
  assert.equal(clockAt(chapters, 779.9), moment('10:54:59.900'))
  assert.equal(clockAt(chapters, 9999), moment('11:16:00'))
})

test('a moment of the meeting is found in the film, or what is nearest to it', () => {
  assert.equal(filmAt(chapters, moment('10:42:00')), 0)
  assert.equal(filmAt(chapters, moment('11:05:00')), 840)
  assert.equal(filmAt(chapters, moment('10:41:59')), 0, 'the gate opens, and the picture comes')
  assert.equal(
    filmAt(chapters, moment('10:56:00')),
    780,
    'to its last picture, where the next begins',
  )
  assert.equal(filmAt(chapters, moment('11:03:00')), 780)
  assert.equal(filmAt(chapters, moment('12:00:00')), 1500)
  assert.equal(filmAt([], moment('11:05:00')), null)
})

test('the pieces of the bar cover the film without a gap', () => {
  assert.deepEqual(pieces(chapters, 1500), [
    {from: 0, to: 780},
    {from: 780, to: 1500},
  ])
  assert.deepEqual(pieces([], 1500), [{from: 0, to: 1500}])
  const late = [{...chapters[0], at: 3}, chapters[1]]
  assert.equal(pieces(late, 1500)[0].from, 0)
})

test('a file that is shorter than was said makes no piece of negative length', () => {
  for (const {from, to} of pieces(chapters, 100)) assert.ok(to >= from)
})
