/**
 * The title of the tab while one is in a room: `room/title.js`, kept true.
 *
 * Rule: what is read is gone from it, and with the room all of it.
 */
import {raised, titleOf} from '../room/title.js'

/** @import {Say} from '../i18n/words.js' */
/** @import {Notice} from '../room/notices.js' */
/** @import {View} from '../room/view.js' */

export class TabTitle {
  #say
  #base = document.title
  /** @type {ReadonlySet<string>} whose hands were up when the page was looked at last */
  #seen = new Set()

  /** @param {Say} say @param {AbortSignal} signal of the end */
  constructor(say, signal) {
    this.#say = say
    signal.addEventListener('abort', () => (document.title = this.#base))
  }

  /** @param {View} view @param {readonly Notice[]} notices */
  show(view, notices) {
    const away = document.hidden
    const up = raised(view)
    // A hand that went down and up again is a new one.
    this.#seen = new Set(away ? up.filter(id => this.#seen.has(id)) : up)
    const title = titleOf(this.#say, this.#base, view, {away, seen: this.#seen, notices})
    if (document.title !== title) document.title = title
  }
}
