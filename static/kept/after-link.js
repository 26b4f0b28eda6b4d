/**
 * Links to the page afterwards. The capability travels in the fragment only: no log sees it.
 */

import {at, below} from '../site/place.js'

const PAGE = /^\/m\/([A-Za-z0-9_-]{16,64})\/after\/?$/

/** @param {string} room @param {string} [capability] none: this browser remembers it @returns {string} */
export const afterPath = (room, capability = '') =>
  at(`m/${room}/after`) + (capability === '' ? '' : `#p=${encodeURIComponent(capability)}`)

/** The room in a path such as `/m/abc/after`, or null. @param {string} path @returns {string | null} */
export const roomAfter = path => PAGE.exec(below(path))?.[1] ?? null

/** @param {string} fragment as in `location.hash` @returns {string | null} */
export const capabilityOf = fragment =>
  new URLSearchParams(fragment.replace(/^#/, '')).get('p') || null
