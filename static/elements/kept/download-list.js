/** Everything that can be saved: film, captions, transcript, summary, single tracks, one's receipts and their proof, and all of it with its own. */
import {saved} from './saved.js'
import {inTurn, size} from '../../i18n/amounts.js'
import {clock} from '../../i18n/when.js'
import {byPerson} from '../../kept/kept.js'
import {bundle} from '../../kept/papers.js'
import {Part, called, icon, make, present, unseen} from '../common/dom.js'
import {saveFile} from '../common/saving.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Captured, Kept, KeptFeature, Track} from '../../kept/kept.js' */
/** @import {KeptReceipt} from '../../room/view.js' */

/** @type {Readonly<Record<string, string>>} where it is not called like its source */
const DRAWINGS = {screen: 'share', 'screen-audio': 'speaker'}

export class DownloadList extends Part {
  static tag = 'download-list'
  #say
  #language
  #shown = ''
  /** @type {ReadonlySet<string>} whose tracks lie open */
  #open = new Set()

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
  }

  /** @param {Kept} kept @param {readonly KeptReceipt[]} receipts @param {boolean} highlights they stand where a summary would */
  show(kept, receipts, highlights) {
    const files = kept.features.map(({film, tracks, captions}) => [
      film.url,
      film.bytes,
      tracks,
      captions,
    ])
    const texts = [kept.transcript, kept.summary?.markdown, kept.summary?.json, highlights]
    const proofs = [receipts.length, kept.proof, kept.export]
    const shown = JSON.stringify([files, texts, kept.people, proofs])
    if (shown === this.#shown) return
    this.#shown = shown
    const opened = [...this.querySelectorAll('details[open]')]
    this.#open = new Set(opened.map(each => each.getAttribute('data-person') ?? ''))
    const rows = [
      ...kept.features.flatMap(feature => this.#files(feature)),
      this.#transcript(kept),
      this.#summary(kept, highlights),
      receipts.length > 0 ? this.#receipts(receipts) : null,
      kept.proof
        ? row('chain', this.#say('down.proof'), this.#say('down.proof.note'), kept.proof)
        : null,
      kept.export ? this.#everything(kept.export) : null,
    ].flatMap(row => (row ? [make('li', {}, row)] : []))
    this.replaceChildren(
      make('h2', {id: 'downloads'}, this.#say('down.title')),
      make(
        'div',
        {class: 'downloads'},
        rows.length > 0
          ? make('ul', {class: 'list'}, ...rows)
          : make('p', {class: 'note'}, this.#say('down.none')),
        ...present(kept.features.map(feature => this.#tracks(kept, feature))),
      ),
    )
  }

  /** @param {string} url */
  #everything(url) {
    const inLanguage = `${url}?language=${encodeURIComponent(this.#language)}`
    return row('save', this.#say('down.export'), this.#say('down.export.note'), inLanguage)
  }

  /** @param {Kept} kept */
  #transcript({transcript}) {
    if (!transcript || transcript.lines === 0) return null
    const {vtt, text, json} = transcript
    return this.#formats('transcript', this.#say('down.transcript'), [
      ['WebVTT', vtt],
      [this.#say('down.text'), text],
      ['JSON', json],
    ])
  }

  /** @param {Kept} kept @param {boolean} highlights */
  #summary({summary}, highlights) {
    if (!summary) return null
    const {markdown, json} = summary
    return this.#formats('summary', this.#say(highlights ? 'down.highlights' : 'down.summary'), [
      ['Markdown', markdown],
      ['JSON', json],
    ])
  }

  /** One thing in several formats. @param {string} drawing @param {string} name @param {readonly (readonly [string, string | null])[]} files */
  #formats(drawing, name, files) {
    const links = files.flatMap(([format, url]) => {
      if (url === null) return []
      const label = inTurn(this.#say, [name, format])
      return make('a', {href: saved(url), download: '', 'aria-label': label}, format)
    })
    if (links.length === 0) return null
    return make(
      'div',
      {class: 'row', 'data-formats': true},
      icon(drawing),
      make('span', {}, called(name)),
      make('span', {class: 'formats'}, ...links),
    )
  }

  /** @param {KeptFeature} feature */
  #files({film, captions}) {
    const say = this.#say
    const format = film.format === 'webm' ? 'WebM' : 'MP4'
    const amount = inTurn(say, [format, size(this.#language, film.bytes)])
    return [
      film.state === 'ready' && film.url !== null
        ? row('film', say('down.film'), amount, film.url)
        : null,
      captions === null ? null : row('captions', say('down.captions'), 'VTT', captions),
    ]
  }

  /** @param {Kept} kept @param {KeptFeature} feature */
  #tracks(kept, feature) {
    const people = byPerson(kept, feature)
    if (people.length === 0) return null
    return make(
      'div',
      {class: 'singles'},
      make('h3', {}, this.#say('down.tracks')),
      make('p', {class: 'note'}, this.#say('down.tracks.note')),
      ...people.map(each => this.#person(kept, each)),
    )
  }

  /** @param {Kept} kept @param {{person: Captured, tracks: readonly Track[], bytes: number}} own */
  #person({you}, {person, tracks, bytes}) {
    const say = this.#say
    const known = person.name ?? say('when.somebody')
    const name = person.id === you ? say('people.you', {name: known}) : known
    const amount = {count: tracks.length, size: size(this.#language, bytes)}
    const count = say('down.tracks.count', amount)
    return make(
      'details',
      {class: 'tracks', 'data-person': person.id, open: this.#open.has(person.id)},
      make(
        'summary',
        {},
        icon('person'),
        make('span', {}, name),
        make('span', {class: 'note'}, count),
        icon('down'),
      ),
      make('ul', {class: 'list'}, ...tracks.map(track => make('li', {}, this.#track(name, track)))),
    )
  }

  /** @param {string} name @param {Track} track */
  #track(name, {source, from, to, bytes, url, recovered}) {
    const say = this.#say
    const span = {from: clock(this.#language, from), to: clock(this.#language, to)}
    const time = span.from === span.to ? span.from : say('when.span', span)
    const words = say('down.track', {source: say(`down.source.${source}`), time})
    const link = row(DRAWINGS[source] ?? source, words, size(this.#language, bytes), url)
    link.prepend(unseen(`${name}: `))
    if (!recovered) return link
    return make('div', {}, link, make('p', {class: 'note'}, say('down.recovered')))
  }

  /** @param {readonly KeptReceipt[]} receipts */
  #receipts(receipts) {
    const say = this.#say
    const words = say('down.receipts.count', {count: receipts.length})
    const save = make(
      'button',
      {type: 'button', class: 'row'},
      ...cells('receipt', say('down.receipts'), words),
    )
    save.addEventListener('click', () => saveAll(receipts))
    return save
  }
}

/** @param {string} drawing @param {string} words @param {string} amount */
const cells = (drawing, words, amount) => [
  icon(drawing),
  make('span', {}, words),
  make('span', {class: 'note'}, amount),
]

/** @param {string} drawing @param {string} words @param {string} amount @param {string} url */
const row = (drawing, words, amount, url) =>
  make('a', {class: 'row', href: saved(url), download: ''}, ...cells(drawing, words, amount))

/** @param {readonly KeptReceipt[]} receipts */
function saveAll(receipts) {
  saveFile(new Blob([bundle(receipts)], {type: 'text/plain'}), 'receipts.txt')
}
