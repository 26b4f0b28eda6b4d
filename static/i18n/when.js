/** Times as people read them. Pure but for the time zone of the machine. */

/** @type {Map<string, Intl.DateTimeFormat>} To make one takes longer than to use it a hundred times. */
const formats = new Map()

/** @param {string} language @param {Intl.DateTimeFormatOptions} options */
function formatOf(language, options) {
  const key = `${language} ${JSON.stringify(options)}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options)
  formats.set(key, format)
  return format
}

/**
 * As dates and numbers want it: an English day comes before its month here; Arabic has the digits
 * of the times, lengths and codes beside it, and the calendar of the evidence.
 * @type {Readonly<Record<string, string>>}
 */
const DATED = {en: 'en-GB', ar: 'ar-u-ca-gregory-nu-latn'}

/** The language as dates want it. @param {string} language */
export const dated = language => DATED[language] ?? language

/** Hours and minutes, on a 24-hour clock. @param {string} language @param {string | number} moment @returns {string} */
export const clock = (language, moment) =>
  formatOf(dated(language), {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(
    new Date(moment),
  )

/** Day and time in full, to the second. @param {string} language @param {string | number} moment @returns {string} */
export const moment = (language, moment) =>
  formatOf(dated(language), {
    dateStyle: 'full',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(moment))

/** Weekday, day, month and time. @param {string} language @param {string | number} moment @returns {string} */
export const dayAndClock = (language, moment) =>
  formatOf(dated(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment))

/** Hours, minutes and seconds. @param {string} language @param {number} moment @returns {string} */
export const exactClock = (language, moment) =>
  formatOf(dated(language), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment))
