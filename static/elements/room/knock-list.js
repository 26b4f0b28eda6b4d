/** Who waits to be let in, and the host's two answers, which look alike. */
import {Part, button, called, keep, make, set} from '../common/dom.js'
import {KnockEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Knock} from '../../wire/messages.js' */

const ANSWERS = /** @type {const} */ ([
  ['admit', 'knock.admit', true],
  ['turn-away', 'knock.turn-away', false],
])

export class KnockList extends Part {
  static tag = 'knock-list'
  #say
  #list = make('ul', {class: 'knocks'})
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map()

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.append(this.#list)
  }

  /** @param {View} view */
  show({knocks, handled}) {
    const from = this.#focused()
    const byKey = new Map(knocks.map(each => [each.participant, each]))
    keep(this.#list, [...byKey.keys()], this.#rows, key => this.#draw(byKey.get(key)))
    for (const [participant, row] of this.#rows)
      for (const answer of row.querySelectorAll('button'))
        set(answer, {'aria-disabled': handled.includes(participant) ? 'true' : null})
    if (from !== null && this.#focused() === null) this.#goOn(from)
  }

  /** In which row the focus is. @returns {number | null} */
  #focused() {
    const at = [...this.#rows.values()].findIndex(row => row.contains(document.activeElement))
    return at < 0 ? null : at
  }

  /** The row with the focus has gone: to the one that took its place. @param {number} from */
  #goOn(from) {
    const rows = [...this.#rows.values()]
    rows[Math.min(from, rows.length - 1)]?.querySelector('button')?.focus()
  }

  /** @param {Knock | undefined} knock */
  #draw(knock) {
    if (!knock) throw new RangeError('a knock without its name')
    const {participant, name, removed} = knock
    const say = this.#say
    return make(
      'li',
      {'data-participant': participant},
      make(
        'span',
        {class: 'knock-who'},
        make('b', {}, called(name)),
        removed ? make('small', {}, say('knock.removed')) : null,
      ),
      make('span', {class: 'knock-acts'}, ...ANSWERS.map(each => this.#answer(knock, each))),
    )
  }

  /** @param {Knock} knock @param {(typeof ANSWERS)[number]} answer */
  #answer({participant, name}, [act, key, letIn]) {
    const label = this.#say(key)
    const press = button(label, {
      'data-size': 'small',
      'data-act': act,
      'aria-label': this.#say('knock.about', {label, name}),
    })
    press.addEventListener('click', () => {
      if (!press.hasAttribute('aria-disabled'))
        this.dispatchEvent(new KnockEvent(participant, letIn))
    })
    return press
  }
}
