/**
 * Notes: what is being said, as text, and what was said so far, in short.
 *
 * Rule: here is only what belongs to the openings that run. What was kept before is on the page
 * of what was kept.
 */
import {SpokenLines} from './spoken-lines.js'
import {SummaryAsking, UnfoldEvent} from './summary-asking.js'
import {FoldEvent, SummaryReading} from './summary-reading.js'
import {offered} from '../../room/notices.js'
import {Part, make} from '../common/dom.js'
import {on} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Summary} from '../../wire/summary.js' */

/** Nearer to the end than this, the log follows the newest line. */
const NEAR = 80

/** The features that this panel is for. */
const NOTED = ['transcript', 'summary']

/** Whether a room offers any of them. @param {{notices: readonly Notice[]}} room */
export const hasNotes = ({notices}) => notices.some(({feature}) => NOTED.includes(feature))

export class NotesPanel extends Part {
  static tag = 'notes-panel'
  #lines
  #none
  #reading
  #asking
  #body
  /** The last one that came. @type {Summary | null} */
  #came = null
  #open = false
  /** @type {View | null} */
  #view = null

  /** @param {Say} say @param {{language: string, notices: readonly Notice[], facts: Facts}} room */
  constructor(say, {language, notices, facts}) {
    super()
    const [transcript, summary] = NOTED.map(each => notices.find(({feature}) => feature === each))
    const why = (/** @type {string} */ each) => offered(facts, each)?.unavailable ?? null
    const back = say(transcript ? 'notes.back' : 'notes.close')
    this.#lines = transcript ? new SpokenLines(say, language, transcript, why('transcript')) : null
    this.#none = make('p', {class: 'note notes-empty'}, say('notes.only'))
    this.#reading = summary ? new SummaryReading(say, language, summary, back) : null
    this.#asking = summary ? new SummaryAsking(say, summary, why('summary')) : null
    this.#body = make(
      'div',
      {class: 'panel-body', tabindex: 0, role: 'group', 'aria-label': say('notes.tab')},
      this.#lines ?? this.#none,
      this.#reading,
    )
    this.append(this.#body)
    if (this.#asking) this.append(this.#asking)
    on(this, UnfoldEvent, () => this.#turn(true))
    on(this, FoldEvent, () => this.#turn(false))
  }

  /** @param {View} view */
  show(view) {
    const {captions, signs, soFar} = view
    this.#view = view
    const {scrollHeight, scrollTop, clientHeight} = this.#body
    const follows = scrollHeight - scrollTop - clientHeight < NEAR
    const transcript = signs['transcript'] ?? {on: false, since: null}
    const grew = this.#lines?.show(captions, transcript) ?? false
    if (soFar.summary !== this.#came) this.#arrived(soFar.summary)
    this.#asking?.show(soFar, signs['summary']?.on ?? null, this.#open)
    if (follows && grew) this.toEnd()
  }

  /** It was asked for, so it is laid open; when it is forgotten, it goes. @param {Summary | null} summary */
  #arrived(summary) {
    const within = this.#reading?.contains(document.activeElement) ?? false
    this.#came = summary
    this.#lay(summary !== null)
    if (within) this.#body.focus()
  }

  /** One's own press. @param {boolean} open */
  #turn(open) {
    this.#lay(open)
    if (this.#view) this.show(this.#view)
    if (open) this.#body.focus()
    else this.#asking?.focusAct()
  }

  /** @param {boolean} open */
  #lay(open) {
    this.#open = open
    const lines = this.#lines ?? this.#none
    lines.hidden = open
    this.#reading?.show(open ? this.#came : null)
    if (open) this.#body.scrollTop = 0
    else this.toEnd()
  }

  /** To the newest line, as when the panel is opened. */
  toEnd() {
    if (!this.#open) this.#body.scrollTop = this.#body.scrollHeight
  }
}
