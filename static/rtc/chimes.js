/**
 * Soft sounds for what others do: who looks elsewhere hears that somebody came, asks or writes.
 *
 * Rule: many at once are one. A sound that would come too soon after another, or while it lasts, is
 * left out.
 */
import {play} from './tone.js'

/** @import {Note} from './tone.js' */
/** @typedef {keyof typeof CHIMES} Chime */

const LOUD = 0.06
/** No two sounds nearer than this, in ms. */
const ANY = 600
/** No two of one kind nearer than this, in ms. */
const SAME = 3000

/** What each sounds like: higher for who comes, lower for who writes, up and down again if it is to oneself. @satisfies {Record<string, readonly Note[]>} */
const CHIMES = {
  joined: [
    {hertz: 523.3, at: 0, lasts: 0.3},
    {hertz: 784, at: 0.12, lasts: 0.5},
  ],
  knock: [
    {hertz: 392, at: 0, lasts: 0.18},
    {hertz: 392, at: 0.22, lasts: 0.18},
    {hertz: 523.3, at: 0.44, lasts: 0.5},
  ],
  hand: [
    {hertz: 587.3, at: 0, lasts: 0.25},
    {hertz: 880, at: 0.1, lasts: 0.45},
  ],
  mention: [
    {hertz: 440, at: 0, lasts: 0.3},
    {hertz: 659.3, at: 0.14, lasts: 0.3},
    {hertz: 440, at: 0.28, lasts: 0.45},
  ],
  message: [{hertz: 440, at: 0, lasts: 0.35}],
}

export class Chimes {
  /** @type {Map<Chime, number>} when each sounded last */
  #last = new Map()

  /** Whether it is time for this one, which then is the last. @param {Chime} chime @param {number} now in ms */
  due(chime, now) {
    const since = [...this.#last].map(([other, at]) => ({other, ago: now - at}))
    if (since.some(({other, ago}) => ago < (other === chime ? SAME : apart(other)))) return false
    this.#last.set(chime, now)
    return true
  }

  /** @param {Chime} chime @param {string} speaker */
  async ring(chime, speaker) {
    if (!this.due(chime, performance.now())) return
    try {
      await play(CHIMES[chime], speaker, LOUD)
    } catch (error) {
      console.debug('no sound', error)
    }
  }
}

/** How long another one waits for this, in ms. @param {Chime} chime */
const apart = chime =>
  Math.max(ANY, ...CHIMES[chime].map(({at, lasts}) => Math.ceil((at + lasts) * 1000)))
