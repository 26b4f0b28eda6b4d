/** What those who hear the page are told of some work: at each turn and at each quarter. */
import {make, write} from '../common/dom.js'

export class WorkNews {
  node = make('p', {class: 'unseen', role: 'status'})
  #said = ''

  /**
   * The first time nothing is said: the page itself says how things stand when it opens.
   * @param {string} state @param {number | null} done from 0 to 1; null while there is nothing to measure
   * @param {(percent: number) => string} sentence
   */
  announce(state, done, sentence) {
    const percent = done === null ? 0 : Math.floor(done * 4) * 25
    const said = `${state} ${percent}`
    if (said === this.#said) return
    const first = this.#said === ''
    this.#said = said
    if (!first) write(this.node, sentence(percent))
  }
}
