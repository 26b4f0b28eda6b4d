import assert from 'node:assert/strict'
import {test} from 'node:test'
import {hitch, span, usual} from '../../../static/room/plan.js'

process.env.TZ = 'Europe/Berlin'

const at = text => new Date(text)
const NOW = at('2026-11-29T13:20:00Z')
const UNTIL = at('2026-12-06T13:20:00Z')
const plan = change => ({day: '2026-12-01', time: '10:00', minutes: 60, ...change})

test('the usual is the next full hour, for an hour, where one is', () => {
  assert.deepEqual(usual(NOW), {day: '2026-11-29', time: '15:00', minutes: 60})
  assert.deepEqual(usual(at('2026-11-29T14:00:00Z')).time, '16:00')
  assert.deepEqual(usual(at('2026-12-31T22:59:00Z')), {
    day: '2027-01-01',
    time: '00:00',
    minutes: 60,
  })
})

test('what is chosen is meant where one is, in summer and in winter', () => {
  assert.deepEqual(span(plan({minutes: 90})), {
    start: at('2026-12-01T09:00:00Z'),
    end: at('2026-12-01T10:30:00Z'),
  })
  assert.deepEqual(span(plan({day: '2026-07-01'})).start, at('2026-07-01T08:00:00Z'))
})

test('an hour over the change of clocks is an hour', () => {
  const {start, end} = span(plan({day: '2026-10-25', time: '02:30'}))

  assert.equal(end - start, 3_600_000)
})

test('what is in the way is said', () => {
  const found = change => hitch(plan(change), {now: NOW, until: UNTIL})

  assert.equal(found({}), null)
  assert.equal(found({day: ''}), 'unset')
  assert.equal(found({time: ''}), 'unset')
  assert.equal(found({day: 'soon'}), 'unset')
  assert.equal(found({day: '2026-11-29', time: '13:00'}), 'past')
  assert.equal(found({day: '2026-11-29', time: '14:00'}), null, 'it goes on')
  assert.equal(found({day: '2026-12-06', time: '14:15'}), null)
  assert.equal(found({day: '2026-12-06', time: '14:20'}), 'late')
  assert.equal(found({day: '2027-12-06'}), 'late')
})
