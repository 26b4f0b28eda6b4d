import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {bars, place, ticks, windowOf} from '../../../static/kept/timeline.js'
import {KEPT, feature} from '../kept-example.js'

const HOUR = 3_600_000
const MINUTE = 60_000
const moment = clock => Date.parse(`2026-11-21T${clock}Z`)
const {stretches} = feature()

describe('the window', () => {
  test('is the meeting', () => {
    assert.deepEqual(windowOf(KEPT, 0), {from: moment('10:30:00'), to: moment('11:30:00')})
  })

  test('reaches to now while the meeting goes on', () => {
    const now = moment('11:50:00')
    assert.equal(windowOf({...KEPT, ended_at: null}, now).to, now)
  })

  test('is what is around the captured part, when the room stood open for days', () => {
    const window = windowOf({...KEPT, opened_at: '2026-11-18T08:00:00Z'}, 0)

    assert.equal(window.from, moment('10:42:00') - 34 * MINUTE)
    assert.equal(window.to, moment('11:30:00'))
  })

  test('holds every stretch, even one that the end of the meeting cut', () => {
    const window = windowOf({...KEPT, ended_at: '2026-11-21T11:10:00Z'}, 0)
    assert.equal(window.to, moment('11:16:00'))
  })

  test('has a length even for a meeting without one', () => {
    const {from, to} = windowOf({...KEPT, ended_at: KEPT.opened_at, features: []}, 0)
    assert.ok(to > from)
  })
})

test('a bar lies where its stretch was', () => {
  const window = windowOf(KEPT, 0)
  const [first, second] = bars(stretches, window, 0)

  assert.equal(first.start, 0.2)
  assert.ok(Math.abs(first.size - 13 / 60) < 1e-9)
  assert.equal(second.opening, 'o2')
  assert.equal(second.open, false)
})

test('a bar of what is still on ends now', () => {
  const now = moment('11:20:00')
  const [bar] = bars([{...stretches[0], to: null}], windowOf(KEPT, now), now)

  assert.deepEqual([bar.to, bar.open], [now, true])
})

test('of a bar that the server fell in both is told: what is known, and when it was over', () => {
  const middle = '2026-11-21T10:50:00Z'
  const latest = '2026-11-21T11:00:00Z'
  const parts = [
    {...stretches[0], to: middle},
    {...stretches[0], from: middle, latest},
  ]
  const [bar, ...others] = bars(parts, windowOf(KEPT, 0), 0)

  assert.deepEqual(others, [])
  assert.deepEqual([bar.to, bar.latest], [moment('10:55:00'), moment('11:00:00')])
})

test('one who comes or goes does not divide a bar; a gap does', () => {
  const window = windowOf(KEPT, 0)
  const [first, second] = stretches
  const middle = '2026-11-21T10:50:00Z'
  const parts = [{...first, to: middle, people: ['ada']}, {...first, from: middle}, second]
  const apart = [
    {...first, to: middle},
    {...first, from: '2026-11-21T10:51:00Z'},
  ]

  assert.deepEqual(bars(parts, window, 0), bars(stretches, window, 0))
  assert.equal(bars(apart, window, 0).length, 2)
  assert.equal(bars([first, {...second, from: first.to}], window, 0).length, 2)
})

test('a gap looks the same whatever made it', () => {
  const window = windowOf(KEPT, 0)
  const told = bars(
    stretches.map(each => ({...each, because: 'somebody said no'})),
    window,
    0,
  )
  assert.deepEqual(told, bars(stretches, window, 0))
})

test('a place is never outside of the window', () => {
  const window = {from: 100, to: 200}
  assert.deepEqual(
    [50, 100, 150, 200, 250].map(each => place(window, each)),
    [0, 0, 0.5, 1, 1],
  )
})

describe('times on the axis', () => {
  test('are round, few, and in the window', () => {
    const window = {from: moment('10:31:00'), to: moment('11:31:00')}
    const {moments, seconds} = ticks(window, 6, 0)

    assert.deepEqual(
      moments.map(each => new Date(each).toISOString().slice(11, 16)),
      ['10:40', '10:50', '11:00', '11:10', '11:20', '11:30'],
    )
    assert.equal(seconds, false)
  })

  test('are round on the clock of the place, too', () => {
    const window = {from: moment('06:00:00'), to: moment('18:00:00')}
    const {moments} = ticks(window, 6, 5.5 * HOUR)

    for (const each of moments) assert.equal((each + 5.5 * HOUR) % (2 * HOUR), 0)
  })

  test('show seconds in a meeting of seconds', () => {
    const window = {from: moment('10:30:00'), to: moment('10:30:20')}
    const {moments, seconds} = ticks(window, 6, 0)

    assert.equal(seconds, true)
    assert.equal(moments.length, 5)
  })

  for (const length of [1, 10, 60, 600, 3600, 86_400, 864_000, 8_640_000])
    test(`are never too many in ${length} seconds`, () => {
      const from = moment('10:31:07')
      const {moments} = ticks({from, to: from + length * 1000}, 6, HOUR)

      assert.ok(moments.length <= 7, String(moments.length))
      for (const each of moments) assert.ok(each >= from && each <= from + length * 1000)
    })
})
