/** The foot of the notes: ask for what was said so far, see how far it is, or why it is not there. */
import {faultWords} from './fault-message.js'
import {cannotRun} from '../common/cannot-run.js'
import {Part, button, icon, make, rich, set, write} from '../common/dom.js'
import {PartEvent, TaskEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {SoFar} from '../../room/assistant.js' */

/** Lay the last one open again. */
export class UnfoldEvent extends PartEvent {
  static type = 'summary-unfold'
  constructor() {
    super(UnfoldEvent.type)
  }
}

export class SummaryAsking extends Part {
  static tag = 'summary-asking'
  #say
  #name
  #begin
  #read
  #bar
  #percent = make('span', {class: 'note', 'aria-hidden': 'true'})
  #working
  #note = make('p', {class: 'note notes-note'})
  #status = make('span', {class: 'unseen', role: 'status'})
  #told = ''

  /**
   * @param {Say} say @param {Notice} notice of the summary
   * @param {string | null} why it cannot run here
   */
  constructor(say, {name}, why) {
    super()
    this.#say = say
    this.#name = name
    this.#begin = button(say('notes.ask', {name}), {'data-act': 'so-far'}, 'summary')
    this.#read = button(say('notes.read'), {'data-act': 'read'})
    this.#bar = make('progress', {max: 1, 'aria-label': say('notes.progress', {name})})
    this.#working = make('div', {class: 'notes-working'}, this.#bar, this.#percent)
    this.#begin.addEventListener('click', () => {
      if (!this.#begin.hasAttribute('aria-disabled'))
        this.dispatchEvent(new TaskEvent({kind: 'summary'}))
    })
    this.#read.addEventListener('click', () => this.dispatchEvent(new UnfoldEvent()))
    this.append(
      why === null ? this.#note : make('p', {class: 'note notes-note'}, cannotRun(say, why)),
      this.#working,
      make('div', {class: 'notes-acts'}, this.#begin, this.#read),
      this.#status,
    )
  }

  /** @param {SoFar} soFar @param {boolean | null} on @param {boolean} open  whether it is being read */
  show({working, done, summary, fault}, on, open) {
    set(this.#begin, {'aria-disabled': !on || working ? 'true' : null})
    this.#read.hidden = summary === null || open
    this.#working.hidden = !working
    this.#showDone(done)
    const failed = on && fault ? faultWords(this.#say, fault) : ''
    this.#describe(failed || this.#state(on, working), failed !== '')
    const ready = summary && !working ? this.#say('notes.ready', {name: this.#name}) : ''
    write(this.#status, failed || ready)
  }

  /** @param {boolean | null} on @param {boolean} working */
  #state(on, working) {
    const name = this.#name
    if (!on) return this.#say(on === null ? 'notes.unknown' : 'notes.ask.off', {name})
    return working ? this.#say('notes.working') : ''
  }

  /** @param {number | null} done */
  #showDone(done) {
    if (done === null) this.#bar.removeAttribute('value')
    else if (this.#bar.value !== done) this.#bar.value = done
    const percent = Math.floor((done ?? 0) * 100)
    write(this.#percent, done === null ? '' : this.#say('notes.percent', {percent}))
  }

  /** @param {string} text @param {boolean} faulty */
  #describe(text, faulty) {
    this.#note.hidden = text === ''
    set(this.#note, {'data-state': faulty ? 'fault' : null})
    if (text === this.#told) return
    this.#told = text
    this.#note.replaceChildren(
      ...(faulty ? [icon('fault')] : []),
      make('span', {}, ...(faulty ? [text] : rich(text))),
    )
  }

  /** Where one goes when what was read is put away. */
  focusAct() {
    ;(this.#read.hidden ? this.#begin : this.#read).focus()
  }
}
