/** Who fetched what of that in which one is: the last lines, and those before when asked for. */
import {inTurn} from '../../i18n/amounts.js'
import {dayAndClock} from '../../i18n/when.js'
import {fetchLines} from '../../kept/fetched.js'
import {Part, make} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {FetchLine} from '../../kept/fetched.js' */
/** @import {Kept} from '../../kept/kept.js' */

/** So many lines are seen at once. */
const LAST = 6

export class FetchList extends Part {
  static tag = 'fetch-list'
  #say
  #language
  #shown = ''

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
  }

  /** @param {Kept} kept */
  show(kept) {
    const lines = fetchLines(kept)
    const shown = JSON.stringify(lines)
    if (shown === this.#shown) return
    this.#shown = shown
    const open = this.querySelector('details')?.open ?? false
    const say = this.#say
    const earlier = lines.slice(LAST)
    this.replaceChildren(
      make('p', {class: 'note'}, say('fetched.note')),
      lines.length === 0
        ? make('p', {class: 'note'}, say('fetched.none'))
        : this.#list(lines.slice(0, LAST)),
      ...(earlier.length === 0
        ? []
        : [
            make(
              'details',
              {class: 'fetched-earlier', open},
              make('summary', {}, say('fetched.earlier')),
              this.#list(earlier),
            ),
          ]),
    )
  }

  /** @param {readonly FetchLine[]} lines */
  #list(lines) {
    return make('ul', {class: 'fetched'}, ...lines.map(line => make('li', {}, ...this.#line(line))))
  }

  /** @param {FetchLine} line */
  #line(line) {
    const say = this.#say
    const name = line.whose?.name ?? say('when.somebody')
    const what = say(`fetched.${line.what}`, {name})
    const when = dayAndClock(this.#language, line.at)
    const often = line.times > 1 ? [say('fetched.times', {count: line.times})] : []
    return [
      make('span', {}, say('fetched.line', {who: this.#who(line), what})),
      make('span', {class: 'note'}, inTurn(say, [when, ...often])),
    ]
  }

  /** @param {FetchLine} line */
  #who({by, who, you}) {
    const say = this.#say
    if (by === 'console') return say('fetched.console')
    const name = who?.name ?? say('when.somebody')
    return you ? say('people.you', {name}) : name
  }
}
