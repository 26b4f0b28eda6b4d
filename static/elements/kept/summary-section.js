/**
 * The summary after the meeting, or a word on how it stands.
 *
 * Rule 1: what stands in for a summary is named as what it is.
 * Rule 2: whoever calls an item wrong sees it go at once, for everybody; there is one press.
 */
import {CopySummaryEvent, MomentEvent, WriteSummaryEvent} from './after-events.js'
import {FilmProgress} from './film-progress.js'
import {saved} from './saved.js'
import {SummaryView, WrongItemEvent} from './summary-view.js'
import {WorkNews} from './work-news.js'
import {isKey} from '../../i18n/words.js'
import {placeOf, without} from '../../kept/after-summary.js'
import {Part, button, icon, make, redraw, set, write} from '../common/dom.js'
import {on} from '../common/events.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Place, Places} from '../../kept/after-summary.js' */
/** @import {SummaryKept} from '../../kept/kept.js' */
/** @import {Quote, Summary} from '../../wire/summary.js' */
/** @typedef {'sending' | 'write-failed' | 'gone' | 'wrong-failed' | 'copied' | 'copy-failed'} SummaryAct the last press, and what came of it */
/**
 * @typedef {object} Shown
 * @property {SummaryKept} kept
 * @property {Summary | null} summary null until it is here
 * @property {boolean} lost it could not be fetched
 * @property {ReadonlySet<string>} gone items that were called wrong
 * @property {SummaryAct | null} act @property {Places} places
 */

/** @typedef {{drawing: string, title: Key, text: Key | null}} Word */

/** @type {Word} */
const LOADING = {drawing: 'clock', title: 'sum.loading', text: null}

/** @type {Readonly<Record<string, Word>>} */
const WORDS = {
  later: {drawing: 'clock', title: 'sum.later', text: 'sum.later.text'},
  waiting: {drawing: 'clock', title: 'sum.waiting', text: 'sum.writing.text'},
  writing: {drawing: 'summary', title: 'sum.writing', text: 'sum.writing.text'},
  failed: {drawing: 'fault', title: 'sum.failed', text: null},
  empty: {drawing: 'summary', title: 'sum.empty', text: 'sum.empty.text'},
  loading: LOADING,
  lost: {drawing: 'away', title: 'sum.lost', text: 'sum.lost.text'},
}

export class SummarySection extends Part {
  static tag = 'summary-section'
  #say
  #title
  #word = make('div', {class: 'sum-word'})
  #stand
  #view
  #tools = make('div', {class: 'sum-tools'})
  #copy
  #again
  #said = make('p', {class: 'sum-said', role: 'status'})
  #fault = make('p', {class: 'field-fault', role: 'alert'})
  #news = new WorkNews()
  /** @type {FilmProgress | null} */
  #progress = null
  #shownWord = ''
  #shownView = ''

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#title = make('h2', {id: 'sum', tabindex: -1}, say('sum.title'))
    this.#stand = make('p', {class: 'sum-stand'}, say('sum.stand-in'))
    this.#view = new SummaryView(say, language)
    this.#copy = button(say('copy'), {'data-size': 'small', 'data-act': 'copy'}, 'copy')
    this.#again = button(say('sum.again'), {'data-act': 'write'}, 'again')
    this.append(
      make(
        'section',
        {class: 'section', 'aria-labelledby': 'sum'},
        this.#title,
        this.#word,
        this.#said,
        this.#fault,
        this.#stand,
        this.#view,
        this.#tools,
        this.#news.node,
      ),
    )
    this.#copy.addEventListener('click', () => this.dispatchEvent(new CopySummaryEvent()))
    this.#again.addEventListener('click', () => this.#write())
    on(this.#view, WrongItemEvent, event => this.#passOver(event.item))
  }

  /** @param {Shown | null} shown null: this person was never in it */
  show(shown) {
    this.hidden = shown === null
    if (shown === null) return
    const {kept, summary, lost, act} = shown
    const here = kept.url !== null && summary !== null
    this.#showWord(wordOf(kept, here, lost), kept, here)
    this.#showView(here ? shown : null)
    this.#showTools(here ? kept : null, act)
    this.#stand.hidden = kept.state !== 'failed' || !here
    set(this.#title, {class: here && kept.state === 'ready' ? 'unseen' : null})
    set(this.#again, {'aria-disabled': act === 'sending' ? 'true' : null})
    write(this.#said, act === 'gone' ? this.#say('sum.gone') : '')
    write(this.#fault, this.#faultOf(act))
    this.#announce(kept)
  }

  /** @param {string | null} word @param {SummaryKept} kept @param {boolean} here */
  #showWord(word, kept, here) {
    const shown = JSON.stringify([word, kept.fault])
    this.#word.hidden = word === null
    if (shown !== this.#shownWord) {
      const held = this.#word.contains(document.activeElement)
      this.#shownWord = shown
      const works = word === 'waiting' || word === 'writing'
      this.#progress = works ? new FilmProgress(this.#say, this.#say('sum.progress')) : null
      this.#word.replaceChildren(...(word === null ? [] : this.#worded(word, kept)))
      if (held) this.#title.focus()
    }
    set(this.#word, {'data-state': word, 'aria-busy': word === 'loading' && !here})
    this.#progress?.show(kept.state === 'writing' ? kept.done : null)
  }

  /** @param {string} word @param {SummaryKept} kept @returns {Node[]} */
  #worded(word, {fault}) {
    const {drawing, title, text} = WORDS[word] ?? LOADING
    const words = word === 'failed' ? this.#why(fault) : text ? this.#say(text) : ''
    return [
      icon(drawing),
      make(
        'div',
        {},
        make('p', {class: 'sum-title'}, this.#say(title)),
        words === '' ? null : make('p', {class: 'note'}, words),
        this.#progress,
        word === 'failed' ? this.#again : null,
      ),
    ]
  }

  /** @param {SummaryKept['fault']} fault */
  #why(fault) {
    if (fault === null) return this.#say('sum.failed.text')
    const key = `fault.${fault.code}`
    return isKey(key) ? this.#say(key) : this.#say('fault.other', {detail: fault.detail})
  }

  /** @param {Shown | null} shown */
  #showView(shown) {
    this.#view.hidden = shown === null
    if (shown === null || shown.summary === null) return
    const {summary, gone, places} = shown
    const seen = without(summary, gone)
    const ways = quotesOf(seen).map(quote => placeOf(places, quote))
    const state = JSON.stringify([seen, ways])
    if (state === this.#shownView) return
    this.#shownView = state
    const held = this.#view.contains(document.activeElement)
      ? document.activeElement?.closest('[data-item]')?.getAttribute('data-item')
      : null
    this.#view.show(seen, {wrong: true, linked: false})
    this.#link(ways)
    if (held) this.#focus(this.#items.find(each => each.dataset['item'] === held))
  }

  /** Each quote leads to its moment, or to its line, or nowhere. @param {readonly Place[]} ways by quote, in order */
  #link(ways) {
    this.#view.querySelectorAll('blockquote[data-line] cite > time').forEach((time, index) => {
      const place = ways[index] ?? null
      if (place === null) return
      const link = this.#way(place, time.textContent)
      time.replaceWith(link)
      link.append(time)
    })
  }

  /** @param {Exclude<Place, null>} place @param {string} by who said it, and when */
  #way(place, by) {
    if ('line' in place) {
      const label = this.#say('sum.to-line', {by})
      return make('a', {class: 'moment', href: `#t-${place.line}`, 'aria-label': label})
    }
    const label = this.#say('sum.to-film', {by})
    const link = make('a', {class: 'moment', href: '#film', 'aria-label': label})
    link.addEventListener('click', event => {
      event.preventDefault()
      this.dispatchEvent(new MomentEvent(place.feature, place.moment))
    })
    return link
  }

  /** @param {SummaryKept | null} kept @param {SummaryAct | null} act */
  #showTools(kept, act) {
    this.#tools.hidden = kept === null
    if (kept === null) return
    const copied = act === 'copied'
    const [drawn, label] = this.#copy.children
    if (drawn instanceof SVGSVGElement) redraw(drawn, copied ? 'tick' : 'copy')
    if (label) write(label, this.#say(copied ? 'copied' : 'sum.copy'))
    const nodes = [
      make('p', {class: 'note'}, this.#say('sum.wrong.note')),
      kept.markdown === null ? null : this.#copy,
      kept.markdown === null ? null : this.#file('Markdown', kept.markdown),
      kept.json === null ? null : this.#file('JSON', kept.json),
    ]
    const shown = JSON.stringify([kept.markdown, kept.json])
    if (this.#tools.dataset['shown'] === shown) return
    this.#tools.dataset['shown'] = shown
    this.#tools.replaceChildren(...nodes.filter(node => node !== null))
  }

  /** @param {string} format @param {string} url */
  #file(format, url) {
    return make(
      'a',
      {class: 'button', 'data-size': 'small', href: saved(url), download: ''},
      icon('save'),
      make('span', {}, this.#say('sum.save', {format})),
    )
  }

  /** @param {SummaryAct | null} act */
  #faultOf(act) {
    if (act === 'write-failed') return this.#say('film.fault')
    if (act === 'wrong-failed') return this.#say('sum.wrong-failed')
    if (act === 'copy-failed') return this.#say('sum.copy-failed')
    return ''
  }

  #write() {
    if (this.#again.getAttribute('aria-disabled') !== 'true')
      this.dispatchEvent(new WriteSummaryEvent())
  }

  /**
   * The item goes, and the focus with it: to the item that takes its place, never to the
   * button that would remove that one too.
   * @param {string} item
   */
  #passOver(item) {
    const at = this.#items.findIndex(each => each.dataset['item'] === item)
    queueMicrotask(() => {
      const left = this.#items
      this.#focus(left[Math.min(at, left.length - 1)])
    })
  }

  get #items() {
    const items = [...this.#view.querySelectorAll('[data-item]')]
    return items.filter(each => each instanceof HTMLElement)
  }

  /** @param {HTMLElement | undefined} item */
  #focus(item) {
    if (item) set(item, {tabindex: -1}).focus()
    else (this.#view.querySelector('h3') ?? this.#title).focus()
  }

  /** @param {SummaryKept} kept */
  #announce({state, done}) {
    this.#news.announce(state, state === 'writing' ? done : null, percent => {
      const {title = 'sum.ready'} = WORDS[state] ?? {}
      if (state !== 'writing') return this.#say(title)
      return `${this.#say(title)}. ${this.#say('film.percent', {percent})}`
    })
  }
}

/** @param {Summary} summary @returns {readonly Quote[]} */
const quotesOf = ({sections}) => sections.flatMap(({items}) => items.flatMap(({quotes}) => quotes))

/** What is said instead of a summary, or above it. @param {SummaryKept} kept @param {boolean} here @param {boolean} lost */
function wordOf({state, url}, here, lost) {
  if (state !== 'ready') return state
  if (here) return null
  return lost && url !== null ? 'lost' : 'loading'
}
