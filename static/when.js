/** Times as people read them. Pure but for the time zone of the machine. */

/** The language as dates want it: an English day comes before its month here. @param {string} language */
export const dated = language => (language === 'en' ? 'en-GB' : language)

/** Hours and minutes, on a 24-hour clock. @param {string} language @param {string | number} moment @returns {string} */
export const clock = (language, moment) =>
  new Intl.DateTimeFormat(language, {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(
    new Date(moment),
  )

/** Day and time in full, to the second. @param {string} language @param {string | number} moment @returns {string} */
export const moment = (language, moment) =>
  new Intl.DateTimeFormat(dated(language), {
    dateStyle: 'full',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(moment))

/** Weekday, day, month and time. @param {string} language @param {string | number} moment @returns {string} */
export const dayAndClock = (language, moment) =>
  new Intl.DateTimeFormat(dated(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment))

/** Hours, minutes and seconds. @param {string} language @param {number} moment @returns {string} */
export const exactClock = (language, moment) =>
  new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment))
