/** The page afterwards: the film, when what was on, one's own part, downloads and receipts. */
import {ForgetLinkEvent, MomentEvent, PlaceEvent} from './after-events.js'
import {Part, icon, keep, make, write} from './dom.js'
import {DownloadList} from './download-list.js'
import {on} from './events.js'
import {FilmSection} from './film-section.js'
import {PageMasthead} from './masthead.js'
import {ReceiptList} from './receipt-list.js'
import {WhenTimeline} from './when-timeline.js'
import {YourPart} from './your-part.js'
import {filmed, keptUntil, ownParts, wasCaptured} from '../after.js'
import {fullDay, shortDay} from '../amounts.js'
import {clock} from '../when.js'

/** @import {Say} from '../words.js' */
/** @import {After, KeptFeature} from '../after.js' */
/** @import {Controller, Notice} from '../notices.js' */
/** @import {KeptReceipt} from '../protocol.js' */
/** @typedef {{language: string, languages: readonly string[], controller: Controller, notices: readonly Notice[]}} Afterwards */
/**
 * @typedef {object} Kept
 * @property {After} after @property {readonly KeptReceipt[]} receipts
 * @property {boolean} lost the server did not answer the last time
 * @property {number} now milliseconds
 * @property {ReadonlyMap<string, 'sending' | 'erase-failed' | 'film-failed'>} acts by feature
 */

export class AfterPage extends Part {
  #say
  #language
  #title = make('h1', {tabindex: -1})
  #when = make('p', {class: 'note'})
  #until = make('p', {class: 'kept'})
  #jump
  #film
  #timeline
  #parts = make('div', {class: 'parts'})
  /** @type {Map<string, YourPart>} */
  #own = new Map()
  #downloads
  #receipts
  #receiptNote
  #partSection
  #lost = make('p', {class: 'after-lost', role: 'status'})
  /** What those who hear the page are told of the film, at each quarter and at each turn. */
  #said = make('p', {class: 'unseen', role: 'status'})
  #heard = ''

  /** @param {Say} say @param {Afterwards} page */
  constructor(say, {language, languages, controller, notices}) {
    super()
    this.#say = say
    this.#language = language
    this.#film = new FilmSection(say, language)
    this.#timeline = new WhenTimeline(say, language)
    this.#downloads = new DownloadList(say, language)
    this.#receipts = new ReceiptList(
      say,
      {notices, controller, language},
      say('after.receipts.none'),
    )
    this.#receiptNote = make('p', {class: 'note'}, say('after.receipts.note'))
    this.#jump = make('a', {href: '#part'}, say('after.part'))
    this.#partSection = this.#section('part', say('part.title'), this.#parts)
    this.append(
      make('a', {class: 'skip', href: '#film'}, say('after.skip')),
      new PageMasthead(say, {place: controller.name, language, languages}),
      make('main', {class: 'page'}, this.#head(), this.#lost, this.#said, this.#body()),
    )
    on(this, MomentEvent, event => this.#film.playFrom(event.moment))
    on(this, PlaceEvent, event => this.#timeline.point(event.feature, event.moment))
  }

  connectedCallback() {
    this.#title.focus()
  }

  /** @param {Kept} kept */
  show({after, receipts, lost, now, acts}) {
    const [feature = null] = filmed(after)
    this.#showHead(after)
    write(this.#lost, lost ? this.#say('after.lost') : '')
    this.#film.show(after, feature, feature !== null && acts.get(feature.id) === 'film-failed')
    this.#timeline.show(after, now)
    this.#showParts(after, acts)
    this.#downloads.show(after, receipts)
    this.#receiptNote.hidden = receipts.length === 0
    this.#receipts.show(receipts)
    this.#tell(feature)
  }

  #head() {
    return make(
      'div',
      {class: 'page-head'},
      make('div', {}, this.#title, this.#when),
      make('div', {class: 'page-acts'}, this.#jump, this.#until),
    )
  }

  #body() {
    const say = this.#say
    const kept = make(
      'div',
      {class: 'column'},
      this.#film,
      this.#timeline,
      make('section', {class: 'section', 'aria-labelledby': 'downloads'}, this.#downloads),
    )
    const own = make(
      'div',
      {class: 'column'},
      this.#partSection,
      this.#section('receipts', say('receipts.title'), this.#receiptNote, this.#receipts),
      this.#foot(),
    )
    return make('div', {class: 'after'}, kept, own)
  }

  /** @param {string} id @param {string} title @param {...Node} content */
  #section(id, title, ...content) {
    const heading = make('h2', {id}, title)
    return make('section', {class: 'section', 'aria-labelledby': id}, heading, ...content)
  }

  #foot() {
    const forget = make('button', {type: 'button', class: 'link'}, this.#say('after.out'))
    forget.addEventListener('click', () => this.dispatchEvent(new ForgetLinkEvent()))
    return make(
      'div',
      {class: 'after-foot'},
      make('p', {class: 'note'}, this.#say('after.out.note')),
      forget,
    )
  }

  /** @param {After} after */
  #showHead(after) {
    const say = this.#say
    const language = this.#language
    write(this.#title, after.title || this.#say('after.untitled'))
    const day = fullDay(language, after.opened_at)
    const from = clock(language, after.opened_at)
    const when =
      after.ended_at === null
        ? say('after.when.open', {day, from})
        : say('after.when', {day, from, to: clock(language, after.ended_at)})
    write(this.#when, wasCaptured(after) ? `${when} ${say('after.same')}` : when)
    const until = keptUntil(after)
    this.#until.hidden = until === null
    const words = until === null ? '' : say('after.kept', {day: shortDay(language, until)})
    if (this.#until.textContent !== words)
      this.#until.replaceChildren(icon('clock'), make('span', {}, words))
  }

  /** @param {After} after @param {Kept['acts']} acts */
  #showParts(after, acts) {
    const own = ownParts(after)
    this.#partSection.hidden = own.length === 0
    this.#jump.hidden = !own.some(each => each.your_part === 'kept')
    const keys = own.map(({id}) => id)
    keep(this.#parts, keys, this.#own, () => new YourPart(this.#say, this.#language))
    for (const feature of own) {
      const act = acts.get(feature.id)
      const sent = {sending: act === 'sending', failed: act === 'erase-failed'}
      this.#own.get(feature.id)?.show(after, feature, own.length === 1, sent)
    }
  }

  /** @param {KeptFeature | null} feature */
  #tell(feature) {
    if (feature === null) return
    const {state, done} = feature.film
    const quarter = Math.floor(done * 4) * 25
    const heard = state === 'making' ? `${state} ${quarter}` : state
    if (heard === this.#heard) return
    const first = this.#heard === ''
    this.#heard = heard
    if (first) return // the page itself says how things stand when it opens
    write(this.#said, this.#sentence(state, quarter))
  }

  /** @param {KeptFeature['film']['state']} state @param {number} percent */
  #sentence(state, percent) {
    const say = this.#say
    if (state === 'making') return `${say('film.making')}. ${say('film.percent', {percent})}`
    return say(state === 'none' ? 'film.none' : `film.${state}`)
  }
}
