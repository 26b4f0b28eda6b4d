import assert from 'node:assert/strict'
import {test} from 'node:test'
import {fetchLines} from '../../../static/kept/fetched.js'

const people = [
  {id: 'a', name: 'Ana'},
  {id: 'b', name: null},
]
const line = {
  by: 'participant',
  who: 'a',
  feature: 'recording',
  what: 'film',
  subject: null,
  at: '2026-11-29T12:00:00.000Z',
  times: 1,
}
const lines = (...fetched) => fetchLines({people, you: 'a', fetched})

test('a line says who, by the names that the page knows, and what', () => {
  const [own, theirs, console] = lines(
    line,
    {...line, who: 'b', what: 'track', subject: 'a', times: 3},
    {...line, by: 'console', who: null, what: 'copy', subject: 'a'},
  )
  assert.deepEqual([own.who, own.you, own.whose], [people[0], true, null])
  assert.deepEqual([theirs.who, theirs.you, theirs.whose], [people[1], false, people[0]])
  assert.equal(theirs.times, 3)
  assert.deepEqual([console.by, console.who], ['console', null])
})

test('an archive of several features is one line, and two films are two', () => {
  const other = {...line, feature: 'other'}
  const whole = {...line, what: 'export'}
  assert.equal(lines(whole, {...whole, feature: 'transcript', times: 2}).length, 1)
  assert.equal(lines(whole, {...whole, feature: 'transcript', times: 2})[0].times, 2)
  assert.equal(lines(line, other).length, 2)
})

test('of a meeting from before there were lines there are none', () => {
  assert.deepEqual(fetchLines({people, you: 'a'}), [])
})
