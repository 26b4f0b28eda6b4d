/**
 * What can be pressed in a page, what a press on it does, and what of it is in view.
 *
 * Rule: what is not listed in `FREE` decides something, so that nothing has to be remembered.
 */

/** @import {Box, Point, Thing} from './sight.js' */

/** Of whichever window: what is an element in another one is none of this one's class. @param {EventTarget | object | null} thing @returns {thing is Element} */
export const isElement = thing => thing !== null && 'nodeType' in thing && thing.nodeType === 1

export const PRESSABLE = 'button, a[href], summary'
/** What turns to something, opens it, puts it away or plays it: nothing is decided by it. */
const FREE = [
  '[role=tab]',
  '[aria-expanded]',
  '[popovertarget]',
  '.shut',
  '.skip',
  '.copy-line',
  'summary',
  'a[href^="#"]',
  ':is(film-player, film-sound, when-timeline, transcript-find, copy-field, qr-code) button',
  ':is(stage-bar, strip-ends, screen-choice, pin-button) button',
].join()
/** What tells one deed from another; where there is none of these, the words do. */
/** Whom or what it is about, and in which words it was told. */
const ABOUT = ['feature', 'wording', 'participant']
const MARKS = ['answer', 'end', 'act', 'tool', 'source', 'reaction']
const WRITTEN = 'input, textarea, select'

/**
 * The control that a press here would work, if it decides anything.
 * @param {EventTarget | null} target @returns {Element | null}
 */
export function deciding(target) {
  const control = isElement(target) ? target.closest(PRESSABLE) : null
  return control && !control.matches(FREE) ? control : null
}

/** What Enter or Space would work: in a field, Enter sends its form. @param {KeyboardEvent} event */
export function wouldPress({target, key, shiftKey, isComposing}) {
  if (!isElement(target) || isComposing) return null
  if (!target.matches(WRITTEN)) return deciding(target)
  if (key !== 'Enter' || shiftKey || target.matches('select')) return null
  return target.closest('form')?.querySelector('button:not([type=button])') ?? null
}

/**
 * What a press on it does, and in which part of the page: in a word that no other deed has, and
 * that stays when a part is drawn anew.
 * @param {Element} control
 */
export function deed(control) {
  const about = ABOUT.map(each =>
    control.closest(`[data-${each}]`)?.getAttribute(`data-${each}`),
  ).filter(Boolean)
  const marks = MARKS.map(mark => control.getAttribute(`data-${mark}`)).filter(Boolean)
  const words = control.getAttribute('href') ?? control.textContent?.trim()
  return [...parts(control), ...about, ...(marks.length > 0 ? marks : [words])].join(' ')
}

/** @param {Element | null} node @returns {string[]} the elements of ours that it lies in */
function parts(node) {
  if (!node) return []
  const above = parts(node.parentElement)
  return node.localName.includes('-') ? [...above, node.localName] : above
}

/** @typedef {{node: Element, deed: string}} Control  one whose press decides something, and what it does */

/** All that there are; only a change of the page's nodes changes any. @param {Document} page @returns {Control[]} */
export const controlsOf = page =>
  [...page.querySelectorAll(PRESSABLE)]
    .filter(node => deciding(node) === node)
    .map(node => ({node, deed: deed(node)}))

/** A control as it is in the page, and where, if any of it is in view. @param {Control} control @returns {Thing | null} */
export function seen({node: control, deed: what}) {
  if (!control.checkVisibility({visibilityProperty: true}) || control.closest('[inert]'))
    return null
  const page = control.ownerDocument
  const {innerHeight, innerWidth} = page.defaultView ?? {innerHeight: 0, innerWidth: 0}
  const box = control.getBoundingClientRect()
  const near = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  const shown = near && grid(box).some(({x, y}) => control.contains(page.elementFromPoint(x, y)))
  const {x, y, width, height} = box
  return {deed: what, node: control, box: shown ? {x, y, width, height} : null}
}

/** The middle, and near the corners: of what is cut off at an edge, one of them is in view. @param {DOMRect} box @returns {Point[]} */
function grid(box) {
  const corners = [0.1, 0.9].flatMap(x => [0.1, 0.9].map(y => ({x, y})))
  return [{x: 0.5, y: 0.5}, ...corners].map(({x, y}) => ({
    x: box.x + x * box.width,
    y: box.y + y * box.height,
  }))
}

/** @param {Box} box @returns {Point} */
export const middle = ({x, y, width, height}) => ({x: x + width / 2, y: y + height / 2})
