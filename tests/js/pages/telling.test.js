/** What the page around a frame is told of a session, and when. */
import assert from 'node:assert/strict'
import {test} from 'node:test'

import {telling} from '../../../static/pages/telling.js'

test('what is on is told at once, and no other change by a message of its own', t => {
  t.mock.timers.enable({apis: ['setInterval']})
  t.mock.method(performance, 'now', () => 1000)
  const session = Object.assign(new EventTarget(), {
    view: {phase: 'open', signs: {minutes: {on: false}}, answers: {}},
    reach: {heardSince: 1000, probe() {}},
  })
  const told = []
  const {ask, end} = telling(session, ({features}) => told.push(features.minutes))
  const change = more => {
    session.view = {...session.view, ...more}
    session.dispatchEvent(new Event('change'))
  }
  assert.deepEqual(told, [false])

  change({answers: {minutes: {decision: 'declined'}}})
  change({marks: new Set(['minutes'])})
  assert.deepEqual(told, [false])
  change({signs: {minutes: {on: true}}})
  assert.deepEqual(told, [false, true])
  change({answers: {minutes: {decision: 'granted'}}})
  t.mock.timers.tick(500)
  assert.deepEqual(told, [false, true, true])
  ask()
  session.reach.heardSince = -2000
  change({})
  assert.deepEqual(told, [false, true, true, true, false], 'what is not known is off')

  end()
  change({signs: {minutes: {on: false}}})
  t.mock.timers.tick(5000)
  assert.equal(told.length, 5)
})
