/**
 * Whether answers are in full view, whatever page this one is shown in: IntersectionObserver v2.
 *
 * A page can see what lies over a button in itself. What the page around it lays over it, moves,
 * clips, fades or turns, only the browser can tell: `trackVisibility` (W3C, Intersection Observer,
 * 2.2: `isVisible`), which never says yes where it is not sure.
 *
 * Rule 1: a press on an answer counts once all answers beside it have been wholly visible for
 * `ARMING`, and are still so when the browser looks again after the press. A no needs no second look.
 * Rule 2: only a person presses: an event that is not trusted does nothing.
 * Rule 3: a key presses what has had the focus for `ARMING`: the page around may have
 * given the focus away to here while its person was writing.
 * Rule 4: what has just moved under a mouse that stands still was not pressed. (Chromium holds back
 * presses on a frame that has moved for half a second; this is for what it lets pass.)
 *
 * Of a mask that the page around lays over its frame (CSS Masking) Chromium says nothing: who may
 * frame a room is listed for that, too (docs/embedding.md).
 */
import {DecisionEvent, UnseenEvent} from './events.js'
import {wouldPress} from './pressable.js'
import {ARMING} from './sight.js'

const ANSWERS = '[data-answer][data-feature], [data-end][data-feature]'
const NO = 'consent-prompt [data-answer="declined"]'
const EVENTS = [
  'click',
  'keydown',
  'focusin',
  'pointermove',
  'pointerover',
  'pointerout',
  'pointerdown',
]
/** Of its area, for edges between two pixels. */
const WHOLE = 0.98
/** A second look that comes later than this is about something else, in ms. */
const PATIENCE = 1000
/** CSS pixels. */
const STILL = 1
const MOVED = 4
const SAMPLES = 100
const ON_ITS_WAY = 8
/** Pixels of the screen: what is drawn smaller is read by nobody. */
const SMALLEST = 20
/** @typedef {IntersectionObserverInit & {trackVisibility: true, delay: number}} Options */
/** @type {Options} */
const OPTIONS = {threshold: [0, WHOLE, 1], trackVisibility: true, delay: 100}
/** @typedef {{at: number, screenX: number, screenY: number, clientX: number, clientY: number}} Sample */

/** Whether this browser can tell. */
export const canTell = () =>
  typeof IntersectionObserverEntry === 'function' &&
  'isVisible' in IntersectionObserverEntry.prototype

export class InView {
  /** @type {WeakMap<Element, number>} since when each has been wholly visible */
  #since = new WeakMap()
  /** @type {WeakSet<Element>} */
  #watched = new WeakSet()
  #observer
  /** @type {readonly Sample[]} where the mouse was since it came to this page, the first one of all */
  #samples = []
  /** @type {PointerEvent | null} */
  #down = null
  /** Since when the focus is where it is. */
  #focused = -Infinity

  constructor() {
    this.#observer = new IntersectionObserver(seen => this.#see(seen), OPTIONS)
  }

  /** From now on; after the page's own guard of presses, which comes first. */
  watch() {
    for (const type of EVENTS) document.addEventListener(type, this, {capture: true})
    new MutationObserver(() => this.#follow()).observe(document.body, {
      childList: true,
      subtree: true,
    })
    addEventListener('blur', () => this.#letGo())
    addEventListener('focus', () => (this.#focused = performance.now()))
    this.#follow()
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) this.#key(event)
    else if (event.type === 'click' && event instanceof MouseEvent) this.#click(event)
    else if (event instanceof PointerEvent) this.#point(event)
    else this.#focused = performance.now()
  }

  #follow() {
    for (const node of document.querySelectorAll(ANSWERS)) {
      if (this.#watched.has(node)) continue
      this.#watched.add(node)
      this.#observer.observe(node)
    }
  }

  /** @param {readonly IntersectionObserverEntry[]} seen */
  #see(seen) {
    for (const entry of seen) {
      if (!isWhole(entry)) this.#since.delete(entry.target)
      else if (!this.#since.has(entry.target)) this.#since.set(entry.target, entry.time)
    }
  }

  /** @param {Element} control @param {number} at */
  #saw(control, at) {
    this.#see(this.#observer.takeRecords())
    return beside(control).every(node => {
      const since = this.#since.get(node)
      return since !== undefined && at - since >= ARMING && isLarge(node)
    })
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (event.type === 'pointerdown') this.#down = event
    if (event.pointerType !== 'mouse') return
    if (event.type === 'pointerout') {
      if (event.relatedTarget === null) this.#samples = []
      return
    }
    const {screenX, screenY, clientX, clientY} = event
    const [first, ...later] = this.#samples
    const sample = {at: performance.now(), screenX, screenY, clientX, clientY}
    this.#samples = first ? [first, ...later.slice(-SAMPLES), sample] : [sample]
  }

  /** Whether the page came under a mouse that stood still. @param {PointerEvent} press */
  #came({pointerType, timeStamp, screenX, screenY, clientX, clientY}) {
    const [first] = this.#samples
    if (pointerType !== 'mouse' || !first) return false
    const moved = this.#samples.some(
      sample =>
        timeStamp - sample.at < ARMING &&
        far(sample.screenX - screenX, sample.screenY - screenY) <= STILL &&
        far(sample.clientX - clientX, sample.clientY - clientY) > MOVED,
    )
    const way = far(first.screenX - screenX, first.screenY - screenY)
    return moved || (timeStamp - first.at < ARMING && way < ON_ITS_WAY)
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const control = event.target instanceof Element ? event.target.closest(ANSWERS) : null
    if (!control) return
    const down = event.detail > 0 ? this.#down : null
    this.#down = null
    const at = down?.timeStamp ?? event.timeStamp
    if (!event.isTrusted || !this.#saw(control, at) || (down && this.#came(down))) {
      refuse(event)
      control.dispatchEvent(new UnseenEvent())
    } else if (control.getAttribute('data-answer') === 'granted') {
      refuse(event)
      void this.#grant(control, performance.now())
    }
  }

  /** What a key would do is done where the focus is meant to be. Escape is a no, and a no is one's own. @param {KeyboardEvent} event */
  #key(event) {
    const {key, timeStamp} = event
    const presses = key === 'Enter' || key === ' '
    const control = presses
      ? wouldPress(event)
      : key === 'Escape'
        ? document.querySelector(NO)
        : null
    if (!control) return
    const meant = event.isTrusted && timeStamp - this.#focused >= ARMING
    if (meant && (!control.matches(ANSWERS) || this.#saw(control, timeStamp))) return
    refuse(event)
    control.dispatchEvent(new UnseenEvent())
  }

  /** @param {Element} control @param {number} at */
  async #grant(control, at) {
    if ((await isStillWhole(beside(control), at)) && this.#saw(control, at))
      control.dispatchEvent(
        new DecisionEvent(control.getAttribute('data-feature') ?? '', 'granted'),
      )
    else control.dispatchEvent(new UnseenEvent())
  }

  /** Where the focus comes back to, no key presses: the page around this one may give it back. */
  #letGo() {
    const here = document.activeElement
    if (here instanceof HTMLElement && here.matches(ANSWERS)) here.blur()
  }
}

/** The answers that can be seen and pressed together. @param {Element} control */
function beside(control) {
  const found = control.closest('.pair, .ends')?.querySelectorAll(ANSWERS)
  return found ? [...found] : [control]
}

/** Whether it is drawn so that it can be read. @param {Element} node */
function isLarge(node) {
  const {width, height} = node.getBoundingClientRect()
  return Math.min(width, height) * devicePixelRatio >= SMALLEST
}

/** @param {IntersectionObserverEntry} entry */
const isWhole = entry =>
  'isVisible' in entry && entry.isVisible === true && entry.intersectionRatio >= WHOLE

/**
 * As the browser sees them once more, after `at`.
 * @param {readonly Element[]} nodes @param {number} at @returns {Promise<boolean>}
 */
function isStillWhole(nodes, at) {
  return new Promise(resolve => {
    /** @type {Set<Element>} */
    const left = new Set(nodes)
    const observer = new IntersectionObserver(seen => {
      for (const entry of seen) {
        if (!isWhole(entry) || entry.time - at > PATIENCE) return done(false)
        if (entry.time >= at) left.delete(entry.target)
      }
      if (left.size === 0) done(true)
    }, OPTIONS)
    /** @param {boolean} whole */
    const done = whole => {
      observer.disconnect()
      resolve(whole)
    }
    for (const node of nodes) observer.observe(node)
  })
}

/** @param {number} x @param {number} y */
const far = (x, y) => Math.max(Math.abs(x), Math.abs(y))

/** @param {Event} event */
function refuse(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}
