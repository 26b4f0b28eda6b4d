/**
 * What could be seen, and where, in the last moments: whether a press is about what its person saw.
 *
 * Rule 1: a press counts only on what has been at its place for `ARMING` (design.md, rule 16).
 * Rule 2: what cannot be shown to have been there was not there.
 * Rule 3: no clock and no page: moments come in as milliseconds, places as CSS pixels.
 */

/** How long something must have been at its place before it takes a press, in ms. */
export const ARMING = 600

/** Nobody's press waits longer than this for a busy page; more is another clock, in ms. */
export const LATE = 5000

/** Two places nearer than this are one to a finger, in CSS pixels. */
const SAME_SPOT = 8

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/**
 * One thing that can be pressed. `deed`: what a press on it does; `box`: null when it is in the
 * page and out of view.
 * @typedef {{deed: string, box: Box | null, node: object}} Thing
 */
/** @typedef {Point & {deed: string}} Spot  what lay under the pointer */
/** @typedef {{at: number, things: readonly Thing[], spot: Spot | null}} Glance */

export class Sight {
  /** @type {readonly Glance[]} the oldest first: one that a late press may ask for, and all that came after it */
  #glances = []

  /** @param {number} at @param {readonly Thing[]} things @param {Spot | null} [spot] */
  see(at, things, spot = null) {
    this.#glances = [...this.#since(at - ARMING - LATE), {at, things, spot}]
  }

  /** Nothing was seen till now, as behind another window. */
  forget() {
    this.#glances = []
  }

  /**
   * Whether whoever presses at this moment has seen for `ARMING` what the press will do.
   * @param {string} deed @param {number} at  no longer than `LATE` ago
   * @param {Point} [point]  of the press; a key has none, and asks only that it was in the page
   */
  saw(deed, at, point) {
    const from = at - ARMING
    const [first, ...later] = this.#since(from)
    if (!first || first.at > from) return false
    return [first, ...later].every(glance =>
      point ? shows(glance, deed, point) : ofDeed(glance.things, deed).length > 0,
    )
  }

  /**
   * Where it was when it was last seen, so that its person's own scrolling can be told.
   * @param {object} node @returns {Box | null}
   */
  placeOf(node) {
    const last = this.#glances.at(-1)?.things.find(thing => thing.node === node)
    return last?.box ?? null
  }

  /**
   * Its person has moved it: it is the same thing at the same place of what is read.
   * @param {object} node @param {number} x @param {number} y
   */
  carry(node, x, y) {
    this.#glances = this.#glances.map(glance => ({
      ...glance,
      spot: null,
      things: glance.things.map(thing =>
        thing.node === node && thing.box
          ? {...thing, box: {...thing.box, x: thing.box.x + x, y: thing.box.y + y}}
          : thing,
      ),
    }))
  }

  /** The last glance that is not later than `from`, and all after it. @param {number} from */
  #since(from) {
    const later = this.#glances.findIndex(({at}) => at > from)
    const count = later < 0 ? this.#glances.length : later
    return this.#glances.slice(Math.max(count - 1, 0))
  }
}

/** @param {Glance} glance @param {string} deed @param {Point} point */
function shows({things, spot}, deed, point) {
  if (spot && near(spot, point) && spot.deed !== deed) return false
  return ofDeed(things, deed).some(({box}) => box !== null && within(box, point))
}

/** @type {WeakMap<readonly Thing[], Map<string, Thing[]>>} what is the same from glance to glance is sorted once */
const sorted = new WeakMap()

/** Those whose press does this. @param {readonly Thing[]} things @param {string} deed @returns {readonly Thing[]} */
function ofDeed(things, deed) {
  const byDeed = sorted.get(things) ?? new Map()
  if (!sorted.has(things)) {
    for (const thing of things) byDeed.set(thing.deed, [...(byDeed.get(thing.deed) ?? []), thing])
    sorted.set(things, byDeed)
  }
  return byDeed.get(deed) ?? []
}

/** @param {Point} one @param {Point} other */
const near = (one, other) =>
  Math.abs(one.x - other.x) <= SAME_SPOT && Math.abs(one.y - other.y) <= SAME_SPOT

/** @param {Box} box @param {Point} point */
const within = ({x, y, width, height}, point) =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
