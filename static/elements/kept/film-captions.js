/**
 * Captions over the film. The browser reads the file and keeps the time; what is drawn is
 * drawn here, so that it lies clear of the controls and looks alike in every browser.
 */
import {Part, called, make} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {{url: string, language: string}} Captions in the language that was spoken */

/** Who speaks, as WebVTT says it: `<v Mara>`, with or without classes. */
const VOICE = /^<v(?:\.[^\s>]+)*\s+([^>]+)>/

export class FilmCaptions extends Part {
  static tag = 'film-captions'
  #say
  #video
  #on = false
  /** @type {HTMLTrackElement | null} */
  #track = null

  /** @param {Say} say @param {HTMLVideoElement} video */
  constructor(say, video) {
    super()
    this.#say = say
    this.#video = video
    video.addEventListener('webkitbeginfullscreen', () => this.#draw())
    video.addEventListener('webkitendfullscreen', () => this.#draw())
  }

  get offered() {
    return this.#track !== null
  }

  get on() {
    return this.#on && this.offered
  }

  /** Other captions, or none, in the middle of the film too. @param {Captions | null} captions @returns {boolean} whether anything is another */
  offer(captions) {
    if ((this.#track?.getAttribute('src') ?? null) === (captions?.url ?? null)) return false
    this.#track?.remove()
    this.#track = captions === null ? null : this.#load(captions)
    this.lang = captions?.language ?? ''
    this.#draw()
    return true
  }

  toggle() {
    this.#on = !this.#on
    this.#draw()
  }

  /** @param {Captions} captions */
  #load({url, language}) {
    const label = this.#say('player.captions')
    const track = make('track', {kind: 'captions', src: url, srclang: language, label})
    this.#video.append(track)
    track.track.addEventListener('cuechange', () => this.#draw())
    return track
  }

  #draw() {
    const track = this.#track?.track
    if (!track) return this.replaceChildren()
    track.mode = !this.#on ? 'disabled' : ownFullscreen(this.#video) ? 'showing' : 'hidden'
    const cues = track.mode === 'hidden' ? [...(track.activeCues ?? [])] : []
    this.replaceChildren(...cues.flatMap(cue => (cue instanceof VTTCue ? spoken(cue) : [])))
  }
}

/** @param {VTTCue} cue */
function spoken(cue) {
  const name = VOICE.exec(cue.text)?.[1]?.trim()
  const words = cue.getCueAsHTML().textContent?.trim()
  return make('p', {dir: 'auto'}, name ? make('b', {}, called(name), ': ') : null, words)
}

/** Phones that let only a video itself fill the screen draw the captions themselves. @param {HTMLVideoElement} video */
const ownFullscreen = video =>
  'webkitDisplayingFullscreen' in video && video.webkitDisplayingFullscreen === true
