/**
 * All cards of the lobby.
 *
 * Rule 1: nothing is chosen at the start, and nothing is remembered (fair-consent C5).
 * Rule 2: one card never changes another; "Allow all" exists only beside its equal (C7, C8).
 * Rule 3: what is not asked about here has no card, so "Allow all" does not reach it.
 */
import {ConsentCard} from './consent-card.js'
import {listed} from '../../i18n/amounts.js'
import {offered, serviceOf, unprompted} from '../../room/notices.js'
import {withheldIn} from '../../room/offers.js'
import {cannotRun} from '../common/cannot-run.js'
import {Part, button, icon, make} from '../common/dom.js'
import {DecisionEvent, on} from '../common/events.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Changes, Facts, Notice} from '../../room/notices.js' */
/** @import {Decision} from '../../wire/messages.js' */

export class ConsentChoices extends Part {
  static tag = 'consent-choices'
  /** @type {Map<string, ConsentCard>} */
  #cards = new Map()
  /** @type {Map<string, Decision>} */
  #choices

  /**
   * @param {Say} say @param {{facts: Facts, notices: readonly Notice[], changes: Changes}} room
   * @param {ReadonlyMap<string, Decision>} choices made so far, before a change of language
   */
  constructor(say, {facts, notices: all, changes}, choices) {
    super()
    this.#choices = new Map(choices)
    const silent = unprompted(facts)
    const withheld = withheldIn(facts)
    const notices = all.filter(({feature}) => !withheld.has(feature))
    for (const notice of notices.filter(({feature}) => !silent.has(feature))) {
      const outside = offered(facts, notice.feature)?.third_party ?? false
      const change = changes.get(notice.feature) ?? null
      const service = serviceOf(facts, notice.feature)
      this.#cards.set(notice.feature, new ConsentCard(say, notice, outside, change, service))
    }
    this.append(
      this.#head(say, headline(notices.length, this.#cards.size)),
      make('div', {class: 'consents'}, ...this.#cards.values()),
      ...asides(say, facts, notices),
      ...unoffered(
        say,
        all.filter(notice => !notices.includes(notice)),
      ),
      honest(say, facts.controller.name || say('honest.operator')),
    )
    this.#show()
    on(this, DecisionEvent, event => this.#choose(event.feature, event.decision))
  }

  /** What has been chosen; what is missing was not answered. @returns {ReadonlyMap<string, Decision>} */
  get choices() {
    return this.#choices
  }

  /** @param {Say} say @param {Key} text */
  #head(say, text) {
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
    if (this.#cards.size > 1) head.append(this.#together(say))
    return head
  }

  /** @param {Say} say */
  #together(say) {
    const all = button(say('lobby.all'))
    const none = button(say('lobby.none'))
    all.addEventListener('click', () => this.#chooseAll('granted'))
    none.addEventListener('click', () => this.#chooseAll('declined'))
    return make(
      'div',
      {class: 'pair', role: 'group', 'aria-label': say('lobby.all.group')},
      all,
      none,
    )
  }

  /** @param {Decision} decision */
  #chooseAll(decision) {
    for (const feature of this.#cards.keys())
      this.dispatchEvent(new DecisionEvent(feature, decision))
  }

  /** @param {string} feature @param {Decision} decision */
  #choose(feature, decision) {
    this.#choices.set(feature, decision)
    this.#show()
  }

  #show() {
    for (const [feature, card] of this.#cards) card.show(this.#choices.get(feature) ?? null)
  }
}

/** @param {number} offers @param {number} cards @returns {Key} */
const headline = (offers, cards) =>
  offers === 0 ? 'lobby.nothing' : cards === 0 ? 'gpc.nothing' : 'lobby.choices.note'

/**
 * What this room offers and does not ask about here, and why.
 * @param {Say} say @param {Facts} facts @param {readonly Notice[]} notices @returns {HTMLElement[]}
 */
function asides(say, facts, notices) {
  const silent = unprompted(facts)
  const quiet = notices.filter(({feature}) => silent.has(feature))
  const why = (/** @type {Notice} */ {feature}) => offered(facts, feature)?.unavailable ?? null
  const outside = quiet.filter(notice => why(notice) === null)
  const never = quiet.filter(notice => why(notice) !== null)
  const notes = never.map(notice =>
    aside('off', say('feature.missing', {names: notice.name}), cannotRun(say, why(notice) ?? '')),
  )
  if (outside.length === 0) return notes
  const [{language} = {language: 'en'}] = outside
  const names = listed(
    language,
    outside.map(({name}) => name),
  )
  return [aside('globe', say('gpc.title', {names}), say('gpc.text')), ...notes]
}

/** What this room would offer, and nobody can ask for just now. @param {Say} say @param {readonly Notice[]} notices */
const unoffered = (say, notices) =>
  notices.map(({name}) =>
    aside('off', say('feature.withheld', {name}), make('span', {}, say('gate.withheld'))),
  )

/** @param {string} drawing @param {string} title @param {HTMLElement | string} text */
const aside = (drawing, title, text) =>
  make(
    'div',
    {class: 'not-asked'},
    icon(drawing),
    make('div', {}, make('h3', {}, title), make('p', {class: 'note'}, text)),
  )

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
