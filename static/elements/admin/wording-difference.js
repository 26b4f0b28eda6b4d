/** What is different between two wordings, word by word, as people in a room are shown it. */
import {Part, make} from '../common/dom.js'
import {SAID, label, marked} from '../consent/wording-changes.js'
import {words} from '../../i18n/words.js'
import {difference} from '../../room/difference.js'

/** @import {Notice} from '../../room/notices.js' */
/** @import {Voice} from '../../console/words.js' */

export class WordingDifference extends Part {
  static tag = 'wording-difference'

  /** @param {Voice} voice @param {Notice} from @param {Notice} to */
  constructor({say, tell}, from, to) {
    super()
    const changed = SAID.filter(field => from[field] !== to[field])
    this.append(changed.length === 0 ? make('p', {class: 'note'}, tell('diff.none')) : list())

    function list() {
      const spoken = words(to.language)
      return make(
        'dl',
        {class: 'facts'},
        ...changed.map(field =>
          make(
            'div',
            {},
            make('dt', {}, say(field === 'object' ? 'change.object' : label(field))),
            make('dd', {lang: to.language}, ...marked(spoken, difference(from[field], to[field]))),
          ),
        ),
      )
    }
  }
}
