/** A summary so far, laid open in the notes: to read, to copy, to put away. */
import {plain} from '../../kept/summary.js'
import {Part, button, icon, make, write} from '../common/dom.js'
import {PartEvent} from '../common/events.js'
import {SummaryView} from '../kept/summary-view.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {Summary} from '../../wire/summary.js' */

const SAID_FOR = 3000

/** Back to what was there before. */
export class FoldEvent extends PartEvent {
  static type = 'summary-fold'
  constructor() {
    super(FoldEvent.type)
  }
}

export class SummaryReading extends Part {
  static tag = 'summary-reading'
  #say
  #language
  #view
  #copy
  #told = make('span', {class: 'unseen', role: 'status'})
  /** @type {Summary | null} */
  #summary = null

  /** @param {Say} say @param {string} language @param {Notice} notice of the summary @param {string} back label */
  constructor(say, language, {name}, back) {
    super()
    this.#say = say
    this.#language = language
    this.#view = new SummaryView(say, language)
    this.#copy = button(say('notes.copy'), {'data-size': 'small'}, 'copy')
    this.#copy.addEventListener('click', () => this.#copyText())
    const fold = make('button', {type: 'button', class: 'link'}, icon('back'), back)
    fold.addEventListener('click', () => this.dispatchEvent(new FoldEvent()))
    this.append(
      fold,
      this.#view,
      make(
        'div',
        {class: 'notes-acts'},
        this.#copy,
        make('p', {class: 'note'}, say('notes.yours', {name})),
        this.#told,
      ),
    )
    this.hidden = true
  }

  /** @param {Summary | null} summary */
  show(summary) {
    this.#summary = summary
    this.hidden = summary === null
    if (summary) this.#view.show(summary, {wrong: false, linked: false})
    else this.#view.clear()
  }

  async #copyText() {
    if (this.#summary === null) return
    try {
      await navigator.clipboard.writeText(plain(this.#say, this.#language, this.#summary))
    } catch {
      // No clipboard for this page: select the text, so that the usual keys copy it.
      getSelection()?.selectAllChildren(this.#view)
      return
    }
    this.#label(true)
    setTimeout(() => this.#label(false), SAID_FOR)
  }

  /** @param {boolean} copied */
  #label(copied) {
    const [drawn, label] = this.#copy.children
    drawn?.replaceWith(icon(copied ? 'tick' : 'copy'))
    if (label) write(label, this.#say(copied ? 'copied' : 'notes.copy'))
    write(this.#told, copied ? this.#say('copied') : '')
  }
}
