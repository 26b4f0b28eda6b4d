/**
 * Quick controls of how one sees, over a corner of the stage: the view, the whole screen, and the way back
 * to one's own picture.
 *
 * Rule: while one's own picture is hidden and the camera is on, a mark says so and stays
 * (design.md, rule 17).
 */
import {Part, icon, make, redraw, set, write} from '../common/dom.js'
import {FullEvent, PreferEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Preferences} from '../../browser/preferences.js' */
/**
 * @typedef {object} Seeing
 * @property {Preferences} preferences
 * @property {boolean | null} full  whether the room fills the screen; null: it cannot
 * @property {boolean} filmed  whether one's own camera is on
 */

/** The other one of two views. @param {Preferences} preferences */
export const otherView = preferences => (preferences.get('view') === 'grid' ? 'speaker' : 'grid')

export class StageBar extends Part {
  static tag = 'stage-bar'
  #say
  #self = control('camera')
  #view = control('spotlight')
  #full = control('full')
  #other = 'speaker'

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    set(this, {role: 'group', 'aria-label': say('settings.seeing')})
    this.#self.press.addEventListener('click', () => this.#prefer('self-view', 'on'))
    this.#view.press.addEventListener('click', () => this.#prefer('view', this.#other))
    this.#full.press.addEventListener('click', () => this.dispatchEvent(new FullEvent()))
    set(this.#view.press, {'aria-keyshortcuts': 'G'})
    set(this.#full.press, {'aria-keyshortcuts': 'F'})
    this.append(this.#view.press, this.#full.press, this.#self.press)
  }

  /** @param {'view' | 'self-view'} preference @param {string} value */
  #prefer(preference, value) {
    this.dispatchEvent(new PreferEvent(preference, value))
  }

  /** @param {Seeing} seeing */
  show({preferences, full, filmed}) {
    const say = this.#say
    const speaker = preferences.get('view') === 'speaker'
    this.#other = otherView(preferences)
    const view = say('prefer.view.speaker')
    name(this.#view, view, say('dock.shortcut', {label: view, key: 'G'}))
    set(this.#view.press, {'aria-pressed': String(speaker)})
    const fill = say(full === true ? 'full.leave' : 'full.enter')
    name(this.#full, fill, say('dock.shortcut', {label: fill, key: 'F'}))
    redraw(this.#full.drawing, full === true ? 'unfull' : 'full')
    this.#full.press.hidden = full === null
    this.#self.press.hidden = preferences.get('self-view') === 'on'
    redraw(this.#self.drawing, filmed ? 'camera' : 'person')
    const back = say('self.show')
    name(this.#self, filmed ? say('self.filmed') : back, back)
    set(this.#self.press, {
      'data-filmed': filmed,
      'aria-label': filmed ? say('self.filmed.show') : null,
    })
  }
}

/** @typedef {{press: HTMLButtonElement, drawing: SVGSVGElement, words: HTMLElement}} Control */

/** @param {string} drawing @returns {Control} */
function control(drawing) {
  const [drawn, words] = [icon(drawing), make('span')]
  return {
    press: make('button', {type: 'button', class: 'stage-act'}, drawn, words),
    drawing: drawn,
    words,
  }
}

/** @param {Control} control @param {string} words @param {string} title */
function name({press, words: node}, words, title) {
  write(node, words)
  set(press, {title})
}
