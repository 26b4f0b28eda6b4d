/**
 * The page `/m/{room}/after`.
 *
 * Rule 1: the capability leaves the address at once and is in no query; a cookie stands for it.
 * Rule 2: a page that nobody looks at asks for nothing.
 */
import {SummaryActs} from './after-acts.js'
import {
  eraseAll,
  erasePart,
  fetchKept,
  fetchScript,
  fetchSummary,
  fetchText,
  makeFilm,
  mineAt,
  removeItem,
  signOut,
  stopFilm,
  stopPart,
  writeSummary,
} from './after-api.js'
import {AfterTexts} from './after-texts.js'
import {onLanguage, pageLanguage, speak} from './language.js'
import {OwnLinkActs, signInHere} from './own-link.js'
import {forgetLink, loadPapers} from './papers.js'
import {PartActs} from './part-acts.js'
import {turnTo} from '../elements/common/dom.js'
import {on} from '../elements/common/events.js'
import {presses} from '../elements/common/press-guard.js'
import {AfterDoor} from '../elements/kept/after-door.js'
import {
  CopySummaryEvent,
  EraseAllEvent,
  ErasePartEvent,
  FilmFaultEvent,
  ForgetLinkEvent,
  MakeFilmEvent,
  NewLinkEvent,
  StopFilmEvent,
  StopPartEvent,
  WriteSummaryEvent,
} from '../elements/kept/after-events.js'
import {AfterPage} from '../elements/kept/after-page.js'
import {WrongItemEvent} from '../elements/kept/summary-view.js'
import {languages, words} from '../i18n/words.js'
import {capabilityOf, roomAfter} from '../kept/after-link.js'
import {lookAgainIn, rewriting} from '../kept/kept.js'

/** @import {PageState} from '../elements/kept/after-page.js' */
/** @import {Why} from '../elements/kept/after-door.js' */
/** @import {Kept} from '../kept/kept.js' */
/** @import {Papers} from '../kept/papers.js' */

const NOBODY = {name: '', place: '', contact: ''}
/** Milliseconds until the next try when the server did not answer. */
const RETRY = 5000

class Afterwards {
  #room
  #language
  /** @type {Papers | null} */
  #papers = null
  /** @type {Kept | null} */
  #kept = null
  /** @type {AfterPage | null} */
  #page = null
  /** @type {{why: Why, deleted: string | null} | null} */
  #door = null
  #lost = false
  /** Whether the server has let this page in: if it asks again at once, the cookie was not kept. */
  #signedIn = false
  #texts = new AfterTexts({script: fetchScript, summary: fetchSummary})
  #link
  #parts
  #summary
  #asking = new AbortController()
  #leaving = false
  #timer = 0

  /** @param {string} room @param {string} language */
  constructor(room, language) {
    this.#room = room
    this.#language = language
    this.#link = new OwnLinkActs(room, () => this.#show())
    this.#parts = new PartActs(
      {
        erase: feature => erasePart(room, feature),
        eraseAll: () => eraseAll(room),
        stop: (feature, stopped) => stopPart(room, feature, stopped),
        makeFilm: feature => makeFilm(room, feature),
        stopFilm: feature => stopFilm(room, feature),
      },
      {draw: () => this.#show(), took: change => this.#took(change)},
    )
    this.#summary = new SummaryActs(
      {
        remove: item => removeItem(room, item),
        write: () => writeSummary(room),
        text: fetchText,
      },
      () => this.#show(),
    )
    onLanguage(language => this.#speak(language))
    on(document, ErasePartEvent, event => this.#parts.erase(event.feature))
    on(document, EraseAllEvent, () => this.#parts.eraseAll())
    on(document, MakeFilmEvent, event => this.#parts.makeFilm(event.feature))
    on(document, StopPartEvent, event => this.#parts.stop(event.feature, event.stopped))
    on(document, StopFilmEvent, event => this.#parts.stopFilm(event.feature))
    on(document, WrongItemEvent, event => this.#remove(event.item))
    on(document, WriteSummaryEvent, () => this.#write())
    on(document, CopySummaryEvent, () => this.#copy())
    on(document, NewLinkEvent, () => this.#link.make())
    on(document, ForgetLinkEvent, () => this.#forget())
    on(document, FilmFaultEvent, () => this.#look())
    document.addEventListener('visibilitychange', () => this.#glance())
    addEventListener('hashchange', () => capabilityOf(location.hash) !== null && this.enter())
  }

  /** With the link's capability, else with the cookie, else with what this browser remembers. */
  async enter() {
    const given = capabilityOf(location.hash)
    if (given !== null) history.replaceState(null, '', location.pathname)
    this.#papers = await loadPapers(this.#room)
    if (given !== null) {
      const answer = await signInHere(this.#room, given)
      if (answer !== 'in') return this.#shut(answer)
    }
    this.#signedIn = given !== null
    await this.#look(given === null ? (this.#papers?.after ?? '') : '')
  }

  /** @param {string} [remembered] a capability to sign in with, once @returns {Promise<void>} */
  async #look(remembered = '') {
    clearTimeout(this.#timer)
    this.#asking.abort()
    this.#asking = new AbortController()
    const {signal} = this.#asking
    const answer = await fetchKept(this.#room, this.#language, signal)
    if (signal.aborted) return
    if ('kept' in answer) return this.#see(answer.kept, signal)
    if (answer.code === 'sign-in' && remembered !== '') {
      const entry = await signInHere(this.#room, remembered)
      this.#signedIn = entry === 'in'
      return entry === 'in' ? this.#look() : this.#shut(entry === 'wrong' ? 'sign-in' : entry)
    }
    if (answer.code === 'sign-in' && this.#signedIn && this.#kept === null)
      return this.#shut('cookies')
    if (answer.code === 'unreachable' && this.#kept !== null) return this.#miss()
    this.#shut(answer.code, answer.deleted)
  }

  /** The page as it is now; its longer texts follow when they are other ones. @param {Kept} kept @param {AbortSignal} signal */
  async #see(kept, signal) {
    this.#kept = kept
    this.#lost = false
    this.#door = null
    this.#show()
    const whole = await this.#texts.follow(kept, signal)
    if (signal.aborted) return
    this.#show()
    this.#wait(whole ? lookAgainIn(kept) : RETRY)
  }

  /** What is known stays in view; the next try comes by itself. */
  #miss() {
    this.#lost = true
    this.#show()
    this.#wait(RETRY)
  }

  /** @param {number | null} milliseconds */
  #wait(milliseconds) {
    clearTimeout(this.#timer)
    if (milliseconds !== null && !document.hidden)
      this.#timer = setTimeout(() => this.#look(), milliseconds)
  }

  #glance() {
    if (this.#kept === null) return
    if (document.hidden) {
      clearTimeout(this.#timer)
      this.#asking.abort()
    } else void this.#look()
  }

  #show() {
    if (this.#kept === null) return
    this.#page ??= this.#draw(this.#kept)
    const {title} = this.#kept
    const say = words(this.#language)
    speak(this.#language, `${title} · ${say('after.place')} · ${say('brand')}`)
    this.#page.show(this.#state(this.#kept))
  }

  /** @param {Kept} kept @returns {PageState} */
  #state(kept) {
    const receipts = this.#papers?.receipts ?? []
    return {
      kept,
      receipts,
      lost: this.#lost,
      now: Date.now(),
      acts: this.#parts.acts,
      link: this.#link.state,
      texts: this.#texts.known,
      summary: this.#summary.pressed,
    }
  }

  /** @param {Kept} kept */
  #draw(kept) {
    const {controller} = kept
    const page = new AfterPage(words(this.#language), {...this.#context(), controller})
    // Shown before it is put in, so that what it says of itself is heard as one page.
    page.show(this.#state(kept))
    turnTo(page)
    return page
  }

  /** The words of the receipts, in the language of the page if they have it. */
  #context() {
    const language = this.#language
    const kept = this.#papers?.words
    const notices = kept?.features.flatMap(({notices}) => notices[language] ?? []) ?? []
    const mine = mineAt(this.#room, language)
    return {language, languages, notices, controller: kept?.controller ?? NOBODY, mine}
  }

  /** @param {Why} why @param {string | null} [deleted] */
  #shut(why, deleted = null) {
    clearTimeout(this.#timer)
    this.#kept = null
    this.#page = null
    this.#door = {why, deleted}
    const say = words(this.#language)
    speak(this.#language, `${say(`door.${why}`)} · ${say('brand')}`)
    const receipts = this.#papers?.receipts ?? []
    const door = new AfterDoor(say, {why, deleted, receipts, ...this.#context()})
    turnTo(door)
  }

  /** @param {string} language */
  async #speak(language) {
    this.#language = language
    this.#page = null
    if (this.#door) this.#shut(this.#door.why, this.#door.deleted)
    else await this.#look()
  }

  /** The server has taken something on: what will come of it is shown until it has. @param {(kept: Kept) => Kept} change */
  async #took(change) {
    if (this.#kept !== null) this.#kept = change(this.#kept)
    this.#show()
    await this.#look()
  }

  /** @param {string} item */
  async #remove(item) {
    if (await this.#summary.remove(item)) await this.#look()
  }

  async #write() {
    if (await this.#summary.write()) await this.#took(rewriting)
  }

  #copy() {
    void this.#summary.copy(this.#kept?.summary?.markdown ?? null)
  }

  async #forget() {
    if (this.#leaving) return
    this.#leaving = true
    this.#asking.abort()
    await signOut(this.#room)
    await forgetLink(this.#room)
    this.#leaving = false
    this.#shut('out')
  }
}

presses.watch()
const room = roomAfter(location.pathname)
if (room === null) throw new RangeError(`no room in ${location.pathname}`)
await new Afterwards(room, await pageLanguage()).enter()
