import assert from 'node:assert/strict'
import {test} from 'node:test'
import {
  day,
  fullDay,
  inTurn,
  length,
  listed,
  minutes,
  shortDay,
  size,
} from '../../../static/i18n/amounts.js'

import {loadWords, words} from '../../../static/i18n/words.js'

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
  assert.equal(listed('fr', ['Mara', 'Ines']), 'Mara et Ines')
  assert.equal(listed('es', ['Mara', 'Tomás']), 'Mara y Tomás')
  assert.equal(listed('ar', ['ليلى', 'نوح']), 'ليلى ونوح')
  assert.equal(listed('en', []), '')
})

test('each name in a list keeps its direction to itself', () => {
  assert.equal(
    listed('en', ['ليلى', 'נועה', 'Ines']),
    '\u2068ليلى\u2069, \u2068נועה\u2069 and Ines',
  )
  assert.equal(listed('ar', ['ليلى', 'Ines']), 'ليلى و\u2068Ines\u2069')
})

test('digits are the same in every language, and the calendar is that of the evidence', () => {
  for (const language of ['en', 'de', 'fr', 'es', 'ar']) {
    assert.match(fullDay(language, NOON), /2026/, language)
    assert.match(size(language, 212_400_000), /212/, language)
  }
  assert.equal(day('ar', NOON), '28 نوفمبر')
})

test('what is known of one thing stands in turn, each part by itself', async () => {
  await Promise.all(['en', 'ar'].map(loadWords))
  const [en, ar] = [words('en'), words('ar')]
  assert.equal(
    inTurn(en, ['Courtyard House', null, '', 'Example Town']),
    'Courtyard House, Example Town',
  )
  assert.equal(inTurn(ar, ['MP4', '484 كيلوبايت']), '\u2068MP4\u2069، \u2068484 كيلوبايت\u2069')
  assert.equal(inTurn(ar, ['تعاونية']), 'تعاونية')
  assert.equal(inTurn(en, []), '')
})
