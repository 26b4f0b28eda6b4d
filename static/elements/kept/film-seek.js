/** The seek bar: a slider for every hand, drawn as one piece per chapter. */
import {SeekEvent} from './after-events.js'
import {length} from '../../i18n/amounts.js'
import {exactClock} from '../../i18n/when.js'
import {clockAt, pieces} from '../../kept/chapters.js'
import {Part, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Chapter} from '../../kept/kept.js' */
/** @typedef {{seconds: number, whole: number, buffered: number}} Place */

export class FilmSeek extends Part {
  static tag = 'film-seek'
  #say
  #language
  /** @type {readonly Chapter[]} */
  #chapters
  #slider
  #pieces = make('div', {class: 'seek-pieces', 'aria-hidden': 'true'})
  #hint = make('output', {class: 'seek-hint', 'aria-hidden': 'true', hidden: true})
  #whole = 0

  /** @param {Say} say @param {string} language @param {readonly Chapter[]} chapters */
  constructor(say, language, chapters) {
    super()
    this.#say = say
    this.#language = language
    this.#chapters = chapters
    this.#slider = make('input', {
      type: 'range',
      min: 0,
      step: 0.1,
      'aria-label': say('player.seek'),
    })
    this.append(this.#pieces, this.#slider, this.#hint)
    this.#slider.addEventListener('input', () =>
      this.dispatchEvent(new SeekEvent(this.#slider.valueAsNumber)),
    )
    this.addEventListener('pointermove', event => this.#point(event))
    this.addEventListener('pointerleave', () => (this.#hint.hidden = true))
  }

  /** @param {Place} place */
  show({seconds, whole, buffered}) {
    if (whole !== this.#whole) this.#divide(whole)
    this.#slider.value = String(seconds)
    set(this.#slider, {'aria-valuetext': this.#words(seconds)})
    pieces(this.#chapters, whole).forEach(({from, to}, index) => {
      const piece = this.#pieces.children[index]
      if (!(piece instanceof HTMLElement)) return
      const part = (/** @type {number} */ at) =>
        to > from ? Math.min(Math.max((at - from) / (to - from), 0), 1) : 0
      piece.style.setProperty('--played', String(part(seconds)))
      piece.style.setProperty('--buffered', String(part(buffered)))
    })
  }

  /** @param {number} whole */
  #divide(whole) {
    this.#whole = whole
    this.#slider.max = String(whole)
    this.#pieces.replaceChildren(
      ...pieces(this.#chapters, whole).map(({from, to}) => {
        const piece = make('i')
        piece.style.setProperty('--length', String(Math.max(to - from, whole / 400)))
        return piece
      }),
    )
  }

  /** @param {number} seconds */
  #words(seconds) {
    const now = length(seconds, this.#whole)
    const all = length(this.#whole)
    const clock = clockAt(this.#chapters, seconds)
    if (clock === null) return this.#say('player.time', {now, all})
    return this.#say('player.at', {now, all, clock: exactClock(this.#language, clock)})
  }

  /** Where a press would lead. @param {PointerEvent} event */
  #point(event) {
    if (event.pointerType === 'touch' || this.#whole === 0) return
    const {left, width} = this.#pieces.getBoundingClientRect()
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 1)
    const seconds = share * this.#whole
    const clock = clockAt(this.#chapters, seconds)
    const now = length(seconds, this.#whole)
    write(this.#hint, clock === null ? now : `${now} · ${exactClock(this.#language, clock)}`)
    this.#hint.style.setProperty('--at', String(share))
    this.#hint.hidden = false
  }
}
