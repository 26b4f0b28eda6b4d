/**
 * How somebody's line is, on their tile: nothing while it is good.
 *
 * Rule 1: its shape says it and its name says why; the words come to the eye by a press, for a finger has
 * no pointer to rest there.
 * Rule 2: it does not go while somebody is at it.
 */
import {Part, icon, make, redraw, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Level, Reason} from '../../rtc/quality.js' */
/** @typedef {{level: Level | 'spared', reason: Reason | null}} Line  `spared`: the picture is left out, to save data */

/** @type {Line} */
export const FINE = {level: 'good', reason: null}

export class LineSign extends Part {
  static tag = 'line-sign'
  #say
  #icon = icon('line-fair')
  #words = make('span', {class: 'line-words', 'aria-hidden': 'true'})
  #button
  #line = FINE
  #name = ''

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#button = make('button', {type: 'button', 'aria-expanded': 'false'}, this.#icon)
    this.#button.addEventListener('click', () => this.#open(this.#words.hidden === true))
    this.#button.addEventListener('blur', () => this.show(this.#line, this.#name))
    this.#words.hidden = true
    this.hidden = true
    this.append(this.#button, this.#words)
  }

  /** @param {Line} line @param {string} name  whose it is */
  show(line, name) {
    this.#line = line
    this.#name = name
    const gone = line.level === 'good'
    if (gone && document.activeElement !== this.#button) this.#open(false)
    this.hidden = gone && document.activeElement !== this.#button
    if (this.hidden) return
    const text = lineWords(this.#say, line)
    redraw(this.#icon, `line-${line.level}`)
    set(this, {'data-level': line.level})
    set(this.#button, {'aria-label': this.#say('line.of', {name, line: text}), title: text})
    write(this.#words, text)
  }

  /** @param {boolean} open */
  #open(open) {
    this.#words.hidden = !open
    set(this.#button, {'aria-expanded': String(open)})
  }
}

/** @param {Say} say @param {Line} line @returns {string} */
export function lineWords(say, {level, reason}) {
  const words = say(`line.${level}`)
  return reason === null ? words : say('line.why', {line: words, why: say(`line.why.${reason}`)})
}
