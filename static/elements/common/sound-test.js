/**
 * Does one hear, and is one heard: a tone to hear, and one's own voice for three seconds. In the
 * lobby, on the page of checks, and in the room, where nobody else hears any of it.
 */
import {VoiceEvent} from './device-events.js'
import {Part, button, icon, make, redraw, set, write} from './dom.js'
import {ToneEvent} from './events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {SoundCheck, Voice} from '../../rtc/sound-check.js' */

/** @type {ReadonlySet<Voice>} */
const UNDER_WAY = new Set(['opening', 'recording', 'playing'])

export class SoundTest extends Part {
  static tag = 'sound-test'
  #say
  #details
  #tone
  #voice
  #heard = make('p', {class: 'note', role: 'status'})
  #spoken = make('p', {class: 'note', role: 'status'})
  /** Whether a press on "record" would stop it. */
  #isOn = false

  /** @param {Say} say @param {{alone: boolean, tones?: boolean}} place  `alone`: nobody else could hear it here; `tones`: whether there is one to hear */
  constructor(say, {alone, tones = true}) {
    super()
    this.#say = say
    this.#tone = button(say('sound.play'), {'data-size': 'small', 'data-tool': 'tone'}, 'speaker')
    this.#voice = button(
      say('sound.record'),
      {'data-size': 'small', 'data-tool': 'voice'},
      'microphone',
    )
    this.#tone.addEventListener('click', () => this.dispatchEvent(new ToneEvent()))
    this.#voice.addEventListener('click', () => this.dispatchEvent(new VoiceEvent(!this.#isOn)))
    this.#details = make(
      'details',
      {class: 'sound-test folded'},
      make('summary', {}, icon('speaker'), make('span', {}, say('sound.title')), icon('down')),
      tones && make('div', {class: 'sound-line'}, this.#tone, this.#heard),
      make('div', {class: 'sound-line'}, this.#voice, this.#spoken),
      make('p', {class: 'note'}, say(alone ? 'sound.kept' : 'sound.unheard')),
    )
    // Folded away, it is over.
    this.#details.addEventListener('toggle', () => {
      if (!this.#details.open && this.#isOn) this.dispatchEvent(new VoiceEvent(false))
    })
    this.append(this.#details)
  }

  fold() {
    this.#details.open = false
  }

  /** @param {SoundCheck} check */
  show({tone, voice}) {
    const say = this.#say
    this.#isOn = UNDER_WAY.has(voice)
    write(this.#heard, say(`sound.tone.${tone}`))
    write(this.#spoken, say(`sound.voice.${voice}`))
    const [drawn, words] = this.#voice.children
    if (drawn instanceof SVGSVGElement) redraw(drawn, this.#isOn ? 'stop' : 'microphone')
    if (words) write(words, say(this.#isOn ? 'sound.stop' : 'sound.record'))
    set(this.#voice, {'data-state': this.#isOn ? 'on' : 'off'})
  }
}
