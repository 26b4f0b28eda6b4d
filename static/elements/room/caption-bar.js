/**
 * Live captions below or above the pictures: the last lines, each with who speaks, as they are said.
 *
 * Rule 1: it has a place of its own on the stage, so that it covers no face, no sign, no control.
 * Rule 2: it is silent for those who hear the page; the log in the notes tab is for reading.
 */
import {Part, called, keep, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {HeardLine} from '../../room/assistant.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Preferences} from '../../browser/preferences.js' */

/** How long a line stays, in ms: long enough to read three of them. */
const STAYS = 12_000
const LINES = 3

export class CaptionBar extends Part {
  static tag = 'caption-bar'
  #say
  #lines = make('div', {class: 'caption-lines'})
  #box = make('div', {class: 'caption-box'}, this.#lines)
  #note = make('p', {class: 'caption-note'})
  /** @type {Map<string, HTMLElement>} */
  #shown = new Map()

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    // No live region: what is not one is not announced.
    set(this, {role: 'region', 'aria-label': say('captions.tool')})
    this.append(this.#box, this.#note)
    this.hidden = true
  }

  /** As one reads them best. @param {Preferences} preferences */
  suit(preferences) {
    set(this, {
      'data-size': preferences.get('caption-size'),
      'data-contrast': preferences.get('caption-contrast'),
      'data-place': preferences.get('caption-place'),
    })
  }

  /** @param {View} view @param {boolean} wanted @param {number} now  milliseconds since the epoch */
  show({captions, signs}, wanted, now) {
    this.hidden = !wanted
    const fresh = captions.filter(({heard}) => now - heard < STAYS).slice(-LINES)
    const keys = fresh.map(({line}) => line)
    keep(this.#lines, keys, this.#shown, key => draw(fresh[keys.indexOf(key)]))
    for (const line of fresh) correct(this.#shown.get(line.line), line)
    this.#box.hidden = fresh.length === 0
    this.#note.hidden = fresh.length > 0
    write(this.#note, this.#say(signs['transcript']?.on ? 'captions.wait' : 'captions.off'))
  }
}

/** @param {HeardLine | undefined} line @returns {HTMLElement} */
function draw(line) {
  if (!line) throw new RangeError('a caption without its line')
  return make(
    'p',
    {class: 'caption', dir: 'auto', 'data-participant': line.sender},
    make('b', {}, called(line.name)),
    ' ',
    make('span', {}, line.text),
  )
}

/** Words are corrected in place while somebody speaks. @param {HTMLElement | undefined} caption @param {HeardLine} line */
function correct(caption, {text, final}) {
  if (!caption) return
  set(caption, {'data-final': String(final)})
  const words = caption.lastElementChild
  if (words) write(words, text)
}
