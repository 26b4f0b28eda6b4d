/**
 * The question in mid-meeting: one feature at a time, over the panel, never over a face.
 *
 * Rule 1: focus starts on the heading, never on an answer (fair-consent K1).
 * Rule 2: a key answers it no sooner than a press on its answers would (K2; common/press-guard.js).
 * Rule 3: Escape is "Don't allow"; there is no other way out and no time limit (K3, K6).
 */
import {AnswerPair} from './answer-pair.js'
import {drawing, facts, whatHappens} from './facts.js'
import {holdWords} from './held.js'
import {WordingChanges} from './wording-changes.js'
import {Part, goTo, icon, make, rich, set} from '../common/dom.js'
import {DecisionEvent} from '../common/events.js'
import {presses} from '../common/press-guard.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Changes, Notice} from '../../room/notices.js' */

/** What of a question scrolls, by the height of the window. */
const SCROLLERS = '.prompt-body, .prompt-text'

export class ConsentPrompt extends Part {
  static tag = 'consent-prompt'
  #say
  /** @type {Notice | null} */
  #notice = null
  /** @type {AnswerPair | null} */
  #pair = null
  #changes
  #service
  /** @type {Element | null} */
  #from = null
  #listening = new AbortController()

  /**
   * @param {Say} say @param {Changes} [changes] of words that were read before
   * @param {(feature: string) => string | null} [service] whose machine gets it live
   */
  constructor(say, changes = new Map(), service = () => null) {
    super()
    this.#say = say
    this.#service = service
    this.#changes = changes
    this.hidden = true
    holdWords(this, '.prompt-text')
  }

  connectedCallback() {
    this.#listening = new AbortController()
    const {signal} = this.#listening
    document.addEventListener('keydown', this, {capture: true, signal})
  }

  disconnectedCallback() {
    this.#listening.abort()
  }

  /** Other words are in force; `show` asks in them. @param {Changes} changes */
  reword(changes) {
    this.#changes = changes
  }

  /** Ask this, or nothing. @param {Notice | null} notice */
  show(notice) {
    if (notice?.feature === this.#notice?.feature && notice?.digest === this.#notice?.digest) return
    const opening = this.#notice === null
    this.#notice = notice
    this.hidden = notice === null
    if (notice === null) return this.#shut()
    if (opening) this.#from = document.activeElement
    this.#ask(notice)
  }

  #shut() {
    this.replaceChildren()
    this.#pair = null
    if (this.#from instanceof HTMLElement && this.#from.isConnected) goTo(this.#from)
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
    const change = this.#changes.get(feature)
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
        make(
          'div',
          {class: 'prompt-text'},
          make('div', {class: 'prompt-head'}, who, heading),
          make(
            'div',
            {class: 'prompt-body', tabindex: 0},
            what,
            change && new WordingChanges(say, change),
            facts(say, notice, this.#service(feature)),
            make('p', {class: 'note'}, ...rich(say('prompt.note'))),
            whatHappens(say),
          ),
        ),
        make('div', {class: 'prompt-foot'}, pair),
      ),
    )
    set(this, {'data-feature': feature})
    goTo(heading)
    // In a low window the focus has scrolled past what stands above.
    for (const scroller of this.querySelectorAll(SCROLLERS)) scroller.scrollTop = 0
  }

  /** @param {KeyboardEvent} event */
  handleEvent(event) {
    if (event.key !== 'Escape' || this.#notice === null) return
    event.preventDefault()
    event.stopPropagation()
    const no = this.#pair?.button('declined')
    if (event.repeat || !no || !presses.heeds(no)) return
    this.dispatchEvent(new DecisionEvent(this.#notice.feature, 'declined'))
  }
}
