/**
 * Whose house this is: what the server has written into the page of `[place]`.
 *
 * Rule: it is shown around the choices of a meeting, and in none of them.
 */

/**
 * @typedef {object} House
 * @property {string} name @property {string} logo address of a picture; empty: our own mark
 * @property {string} imprint @property {string} privacy addresses; empty: there is none
 */

/** @type {House} */
const NOBODY = {name: '', logo: '', imprint: '', privacy: ''}

/** @param {string} content  of the page's `gatekeeper-place`, or nothing @returns {House} */
export function houseOf(content) {
  if (content === '') return NOBODY
  /** @type {unknown} */
  const given = JSON.parse(content)
  if (typeof given !== 'object' || given === null) return NOBODY
  const said = new Map(Object.entries(given))
  /** @param {string} key */
  const text = key => {
    const found = said.get(key)
    return typeof found === 'string' ? found : ''
  }
  return {
    name: text('name'),
    logo: text('logo'),
    imprint: text('imprint'),
    privacy: text('privacy'),
  }
}

const META = 'meta[name="gatekeeper-place"]'

/** Of this page. */
export const house = houseOf(
  typeof document === 'undefined'
    ? ''
    : (document.querySelector(META)?.getAttribute('content') ?? ''),
)
