import assert from 'node:assert/strict'
import {test} from 'node:test'
import {listen, silence} from '../../../static/room/active-speaker.js'

/** What is heard, ten times a second. */
const run = (before, from, times, levels) => {
  let next = before
  for (let step = 0; step < times; step += 1)
    next = listen(next, new Map(levels), from + step * 100)
  return next
}

test('nobody has the floor in silence', () => {
  assert.equal(run(silence(), 1000, 50, [['alice', 0.01]]).speaker, null)
})

test('who speaks for a moment takes the floor, who coughs does not', () => {
  assert.equal(run(silence(), 5000, 2, [['alice', 0.5]]).speaker, null)
  assert.equal(run(silence(), 5000, 5, [['alice', 0.5]]).speaker, 'alice')
})

test('a pause between two sentences does not lose the floor', () => {
  const speaking = run(silence(), 5000, 5, [['alice', 0.5]])

  assert.equal(run(speaking, 5500, 10, [['alice', 0]]).speaker, 'alice')
  assert.equal(run(speaking, 5500, 20, [['alice', 0]]).speaker, null)
})

test('somebody louder takes over only when they stay so', () => {
  const speaking = run(silence(), 5000, 5, [['alice', 0.4]])
  const both = [
    ['alice', 0.4],
    ['bob', 0.6],
  ]

  assert.equal(run(speaking, 5500, 2, both).speaker, 'alice')
  assert.equal(run(speaking, 5500, 5, both).speaker, 'bob')
})

test('who has left has no floor', () => {
  const speaking = run(silence(), 5000, 5, [['alice', 0.5]])

  assert.equal(listen(speaking, new Map([['bob', 0]]), 5500).speaker, null)
})
