/** How long something has lasted, as people say it. */
import {dated} from '../i18n/when.js'

const UNITS = /** @type {const} */ ([
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
])

/** "2 hr", the largest unit that is at least one; never less than a minute. @param {string} language @param {number} passed in ms @returns {string} */
export function age(language, passed) {
  const [unit, length] = UNITS.find(([, each]) => passed >= each) ?? ['minute', 60_000]
  return new Intl.NumberFormat(dated(language), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  }).format(Math.max(Math.floor(passed / length), 1))
}
