/**
 * What this browser can do on this page. Asked each time, believed never: a page may be opened
 * over http://, and WebRTC may be turned off by whoever looks after the browser.
 */

/** Whether sound and pictures can go anywhere from here. */
export const canCall = () => typeof RTCPeerConnection === 'function'

/** Whether this browser keeps a key here: a page within another one may have no place of its own. */
export function canKeep() {
  try {
    return localStorage !== null && indexedDB !== null
  } catch {
    return false
  }
}

/**
 * Why one cannot join: without a key nobody could sign a choice. Browsers give keys (and devices)
 * to secure contexts only (W3C Secure Contexts; Web Cryptography API, 10).
 * @returns {'insecure' | 'keyless' | null}
 */
export function hindrance() {
  if (globalThis.crypto?.subtle) return null
  return globalThis.isSecureContext === false ? 'insecure' : 'keyless'
}
