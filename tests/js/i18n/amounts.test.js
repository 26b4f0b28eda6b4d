import assert from 'node:assert/strict'
import {test} from 'node:test'
import {
  day,
  fullDay,
  length,
  listed,
  minutes,
  shortDay,
  size,
} from '../../../static/i18n/amounts.js'

const NOON = '2026-11-28T12:00:00Z'

test('sizes have the unit that keeps them short', () => {
  assert.equal(size('en', 212_400_000), '212 MB')
  assert.equal(size('en', 6_120_000), '6.1 MB')
  assert.equal(size('de', 6_120_000), '6,1 MB')
  assert.equal(size('en', 41_200), '41 kB')
  assert.equal(size('en', 7), '7 byte')
  assert.equal(size('en', 0), '0 byte')
  assert.equal(size('en', 3_400_000_000_000), '3,400 GB')
})

test('lengths show hours only where there are some', () => {
  assert.equal(length(0), '0:00')
  assert.equal(length(860.9), '14:20')
  assert.equal(length(3860), '1:04:20')
  assert.equal(length(20, 3860), '0:00:20')
  assert.equal(length(-1), '0:00')
})

test('a number of minutes has the form of its number', () => {
  assert.equal(minutes('en', 1), '1 minute')
  assert.equal(minutes('en', 5), '5 minutes')
  assert.equal(minutes('de', 1), '1 Minute')
  assert.equal(minutes('de', 5), '5 Minuten')
})

test('days are said as people say them', () => {
  assert.equal(day('en', NOON), '28 November')
  assert.equal(day('de', NOON), '28. November')
  assert.equal(shortDay('en', NOON), '28 Nov')
  assert.match(fullDay('en', NOON), /^Saturday,? 28 November 2026$/)
  assert.equal(fullDay('de', NOON), 'Samstag, 28. November 2026')
})

test('names are listed in the language of the page', () => {
  assert.equal(listed('en', ['Mara', 'Tomás', 'Ines']), 'Mara, Tomás and Ines')
  assert.equal(listed('de', ['Mara', 'Ines']), 'Mara und Ines')
  assert.equal(listed('en', []), '')
})
