/** The page afterwards: film, summary and transcript, when what was on, one's own part, receipts. */
import {ForgetLinkEvent, MomentEvent, PlaceEvent} from './after-events.js'
import {AllMine} from './all-mine.js'
import {DownloadList} from './download-list.js'
import {FetchList} from './fetch-list.js'
import {FilmLacks} from './film-lacks.js'
import {FilmSection} from './film-section.js'
import {OwnLink} from './own-link.js'
import {SummarySection} from './summary-section.js'
import {TranscriptSection} from './transcript-section.js'
import {WhenTimeline} from './when-timeline.js'
import {WorkNews} from './work-news.js'
import {YourPart} from './your-part.js'
import {fullDay, listed, shortDay} from '../../i18n/amounts.js'
import {clock} from '../../i18n/when.js'
import {
  ALL,
  everOn,
  filmed,
  hasKind,
  keptUntil,
  ownParts,
  screened,
  sharedWithAll,
  wasCaptured,
} from '../../kept/kept.js'
import {Part, icon, keep, make, set, write} from '../common/dom.js'
import {on} from '../common/events.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {ReceiptList} from '../consent/receipt-list.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Kept, KeptFeature, Kind} from '../../kept/kept.js' */
/** @import {OwnLinkState} from './own-link.js' */
/** @import {SummaryAct} from './summary-section.js' */
/** @import {Controller, Notice} from '../../room/notices.js' */
/** @import {KeptReceipt} from '../../room/view.js' */
/** @import {Summary} from '../../wire/summary.js' */
/** @import {Script, ScriptLine} from '../../kept/transcript.js' */
/** @typedef {{language: string, languages: readonly string[], controller: Controller, notices: readonly Notice[], mine: string}} Afterwards `mine`: where all of one's own is */
/** How it stands with what was asked for. @typedef {'sending' | 'erase-failed' | 'stop-failed' | 'film-failed'} Act */
/**
 * @typedef {object} PageState
 * @property {Kept} kept @property {readonly KeptReceipt[]} receipts
 * @property {boolean} lost the server did not answer the last time
 * @property {number} now milliseconds
 * @property {ReadonlyMap<string, Act>} acts by feature
 * @property {OwnLinkState} link one's own, if a new one was made
 * @property {{script: Script | null, summary: Summary | null, lost: boolean}} texts as far as they are here
 * @property {{gone: ReadonlySet<string>, act: SummaryAct | null}} summary what was pressed
 */

/** What the page is for, the first that is there first. @type {readonly (readonly [Kind, Key, string])[]} */
const SKIPS = [
  ['recording', 'after.skip', '#film'],
  ['summary', 'after.skip.summary', '#sum'],
  ['transcript', 'after.skip.transcript', '#script'],
]
const KINDS = /** @type {const} */ (['recording', 'transcript', 'summary'])

export class AfterPage extends Part {
  static tag = 'after-page'
  #say
  #language
  #title = make('h1', {tabindex: -1})
  #when = make('p', {class: 'note'})
  #until = make('p', {class: 'kept'})
  #skip = make('a', {class: 'skip'})
  #jump
  #film
  #lacks
  #summary
  #script
  #timeline
  #parts = make('div', {class: 'parts'})
  /** @type {Map<string, YourPart>} */
  #own = new Map()
  #mine
  #mineSection
  #downloads
  #fetched
  #fetchSection
  #receipts
  #receiptNote
  #link
  #linkSection
  #evidence = make('p', {class: 'note'})
  #partSection
  #several
  #lost = make('p', {class: 'after-lost', role: 'status'})
  #news = new WorkNews()
  /** @type {ReadonlyMap<string, ScriptLine>} */
  #lines = new Map()
  /** @type {Script | null} */
  #known = null
  #landed = false

  /** @param {Say} say @param {Afterwards} page */
  constructor(say, {language, languages, controller, notices, mine}) {
    super()
    this.#say = say
    this.#language = language
    this.#film = new FilmSection(say, language)
    this.#lacks = new FilmLacks(say, language)
    this.#summary = new SummarySection(say, language)
    this.#script = new TranscriptSection(say, language)
    this.#timeline = new WhenTimeline(say, language)
    this.#mine = new AllMine(say, mine)
    this.#downloads = new DownloadList(say, language)
    this.#fetched = new FetchList(say, language)
    this.#fetchSection = this.#section('fetched', say('fetched.title'), this.#fetched)
    this.#receipts = new ReceiptList(
      say,
      {notices, controller, language},
      say('after.receipts.none'),
    )
    this.#receiptNote = make('p', {class: 'note'}, say('after.receipts.note'))
    this.#link = new OwnLink(say)
    this.#linkSection = make(
      'section',
      {class: 'section', 'aria-labelledby': 'own-link'},
      this.#link,
    )
    this.#jump = make('a', {href: '#part'}, say('after.part'))
    this.#several = make('p', {class: 'note'}, say('part.several'))
    this.#mineSection = this.#section('mine', say('mine.title'), this.#mine)
    this.#partSection = this.#section('part', say('part.title'), this.#several, this.#parts)
    this.append(
      this.#skip,
      new PageMasthead(say, {place: controller.name, language, languages}),
      make('main', {class: 'page'}, this.#head(), this.#lost, this.#news.node, this.#body()),
      new PageFoot(say),
    )
    on(this, MomentEvent, event => this.#play(event))
    on(this, PlaceEvent, event => {
      this.#timeline.point(event.feature, event.moment)
      this.#script.point(event.moment)
    })
    this.addEventListener('click', event => this.#follow(event))
  }

  connectedCallback() {
    this.#title.focus()
  }

  /** @param {PageState} state */
  show(state) {
    const {kept, receipts, lost, now, acts} = state
    const [feature = null] = filmed(kept)
    this.#showHead(kept)
    write(this.#lost, lost ? this.#say('after.lost') : '')
    this.#film.show(kept, feature, feature !== null && acts.get(feature.id) === 'film-failed')
    this.#lacks.show(kept, feature)
    this.#film.hidden =
      feature === null && (hasKind(kept, 'transcript') || hasKind(kept, 'summary'))
    this.#showTexts(state)
    this.#timeline.show(kept, now)
    this.#showParts(kept, acts)
    this.#mineSection.hidden = everOn(kept).length === 0
    const all = acts.get(ALL)
    this.#mine.show(kept, {sending: all === 'sending', failed: all === 'erase-failed'})
    this.#downloads.show(kept, receipts, state.texts.summary?.engine === 'rules')
    this.#linkSection.hidden = !wasCaptured(kept)
    this.#fetchSection.hidden = !wasCaptured(kept)
    this.#fetched.show(kept)
    this.#link.show(state.link)
    this.#receiptNote.hidden = receipts.length === 0
    const until = kept.evidence_until ?? null
    this.#evidence.hidden = until === null
    const words = {day: until === null ? '' : fullDay(this.#language, until)}
    write(this.#evidence, until === null ? '' : this.#say('after.evidence', words))
    this.#receipts.show(receipts)
    this.#announce(feature)
    this.#land()
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
    const shared = make(
      'div',
      {class: 'column'},
      this.#film,
      this.#lacks,
      this.#timeline,
      this.#summary,
    )
    const own = make(
      'div',
      {class: 'column', 'data-side': true},
      this.#partSection,
      make('section', {class: 'section', 'aria-labelledby': 'downloads'}, this.#downloads),
      this.#section(
        'receipts',
        say('receipts.title'),
        this.#receiptNote,
        this.#evidence,
        this.#receipts,
      ),
      this.#fetchSection,
      this.#linkSection,
      this.#mineSection,
      this.#foot(),
    )
    // Last, since it can be very long: what is one's own comes before it.
    return make('div', {class: 'after'}, shared, own, this.#script)
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

  /** @param {Kept} kept */
  #showHead(kept) {
    const say = this.#say
    const language = this.#language
    write(this.#title, kept.title || this.#say('after.untitled'))
    const day = fullDay(language, kept.opened_at)
    const from = clock(language, kept.opened_at)
    const when =
      kept.ended_at === null
        ? say('after.when.open', {day, from})
        : say('after.when', {day, from, to: clock(language, kept.ended_at)})
    write(this.#when, wasCaptured(kept) ? `${when} ${this.#same(kept)}` : when)
    const skip = SKIPS.find(([kind]) => hasKind(kept, kind)) ?? SKIPS[0]
    if (skip) write(set(this.#skip, {href: skip[2]}), say(skip[1]))
    const until = keptUntil(kept)
    this.#until.hidden = until === null
    const words = until === null ? '' : say('after.kept', {day: shortDay(language, until)})
    if (this.#until.textContent !== words)
      this.#until.replaceChildren(icon('clock'), make('span', {}, words))
  }

  /** Who has what: each what they were there for, or all the same. @param {Kept} kept */
  #same(kept) {
    const kinds = KINDS.filter(kind => hasKind(kept, kind))
    if (kinds.length === 0) return ''
    if (!sharedWithAll(kept)) return this.#say('after.there')
    const names = kinds.map(kind => this.#say(`after.same.${kind}`))
    return this.#say('after.same', {what: listed(this.#language, names)})
  }

  /** @param {PageState} state */
  #showTexts({kept, texts, summary: {gone, act}}) {
    const {script, summary, lost} = texts
    if (script !== this.#known) this.#lines = new Map(script?.lines.map(line => [line.id, line]))
    this.#known = script
    const film = screened(kept)
    const places = {film, lines: this.#lines}
    const written = kept.summary ?? null
    const feature = kept.features.find(({id}) => id === 'transcript') ?? null
    const over = kept.ended_at !== null
    this.#summary.show(written && {kept: written, summary, lost, gone, act, places})
    const said = kept.transcript ?? null
    this.#script.show(said && {kept: said, feature, over, script, lost, film})
  }

  /** The film plays; whoever came by a link from below is taken to its controls. @param {MomentEvent} event */
  #play(event) {
    this.#film.playFrom(event.moment)
    const from = event.target
    if (from instanceof Node && !this.#timeline.contains(from)) this.#film.focusControls()
  }

  /** Whoever came by a link to a line is there once the lines are. */
  #land() {
    if (this.#landed || this.#known === null || !this.isConnected) return
    this.#landed = true
    const {hash} = location
    if (hash.startsWith('#t-') && this.#script.reveal(hash.slice('#t-'.length)))
      location.replace(hash)
  }

  /** Before the browser goes to a line it must be in view. @param {MouseEvent} event */
  #follow({target}) {
    const link = target instanceof Element ? target.closest('a[href^="#t-"]') : null
    if (link) this.#script.reveal(link.getAttribute('href')?.slice('#t-'.length) ?? '')
  }

  /** @param {Kept} kept @param {PageState['acts']} acts */
  #showParts(kept, acts) {
    const own = ownParts(kept)
    this.#partSection.hidden = own.length === 0
    this.#several.hidden = own.length < 2
    this.#jump.hidden = !own.some(each => each.your_part === 'kept')
    const keys = own.map(({id}) => id)
    keep(this.#parts, keys, this.#own, () => new YourPart(this.#say, this.#language))
    for (const feature of own) {
      const act = acts.get(feature.id)
      const failed = act === 'erase-failed' || act === 'stop-failed' ? act : null
      const sent = {sending: act === 'sending', failed}
      this.#own.get(feature.id)?.show(kept, feature, own.length === 1, sent)
    }
  }

  /** @param {KeptFeature | null} feature */
  #announce(feature) {
    if (feature === null) return
    const {state, done} = feature.film
    const say = this.#say
    this.#news.announce(state, state === 'making' ? done : null, percent => {
      if (state === 'making') return `${say('film.making')}. ${say('film.percent', {percent})}`
      return say(state === 'none' ? 'film.none' : `film.${state}`)
    })
  }
}
