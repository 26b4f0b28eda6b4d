/** Sizes, lengths and days as people read them. Pure but for the time zone of the machine. */

import {dated} from './when.js'
import {apart} from './words.js'

/** @import {Say} from './words.js' */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte']

/** "212 MB". @param {string} language @param {number} bytes @returns {string} */
export function size(language, bytes) {
  const unit = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1)
  const value = bytes / 1000 ** unit
  return new Intl.NumberFormat(dated(language), {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && unit > 1 ? 1 : 0,
  }).format(value)
}

/** "14:20", or "1:04:20" where `whole` is an hour or more. @param {number} seconds @param {number} [whole] @returns {string} */
export function length(seconds, whole = seconds) {
  const all = Math.max(Math.floor(seconds), 0)
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0')
  const hours = Math.floor(all / 3600)
  const minutes = Math.floor(all / 60) % 60
  return whole >= 3600 ? `${hours}:${pad(minutes)}:${pad(all % 60)}` : `${minutes}:${pad(all % 60)}`
}

/** "1 minute", "5 minutes". @param {string} language @param {number} count @returns {string} */
export const minutes = (language, count) =>
  new Intl.NumberFormat(dated(language), {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'long',
  }).format(count)

/** "1 hour", "1.5 hours". @param {string} language @param {number} count @returns {string} */
export const hours = (language, count) =>
  new Intl.NumberFormat(dated(language), {
    style: 'unit',
    unit: 'hour',
    unitDisplay: 'long',
  }).format(count)

/** "Saturday, 21 November 2026". @param {string} language @param {string} moment @returns {string} */
export const fullDay = (language, moment) =>
  new Intl.DateTimeFormat(dated(language), {dateStyle: 'full'}).format(new Date(moment))

/** "28 November". @param {string} language @param {string} moment @returns {string} */
export const day = (language, moment) =>
  new Intl.DateTimeFormat(dated(language), {
    day: 'numeric',
    month: 'long',
  }).format(new Date(moment))

/** "28 Nov". @param {string} language @param {string} moment @returns {string} */
export const shortDay = (language, moment) =>
  new Intl.DateTimeFormat(dated(language), {
    day: 'numeric',
    month: 'short',
  }).format(new Date(moment))

/** "Courtyard House, Example Town": what is known of one thing. @param {Say} say @param {readonly (string | null)[]} parts @returns {string} */
export const inTurn = (say, parts) =>
  parts.reduce(
    (/** @type {string} */ before, after) =>
      before && after ? say('comma', {before, after}) : before || (after ?? ''),
    '',
  )

/** "Mara, Tomás and Ines". @param {string} language @param {readonly string[]} names @returns {string} */
export const listed = (language, names) =>
  new Intl.ListFormat(dated(language)).format(names.map(name => apart(language, name)))
