/** base64url (RFC 4648, section 5) without padding: bytes have one spelling. */

/** @param {Uint8Array} raw */
export function base64url(raw) {
  const binary = Array.from(raw, byte => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** @param {string} text @returns {Uint8Array<ArrayBuffer> | null} null for any other spelling, too */
export function unbase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const raw = Uint8Array.from(binary, each => each.charCodeAt(0))
  return base64url(raw) === text ? raw : null
}

/** UTF-8. @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function bytes(text) {
  return new TextEncoder().encode(text)
}

/** SHA-256, as it names keys and wordings. @param {string} text @returns {Promise<string>} */
export async function digest(text) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(text))))
}
