/**
 * All cards of the lobby.
 *
 * Rule 1: nothing is chosen at the start, and nothing is remembered (fair-consent C5).
 * Rule 2: one card never changes another; "Allow all" exists only beside its equal (C7, C8).
 */
import {ConsentCard} from './consent-card.js'
import {Part, button, make} from './dom.js'
import {DecisionEvent, on} from './events.js'

/** @import {Say} from '../words.js' */
/** @import {Facts, Notice} from '../notices.js' */
/** @import {Decision} from './events.js' */

export class ConsentChoices extends Part {
  /** @type {Map<string, ConsentCard>} */
  #cards = new Map()
  /** @type {Map<string, Decision>} */
  #choices

  /**
   * @param {Say} say @param {{facts: Facts, notices: readonly Notice[]}} room
   * @param {ReadonlyMap<string, Decision>} choices made so far, before a change of language
   */
  constructor(say, {facts, notices}, choices) {
    super()
    this.#choices = new Map(choices)
    for (const notice of notices) this.#cards.set(notice.feature, new ConsentCard(say, notice))
    this.append(
      this.#head(say, notices.length),
      make('div', {class: 'consents'}, ...this.#cards.values()),
      honest(say, facts.controller.name || say('honest.operator')),
    )
    this.#show()
    on(this, DecisionEvent, event => this.#choose([event.feature], event.decision))
  }

  /** What has been chosen; what is missing was not answered. @returns {ReadonlyMap<string, Decision>} */
  get choices() {
    return this.#choices
  }

  /** @param {Say} say @param {number} count */
  #head(say, count) {
    const text = count === 0 ? 'lobby.nothing' : 'lobby.choices.note'
    const head = make(
      'div',
      {class: 'choices-head'},
      make(
        'div',
        {},
        make('h2', {id: 'choices'}, say('lobby.choices')),
        make('p', {class: 'note'}, say(text)),
      ),
    )
    if (count > 1) head.append(this.#together(say))
    return head
  }

  /** @param {Say} say */
  #together(say) {
    const all = button(say('lobby.all'))
    const none = button(say('lobby.none'))
    all.addEventListener('click', () => this.#choose([...this.#cards.keys()], 'granted'))
    none.addEventListener('click', () => this.#choose([...this.#cards.keys()], 'declined'))
    return make(
      'div',
      {class: 'pair', role: 'group', 'aria-label': say('lobby.all.group')},
      all,
      none,
    )
  }

  /** @param {readonly string[]} features @param {Decision} decision */
  #choose(features, decision) {
    for (const feature of features) this.#choices.set(feature, decision)
    this.#show()
  }

  #show() {
    for (const [feature, card] of this.#cards) card.show(this.#choices.get(feature) ?? null)
  }
}

/** The two limits that are said before joining. @param {Say} say @param {string} controller */
const honest = (say, controller) =>
  make(
    'div',
    {class: 'honest'},
    make(
      'div',
      {},
      make('h3', {}, say('honest.secret')),
      make('p', {class: 'note'}, say('honest.secret.text', {controller})),
    ),
    make(
      'div',
      {},
      make('h3', {}, say('honest.cannot')),
      make('p', {class: 'note'}, say('honest.cannot.text')),
    ),
  )
