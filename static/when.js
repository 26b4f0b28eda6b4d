/** Times as people read them. Pure but for the time zone of the machine. */

/** Hours and minutes, on a 24-hour clock. @param {string} language @param {string | number} moment @returns {string} */
export const clock = (language, moment) =>
  new Intl.DateTimeFormat(language, {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(
    new Date(moment),
  )

/** Day and time in full, to the second. @param {string} language @param {string | number} moment @returns {string} */
export const moment = (language, moment) =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'full',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(moment))

/** Weekday, day, month and time. @param {string} language @param {string | number} moment @returns {string} */
export const dayAndClock = (language, moment) =>
  new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(moment))
