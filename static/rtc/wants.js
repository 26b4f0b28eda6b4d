/**
 * How large the two ends of a link can use each other's pictures, as they tell one another.
 *
 * Rule 1: more is said at once, less only after a while: who looks away for a moment, or speaks
 * by turns, has no picture begin anew each time.
 * Rule 2: what is heard counts at once, and then once a second at most, the newest last: each change
 * costs its sender a picture that stands alone.
 * Rule 3: what was said is said again when the link stands anew, for it may have been lost.
 */

/** @import {Heights} from '../wire/payload.js' */
/** @import {Delay} from '../wire/timer.js' */

const SOON = 150
const LATER = 3_000
const REST = 1_000
const PICTURES = /** @type {const} */ (['camera', 'screen'])
const ALL = 720

/** All there is: what holds while nothing was said. @type {Required<Heights>} */
export const EVERYTHING = {camera: ALL, screen: ALL}

/** What one says of one's own. */
export class OwnWants {
  #say
  #after
  /** @type {Required<Heights>} */
  #wanted = EVERYTHING
  /** @type {Required<Heights>} */
  #said = EVERYTHING
  #stands = false
  /** Whether anything was said since the connection began. */
  #spoke = false
  /** @type {{soon: boolean, callOff: () => void} | null} */
  #due = null

  /** @param {(heights: Heights) => void} say @param {Delay} after */
  constructor(say, after) {
    this.#say = say
    this.#after = after
  }

  /** As often as one likes. @param {Heights} heights */
  want(heights) {
    this.#wanted = {...EVERYTHING, ...heights}
    if (!this.#stands) return
    if (same(this.#wanted, this.#said)) return this.close()
    const soon = PICTURES.some(each => this.#wanted[each] > this.#said[each])
    if (this.#due && (this.#due.soon || !soon)) return
    this.close()
    this.#due = {soon, callOff: this.#after(soon ? SOON : LATER, () => this.#tell())}
  }

  /** The other end hears from now on, and may have missed what was said before. */
  stands() {
    this.#stands = true
    if (this.#spoke || !same(this.#wanted, EVERYTHING)) this.#tell()
  }

  /** Another connection: the other end knows nothing. */
  forget() {
    this.#stands = false
    this.#spoke = false
    this.#said = EVERYTHING
    this.close()
  }

  close() {
    this.#due?.callOff()
    this.#due = null
  }

  #tell() {
    this.close()
    this.#spoke = true
    this.#said = this.#wanted
    this.#say(this.#wanted)
  }
}

/** What one hears of the other end's. */
export class HeardWants {
  #changed
  #after
  #heights = EVERYTHING
  /** @type {Required<Heights> | null} what has come since */
  #next = null
  /** @type {(() => void) | null} */
  #callOff = null

  /** @param {() => void} changed @param {Delay} after */
  constructor(changed, after) {
    this.#changed = changed
    this.#after = after
  }

  /** @returns {Required<Heights>} */
  get heights() {
    return this.#heights
  }

  /** @param {Heights} heights */
  hear({camera = ALL, screen = ALL}) {
    this.#next = {camera, screen}
    if (this.#callOff === null) this.#take()
  }

  /** Another connection: what holds while nothing was said. */
  forget() {
    this.close()
    if (same(this.#heights, EVERYTHING)) return
    this.#heights = EVERYTHING
    this.#changed()
  }

  close() {
    this.#callOff?.()
    this.#callOff = null
    this.#next = null
  }

  #take() {
    const next = this.#next
    this.#callOff = null
    this.#next = null
    if (next === null || same(next, this.#heights)) return
    this.#callOff = this.#after(REST, () => this.#take())
    this.#heights = next
    this.#changed()
  }
}

/** @param {Required<Heights>} one @param {Required<Heights>} other */
const same = (one, other) => PICTURES.every(each => one[each] === other[each])
