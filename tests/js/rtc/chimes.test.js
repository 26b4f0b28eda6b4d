import assert from 'node:assert/strict'
import {test} from 'node:test'

import {Chimes} from '../../../static/rtc/chimes.js'

test('many at once are one', () => {
  const chimes = new Chimes()
  const heard = Array.from({length: 12}, (_, index) => chimes.due('joined', index * 100))

  assert.deepEqual(
    heard.filter(due => due),
    [true],
  )
  assert.equal(heard[0], true)
  assert.equal(chimes.due('joined', 3100), true)
})

test('two kinds are both heard, unless they come together', () => {
  const chimes = new Chimes()

  assert.equal(chimes.due('joined', 0), true)
  assert.equal(chimes.due('hand', 300), false)
  assert.equal(chimes.due('hand', 700), true)
  assert.equal(chimes.due('joined', 1400), false)
})

test('who is addressed hears it at once after a line, and of two sounds never both', () => {
  const chimes = new Chimes()

  assert.equal(chimes.due('message', 0), true)
  assert.equal(chimes.due('mention', 590), false)
  assert.equal(chimes.due('mention', 610), true)
  assert.equal(chimes.due('hand', 1300), false, 'while it lasts')
  assert.equal(chimes.due('knock', 1345), true)
  assert.equal(chimes.due('hand', 2200), false)
  assert.equal(chimes.due('mention', 3600), false, 'many are one')
})
