/**
 * What is different in words that have changed: word by word, in the language in which they were
 * read. The whole of the new wording stands beside it.
 *
 * Rule: what went is struck through and what came is underlined, and both are said in words to
 * whoever listens: nothing hangs on a colour (fair-consent K5).
 */
import {FACTS} from './facts.js'
import {difference} from '../../room/difference.js'
import {Part, make, set, unseen} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Change, Notice} from '../../room/notices.js' */
/** @import {Piece} from '../../room/difference.js' */

export const SAID = /** @type {const} */ (['name', 'object', 'meaning', ...FACTS])

export class WordingChanges extends Part {
  static tag = 'wording-changes'

  /** @param {Say} say @param {Change} change */
  constructor(say, {from, to, agreed}) {
    super()
    const heading = make('h3', {}, say(agreed ? 'change.agreed' : 'change.seen'))
    set(this, {role: 'group', 'aria-label': heading.textContent, 'data-feature': to.feature})
    this.append(
      heading,
      make('p', {class: 'note'}, say('change.note')),
      changesOf(say, say, from, to),
    )
  }
}

/**
 * Each text that has changed.
 * @param {Say} say @param {Say} spoken in the language of the words
 * @param {Notice} from @param {Notice} to
 */
export const changesOf = (say, spoken, from, to) =>
  make(
    'dl',
    {class: 'facts'},
    ...changed(from, to).map(field =>
      make(
        'div',
        {},
        make('dt', {}, say(field === 'object' ? 'change.object' : label(field))),
        make('dd', {lang: to.language}, ...marked(spoken, difference(from[field], to[field]))),
      ),
    ),
  )

/** @param {Notice} from @param {Notice} to */
export const changed = (from, to) => SAID.filter(field => from[field] !== to[field])

/** @param {Exclude<(typeof SAID)[number], 'object'>} field */
export const label = field =>
  field === 'name' || field === 'meaning'
    ? /** @type {const} */ (`change.${field}`)
    : /** @type {const} */ (`fact.${field}`)

/** @param {Say} say @param {readonly Piece[]} pieces */
export const marked = (say, pieces) =>
  pieces.map(({kind, text}, index) => {
    if (kind === 'same') return text
    const spoken = say(kind === 'out' ? 'change.out' : 'change.in')
    const tag = kind === 'out' ? 'del' : 'ins'
    const word = make(tag, {}, unseen(`(${spoken}: `), text.trimEnd(), unseen(')'))
    const apart = text !== text.trimEnd() || pieces[index + 1]?.kind === 'in'
    return make('span', {}, word, apart && ' ')
  })
