import assert from 'node:assert/strict'
import {test} from 'node:test'
import {age} from '../../../static/console/ages.js'
import {SECTIONS, whereOf} from '../../../static/console/sections.js'

test('an address leads to its section, with what it says of it', () => {
  for (const [name] of SECTIONS) assert.deepEqual(whereOf(`#${name}`), {section: name, rest: ''})
  assert.deepEqual(whereOf('#evidence/a_B-1'), {section: 'evidence', rest: 'a_B-1'})
})

test('what is no address of a section leads to the overview, and says nothing of it', () => {
  for (const said of ['', '#', '#nothing', '#sign-in=x', '#__proto__', '#constructor/x'])
    assert.equal(whereOf(said).section, 'overview', said)
  for (const said of [
    '#evidence/../x',
    '#evidence/a%2fb',
    '#evidence/a b',
    `#rooms/${'x'.repeat(65)}`,
  ])
    assert.ok(['', '..'].includes(whereOf(said).rest.replace('..', '')), said)
})

test('ages are said in the largest unit that is at least one', () => {
  assert.equal(age('en', 0), '1 minute')
  assert.equal(age('en', 59 * 60_000), '59 minutes')
  assert.equal(age('en', 61 * 60_000), '1 hour')
  assert.equal(age('de', 49 * 3_600_000), '2 Tage')
})
