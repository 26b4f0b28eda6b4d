/**
 * A summary to read: what made it, then each line with the words that it rests on.
 *
 * Rule 1: a model's words are the product's voice; what was said is on record, in the other.
 * Rule 2: nothing in it is markup or a link of anybody's: all of it is text.
 */
import {MomentEvent} from './after-events.js'
import {headingOf, sourceOf, spokenBy, titleOf} from '../../kept/summary.js'
import {Part, icon, make} from '../common/dom.js'
import {PartEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Item, Quote, Section, Summary} from '../../wire/summary.js' */
/**
 * @typedef {object} Offers what the page around it can do
 * @property {boolean} wrong  each item can be called wrong
 * @property {boolean} linked  each quote leads to its moment
 */

/** The feature whose film a quote leads to. */
const FILMED = 'recording'

/** Somebody says that an item is wrong: it is to go, for everybody. */
export class WrongItemEvent extends PartEvent {
  static type = 'summary-wrong'
  /** @param {string} item */
  constructor(item) {
    super(WrongItemEvent.type)
    this.item = item
  }
}

export class SummaryView extends Part {
  static tag = 'summary-view'
  #say
  #language
  /** @type {Offers} */
  #offers = {wrong: false, linked: false}
  /** @type {Summary | null} */
  #shown = null

  /** @param {Say} say @param {string} language of the page */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
  }

  /** Show this one; showing the same again changes nothing. @param {Summary} summary @param {Offers} offers */
  show(summary, offers) {
    const {wrong, linked} = this.#offers
    if (summary === this.#shown && wrong === offers.wrong && linked === offers.linked) return
    this.#shown = summary
    this.#offers = offers
    const held = summary.sections.filter(({items}) => items.length > 0)
    this.replaceChildren(
      this.#head(summary),
      ...held.map((section, place) => this.#section(summary, section, place)),
    )
    if (held.length === 0) this.append(make('p', {class: 'note'}, this.#say('summary.empty')))
  }

  /** Show nothing: it is no longer there. */
  clear() {
    this.#shown = null
    this.replaceChildren()
  }

  /** @param {Summary} summary */
  #head(summary) {
    const say = this.#say
    return make(
      'div',
      {class: 'summary-head'},
      make('h3', {class: 'summary-title', tabindex: -1}, titleOf(say, summary)),
      make('p', {class: 'note'}, sourceOf(say, this.#language, summary)),
      summary.masked && make('p', {class: 'note summary-masked'}, say('summary.masked')),
    )
  }

  /** @param {Summary} summary @param {Section} section @param {number} place */
  #section({engine, language}, {kind, items}, place) {
    const heading = make('h4', {id: `summary-${kind}-${place}`}, headingOf(this.#say, engine, kind))
    return make(
      'section',
      {class: 'summary-section', 'aria-labelledby': heading.id, 'data-kind': kind},
      heading,
      make('ul', {class: 'points', role: 'list'}, ...items.map(item => this.#item(item, language))),
    )
  }

  /** @param {Item} item @param {string} language */
  #item(item, language) {
    const {id, text, quotes} = item
    return make(
      'li',
      {class: 'point', 'data-item': id},
      text !== null && make('p', {class: 'point-words', dir: 'auto', lang: language}, text),
      text !== null && this.#facts(item, language),
      ...quotes.map(quote => this.#quote(quote, language)),
      text === null && this.#facts(item, language),
      this.#offers.wrong && this.#wrong(item),
    )
  }

  /** Who has taken it on, and until when. @param {Item} item @param {string} language */
  #facts({owner_name: owner, due}, language) {
    if (!owner && !due) return null
    const rows = [
      owner && fact('person', this.#say('summary.owner'), make('dd', {dir: 'auto'}, owner)),
      due &&
        fact('clock', this.#say('summary.due'), make('dd', {dir: 'auto', lang: language}, due)),
    ]
    return make('dl', {class: 'point-facts'}, ...rows.filter(row => row instanceof Node))
  }

  /** @param {Quote} quote @param {string} language */
  #quote(quote, language) {
    const words = this.#say('summary.quote', {text: quote.text})
    return make(
      'blockquote',
      {class: 'quote', 'data-line': quote.line},
      make('span', {dir: 'auto', lang: language}, words),
      ' ',
      make('cite', {}, this.#speaker(quote)),
    )
  }

  /** @param {Quote} quote */
  #speaker(quote) {
    const by = spokenBy(this.#say, this.#language, quote)
    if (!this.#offers.linked) return make('time', {datetime: quote.at}, by)
    const go = make(
      'button',
      {type: 'button', class: 'link moment', 'aria-label': this.#say('summary.go', {by})},
      by,
    )
    go.addEventListener('click', () =>
      this.dispatchEvent(new MomentEvent(FILMED, Date.parse(quote.at))),
    )
    return go
  }

  /** @param {Item} item */
  #wrong({id, text, quotes}) {
    const about = text ?? quotes[0]?.text ?? ''
    const wrong = make(
      'button',
      {
        type: 'button',
        class: 'link wrong',
        title: this.#say('summary.wrong.does'),
        'aria-label': this.#say('summary.wrong.label', {text: about}),
      },
      this.#say('summary.wrong'),
    )
    wrong.addEventListener('click', () => this.dispatchEvent(new WrongItemEvent(id)))
    return wrong
  }
}

/** @param {string} drawing @param {string} term @param {HTMLElement} definition */
const fact = (drawing, term, definition) =>
  make('div', {}, icon(drawing), make('dt', {class: 'unseen'}, term), definition)
