/**
 * What was said, line by line. A time leads to its moment in the film where the film shows it.
 *
 * Rule 1: a line that was taken back shows its time and that it was taken back, nothing else.
 * Rule 2: lines that stay are not touched, so that a place in a long text is not lost.
 */
import {MomentEvent} from './after-events.js'
import {TranscriptFind} from './transcript-find.js'
import {clock, exactClock} from '../../i18n/when.js'
import {find, lineAt, rows, shownAt, takenBack} from '../../kept/transcript.js'
import {Part, called, icon, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Places} from '../../kept/after-summary.js' */
/** @import {KeptFeature, TranscriptKept} from '../../kept/kept.js' */
/** @import {Row, Script, ScriptLine} from '../../kept/transcript.js' */
/**
 * @typedef {object} Told
 * @property {TranscriptKept} kept @property {KeptFeature | null} feature when it was on
 * @property {boolean} over the meeting has ended
 * @property {Script | null} script null until it is here
 * @property {boolean} lost it could not be fetched
 * @property {Places['film']} film
 */

/** From so many lines on there is a field to search them. */
const MANY = 60

export class TranscriptSection extends Part {
  static tag = 'transcript-section'
  #say
  #language
  #note = make('p', {class: 'note'})
  #engine = make('p', {class: 'note'})
  #word = make('p', {class: 'note script-word'})
  #find
  #list = make('ol', {class: 'script', role: 'list'})
  /** @type {Map<string, {row: HTMLElement, drawn: string}>} by line */
  #rows = new Map()
  /** What is drawn; undefined before anything is. @type {Script | null | undefined} */
  #script
  #places = ''
  /** @type {readonly ScriptLine[]} */
  #lines = []
  #now = -1

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
    this.#find = new TranscriptFind(say, wanted => this.#sift(wanted))
    this.append(
      make(
        'section',
        {class: 'section', 'aria-labelledby': 'script'},
        make(
          'div',
          {class: 'script-head'},
          make(
            'div',
            {},
            make('h2', {id: 'script'}, say('script.title')),
            this.#note,
            this.#engine,
          ),
          this.#find,
        ),
        this.#word,
        this.#list,
      ),
    )
  }

  /** @param {Told | null} told null: this person was never in it */
  show(told) {
    this.hidden = told === null
    if (told === null) return
    const {kept, feature, script, film} = told
    write(this.#engine, this.#say('script.engine', {engine: kept.engine}))
    write(this.#word, this.#wordOf(told))
    this.#word.hidden = this.#word.textContent === ''
    this.#engine.hidden = kept.lines === 0
    const lines = script?.lines ?? []
    // The script itself, not its version: a new version is named before its lines are here.
    const places = JSON.stringify([feature?.stretches, film])
    if (script === this.#script && places === this.#places) return
    this.#script = script
    this.#places = places
    this.#lines = lines
    this.#draw(script === null ? [] : rows(script, feature?.stretches ?? []), film)
    write(this.#note, this.#noteOf(lines, film))
    this.#note.hidden = lines.length === 0
    const many = lines.length > MANY
    set(this.#list, {'data-many': many})
    this.#find.hidden = !many
    if (this.#find.hidden) this.#find.clear()
    else this.#find.again()
  }

  /** The film shows this moment of the meeting, or none. @param {number | null} moment milliseconds */
  point(moment) {
    const now = moment === null ? -1 : lineAt(this.#lines, moment)
    if (now === this.#now) return
    this.#mark(this.#now, null)
    this.#mark(now, 'true')
    this.#now = now
  }

  /** Bring a line into view, whatever is searched for. @param {string} id of the line */
  reveal(id) {
    const row = this.#rows.get(id)?.row
    if (!row) return false
    if (row.hidden) this.#find.clear()
    return true
  }

  /** @param {number} at @param {'true' | null} current */
  #mark(at, current) {
    const row = this.#rows.get(this.#lines[at]?.id ?? '')?.row
    if (row) set(row, {'aria-current': current})
  }

  /** @param {Told} told */
  #wordOf({kept, over, script, lost}) {
    if (kept.lines === 0) return this.#say(over ? 'script.empty' : 'script.empty.open')
    if (script !== null) return ''
    return this.#say(lost ? 'script.lost' : 'script.loading')
  }

  /** @param {readonly ScriptLine[]} lines @param {Places['film']} film */
  #noteOf(lines, film) {
    const say = this.#say
    const [first] = lines
    const last = lines.at(-1)
    if (!first || !last) return ''
    const span = {from: clock(this.#language, first.from), to: clock(this.#language, last.to)}
    const words = say('script.span', {count: lines.length, ...span})
    const leads = film !== null && lines.some(line => shownAt(film.chapters, line) !== null)
    return leads ? `${words} ${say('script.jump')}` : words
  }

  /** @param {readonly Row[]} wanted @param {Places['film']} film */
  #draw(wanted, film) {
    const held = this.#list.contains(document.activeElement) ? document.activeElement : null
    const old = this.#rows
    this.#rows = new Map()
    const nodes = wanted.flatMap(({line, before}) => {
      const moment = film ? shownAt(film.chapters, line) : null
      const drawn = JSON.stringify([line, moment])
      const kept = old.get(line.id)
      const row = kept?.drawn === drawn ? kept.row : this.#row(line, film, moment)
      this.#rows.set(line.id, {row, drawn})
      return before === null ? [row] : [this.#gap(before), row]
    })
    this.#put(nodes)
    this.#now = -1
    if (held !== null && !held.isConnected) set(this.#list, {tabindex: -1}).focus()
  }

  /** Nodes that are in their place already stay there: the focus and the scrolling with them. @param {readonly Node[]} nodes */
  #put(nodes) {
    const wanted = new Set(nodes)
    for (const child of [...this.#list.children]) if (!wanted.has(child)) child.remove()
    let next = this.#list.firstChild
    for (const node of nodes) {
      if (node === next) next = next.nextSibling
      else this.#list.insertBefore(node, next)
    }
  }

  /** @param {ScriptLine} line @param {Places['film']} film @param {number | null} moment of the film */
  #row(line, film, moment) {
    const gone = takenBack(line)
    const name = gone ? null : (line.name ?? this.#say('when.somebody'))
    return make(
      'li',
      {id: `t-${line.id}`, class: 'said', tabindex: -1, 'data-gone': gone},
      this.#time(line, film, moment),
      name === null ? null : make('b', {}, called(name)),
      make('p', {dir: 'auto'}, gone ? this.#say('script.gone') : line.text),
    )
  }

  /** @param {ScriptLine} line @param {Places['film']} film @param {number | null} moment */
  #time({from}, film, moment) {
    const time = make('time', {datetime: from}, clock(this.#language, from))
    if (film === null || moment === null) return time
    const label = this.#say('script.play', {time: exactClock(this.#language, Date.parse(from))})
    const link = make('a', {href: '#film', 'aria-label': label, title: label}, time)
    link.addEventListener('click', event => {
      event.preventDefault()
      this.dispatchEvent(new MomentEvent(film.feature, moment))
    })
    return link
  }

  /** @param {{from: string, to: string}} off */
  #gap({from, to}) {
    const span = {from: clock(this.#language, from), to: clock(this.#language, to)}
    return make('li', {class: 'gap'}, icon('off'), make('span', {}, this.#say('script.gap', span)))
  }

  /** Only lines that hold the words stay in view. @param {string} wanted @returns {{count: number, all: number}} */
  #sift(wanted) {
    const found = find(this.#lines, wanted)
    for (const [id, {row}] of this.#rows) row.hidden = !found.has(id)
    set(this.#list, {'data-sifted': wanted.trim() !== ''})
    return {count: found.size, all: this.#lines.length}
  }
}
