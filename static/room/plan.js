/**
 * When a meeting is to be, as it is chosen in the fields of a page. Pure but for the time zone of
 * the machine.
 */

/**
 * @typedef {object} Plan as `<input type=date>` and `<input type=time>` have it
 * @property {string} day "2026-11-29", or nothing @property {string} time "14:00", or nothing
 * @property {number} minutes how long
 */
/** @typedef {'unset' | 'past' | 'late'} Hitch why a room cannot be met in then */

/** How long a meeting may be, in minutes. */
export const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240]

/** The next full hour, and one hour of it. @param {Date} now @returns {Plan} */
export function usual(now) {
  const hour = new Date(now)
  hour.setHours(hour.getHours() + 1, 0, 0, 0)
  return {day: dayOf(hour), time: `${two(hour.getHours())}:${two(hour.getMinutes())}`, minutes: 60}
}

/** The day here, as a field has it. @param {Date} moment */
export const dayOf = moment =>
  `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`

/** @param {number} part */
const two = part => String(part).padStart(2, '0')

/** From when to when; null while a day or a time is missing. @param {Plan} plan @returns {{start: Date, end: Date} | null} */
export function span({day, time, minutes}) {
  const start = new Date(`${day}T${time}`)
  if (day === '' || time === '' || Number.isNaN(start.getTime())) return null
  return {start, end: new Date(start.getTime() + minutes * 60_000)}
}

/**
 * What is in the way of a plan, if anything is.
 * @param {Plan} plan @param {{now: Date, until: Date}} room `until`: when it is forgotten, should nobody have come
 * @returns {Hitch | null}
 */
export function hitch(plan, {now, until}) {
  const when = span(plan)
  if (when === null) return 'unset'
  if (when.end <= now) return 'past'
  return when.start >= until ? 'late' : null
}
