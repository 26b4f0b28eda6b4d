/**
 * What was said, as a log: the lines of the opening that runs, the newest last.
 *
 * Rule: only what is final; a log is read out, and nobody wants to hear corrections.
 */
import {clock} from '../../i18n/when.js'
import {cannotRun} from '../common/cannot-run.js'
import {copyLine, offerNewest, stepLines} from '../common/copy-line.js'
import {Part, called, icon, keep, make, rich, set} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {HeardLine} from '../../room/assistant.js' */
/** @import {SignState} from '../../room/view.js' */

export class SpokenLines extends Part {
  static tag = 'spoken-lines'
  #say
  #language
  #notice
  #state = make('p', {class: 'notes-state'})
  #log
  /** @type {Map<string, HTMLElement>} */
  #lines = new Map()
  #told = ''
  #said = make('span', {class: 'unseen', role: 'status'})

  /**
   * @param {Say} say @param {string} language @param {Notice} notice of the transcript
   * @param {string | null} why it cannot run here
   */
  constructor(say, language, notice, why) {
    super()
    this.#say = say
    this.#language = language
    this.#notice = notice
    this.#log = make('div', {class: 'talk spoken', role: 'log', 'aria-label': say('notes.log')})
    const never =
      why !== null && make('p', {class: 'notes-state'}, icon('off'), cannotRun(say, why))
    this.#log.addEventListener('keydown', event => stepLines(this.#log, event))
    this.append(never || this.#state, this.#log, this.#said)
  }

  /** @param {readonly HeardLine[]} captions @param {SignState} sign @returns {boolean} whether a line is new */
  show(captions, sign) {
    const said = captions.filter(({final}) => final)
    const grows = said.some(({line}) => !this.#lines.has(line))
    const byLine = new Map(said.map(each => [each.line, each]))
    const before = this.#lines.size
    keep(this.#log, [...byLine.keys()], this.#lines, key => this.#draw(byLine.get(key)))
    if (grows || this.#lines.size !== before) offerNewest(this.#log)
    this.#log.hidden = said.length === 0
    this.#describe(sign, said.length === 0)
    return grows
  }

  /** @param {HeardLine | undefined} line @returns {HTMLElement} */
  #draw(line) {
    if (!line) throw new RangeError('a line without its text')
    const {at, name, sender, text} = line
    const when = clock(this.#language, at)
    const words = make('span', {class: 'spoken-words', dir: 'auto'}, text)
    return make(
      'p',
      {class: 'talk-line', 'data-participant': sender, 'data-line': line.line},
      make('span', {}, make('b', {}, called(name)), ' ', make('time', {datetime: at}, when)),
      words,
      copyLine(this.#say, {label: `${name}, ${when}`, text, words, said: this.#said}),
    )
  }

  /** @param {SignState} sign @param {boolean} empty */
  #describe({on, since}, empty) {
    const {name} = this.#notice
    const time = clock(this.#language, since ?? Date.now())
    const off = this.#say(on === null ? 'notes.unknown' : 'notes.off', {name})
    const state = on ? this.#say('notes.since', {name, time}) : off
    const text = on && empty ? `${state} ${this.#say('captions.wait')}` : state
    set(this.#state, {'data-state': on ? 'on' : 'off'})
    if (text === this.#told) return
    this.#told = text
    this.#state.replaceChildren(icon(on ? 'on' : 'off'), make('span', {}, ...rich(text)))
  }
}
