/** One's own line has become bad: said once to those who hear the page. Those who see it have the sign. */
import {lineWords} from './line-sign.js'
import {Part, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Line} from './line-sign.js' */

export class LineWord extends Part {
  static tag = 'line-word'
  #say
  #said = false

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    set(this, {role: 'status', class: 'unseen'})
  }

  /** @param {Line} own */
  show(own) {
    if (this.#said || own.level !== 'poor') return
    this.#said = true
    write(this, this.#say('line.own', {line: lineWords(this.#say, own)}))
  }
}
