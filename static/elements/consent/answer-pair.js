/**
 * Two equal answers, and a third state that looks like neither: not answered.
 *
 * Rule 1: one builder makes both answers, so that nothing about them can differ but
 * their words and their place (fair-consent C1, C3, C4).
 * Rule 2: an answer that is already in force may be pressed again; it says nothing new.
 */
import {Part, icon, make, redraw, rich, set, unseen, write} from '../common/dom.js'
import {DecisionEvent} from '../common/events.js'

/** @import {Say, Key} from '../../i18n/words.js' */
/** @import {Decision} from '../../wire/messages.js' */
/** @typedef {{feature: string, object: string, digest?: string}} Subject  `digest`: of the words that are answered */
/** @typedef {{decision: Decision | null, pending?: boolean}} Given */

const RINGS = {unset: 'ring-unset', none: 'ring', granted: 'ring-yes', declined: 'ring-no'}
/** @type {readonly Decision[]} */
const ORDER = ['granted', 'declined']
/** @type {Readonly<Record<Decision, Key>>} */
const LABELS = {granted: 'answer.allow', declined: 'answer.dont'}

export class AnswerPair extends Part {
  static tag = 'answer-pair'
  #say
  #subject
  #choice
  #state
  #stateIcon
  #stateText
  /** @type {Map<Decision, HTMLButtonElement>} */
  #answers = new Map()

  /** @param {Say} say @param {Subject} subject */
  constructor(say, subject) {
    super()
    this.#say = say
    this.#subject = subject
    this.#stateIcon = icon(RINGS.unset)
    this.#stateText = make('span')
    this.#state = make('span', {class: 'answer'}, this.#stateIcon, this.#stateText)
    const legend = make(
      'legend',
      {},
      make('span', {}, say('answer.label'), ' ', unseen(say('answer.on', subject))),
      ' ',
      this.#state,
    )
    const pair = make('div', {class: 'pair'}, ...ORDER.map(decision => this.#build(decision)))
    this.#choice = make(
      'fieldset',
      {class: 'choice', 'data-feature': subject.feature, 'data-wording': subject.digest},
      legend,
      pair,
    )
    this.append(this.#choice)
    this.show({decision: null})
    this.addEventListener('click', this)
  }

  /** @param {Decision} decision */
  #build(decision) {
    const label = rich(this.#say(LABELS[decision], this.#subject), 'span')
    const pick = make(
      'button',
      {
        type: 'button',
        class: 'pick',
        'data-answer': decision,
        'data-feature': this.#subject.feature,
      },
      icon(RINGS.unset),
      make('span', {class: 'pick-words'}, ...label),
    )
    this.#answers.set(decision, pick)
    return pick
  }

  /** @param {Given} given */
  show({decision, pending = false}) {
    const state = decision ?? 'unset'
    set(this.#choice, {'data-answer': state, 'data-state': pending ? 'pending' : null})
    set(this.#state, {'data-answer': state})
    redraw(this.#stateIcon, RINGS[state])
    write(this.#stateText, this.#say(pending ? 'answer.pending' : `answer.${state}`))
    for (const [answer, pick] of this.#answers) {
      set(pick, {'aria-pressed': answer === decision ? 'true' : 'false'})
      const svg = pick.firstElementChild
      if (svg instanceof SVGSVGElement)
        redraw(
          svg,
          decision === null ? RINGS.unset : answer === decision ? RINGS[answer] : RINGS.none,
        )
    }
  }

  /** The button for an answer. @param {Decision} decision */
  button(decision) {
    return this.#answers.get(decision) ?? null
  }

  /** @param {Event} event */
  handleEvent(event) {
    for (const [answer, pick] of this.#answers) {
      if (!(event.target instanceof Node && pick.contains(event.target))) continue
      this.dispatchEvent(new DecisionEvent(this.#subject.feature, answer))
    }
  }
}
