/**
 * The question in mid-meeting: one feature at a time, over the panel, never over a face.
 *
 * Rule 1: focus starts on the heading, never on an answer (fair-consent K1).
 * Rule 2: a press that began before the question was there does not answer it (K2).
 * Rule 3: Escape is "Don't allow"; there is no other way out and no time limit (K3, K6).
 */
import {AnswerPair} from './answer-pair.js'
import {Part, icon, make, rich, set} from './dom.js'
import {DecisionEvent} from './events.js'
import {drawing, facts, wordedBefore} from './facts.js'

/** @import {Say} from '../words.js' */
/** @import {Notice} from '../notices.js' */

/** How long a question must have been there before a press can answer it, in ms. */
export const ARMING = 600

export class ConsentPrompt extends Part {
  #say
  #pressing = false
  #arming = 0
  /** @type {Notice | null} */
  #notice = null
  /** @type {AnswerPair | null} */
  #pair = null
  #before
  /** @type {Element | null} */
  #from = null
  #listening = new AbortController()

  /** @param {Say} say @param {readonly Notice[]} [before] wording that has been replaced */
  constructor(say, before = []) {
    super()
    this.#say = say
    this.#before = before
    this.hidden = true
  }

  connectedCallback() {
    this.#listening = new AbortController()
    const {signal} = this.#listening
    for (const type of ['keydown', 'keyup', 'pointerdown', 'pointerup', 'pointercancel'])
      document.addEventListener(type, this, {capture: true, signal})
  }

  disconnectedCallback() {
    this.#listening.abort()
    clearTimeout(this.#arming)
  }

  /** Ask this, or nothing. @param {Notice | null} notice */
  show(notice) {
    if (notice?.feature === this.#notice?.feature) return
    const opening = this.#notice === null
    this.#notice = notice
    clearTimeout(this.#arming)
    this.hidden = notice === null
    if (notice === null) return this.#shut()
    if (opening) this.#from = document.activeElement
    this.#ask(notice)
  }

  #shut() {
    this.replaceChildren()
    this.#pair = null
    if (this.#from instanceof HTMLElement && this.#from.isConnected) this.#from.focus()
    this.#from = null
  }

  /** @param {Notice} notice */
  #ask(notice) {
    const say = this.#say
    const {object, feature} = notice
    const heading = make('h2', {id: 'ask', tabindex: -1}, say('prompt.title', {object}))
    const what = make('p', {id: 'ask-what'}, `${notice.meaning} `, say('prompt.everyone'))
    const pair = new AnswerPair(say, notice)
    this.#pair = pair
    const who = make(
      'p',
      {class: 'who'},
      icon(drawing(feature)),
      make('span', {}, say('prompt.who')),
    )
    this.replaceChildren(
      make(
        'dialog',
        {class: 'prompt', open: true, 'aria-labelledby': heading.id, 'aria-describedby': what.id},
        make('div', {class: 'prompt-head'}, who, heading),
        make(
          'div',
          {class: 'prompt-body', tabindex: 0},
          what,
          facts(say, notice, wordedBefore(this.#before, notice)),
          make('p', {class: 'note'}, ...rich(say('prompt.note'))),
        ),
        make('div', {class: 'prompt-foot'}, pair),
      ),
    )
    set(this, {'data-feature': feature, 'data-state': 'arming'})
    pair.arm(false)
    heading.focus()
    this.#arm()
  }

  /** Only once the time is over, and no key or button is still down from before. */
  #arm() {
    this.#arming = window.setTimeout(() => {
      if (this.#pressing) return this.#arm()
      this.#pair?.arm(true)
      set(this, {'data-state': 'armed'})
    }, ARMING)
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof KeyboardEvent && event.type === 'keydown' && event.key === 'Escape') {
      if (this.#notice === null || event.repeat) return
      event.preventDefault()
      event.stopPropagation()
      this.dispatchEvent(new DecisionEvent(this.#notice.feature, 'declined'))
      return
    }
    this.#pressing = event.type === 'keydown' || event.type === 'pointerdown'
  }
}
