/** What was looked at, a row each: how it is, why, and what helps. Told in words, not in colours. */
import {Part, icon, make, redraw, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {'waiting' | 'ok' | 'bad'} State */
/** @typedef {{state: State, text: string}} Result */
/** @typedef {(typeof ITEMS)[number]} Item */

export const ITEMS = /** @type {const} */ ([
  'browser',
  'server',
  'loop',
  'microphone',
  'camera',
  'speaker',
])
const DRAWN = {waiting: 'ring-unset', ok: 'tick', bad: 'fault'}

export class CheckList extends Part {
  static tag = 'check-list'
  #say
  /** @type {Map<Item, {row: HTMLElement, drawn: SVGSVGElement, word: HTMLElement, text: HTMLElement}>} */
  #rows = new Map()
  #sum = make('p', {class: 'lead', role: 'status'})

  /** @param {Say} say @param {Partial<Record<Item, Node>>} more beside the words of a row */
  constructor(say, more) {
    super()
    this.#say = say
    const list = make('ul', {class: 'checks'})
    for (const item of ITEMS) list.append(this.#row(item, more[item] ?? null))
    this.append(this.#sum, list)
  }

  /** @param {Item} item @param {Node | null} more */
  #row(item, more) {
    const drawn = icon(DRAWN.waiting)
    const word = make('span', {class: 'check-word'})
    const text = make('p', {})
    const head = make('h2', {}, this.#say(`check.${item}`), ' ', word)
    const row = make('li', {'data-item': item}, drawn, make('div', {}, head, text, more))
    this.#rows.set(item, {row, drawn, word, text})
    return row
  }

  /** @param {Record<Item, Result>} results */
  show(results) {
    for (const [item, {row, drawn, word, text}] of this.#rows) {
      const {state, text: said} = results[item]
      set(row, {'data-state': state})
      redraw(drawn, DRAWN[state])
      write(word, this.#say(`check.state.${state}`))
      write(text, said)
    }
    const states = ITEMS.map(item => results[item].state)
    const sum = states.includes('bad') ? 'bad' : states.includes('waiting') ? 'waiting' : 'ok'
    write(this.#sum, this.#say(`check.sum.${sum}`))
  }
}
