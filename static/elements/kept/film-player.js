/**
 * The film, with controls of our own over the browser's player.
 *
 * Rule 1: whatever a pointer can do, a key can; keys count only while the focus is in here.
 * Rule 2: nothing plays by itself.
 */
import {FilmFaultEvent, PlaceEvent, SeekEvent} from './after-events.js'
import {FilmCaptions} from './film-captions.js'
import {FilmSeek} from './film-seek.js'
import {FilmSound} from './film-sound.js'
import {length, listed} from '../../i18n/amounts.js'
import {clock, exactClock} from '../../i18n/when.js'
import {chapterAt, clockAt, filmAt} from '../../kept/chapters.js'
import {Part, icon, keep, make, redraw, set, write} from '../common/dom.js'
import {on} from '../common/events.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Chapter} from '../../kept/kept.js' */
/** @import {Captions} from './film-captions.js' */
/**
 * @typedef {object} Screening
 * @property {string} feature @property {string} language
 * @property {string} url @property {string | null} poster @property {number} seconds
 * @property {readonly Chapter[]} chapters with the names of those in it
 */

const STEP = 5
const IDLE = 2600

export class FilmPlayer extends Part {
  static tag = 'film-player'
  #say
  #film
  #video
  #seek
  #sound
  #play
  #captions
  #captioning = control('captions')
  #full
  #time = make('span', {class: 'film-time'})
  #clock = make('span', {class: 'film-clock'})
  #fault
  /** @type {Map<string, HTMLElement>} */
  #chapters = new Map()
  #list = make('ol', {class: 'chapters-list'})
  #listening = new AbortController()
  #idle = 0

  /** @param {Say} say @param {Screening} film */
  constructor(say, film) {
    super()
    this.#say = say
    this.#film = film
    // Without a poster, the fragment makes browsers that load nothing ahead draw a picture.
    this.#video = make('video', {
      src: film.poster === null ? `${film.url}#t=0.001` : film.url,
      poster: film.poster,
      preload: 'metadata',
      playsinline: true,
      tabindex: -1,
    })
    this.#seek = new FilmSeek(say, film.language, film.chapters)
    this.#sound = new FilmSound(say, this.#video)
    this.#captions = new FilmCaptions(say, this.#video)
    this.#play = control('play')
    this.#full = control('full')
    this.#fault = make('p', {class: 'film-fault', role: 'alert'})
    set(this, {class: 'player', role: 'region', 'aria-label': say('film.title')})
    this.append(this.#screen(), this.#controls(), this.#nav())
    this.#wire()
    this.#show()
  }

  connectedCallback() {
    this.#listening = new AbortController()
    const {signal} = this.#listening
    document.addEventListener('fullscreenchange', () => this.#fill(), {signal})
  }

  disconnectedCallback() {
    this.#listening.abort()
    clearTimeout(this.#idle)
    this.#video.pause()
  }

  /** Show these captions when they are asked for; none take the button away. @param {Captions | null} captions */
  caption(captions) {
    if (this.#captions.offer(captions)) this.#show()
  }

  /** Put the focus on the controls, where keys count. */
  focusControls() {
    this.#play.focus({preventScroll: true})
  }

  /** Go to a moment of the meeting, and play from there. @param {number} moment milliseconds */
  playFrom(moment) {
    const seconds = filmAt(this.#film.chapters, moment)
    if (seconds === null) return
    this.#go(seconds)
    this.#start()
    this.scrollIntoView({block: 'nearest'})
  }

  #screen() {
    const big = make('span', {class: 'film-big', 'aria-hidden': 'true'}, icon('play'))
    return make('div', {class: 'screen'}, this.#video, this.#captions, big, this.#fault)
  }

  #controls() {
    const label = this.#say('player.controls')
    return make(
      'div',
      {class: 'film-foot', role: 'group', 'aria-label': label},
      this.#seek,
      make(
        'div',
        {class: 'controls'},
        this.#play,
        make('span', {class: 'film-times'}, this.#time, this.#clock),
        this.#sound,
        this.#captioning,
        this.#full,
      ),
    )
  }

  #nav() {
    const {chapters, language} = this.#film
    const keys = chapters.map((_, index) => String(index))
    keep(this.#list, keys, this.#chapters, key => {
      const chapter = chapters[Number(key)]
      if (!chapter) throw new RangeError('no such chapter')
      const from = clock(language, chapter.from)
      const to = clock(language, chapter.to)
      const press = make(
        'button',
        {type: 'button', class: 'chapter'},
        make('b', {}, from === to ? from : this.#say('player.chapter', {from, to})),
        make('span', {}, listed(language, chapter.people)),
      )
      press.addEventListener('click', () => {
        this.#go(chapter.at)
        this.#start()
      })
      return make('li', {}, press)
    })
    return make(
      'nav',
      {class: 'chapters', 'aria-label': this.#say('player.chapters'), hidden: keys.length === 0},
      this.#list,
    )
  }

  #wire() {
    const video = this.#video
    const redraw = ['play', 'pause', 'ended', 'timeupdate', 'seeking', 'loadedmetadata', 'progress']
    for (const type of redraw) video.addEventListener(type, () => this.#show())
    video.addEventListener('error', () => this.#fail())
    video.addEventListener('click', () => this.#toggle())
    video.addEventListener('dblclick', () => this.#toggleFull())
    this.#play.addEventListener('click', () => this.#toggle())
    this.#full.addEventListener('click', () => this.#toggleFull())
    this.#captioning.addEventListener('click', () => this.#toggleCaptions())
    this.addEventListener('keydown', event => this.#key(event))
    for (const type of ['pointermove', 'pointerdown', 'focusin', 'keydown'])
      this.addEventListener(type, () => this.#stir())
    on(this, SeekEvent, event => this.#go(event.seconds))
  }

  get #whole() {
    const {duration} = this.#video
    return Number.isFinite(duration) && duration > 0 ? duration : this.#film.seconds
  }

  #show() {
    const {currentTime: seconds, buffered} = this.#video
    const whole = this.#whole
    const {chapters, feature} = this.#film
    const loaded = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0
    const playing = !this.#video.paused && !this.#video.ended
    const begun = seconds > 0.1 || playing
    const moment = clockAt(chapters, seconds)
    this.#seek.show({seconds, whole, buffered: loaded})
    this.#showTimes(seconds, whole, moment)
    this.#showTools(playing)
    this.#showChapter(chapterAt(chapters, seconds))
    set(this, {'data-playing': playing, 'data-begun': begun})
    this.dispatchEvent(new PlaceEvent(feature, begun ? moment : null))
  }

  /** @param {number} seconds @param {number} whole @param {number | null} moment */
  #showTimes(seconds, whole, moment) {
    const all = length(whole)
    write(this.#time, this.#say('player.time', {now: length(seconds, whole), all}))
    const shown = moment === null ? null : exactClock(this.#film.language, moment)
    write(this.#clock, shown === null ? '' : this.#say('player.clock', {clock: shown}))
  }

  /** @param {boolean} playing */
  #showTools(playing) {
    const full = document.fullscreenElement === this
    this.#label(
      this.#play,
      playing ? 'pause' : 'play',
      playing ? 'player.pause' : 'player.play',
      'K',
    )
    this.#label(this.#full, full ? 'unfull' : 'full', full ? 'player.unfull' : 'player.full', 'F')
    this.#label(this.#captioning, 'captions', 'player.captions', 'C')
    this.#captioning.hidden = !this.#captions.offered
    set(this.#captioning, {'aria-pressed': String(this.#captions.on)})
  }

  /** @param {number} current */
  #showChapter(current) {
    for (const [key, item] of this.#chapters) {
      const now = Number(key) === current ? 'true' : null
      set(item.firstElementChild ?? item, {'aria-current': now})
    }
  }

  /** @param {HTMLButtonElement} button @param {string} drawing @param {Key} words @param {string} key */
  #label(button, drawing, words, key) {
    const label = this.#say(words)
    set(button, {
      'aria-label': label,
      'aria-keyshortcuts': key,
      title: this.#say('player.key', {label, key}),
    })
    const svg = button.querySelector('svg')
    if (svg) redraw(svg, drawing)
  }

  #fail() {
    write(this.#fault, this.#say('player.fault'))
    this.dispatchEvent(new FilmFaultEvent())
  }

  #toggle() {
    if (this.#video.paused) this.#start()
    else this.#video.pause()
  }

  async #start() {
    try {
      await this.#video.play()
    } catch (error) {
      // A pause that came at once is no fault; what cannot be decoded says so by itself.
      console.debug('film does not play', error)
    }
  }

  /** @param {number} seconds */
  #go(seconds) {
    this.#video.currentTime = Math.min(Math.max(seconds, 0), this.#whole)
    this.#show()
  }

  #toggleCaptions() {
    this.#captions.toggle()
    this.#show()
  }

  async #toggleFull() {
    try {
      if (document.fullscreenElement !== null) await document.exitFullscreen()
      else if (document.fullscreenEnabled) await this.requestFullscreen()
      else enterOwnFullscreen(this.#video)
    } catch (error) {
      console.debug('no full screen', error)
    }
  }

  /** What had the focus may be out of sight now, and keys count only in here. */
  #fill() {
    const held = this.contains(document.activeElement)
    if (document.fullscreenElement === this) this.#video.focus({preventScroll: true})
    else if (held) this.#full.focus({preventScroll: true})
    this.#show()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const {target, key} = event
    const seeks = target instanceof Node && this.#seek.contains(target)
    const slides = target instanceof HTMLInputElement && !seeks
    const presses = target instanceof HTMLButtonElement
    if ((key === ' ' && presses) || (key.startsWith('Arrow') && slides)) return
    const act = this.#acts(seeks)[key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  }

  /** @param {boolean} seeks arrows up and down move the slider that has the focus @returns {Readonly<Record<string, () => void>>} */
  #acts(seeks) {
    const {currentTime} = this.#video
    const back = () => this.#go(currentTime - STEP)
    const on = () => this.#go(currentTime + STEP)
    return {
      ' ': () => this.#toggle(),
      k: () => this.#toggle(),
      f: () => void this.#toggleFull(),
      m: () => this.#sound.toggle(),
      c: () => this.#toggleCaptions(),
      j: () => this.#go(currentTime - 2 * STEP),
      l: () => this.#go(currentTime + 2 * STEP),
      arrowleft: back,
      arrowright: on,
      arrowdown: seeks ? back : () => this.#sound.turn(-0.1),
      arrowup: seeks ? on : () => this.#sound.turn(0.1),
      home: () => this.#go(0),
      end: () => this.#go(this.#whole),
    }
  }

  /** In full screen the controls rest while nobody stirs. */
  #stir() {
    set(this, {'data-idle': null})
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => set(this, {'data-idle': !this.#video.paused}), IDLE)
  }
}

/** @param {string} drawing @returns {HTMLButtonElement} */
const control = drawing => make('button', {type: 'button', class: 'film-tool'}, icon(drawing))

/** Phones that let only a video itself fill the screen. @param {HTMLVideoElement} video */
function enterOwnFullscreen(video) {
  if (!('webkitEnterFullscreen' in video)) return
  if (typeof video.webkitEnterFullscreen === 'function') video.webkitEnterFullscreen()
}
