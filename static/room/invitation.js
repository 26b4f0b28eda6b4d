/** Links to rooms. The host capability travels in the fragment only: no server or log sees it. */

import {at, below} from '../site/place.js'

const ROOM = /^[A-Za-z0-9_-]{16,64}$/

/** @param {string} room @param {string} origin @returns {string} */
export const invitation = (room, origin) => origin + at(`m/${room}`)

/** The same as a QR code: where its drawing is. @param {string} room */
export const qrCode = room => at(`api/rooms/${room}/qr.svg`)

/** @param {string} room @param {string} host @param {string} origin @returns {string} */
export const hostLink = (room, host, origin) => `${invitation(room, origin)}#host=${host}`

/** The room in a path such as `/m/abc` below the server's own, or null. @param {string} path @returns {string | null} */
export function roomOf(path) {
  const found = /^\/m\/([^/]+)\/?$/.exec(below(path))?.[1]
  return found !== undefined && ROOM.test(found) ? found : null
}

/** The room whose gate is shown at a path such as `/m/abc/gate`, or null. @param {string} path @returns {string | null} */
export const gateOf = path =>
  path.endsWith('/gate') ? roomOf(path.slice(0, -'/gate'.length)) : null

/** Where that is. @param {string} room */
export const gatePath = room => at(`m/${room}/gate`)

/** @param {string} fragment as in `location.hash` @returns {string | null} */
export const hostOf = fragment => said(fragment).get('host')

/**
 * As whom a service has sent somebody: by a token that is good once, under a name that it proposes.
 * @param {string} fragment @returns {{entry: string, name: string} | null}
 */
export function sentOf(fragment) {
  const entry = said(fragment).get('entry')
  return entry === null ? null : {entry, name: said(fragment).get('name') ?? ''}
}

/** @param {string} fragment */
const said = fragment => new URLSearchParams(fragment.replace(/^#/, ''))

/**
 * Where a pasted link leads on this site: a path, or null when it is not an invitation.
 * @param {string} pasted a link, or a room's bare id @param {string} origin @returns {string | null}
 */
export function destination(pasted, origin) {
  const text = pasted.trim()
  if (ROOM.test(text)) return at(`m/${text}`)
  if (!URL.canParse(text, origin)) return null
  const url = new URL(text, origin)
  const room = roomOf(url.pathname)
  if (room === null || url.origin !== origin) return null
  const host = hostOf(url.hash)
  return at(host === null ? `m/${room}` : `m/${room}#host=${host}`)
}
