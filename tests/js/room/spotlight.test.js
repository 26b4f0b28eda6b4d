import assert from 'node:assert/strict'
import {test} from 'node:test'
import {follow, nobody} from '../../../static/room/spotlight.js'

const OTHERS = ['mara', 'tomas', 'ines']

/** Who is shown after each step of `[speaker, ms since the one before]`. */
function story(steps, others = OTHERS) {
  let [state, now] = [nobody(), 0]
  return steps.map(([speaker, later]) => {
    now += later
    state = follow(state, speaker, others, now)
    return state.shown
  })
}

test('before anybody has spoken it is who came first', () => {
  assert.deepEqual(story([[null, 0]]), ['mara'])
  assert.equal(follow(nobody(), 'you', [], 0).shown, null)
})

test('who speaks on is shown, and stays so in silence', () => {
  const shown = story([
    [null, 0],
    ['tomas', 100],
    ['tomas', 500],
    ['tomas', 500],
    [null, 100],
    [null, 60_000],
  ])

  assert.deepEqual(shown, ['mara', 'mara', 'mara', 'tomas', 'tomas', 'tomas'])
})

test('a word between takes nobody their place', () => {
  const shown = story([
    [null, 0],
    ['tomas', 100],
    ['tomas', 1000],
    ['ines', 100],
    ['ines', 600],
    ['tomas', 100],
    ['ines', 100],
    ['ines', 600],
  ])

  assert.deepEqual(shown.slice(2), Array(6).fill('tomas'))
})

test('one oneself is never shown large by speaking', () => {
  const shown = story([
    [null, 0],
    ['you', 100],
    ['you', 5000],
  ])

  assert.deepEqual(shown, ['mara', 'mara', 'mara'])
})

test('who has gone makes way at once, to who speaks or to who came first', () => {
  const there = {shown: 'ines', rival: null, since: 0}

  assert.equal(follow(there, null, ['mara', 'tomas'], 10).shown, 'mara')
  assert.equal(follow(there, 'tomas', ['mara', 'tomas'], 10).shown, 'tomas')
})
