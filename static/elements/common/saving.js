/** Have the browser keep something as a file. */
import {make} from './dom.js'

/** @param {Blob} content @param {string} name */
export function saveFile(content, name) {
  const href = URL.createObjectURL(content)
  make('a', {href, download: name}).click()
  // The download has begun with the click; a minute is enough for the slowest disk.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
