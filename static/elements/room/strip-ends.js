/**
 * That a strip has more than is in view: how many, at the end where they are. A press goes on by a page.
 *
 * Rule: for eyes and pointers alone. Whoever uses keys or hears the page has every tile in order,
 * and scrolls the strip itself.
 */
import {Part, make, set, write} from '../common/dom.js'

/** @typedef {{before: number, after: number}} Beyond  how many tiles are out of view at either end */

/** A sign stands before its number, whichever way the page runs (UAX 9: LRI, PDI). */
const LTR = '\u2066'
const OVER = '\u2069'
/** Of a tile, this much out of view makes it one that is. */
const HIDDEN = 0.1

export class StripEnds extends Part {
  static tag = 'strip-ends'
  #strip
  #before = end('before')
  #after = end('after')

  /** @param {HTMLElement} strip that scrolls */
  constructor(strip) {
    super()
    this.#strip = strip
    set(this, {'aria-hidden': 'true'})
    this.#before.addEventListener('click', () => this.#go(-1))
    this.#after.addEventListener('click', () => this.#go(1))
    this.append(this.#before, this.#after)
    strip.addEventListener('scroll', () => this.look(), {passive: true})
  }

  /** Look again how many are out of view. */
  look() {
    const {before, after} = beyond(this.#strip)
    for (const [node, count] of /** @type {const} */ ([
      [this.#before, before],
      [this.#after, after],
    ])) {
      node.hidden = count === 0
      write(node, `${LTR}+${count}${OVER}`)
    }
  }

  /** @param {-1 | 1} way */
  #go(way) {
    const {clientWidth, clientHeight, scrollWidth} = this.#strip
    const sideways = scrollWidth > clientWidth + 1
    const turned = getComputedStyle(this.#strip).direction === 'rtl' ? -1 : 1
    const by = sideways ? {left: way * turned * clientWidth * 0.8} : {top: way * clientHeight * 0.8}
    this.#strip.scrollBy({...by, behavior: 'auto'})
  }
}

/** @param {string} where */
const end = where =>
  make('button', {type: 'button', tabindex: -1, class: 'strip-end', 'data-end-of-strip': where})

/** @param {HTMLElement} strip @returns {Beyond} */
function beyond(strip) {
  const view = strip.getBoundingClientRect()
  const sideways = strip.scrollWidth > strip.clientWidth + 1
  const turned = getComputedStyle(strip).direction === 'rtl'
  let [before, after] = [0, 0]
  for (const tile of strip.querySelectorAll('video-tile, screen-choice')) {
    if (tile.hasAttribute('data-large')) continue
    const {left, right, top, bottom, width, height} = tile.getBoundingClientRect()
    const [early, late] = sideways
      ? [(view.left - left) / width, (right - view.right) / width]
      : [(view.top - top) / height, (bottom - view.bottom) / height]
    const [first, last] = sideways && turned ? [late, early] : [early, late]
    if (first > HIDDEN) before += 1
    else if (last > HIDDEN) after += 1
  }
  return {before, after}
}
