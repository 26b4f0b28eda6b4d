import assert from 'node:assert/strict'
import {test} from 'node:test'
import {calendarFile, calendarName} from '../../../static/room/calendar.js'

const LINK = 'https://meet.example/meet/m/Vq3xAbCdEfGhIjKlMnOpQr'
const MEETING = {
  uid: 'Vq3xAbCdEfGhIjKlMnOpQr@meet.example',
  made: new Date('2026-11-29T06:30:15.250Z'),
  start: new Date('2026-12-01T13:00:00Z'),
  end: new Date('2026-12-01T14:30:00Z'),
  title: 'Roof',
  description: 'What for',
  language: 'en',
  link: LINK,
}
const written = change => calendarFile({...MEETING, ...change})
/** Lines as they were before they were folded (RFC 5545, 3.1), in octets. */
const unfolded = file => file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
const value = (file, name) =>
  unfolded(file)
    .find(line => line.startsWith(`${name}:`) || line.startsWith(`${name};`))
    .replace(/^[^:]*:/, '')
const octets = text => new TextEncoder().encode(text).length

/** Titles that somebody may type. */
const TITLES = {
  commas: 'Roof, gutters; and \\n a back\\slash',
  colon: 'DTSTART:20200101T000000Z',
  lines: 'One\r\nTWO:2\nthree\rfour\u2028five\u0085six',
  long: 'a'.repeat(300),
  accents: 'é'.repeat(100),
  arabic: 'إصلاح السقف '.repeat(20),
  faces: '\u{1f9d1}\u{1f3fd}‍\u{1f680}'.repeat(30),
  mixed: 'a€\u{1f680}é'.repeat(60),
  controls: 'a\u0000b\u0007c\u001bd\u007fe\u0085f\tg',
  torn: 'a\ud83d b \ude80c',
  fold: ` ${' '.repeat(200)}x`,
  quotes: '"Roof" & <b>',
}

test('it is what a calendar needs, and no message that wants an answer', () => {
  assert.deepEqual(unfolded(written()), [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatekeeper//Gatekeeper//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    'UID:Vq3xAbCdEfGhIjKlMnOpQr@meet.example',
    'DTSTAMP:20261129T063015Z',
    'DTSTART:20261201T130000Z',
    'DTEND:20261201T143000Z',
    'SUMMARY:Roof',
    'DESCRIPTION;LANGUAGE=en:What for',
    `LOCATION:${LINK}`,
    `URL:${LINK}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ])
  assert.doesNotMatch(written(), /METHOD|ORGANIZER|ATTENDEE/)
})

for (const [name, text] of Object.entries(TITLES))
  for (const property of ['title', 'description'])
    test(`${name} as ${property}: whole lines, no line too long, nothing that breaks out`, () => {
      const file = written({[property]: text})

      assert.equal(file.replaceAll('\r\n', '').match(/[\r\n]/), null)
      assert.ok(file.endsWith('\r\n'))
      for (const line of file.split('\r\n')) {
        assert.ok(octets(line) <= 75, `${octets(line)}: ${line}`)
        assert.ok(line.isWellFormed(), line)
      }
      assert.deepEqual(
        unfolded(file).map(line => line.split(/[:;]/)[0]),
        unfolded(written()).map(line => line.split(/[:;]/)[0]),
      )
      assert.doesNotMatch(file, /[^\P{Cc}\r\n\t]/u)
      const said = value(file, property === 'title' ? 'SUMMARY' : 'DESCRIPTION')
      const read = said.replace(/\\(.)/gs, (_, sign) => (sign === 'n' ? '\n' : sign))
      const meant = text
        .toWellFormed()
        .replace(/\r\n|[\r\u0085\u2028\u2029]/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, '')
      assert.equal(read, meant)
    })

test('a line is as long as it may be, to the octet', () => {
  const bare = octets('SUMMARY:')
  for (const [extra, lines] of [
    [75, 1],
    [76, 2],
    [75 + 74, 2],
    [75 + 74 + 1, 3],
  ]) {
    const file = written({title: 'a'.repeat(extra - bare)})
    const [, summary] = /(SUMMARY:[^]*?)\r\nDESCRIPTION/.exec(file)
    assert.equal(summary.split('\r\n').length, lines, extra)
  }
})

test('the file is called like the meeting, with nothing that a system minds', () => {
  assert.equal(calendarName('Roof repairs'), 'Roof repairs.ics')
  assert.equal(calendarName('إصلاح السقف'), 'إصلاح السقف.ics')
  assert.equal(calendarName('../a\\b:c*?"<>|d\u202e\n'), 'a b c d.ics')
  for (const nothing of ['', '...', '/', '\u200b\u2067'])
    assert.equal(calendarName(nothing), 'meeting.ics')
})
