/**
 * Somebody knocks: told to the host at once, wherever they look, beside all else.
 *
 * Rule 1: in a row of its own. It covers nothing, takes no focus, and moves no question: where it has
 * no place beside one, it waits until that is answered (knocks.css).
 * Rule 2: each knock is announced once, politely.
 */
import {KnockList} from './knock-list.js'
import {Part, icon, make} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */

export class KnockStrip extends Part {
  static tag = 'knock-strip'
  #say
  #list
  #body
  #said = make('p', {class: 'unseen', role: 'status'})
  /** @type {ReadonlySet<string>} who has been announced */
  #told = new Set()

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#list = new KnockList(say)
    const heading = make('h2', {id: 'knocks'}, icon('person'), make('span', {}, say('knock.title')))
    this.#body = make(
      'section',
      {class: 'knock-strip', 'aria-labelledby': heading.id},
      heading,
      this.#list,
    )
    this.#body.hidden = true
    this.append(this.#said, this.#body)
  }

  /** Who was announced here: a strip that takes its place says nothing anew. */
  get told() {
    return this.#told
  }

  /** @param {ReadonlySet<string>} told before, by the strip that stood here */
  goOn(told) {
    this.#told = told
  }

  /** @param {View} view */
  show(view) {
    const {knocks} = view
    const fresh = knocks.filter(({participant}) => !this.#told.has(participant))
    this.#told = new Set(knocks.map(({participant}) => participant))
    this.#list.show(view)
    this.#body.hidden = knocks.length === 0
    if (fresh.length > 0 || knocks.length === 0)
      this.#said.replaceChildren(
        ...fresh.map(({name}) => make('span', {}, this.#say('knock.said', {name}))),
      )
  }
}
