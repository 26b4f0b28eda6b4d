/** Where the film is, or will be: the player, or a plain word on how things stand. */
import {MakeFilmEvent, StopFilmEvent} from './after-events.js'
import {FilmPlayer} from './film-player.js'
import {FilmProgress} from './film-progress.js'
import {day as dayOf, listed} from '../../i18n/amounts.js'
import {wasCaptured} from '../../kept/kept.js'
import {openingsThatFell} from '../../kept/lacking.js'
import {Part, button, icon, make, write} from '../common/dom.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Film, Kept, KeptFeature} from '../../kept/kept.js' */
/** @import {Screening} from './film-player.js' */

/** @typedef {{drawing: string, title: Key, text: Key, again?: Key, host?: Key}} Word `host`: for the host alone */

/** What stands where a film does not. @type {Word} */
const NONE = {drawing: 'film', title: 'film.none', text: 'film.none.text'}

/** @type {Readonly<Record<string, Word>>} */
const WORDS = {
  empty: {drawing: 'film', title: 'film.empty', text: 'film.empty.text'},
  unmade: {drawing: 'film', title: 'film.unmade', text: 'film.unmade.text'},
  deleted: {drawing: 'erase', title: 'film.deleted', text: 'film.deleted.text'},
  emptied: {drawing: 'erase', title: 'film.emptied', text: 'film.emptied.text'},
  nothing: {drawing: 'film', title: 'film.nothing', text: 'film.nothing.text'},
  later: {drawing: 'clock', title: 'film.later', text: 'film.later.text', host: 'film.later.now'},
  waiting: {drawing: 'clock', title: 'film.waiting', text: 'film.waiting.text', host: 'film.stop'},
  making: {drawing: 'film', title: 'film.making', text: 'film.making.text', host: 'film.stop'},
  stopped: {
    drawing: 'pause',
    title: 'film.stopped',
    text: 'film.stopped.text',
    again: 'film.stopped.again',
  },
  failed: {
    drawing: 'fault',
    title: 'film.failed',
    text: 'film.failed.text',
    again: 'film.failed.again',
  },
}

/** What the host alone may ask for, by state. @type {Readonly<Record<string, typeof MakeFilmEvent>>} */
const HOST_ACTS = {later: MakeFilmEvent, waiting: StopFilmEvent, making: StopFilmEvent}

export class FilmSection extends Part {
  static tag = 'film-section'
  #say
  #language
  #shown = ''
  /** @type {FilmPlayer | null} */
  #player = null
  /** @type {FilmProgress | null} */
  #progress = null
  #fault = make('p', {class: 'film-fault', role: 'alert'})
  #left = make('p', {class: 'note'})
  #change = make('p', {class: 'note', role: 'status'})
  /** The film that was to be seen here last. @type {string | null} */
  #offered = null

  /** @param {Say} say @param {string} language */
  constructor(say, language) {
    super()
    this.#say = say
    this.#language = language
    this.id = 'film'
    this.tabIndex = -1
  }

  /** @param {Kept} kept @param {KeptFeature | null} feature @param {boolean} failed the last press did not reach the server */
  show(kept, feature, failed) {
    const film = feature?.film ?? null
    const state = !wasCaptured(kept) ? 'nothing' : (film?.state ?? 'none')
    const ready = film?.state === 'ready' && film.url !== null ? film : null
    const there = feature !== null && feature.tracks.length > 0
    const shown = ready ? JSON.stringify(ready) : `${state} ${there}`
    if (shown !== this.#shown) {
      this.#shown = shown
      this.#player = ready && feature ? this.#play(kept, feature, ready) : null
      const shows = this.#player ?? this.#word(state, feature, kept.host)
      this.replaceChildren(shows, this.#left, this.#change)
      write(this.#left, left(this.#say, this.#language, kept, film))
    }
    this.#announceChange(film?.url ?? null, state)
    this.#player?.caption(captionsOf(kept, feature))
    this.#progress?.show(state === 'making' ? (film?.done ?? 0) : null)
    write(this.#fault, failed ? this.#say('film.fault') : '')
  }

  /** Whoever had a film here is told that it is gone, or another one. @param {string | null} url @param {string} state */
  #announceChange(url, state) {
    const before = this.#offered
    if (url === before) return
    this.#offered = url ?? before
    if (before === null) return
    const comes = state === 'waiting' || state === 'making'
    const words = url !== null ? 'film.another' : comes ? 'film.gone.comes' : 'film.gone'
    write(this.#change, this.#say(words))
  }

  /** @param {number} moment milliseconds */
  playFrom(moment) {
    this.#player?.playFrom(moment)
  }

  /** Put the focus on the film's controls. */
  focusControls() {
    this.#player?.focusControls()
  }

  /** @param {Kept} kept @param {KeptFeature} feature @param {Film} film */
  #play(kept, feature, film) {
    this.#progress = null
    return new FilmPlayer(this.#say, screening(this.#say, this.#language, kept, feature, film))
  }

  /** @param {string} state @param {KeptFeature | null} feature @param {boolean} hosts */
  #word(state, feature, hosts) {
    const {drawing, title, text, again, host} = WORDS[state] ?? NONE
    const say = this.#say
    const fell = state === 'empty' && openingsThatFell(feature?.stretches ?? []).size > 0
    const there = feature !== null && feature.tracks.length > 0
    const day = feature?.deleted_at ? dayOf(this.#language, feature.deleted_at) : ''
    const works = state === 'making' || state === 'waiting'
    this.#progress = works ? new FilmProgress(say, say('film.progress')) : null
    return make(
      'section',
      {class: 'film-word', 'data-state': state, 'aria-labelledby': 'film-word'},
      icon(drawing),
      make('h2', {id: 'film-word'}, say(title)),
      make('p', {}, say(fell ? 'film.empty.fell.text' : text, {day})),
      this.#progress,
      again && feature ? this.#act(again, MakeFilmEvent, feature.id) : null,
      host && hosts && there
        ? this.#act(host, HOST_ACTS[state] ?? MakeFilmEvent, feature.id)
        : null,
      this.#fault,
    )
  }

  /** @param {Key} words @param {typeof MakeFilmEvent} Asked @param {string} feature */
  #act(words, Asked, feature) {
    const makes = Asked === MakeFilmEvent
    const act = button(
      this.#say(words),
      {'data-act': makes ? 'make' : 'stop'},
      makes ? 'again' : 'pause',
    )
    act.addEventListener('click', () => this.dispatchEvent(new Asked(feature)))
    return act
  }
}

/** @param {Say} say @param {string} language @param {Kept} kept @param {KeptFeature} feature @param {Film} film @returns {Screening} */
function screening(say, language, kept, feature, film) {
  const named = new Map(kept.people.map(({id, name}) => [id, name ?? say('when.somebody')]))
  const chapters = film.chapters.map(chapter => {
    const names = chapter.people.map(id => named.get(id) ?? say('when.somebody'))
    return {...chapter, people: [...new Set(names)]}
  })
  const {url, poster, seconds} = film
  return {feature: feature.id, language, url: url ?? '', poster, seconds, chapters}
}

/** What is not in the film, since it cannot be played. @param {Say} say @param {string} language @param {Kept} kept @param {Film | null} film */
function left(say, language, {people}, film) {
  const named = new Map(people.map(({id, name}) => [id, name ?? say('when.somebody')]))
  const items = (film?.left_out ?? []).map(({participant, source}) => {
    const name = named.get(participant) ?? say('when.somebody')
    return say('film.left.item', {name, source: say(`down.source.${source}`)})
  })
  if (items.length === 0) return ''
  return say('film.left', {what: listed(language, [...new Set(items)])})
}

/** Another address when the words are others, so that words that were taken back are not shown from memory. @param {Kept} kept @param {KeptFeature | null} feature */
function captionsOf({transcript, language}, feature) {
  if (!feature || feature.captions === null) return null
  const address = new URL(feature.captions, location.origin)
  if (transcript) address.searchParams.set('version', transcript.version)
  return {url: `${address.pathname}${address.search}`, language}
}
