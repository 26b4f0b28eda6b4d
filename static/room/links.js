/**
 * The web addresses in a text, as they can be pressed.
 *
 * Rule 1: the parts, put together again, are the text: nothing is added, and nothing is left out.
 * Rule 2: only `http` and `https`, written out. What carries a name for signing in before its host
 * is no link: it is written so that one host is read and another one is opened.
 * Rule 3: `host` is said where another host is opened than the letters show (IDNA, WHATWG URL).
 */

/**
 * @typedef {object} Part
 * @property {string} text  as it was written
 * @property {string | null} href  what a press opens; null where it opens nothing
 * @property {string | null} host  as the browser asks for it, where it is not what is written
 */

/** An address goes on until a space, a quotation mark or bracket that no address has, or what turns text around. */
const ADDRESS =
  /(?<![\p{L}\p{M}\p{N}_])https?:\/\/[^\s<>"“”„«»`{}|\\^\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/giu
/** At its end these belong to the sentence around it. */
const TRAILING = /^[\p{P}\p{S}]$/u
/** And these to the address. */
const ENDING = new Set(['/', '-', '_', '=', '&', '#', '%', '+', '$', '@', '~'])
const OPENING = new Map([
  [')', '('],
  [']', '['],
])

/** @param {string} text @returns {Part[]} */
export function linked(text) {
  /** @type {Part[]} */
  const parts = []
  let end = 0
  for (const {0: found, index} of text.matchAll(ADDRESS)) {
    const address = trimmed(found)
    const part = link(address)
    if (!part) continue
    if (index > end) parts.push(plain(text.slice(end, index)))
    parts.push(part)
    end = index + address.length
  }
  if (end < text.length) parts.push(plain(text.slice(end)))
  return parts
}

/** @param {string} text @returns {Part} */
const plain = text => ({text, href: null, host: null})

/** @param {string} address @returns {Part | null} */
function link(address) {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return null
  if (url.username !== '' || url.password !== '') return null
  const [, written = ''] = /^https?:\/\/([^/?#]*)/i.exec(address) ?? []
  const same = written.toLowerCase().replace(/:\d*$/, '') === url.hostname
  return {text: address, href: url.href, host: same ? null : url.host}
}

/** Without what ends the sentence; a bracket belongs to it if it was opened in it. @param {string} address */
function trimmed(address) {
  const letters = [...address]
  /** @type {Map<string, number>} */
  const count = new Map()
  for (const letter of letters) count.set(letter, (count.get(letter) ?? 0) + 1)
  const counted = (/** @type {string | undefined} */ letter) => count.get(letter ?? '') ?? 0
  for (;;) {
    const last = letters.at(-1)
    if (last === undefined || !TRAILING.test(last) || ENDING.has(last)) break
    if (OPENING.has(last) && counted(last) <= counted(OPENING.get(last))) break
    count.set(last, counted(last) - 1)
    letters.pop()
  }
  return letters.join('')
}
