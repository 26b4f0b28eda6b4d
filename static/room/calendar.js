/**
 * One meeting as an iCalendar file (RFC 5545). Pure.
 *
 * Rule 1: it is a note to whoever keeps it. It has no METHOD, organiser or attendee: no calendar
 * takes it for a message that wants an answer (RFC 5546).
 * Rule 2: no line has more than 75 octets of UTF-8, and no character is torn by that (3.1).
 * Rule 3: times are in UTC, so that they need no zone of anybody's.
 */

const LONGEST = 75
const FOLD = '\r\n '
const UTF8 = new TextEncoder()

/**
 * @typedef {object} Entry
 * @property {string} uid the same whenever this meeting is kept anew, so that it is changed, not doubled
 * @property {Date} made @property {Date} start @property {Date} end
 * @property {string} title @property {string} description
 * @property {string} language of the description (BCP 47)
 * @property {string} link where it takes place: an address
 */

/** @param {Entry} entry @returns {string} */
export const calendarFile = entry =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatekeeper//Gatekeeper//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${text(entry.uid)}`,
    `DTSTAMP:${utc(entry.made)}`,
    `DTSTART:${utc(entry.start)}`,
    `DTEND:${utc(entry.end)}`,
    `SUMMARY:${text(entry.title)}`,
    `DESCRIPTION;LANGUAGE=${entry.language}:${text(entry.description)}`,
    `LOCATION:${text(entry.link)}`,
    `URL:${entry.link}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map(line => `${folded(line)}\r\n`)
    .join('')

/** "20261129T140000Z" (3.3.5). @param {Date} moment */
const utc = moment => moment.toISOString().replace(/[-:]|\.\d+/g, '')

/** As a value of type TEXT (3.3.11): no control characters, and no half of a pair. @param {string} said */
const text = said =>
  said
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\\;,]/g, sign => `\\${sign}`)
    .replaceAll('\n', '\\n')

/** @param {string} line */
function folded(line) {
  let written = ''
  let room = LONGEST
  for (const character of line) {
    const octets = UTF8.encode(character).length
    if (octets > room) {
      written += FOLD
      room = LONGEST - 1
    }
    written += character
    room -= octets
  }
  return written
}

/** What systems keep for themselves in the name of a file, and what nobody sees in one. */
const NOT_IN_NAMES = /[\p{C}\p{Z}\\/:*?"<>|.]+/gu

/** What the file is called: like the meeting. @param {string} title */
export const calendarName = title => `${title.replace(NOT_IN_NAMES, ' ').trim() || 'meeting'}.ics`
