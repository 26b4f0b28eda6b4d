/**
 * A press answers what its person saw there (design.md, rule 16).
 *
 * Rule 1: every button and link of a page goes through here, by pointer, touch and key alike;
 * what decides nothing is listed (pressable.js), so that nothing has to be remembered.
 * Rule 2: a press that comes too early does nothing, changes no looks, and leaves nothing
 * behind: the next one counts.
 * Rule 3: one press does one thing. A key or button that is held down began when it went down,
 * and a hand that trembles presses once.
 * Rule 4: a window of the page's own has a guard of its own. Its nodes and events are of another
 * realm than this code, so they are known by what they have; its events tell the time by its own
 * clock, and only its own timers are in time while the page lies behind other windows.
 */
import {set} from './dom.js'
import {
  PRESSABLE,
  controlsOf,
  deciding,
  deed,
  isElement,
  middle,
  seen,
  wouldPress,
} from './pressable.js'
import {ARMING, LATE, Sight} from './sight.js'
import {Stir} from './stir.js'

/** @import {Control} from './pressable.js' */
/** @import {Point, Spot, Thing} from './sight.js' */
/**
 * @typedef {object} Press
 * @property {number} pointer  0 for a key
 * @property {Element | null} control  what it went down on, if that decides something
 * @property {boolean} counts  as its person's own, on what they saw
 */

/** Keys that move the focus, or the page, by one's own wish. */
const MOVING = new Set(['Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'])
const PAGING = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' '])
const PRESSES = new Set(['Enter', ' '])
/** How often the page is looked at, in ms: what has not stirred since is as it was. */
const LOOK = 100
/** Looked at as often in any case, in ms: twice before what has changed in silence takes a press. */
const SURE = ARMING / 2
/** Scrolling goes on by itself for this long after a finger or a wheel, in ms. */
const GLIDE = 250
const EVENTS = [
  'pointerdown',
  'pointermove',
  'mousedown',
  'keydown',
  'keyup',
  'click',
  'focusin',
  'input',
  'scroll',
  'wheel',
  'touchmove',
  'visibilitychange',
]
const BLOCKED = new Set(['click', 'keydown'])

export class PressGuard {
  #view
  #sight = new Sight()
  #stir
  /** @type {{at: number, things: readonly Thing[], spot: Spot | null}} as the page was when it was looked at last */
  #last = {at: -Infinity, things: [], spot: null}
  /** @type {readonly Control[]} what there was to press then, in view or not */
  #controls = []
  /** @type {Press | null} */
  #press = null
  /** @type {{deed: string, at: number} | null} the last one that counted */
  #done = null
  /** @type {Point | null} where the pointer is */
  #pointer = null
  /** Since when the focus is where nobody has put it. */
  #came = -Infinity
  /** @type {EventTarget | null} the field that its person has written in since they came to it */
  #written = null
  /** Whether what happens to the focus now is its person's own doing. */
  #moving = false
  /** @type {Element | null} */
  #held = null
  #scrolled = -Infinity
  /** @type {WeakMap<Node, Point>} how far each part was scrolled */
  #scrolls = new WeakMap()
  #watching = false

  /** @param {Window & typeof globalThis} [view]  the window whose page it guards */
  constructor(view = globalThis.window) {
    this.#view = view
    this.#stir = new Stir(view)
  }

  get #page() {
    return this.#view.document
  }

  get #now() {
    return this.#view.performance.now()
  }

  /** When a press was made, however long the page was busy since. @param {Event} event */
  #moment({isTrusted, timeStamp}) {
    const now = this.#now
    const late = now - timeStamp
    return isTrusted && late > 0 && late < LATE ? timeStamp : now
  }

  /** From now on; once is enough. */
  watch() {
    if (this.#watching) return
    this.#watching = true
    for (const type of EVENTS)
      this.#page.addEventListener(type, this, {capture: true, passive: !BLOCKED.has(type)})
    this.#stir.watch()
    this.#view.setInterval(() => this.#glance(), LOOK)
  }

  /** Whether a key may do now what a press on this would do. @param {Element} control */
  heeds(control) {
    this.#look()
    return this.#sight.saw(deed(control), this.#now)
  }

  /** @param {Event} event */
  handleEvent(event) {
    this.#stir.happens()
    if (isKey(event)) this.#key(event)
    else if (isClick(event)) this.#click(event)
    else if (event.type === 'scroll') this.#scroll(event.target)
    else if (isPointer(event)) this.#point(event)
    else if (event.type === 'mousedown') this.#move()
    else if (event.type === 'focusin') this.#focus()
    else if (event.type === 'input') this.#write(event)
    else if (event.type === 'visibilitychange') this.#sight.forget()
    else this.#scrolled = this.#now
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const {clientX: x, clientY: y} = event
    this.#pointer = {x, y}
    if (event.type === 'pointermove') return
    this.#scrolled = isBar(event) ? this.#now : -Infinity
    this.#move()
    this.#look()
    const control = deciding(event.target)
    const counts = !!control && this.#sight.saw(deed(control), this.#moment(event), {x, y})
    this.#press = {pointer: event.pointerId || 1, control, counts}
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const {type, key} = event
    if (type === 'keyup') {
      const held = this.#press
      this.#view.setTimeout(
        () => held === this.#press && held?.pointer === 0 && (this.#press = null),
      )
      return
    }
    if (MOVING.has(key)) this.#move()
    this.#scrolled = PAGING.has(key) ? this.#now : -Infinity
    if (PRESSES.has(key)) this.#hit(event)
  }

  /** Whether the focus is where its person has put it, or knows it to be. @param {number} at */
  #meant(at) {
    return at - this.#came >= ARMING
  }

  /** A key that presses: what it would do must have been there, and the focus be meant. @param {KeyboardEvent} event */
  #hit(event) {
    const control = wouldPress(event)
    if (!event.repeat) {
      this.#look()
      const at = this.#moment(event)
      const there = () => this.#meant(at) && !!control && this.#sight.saw(deed(control), at)
      const counts = !!control && (event.target === this.#written || there())
      this.#press = {pointer: 0, control, counts}
    }
    if (control && (event.repeat || !this.#press?.counts)) refuse(event)
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const control = deciding(event.target)
    if (!control) return
    if (this.#counts(event, control) && !this.#again(control))
      this.#done = {deed: deed(control), at: this.#now}
    else refuse(event)
    if (this.#press) this.#press = {...this.#press, counts: false}
  }

  /** @param {MouseEvent} event @param {Element} control */
  #counts(event, control) {
    const press = this.#press
    const byPointer = event.detail > 0
    if (press && byPointer === press.pointer > 0) return press.counts && press.control === control
    // Nothing went down: a reader of the screen, or a voice, presses so.
    this.#look()
    const {clientX: x, clientY: y} = event
    return this.#sight.saw(deed(control), this.#moment(event), byPointer ? {x, y} : undefined)
  }

  /** An act just done, which is no switch, is not done anew. @param {Element} control */
  #again(control) {
    const done = this.#done
    if (!done || !control.hasAttribute('data-act') || done.deed !== deed(control)) return false
    return this.#now - done.at < ARMING
  }

  /** What happens to the focus before the next task is its person's doing. */
  #move() {
    this.#moving = true
    this.#view.setTimeout(() => (this.#moving = false))
  }

  #focus() {
    const went = this.#held !== null && !this.#held.isConnected
    this.#held = this.#page.activeElement
    this.#written = null
    if (!this.#moving || went) this.#came = this.#now
    this.#look()
  }

  /** Whoever writes somewhere is there. @param {Event} event */
  #write({isTrusted, target}) {
    if (isTrusted && target === this.#page.activeElement) this.#written = target
  }

  /** Look at the page if it may have changed, and else remember that it has not. */
  #glance() {
    const at = this.#now
    const stirred = this.#stir.any()
    if (stirred || at - this.#last.at >= SURE) this.#look(stirred)
    else this.#see(at)
  }

  /** @param {boolean} [stirred]  if not, there is the same to press as before, maybe elsewhere */
  #look(stirred = true) {
    const at = this.#now
    if (stirred) this.#controls = controlsOf(this.#page)
    const things = this.#controls.flatMap(control => seen(control) ?? [])
    this.#last = {at, things, spot: this.#spot()}
    this.#see(at)
  }

  /** The page at this moment is as it was when it was looked at. @param {number} at */
  #see(at) {
    if (this.#held && this.#held !== this.#page.activeElement && !this.#moving) this.#came = at
    this.#held = this.#page.activeElement === this.#page.body ? null : this.#page.activeElement
    const {things, spot} = this.#last
    this.#sight.see(at, things, spot)
    for (const {node, deed: what, box} of things) {
      if (!isElement(node)) continue
      const meant = node !== this.#page.activeElement || this.#meant(at)
      const ready = meant && box !== null && this.#sight.saw(what, at, middle(box))
      set(node, {'data-ready': ready})
    }
  }

  /** @returns {Spot | null} */
  #spot() {
    if (!this.#pointer) return null
    const {x, y} = this.#pointer
    const control = deciding(this.#page.elementFromPoint(x, y))
    return {x, y, deed: control ? deed(control) : ''}
  }

  /** What its person scrolls stays what it was. @param {EventTarget | null} target */
  #scroll(target) {
    const scroller = target === this.#page ? this.#page.scrollingElement : target
    if (!isElement(scroller)) return
    const before = this.#scrolls.get(scroller) ?? {x: 0, y: 0}
    const now = {x: scroller.scrollLeft, y: scroller.scrollTop}
    this.#scrolls.set(scroller, now)
    const at = this.#now
    if (at - this.#scrolled > GLIDE) return
    this.#scrolled = at
    const by = {x: before.x - now.x, y: before.y - now.y}
    for (const node of scroller.querySelectorAll(PRESSABLE)) this.#carry(node, by)
  }

  /** Unless it stays in view while the rest scrolls. @param {Element} node @param {Point} by */
  #carry(node, by) {
    const place = this.#sight.placeOf(node)
    if (!place) return
    const {x, y} = node.getBoundingClientRect()
    const went = {x: x - place.x, y: y - place.y}
    if (Math.abs(went.x - by.x) < 2 && Math.abs(went.y - by.y) < 2)
      this.#sight.carry(node, went.x, went.y)
  }
}

/** @param {Event} event @returns {event is KeyboardEvent} */
const isKey = event => event.type === 'keydown' || event.type === 'keyup'

/** @param {Event} event @returns {event is MouseEvent} */
const isClick = event => event.type === 'click'

/** @param {Event} event @returns {event is PointerEvent} */
const isPointer = event => event.type.startsWith('pointer')

/** For every page that has elements of ours. */
export const presses = new PressGuard()

/** @param {Event} event */
function refuse(event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** Whether a press is on a scroll bar. @param {PointerEvent} event */
function isBar({target, offsetX, offsetY}) {
  if (!isElement(target) || target.clientWidth === 0) return false
  return offsetX > target.clientWidth || offsetY > target.clientHeight
}
