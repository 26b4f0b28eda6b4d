/** The console at a glance: numbers, features, health, a notice as it is seen, and the disk. */
import {FeaturesTable} from './features-table.js'
import {PartsTable} from './health-page.js'
import {pageHead, section} from './layout.js'
import {NoticeChoice} from './notice-choice.js'
import {isNews} from './redraw.js'
import {RoomsPlot} from './rooms-plot.js'
import {StorageBar} from './storage-bar.js'
import {Part, make, write} from '../common/dom.js'
import {size} from '../../i18n/amounts.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {Features, HealthState, Overview, StorageState} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */
/**
 * @typedef {object} OverviewData
 * @property {Overview} overview @property {Features} features @property {HealthState} health
 * @property {StorageState} storage @property {string | null} busy
 * @property {readonly string[]} spoken to joiners
 */

const COUNTS = /** @type {const} */ (['rooms', 'people', 'offered', 'free'])

export class OverviewPage extends Part {
  static tag = 'overview-page'
  #voice
  #note
  /** @type {Map<string, string>} */
  #known = new Map()
  /** @type {Map<string, HTMLElement>} */
  #counts = new Map()
  #features
  #parts
  #preview
  #plot
  #bar

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#features = new FeaturesTable(voice)
    this.#parts = new PartsTable(voice)
    this.#preview = new NoticeChoice(voice)
    this.#plot = new RoomsPlot(voice)
    this.#bar = new StorageBar(voice)
    const head = pageHead(tell('overview.title'), '')
    this.#note = head.querySelector('.note')
    this.append(
      head,
      make(
        'div',
        {class: 'boards'},
        make('dl', {class: 'counts full'}, ...COUNTS.map(name => this.#count(name))),
        section(
          {
            id: 'features',
            title: tell('features.title'),
            note: tell('features.note'),
            span: 'wide',
          },
          this.#features,
        ),
        section(
          {id: 'health', title: tell('health.title'), note: tell('health.short'), span: 'slim'},
          this.#parts,
        ),
        this.#preview,
        make(
          'div',
          {class: 'column half'},
          section({id: 'hours', title: tell('plot.title'), span: 'half'}, this.#plot),
          section({id: 'storage', title: tell('storage.title'), span: 'half'}, this.#bar),
        ),
      ),
    )
  }

  /** @param {(typeof COUNTS)[number]} name */
  #count(name) {
    const value = make('dd', {})
    this.#counts.set(name, value)
    return make('div', {}, make('dt', {}, this.#voice.tell(`count.${name}`)), value)
  }

  /** @param {OverviewData} data */
  show({overview, features, health, storage, busy, spoken}) {
    const {tell, language} = this.#voice
    const now = dayAndClock(language, overview.now)
    if (this.#note) write(this.#note, tell('overview.note', {now}))
    const free = size(language, overview.free)
    const offered = tell('count.of', {some: overview.offered, all: overview.features})
    this.#set('rooms', String(overview.rooms))
    this.#set('people', String(overview.people))
    this.#set('offered', offered)
    this.#set('free', free)
    if (isNews(this.#known, 'features', [features, busy]))
      this.#features.show(features.features, busy)
    if (isNews(this.#known, 'health', health.parts)) this.#parts.show(health.parts)
    if (isNews(this.#known, 'preview', features)) this.#preview.show(features, spoken)
    if (isNews(this.#known, 'hours', overview.hours)) this.#plot.show(overview.hours)
    if (isNews(this.#known, 'storage', storage)) this.#bar.show(storage)
  }

  /** @param {(typeof COUNTS)[number]} name @param {string} text */
  #set(name, text) {
    const node = this.#counts.get(name)
    if (node) write(node, text)
  }
}
