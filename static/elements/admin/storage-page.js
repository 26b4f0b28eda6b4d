/** What is kept, until when, what is made of it, and what is deleted next. */
import {id, meter, pageHead, section, stateWord, table} from './layout.js'
import {isNews, redraw} from './redraw.js'
import {StorageBar} from './storage-bar.js'
import {Part, make} from '../common/dom.js'
import {age} from '../../console/ages.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {StorageState} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/** @typedef {Readonly<Record<string, string>>} Names of features, by id */

const HOUR = 3_600_000

export class StoragePage extends Part {
  static tag = 'storage-page'
  #voice
  #bar
  #kept = make('div', {})
  #films = make('div', {})
  #due = make('div', {})
  /** @type {Map<string, string>} */
  #known = new Map()

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#bar = new StorageBar(voice)
    this.append(
      pageHead(tell('storage.title'), tell('storage.note')),
      make(
        'div',
        {class: 'boards'},
        section({id: 'disk', title: tell('storage.disk'), span: 'half'}, this.#bar),
        section(
          {id: 'kept', title: tell('storage.kept'), note: tell('storage.kept.note'), span: 'half'},
          this.#kept,
        ),
        section(
          {id: 'films', title: tell('storage.films.title'), note: tell('storage.films.note')},
          this.#films,
        ),
        section({id: 'due', title: tell('storage.due'), note: tell('storage.due.note')}, this.#due),
      ),
    )
  }

  /** @param {{storage: StorageState, names: Names}} data */
  show({storage, names}) {
    if (isNews(this.#known, 'disk', [storage.total, storage.free, storage.used]))
      this.#bar.show(storage)
    const called = (/** @type {string} */ feature) => names[feature] ?? feature
    if (isNews(this.#known, 'kept', [storage.kept_for, names])) this.#showKept(storage, called)
    if (isNews(this.#known, 'films', storage.films)) this.#showFilms(storage, called)
    if (isNews(this.#known, 'due', storage.due)) this.#showDue(storage, called)
  }

  /** @param {StorageState} storage @param {(feature: string) => string} called */
  #showKept({kept_for: kept}, called) {
    const {tell, language} = this.#voice
    redraw(
      this.#kept,
      table(
        [tell('features.feature'), tell('storage.for')],
        kept.map(({feature, hours}) => [called(feature), age(language, hours * HOUR)]),
        {empty: tell('storage.kept.none')},
      ),
    )
  }

  /** @param {StorageState} storage @param {(feature: string) => string} called */
  #showFilms({films}, called) {
    const {tell} = this.#voice
    redraw(
      this.#films,
      table(
        [
          tell('evidence.meeting'),
          tell('features.feature'),
          tell('health.state'),
          tell('film.done'),
        ],
        films.map(({room, feature, state, done}) => [
          id(room),
          called(feature),
          stateWord(state === 'failed' ? 'fault' : 'waiting', tell(`film.${state}`)),
          meter(done, `${Math.round(done * 100)} %`),
        ]),
        {empty: tell('storage.films.none')},
      ),
    )
  }

  /** @param {StorageState} storage @param {(feature: string) => string} called */
  #showDue({due}, called) {
    const {tell, language} = this.#voice
    redraw(
      this.#due,
      table(
        [tell('evidence.meeting'), tell('features.feature'), tell('storage.when')],
        due.map(({room, feature, at}) => [id(room), called(feature), dayAndClock(language, at)]),
        {empty: tell('storage.due.none')},
      ),
    )
  }
}
