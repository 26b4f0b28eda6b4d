/**
 * The small window of a meeting, above all others (Document Picture-in-Picture, WICG), where the
 * browser has one.
 *
 * Rule 1: it is this page in another window: what is pressed there is done here, and it ends with
 * the meeting, however late it comes.
 * Rule 2: its presses are guarded as those of the page are (design.md, rule 16).
 */
import {
  DecisionEvent,
  MeetingWindowEvent,
  SmallWindowEvent,
  SourceEvent,
  on,
} from '../elements/common/events.js'
import {PressGuard} from '../elements/common/press-guard.js'

/** @import {SmallRoom, Scene} from '../elements/room/small-room.js' */
/** @typedef {Window & typeof globalThis} View */
/** @typedef {{requestWindow: (size: {width: number, height: number}) => Promise<View>}} Opener */

/** CSS pixels: the sign with one that runs, a picture, the switches. */
const SIZE = {width: 360, height: 320}

/** @type {Opener | null} */
const opens =
  /** @type {{documentPictureInPicture?: Opener}} */ (globalThis).documentPictureInPicture ?? null

/** Whether this browser has such windows for this page. */
export const hasSmallWindow = () => opens !== null && parent === window

export class SmallWindow {
  #draw
  #changed
  #over
  /** @type {View | null} */
  #view = null
  /** @type {SmallRoom | null} */
  #room = null
  #opening = false

  /**
   * @param {() => SmallRoom} draw  anew, with what it shows
   * @param {() => void} changed  it is open, or no longer
   * @param {AbortSignal} over  the meeting is
   */
  constructor(draw, changed, over) {
    this.#draw = draw
    this.#changed = changed
    this.#over = over
    over.addEventListener('abort', () => this.close())
    // Chromium 156 crashes where a page goes while one of the others is seen in its small window.
    addEventListener('beforeunload', () => this.close(), {signal: over})
  }

  get open() {
    return this.#view !== null
  }

  /** On a press of one's own; again, and it closes. */
  async toggle() {
    if (this.#view) return this.close()
    if (this.#opening || opens === null) return
    this.#opening = true
    try {
      this.#fill(await opens.requestWindow(SIZE))
    } catch (error) {
      console.debug('no small window', error)
    } finally {
      this.#opening = false
    }
  }

  close() {
    const view = this.#view
    this.#forget()
    view?.close()
  }

  /** @param {Scene} scene */
  show(scene) {
    this.#room?.show(scene)
  }

  /** Other words are in force, or it speaks of other features. */
  redraw() {
    if (!this.#view) return
    this.#room?.clear()
    this.#room = this.#draw()
    this.#view.document.body.replaceChildren(this.#room)
  }

  /** @param {View} view */
  #fill(view) {
    if (this.#over.aborted) return view.close()
    this.#view = view
    const {document: there} = view
    const {lang, dir} = document.documentElement
    Object.assign(there.documentElement, {lang, dir})
    there.title = document.title
    for (const link of document.querySelectorAll('link[rel=stylesheet]'))
      if (link instanceof HTMLLinkElement) there.head.append(styleOf(link.href))
    this.redraw()
    new PressGuard(view).watch()
    on(there, DecisionEvent, ({feature, decision}) => pass(new DecisionEvent(feature, decision)))
    on(there, SourceEvent, ({source}) => pass(new SourceEvent(source)))
    on(there, SmallWindowEvent, () => pass(new SmallWindowEvent()))
    on(there, MeetingWindowEvent, () => window.focus())
    view.addEventListener('pagehide', () => this.#view === view && this.#forget())
    this.#changed()
  }

  #forget() {
    if (!this.#view) return
    this.#room?.clear()
    this.#room = null
    this.#view = null
    if (!this.#over.aborted) this.#changed()
  }
}

/** To whom it is said in this page. @param {Event} event */
const pass = event => document.dispatchEvent(event)

/** @param {string} href */
function styleOf(href) {
  const link = document.createElement('link')
  Object.assign(link, {rel: 'stylesheet', href})
  return link
}
