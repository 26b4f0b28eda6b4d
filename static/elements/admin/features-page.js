/** Features, each with its switch, and what switching does. */
import {FeaturesTable} from './features-table.js'
import {pageHead, section} from './layout.js'
import {isNews} from './redraw.js'
import {Part, make} from '../common/dom.js'

/** @import {Features} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class FeaturesPage extends Part {
  static tag = 'features-page'
  #table
  /** @type {Map<string, string>} */
  #known = new Map()

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#table = new FeaturesTable(voice, {wide: true})
    this.append(
      pageHead(tell('features.title'), tell('features.note')),
      make(
        'div',
        {class: 'boards'},
        section({id: 'features', title: tell('features.all')}, this.#table),
        section(
          {id: 'meaning', title: tell('features.meaning')},
          make(
            'ul',
            {class: 'plain'},
            make('li', {}, tell('features.meaning.off')),
            make('li', {}, tell('features.meaning.on')),
            make('li', {}, tell('features.meaning.never')),
          ),
        ),
      ),
    )
  }

  /** @param {{features: Features, busy: string | null}} data */
  show({features: {features}, busy}) {
    if (isNews(this.#known, 'features', [features, busy])) this.#table.show(features, busy)
  }
}
