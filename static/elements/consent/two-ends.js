/**
 * After a withdrawal: two equal ends. Neither is marked, neither is first, none is asked for
 * again; no answer means the first (fair-consent A3).
 */
import {clock} from '../../i18n/when.js'
import {Part, keep, make, rich, set, write} from '../common/dom.js'
import {PartEndEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {TwoEnds as Ending} from '../../room/view.js' */

export class TwoEnds extends Part {
  static tag = 'two-ends'
  #say
  #language
  #objects
  /** @type {Map<string, HTMLElement>} */
  #cards = new Map()

  /** @param {Say} say @param {string} language @param {readonly Notice[]} notices */
  constructor(say, language, notices) {
    super()
    this.#say = say
    this.#language = language
    this.#objects = new Map(notices.map(notice => [notice.feature, notice.object]))
  }

  /** @param {readonly Ending[]} ends */
  show(ends) {
    const keys = ends.map(end => `${end.feature} ${end.at}`)
    keep(this, keys, this.#cards, key => this.#card(ends[keys.indexOf(key)]))
    ends.forEach((end, index) => this.#lock(keys[index] ?? '', end.erasing ?? false))
  }

  /** What cannot be undone is asked for once. @param {string} key @param {boolean} erasing */
  #lock(key, erasing) {
    const card = this.#cards.get(key)
    for (const button of card?.querySelectorAll('button') ?? [])
      set(button, {'aria-disabled': erasing ? 'true' : null})
    const said = card?.querySelector('[role=status]')
    if (said) write(said, erasing ? this.#say('part.sending') : '')
  }

  /** @param {Ending | undefined} end @returns {HTMLElement} */
  #card(end) {
    if (!end) throw new RangeError('a card without its end')
    const say = this.#say
    const object = this.#objects.get(end.feature) ?? end.feature
    const heading = make(
      'h3',
      {id: `ends-${end.feature}`, tabindex: -1},
      say('ends.title', {object, time: clock(this.#language, end.at)}),
    )
    const what = end.since
      ? say('ends.since', {since: clock(this.#language, end.since)})
      : say('ends.what')
    return make(
      'section',
      {class: 'aside-note', 'aria-labelledby': heading.id, 'data-feature': end.feature},
      heading,
      make('p', {class: 'note'}, what),
      make('div', {class: 'ends'}, this.#end(end.feature, false), this.#end(end.feature, true)),
      make('p', {class: 'note'}, say('ends.note')),
      make('p', {class: 'note', role: 'status'}),
    )
  }

  /** @param {string} feature @param {boolean} erase */
  #end(feature, erase) {
    const text = rich(this.#say(erase ? 'ends.erase' : 'ends.keep'), 'span')
    const end = make(
      'button',
      {type: 'button', class: 'end', 'data-end': erase ? 'erase' : 'keep'},
      ...text,
    )
    end.addEventListener('click', () => {
      if (!end.hasAttribute('aria-disabled')) this.dispatchEvent(new PartEndEvent(feature, erase))
    })
    return set(end, {'data-feature': feature})
  }
}
