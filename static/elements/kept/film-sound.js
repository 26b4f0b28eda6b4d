/** How loud the film is: on or off, and a slider where there is room for one. */
import {Part, icon, make, redraw, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

export class FilmSound extends Part {
  static tag = 'film-sound'
  #say
  #video
  #mute
  #slider

  /** @param {Say} say @param {HTMLVideoElement} video */
  constructor(say, video) {
    super()
    this.#say = say
    this.#video = video
    this.#mute = make('button', {type: 'button', class: 'film-tool'}, icon('speaker'))
    this.#slider = make('input', {
      type: 'range',
      min: 0,
      max: 100,
      step: 5,
      'aria-label': say('player.volume'),
    })
    this.append(this.#mute, this.#slider)
    this.#mute.addEventListener('click', () => this.toggle())
    this.#slider.addEventListener('input', () => this.#set(this.#slider.valueAsNumber / 100))
    video.addEventListener('volumechange', () => this.#show())
    this.#show()
  }

  toggle() {
    if (this.#video.volume === 0) this.#set(1)
    else this.#video.muted = !this.#video.muted
  }

  /** @param {number} more from -1 to 1 */
  turn(more) {
    const volume = this.#video.muted ? 0 : this.#video.volume
    this.#set(volume + more)
  }

  /** @param {number} volume */
  #set(volume) {
    this.#video.volume = Math.round(Math.min(Math.max(volume, 0), 1) * 100) / 100
    this.#video.muted = this.#video.volume === 0
  }

  #show() {
    const {muted, volume} = this.#video
    const off = muted || volume === 0
    const label = this.#say(off ? 'player.unmute' : 'player.mute')
    set(this.#mute, {
      'aria-label': label,
      'aria-keyshortcuts': 'M',
      title: this.#say('player.key', {label, key: 'M'}),
    })
    const svg = this.#mute.querySelector('svg')
    if (svg) redraw(svg, off ? 'speaker-off' : 'speaker')
    const percent = off ? 0 : Math.round(volume * 100)
    this.#slider.value = String(percent)
    this.#slider.style.setProperty('--level', String(percent / 100))
    set(this.#slider, {'aria-valuetext': this.#say('film.percent', {percent})})
  }
}
