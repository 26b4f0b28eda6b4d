/** What is different between two wordings, word by word, as people in a room are shown it. */
import {Part, make} from '../common/dom.js'
import {changed, changesOf} from '../consent/wording-changes.js'
import {words} from '../../i18n/words.js'

/** @import {Notice} from '../../room/notices.js' */
/** @import {Voice} from '../../console/words.js' */

export class WordingDifference extends Part {
  static tag = 'wording-difference'

  /** @param {Voice} voice @param {Notice} from @param {Notice} to */
  constructor({say, tell}, from, to) {
    super()
    this.append(
      changed(from, to).length === 0
        ? make('p', {class: 'note'}, tell('diff.none'))
        : changesOf(say, words(to.language), from, to),
    )
  }
}
