/**
 * Reading a receipt: a compact JWS (RFC 7515), for showing it and saving it.
 *
 * Rule: reading is not verifying. What is shown came over this page's own connection; the
 * file is what proves it, to anybody who has the gate's public key.
 */

/** @import {Notice} from '../room/notices.js' */
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

/** Of a notice, the texts and what they are known by (consent/notice.py). */
const NOTICE = /** @type {const} */ ([
  ...['feature', 'language', 'name', 'object', 'meaning', 'captured', 'purpose', 'processor'],
  ...['recipients', 'retention', 'withdrawal'],
])

/**
 * What its person had agreed to last, by feature: each receipt holds the words.
 * @param {readonly {feature: string, event: string, receipt: string}[]} receipts in the order in which they came
 * @returns {ReadonlyMap<string, Notice>}
 */
export function agreedIn(receipts) {
  const agreed = new Map()
  for (const {feature, event, receipt} of receipts) {
    const body = event === 'granted' ? read(receipt) : null
    const digest = textAt(read(textAt(body, 'grant', 'statement') ?? ''), 'notice')
    const words = NOTICE.map(field => [field, textAt(body, 'notice', field)])
    if (digest !== null && words.every(([, text]) => text !== null))
      agreed.set(feature, {...Object.fromEntries(words), digest})
  }
  return agreed
}

/** A name for the file that holds it. @param {{feature: string, event: string, at: string}} receipt */
export const fileName = ({feature, event, at}) =>
  `receipt-${feature}-${event}-${at.slice(0, 19).replaceAll(':', '-')}.jws`
