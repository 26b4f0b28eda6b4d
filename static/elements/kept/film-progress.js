/** How far something is: a bar, and the same in words. Without a share it only waits. */
import {Part, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */

export class FilmProgress extends Part {
  static tag = 'film-progress'
  #say
  #bar
  #words = make('span', {'aria-hidden': 'true'})

  /** @param {Say} say @param {string} label */
  constructor(say, label) {
    super()
    this.#say = say
    this.#bar = make('div', {
      class: 'progress',
      role: 'progressbar',
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': 100,
    })
    this.append(this.#bar, this.#words)
  }

  /** @param {number | null} done from 0 to 1; null while there is nothing to measure */
  show(done) {
    const percent = done === null ? null : Math.floor(Math.min(Math.max(done, 0), 1) * 100)
    const words = percent === null ? '' : this.#say('film.percent', {percent})
    set(this.#bar, {'aria-valuenow': percent, 'aria-valuetext': words || null})
    this.#bar.style.setProperty('--done', String((percent ?? 0) / 100))
    write(this.#words, words)
  }
}
