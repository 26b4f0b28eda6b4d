/**
 * The DTLS fingerprints of a description (RFC 8122): which certificates its sender answers with.
 *
 * Rule: whoever relays a description could put its own there, and stand between two people. So they
 * are read strictly, all of them: what cannot be read is none.
 */

const LINE = /^a=fingerprint:(sha-(?:256|384|512)) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31,63})$/
/** More than any browser has. */
const MOST = 8

/**
 * In the one form in which they are signed.
 * @param {string} sdp  untrusted @returns {string | null} null where there are none, or others than can be read
 */
export function fingerprintsOf(sdp) {
  const lines = sdp.split(/[\r\n]+/).filter(line => /fingerprint/i.test(line))
  const found = new Set()
  for (const line of lines) {
    const [, algorithm, value] = LINE.exec(line) ?? []
    if (!algorithm || !value) return null
    found.add(`${algorithm} ${value.toUpperCase()}`)
  }
  return found.size === 0 || found.size > MOST ? null : [...found].sort().join(', ')
}
