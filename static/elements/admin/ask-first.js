/**
 * What cannot be taken back lightly is asked once more: the question says what will happen.
 *
 * Rule: closing it is a no. The focus begins on the question, and goes back to where it was.
 */
import {Part, button, make, set} from '../common/dom.js'

/** @typedef {{title: string, text: string, yes: string, no: string}} Question */

export class AskFirst extends Part {
  static tag = 'ask-first'
  #dialog = make('dialog', {class: 'ask-first', 'aria-labelledby': 'ask-first-title'})

  constructor() {
    super()
    this.append(this.#dialog)
  }

  /** Nobody asks any more: that is a no. */
  close() {
    this.#dialog.close()
  }

  /** @param {Question} question @returns {Promise<boolean>} */
  ask({title, text, yes, no}) {
    const heading = make('h2', {id: 'ask-first-title', tabindex: -1}, title)
    const doIt = button(yes, {'data-act': 'do'})
    const leaveIt = button(no, {'data-act': 'leave'})
    this.#dialog.replaceChildren(
      heading,
      make('p', {}, text),
      make('div', {class: 'pair'}, doIt, leaveIt),
    )
    return new Promise(settle => {
      let agreed = false
      doIt.addEventListener('click', () => {
        agreed = true
        set(doIt, {'aria-disabled': 'true'})
        this.#dialog.close()
      })
      leaveIt.addEventListener('click', () => this.#dialog.close())
      this.#dialog.addEventListener('close', () => settle(agreed), {once: true})
      this.#dialog.showModal()
      heading.focus()
    })
  }
}
