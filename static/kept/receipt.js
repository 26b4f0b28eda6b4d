/**
 * Reading a receipt: a compact JWS (RFC 7515), for showing it and saving it.
 *
 * Rule: reading is not verifying. What is shown came over this page's own connection; the
 * file is what proves it, to anybody who has the gate's public key.
 */

/** @typedef {Readonly<Record<string, unknown>>} Body */

/** @param {unknown} value @returns {value is Body} */
const isBody = value => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The payload of a compact JWS, or null when it is not one. @param {string} jws @returns {Body | null} */
export function read(jws) {
  const [, payload] = jws.split('.')
  if (!payload) return null
  try {
    const raw = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(raw, letter => letter.charCodeAt(0))
    const body = JSON.parse(new TextDecoder().decode(bytes))
    return isBody(body) ? body : null
  } catch {
    return null
  }
}

/** A text at a path in the body, or null. @param {Body | null} body @param {...string} path @returns {string | null} */
export function textAt(body, ...path) {
  let value = /** @type {unknown} */ (body)
  for (const step of path) value = isBody(value) ? value[step] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

/** A name for the file that holds it. @param {{feature: string, event: string, at: string}} receipt */
export const fileName = ({feature, event, at}) =>
  `receipt-${feature}-${event}-${at.slice(0, 19).replaceAll(':', '-')}.jws`
