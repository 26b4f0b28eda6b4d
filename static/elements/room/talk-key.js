/**
 * Space, held: one is heard for as long as it is down.
 *
 * Rule 1: whatever else Space is for comes first: a field that is written in, and what it presses or
 * scrolls where the focus is.
 * Rule 2: it ends with whatever takes one's hand or eyes off it: another window, a hidden tab, a
 * field, a question. What goes on of a key that is still down does nothing more (fair-consent K2).
 */

/** Where Space is somebody else's. */
const TAKEN =
  'a[href], button, summary, input, textarea, select, audio, video[controls], [contenteditable], [tabindex="0"]'

export class TalkKey {
  #told
  /** Whether one is heard by it now. */
  #held = false
  /** Whether the key that is down began here. */
  #down = false
  #allowed = true

  /** @param {(held: boolean) => void} told */
  constructor(told) {
    this.#told = told
  }

  /** @param {AbortSignal} signal its end is the key's */
  listen(signal) {
    for (const type of ['keydown', 'keyup', 'focusin', 'visibilitychange'])
      document.addEventListener(type, this, {signal})
    for (const type of ['blur', 'pagehide']) addEventListener(type, this, {signal})
  }

  /** While one is asked, it does nothing. @param {boolean} allowed */
  allow(allowed) {
    this.#allowed = allowed
    if (!allowed) this.#release()
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent) return this.#key(event)
    if (event.type === 'focusin' ? takes(event.target) : true) this.#release()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== ' ') return
    if (event.type === 'keyup') {
      if (this.#down) event.preventDefault()
      this.#down = false
      return this.#release()
    }
    if (event.repeat) {
      if (this.#down) event.preventDefault()
      return
    }
    const chorded = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey
    if (event.defaultPrevented || chorded || !this.#allowed || takes(event.target)) return
    event.preventDefault() // nothing scrolls
    this.#down = true
    this.#held = true
    this.#told(true)
  }

  #release() {
    if (!this.#held) return
    this.#held = false
    this.#told(false)
  }
}

/** @param {EventTarget | null} target */
const takes = target => target instanceof Element && target.closest(TAKEN) !== null
