/** A short code for a set of people: the same wherever the same people are seen. */

import {bytes} from './base64url.js'
import {canonical} from './canonical.js'

/**
 * Sixteen digits, to be read aloud. Fewer could be met by trying: whoever invents people may
 * invent a great many.
 * @param {Iterable<string>} people  participants' ids @returns {Promise<string>}
 */
export async function roomCode(people) {
  const named = bytes(canonical([...people].sort()))
  const view = new DataView(await crypto.subtle.digest('SHA-256', named))
  const digits = (view.getBigUint64(0) % 10n ** 16n).toString().padStart(16, '0')
  return digits.replace(/(.{4})(?!$)/g, '$1 ')
}
