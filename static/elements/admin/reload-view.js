/**
 * What became of the configuration file when it was last read again.
 *
 * Rule: what is in force, what waits for a start, and what is wrong are told apart, in words.
 */
import {english, stateWord} from './layout.js'
import {pair} from './notices-page.js'
import {Part, make} from '../common/dom.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {ReloadState} from '../../console/shapes.js' */
/** @import {Voice} from '../../console/words.js' */

export class ReloadView extends Part {
  static tag = 'reload-view'
  #voice

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    this.#voice = voice
  }

  /** @param {ReloadState | null} reload */
  show(reload) {
    const {tell, language} = this.#voice
    if (reload === null) return this.replaceChildren(make('p', {}, tell('reload.never')))
    const when = make(
      'p',
      {class: 'note'},
      tell('reload.at', {when: dayAndClock(language, reload.at)}),
    )
    this.replaceChildren(when, ...this.#outcome(reload))
  }

  /** @param {ReloadState} reload */
  #outcome({applied, needs_restart: waiting, mistakes}) {
    const {tell} = this.#voice
    if (mistakes.length > 0)
      return [
        make('p', {}, stateWord('fault', tell('reload.refused'))),
        english('ul', 'mistakes', ...mistakes.map(each => make('li', {}, each))),
      ]
    const word =
      waiting.length > 0
        ? stateWord('warning', tell('reload.waiting'))
        : stateWord('well', tell('reload.in-force'))
    if (applied.length + waiting.length === 0)
      return [make('p', {}, word), make('p', {}, tell('reload.same'))]
    return [
      make('p', {}, word),
      make(
        'dl',
        {class: 'about'},
        applied.length > 0 ? pair(tell('reload.applied'), keys(applied)) : null,
        waiting.length > 0 ? pair(tell('reload.waits'), keys(waiting)) : null,
      ),
    ]
  }
}

/** As the file has them. @param {readonly string[]} names */
const keys = names =>
  make('ul', {class: 'keys'}, ...names.map(name => make('li', {}, make('code', {}, name))))
