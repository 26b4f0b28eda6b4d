/** The page on which somebody looks, before a meeting, whether they will be seen and heard. */
import {CheckList} from './check-list.js'
import {DeviceFields} from '../common/device-fields.js'
import {Part, button, make} from '../common/dom.js'
import {ToneEvent} from '../common/events.js'
import {PageMasthead} from '../common/masthead.js'
import {PageFoot} from '../common/page-foot.js'
import {SoundTest} from '../common/sound-test.js'
import {DevicePreview} from '../room/device-preview.js'
import {LevelMeter} from '../room/level-meter.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Devices} from '../../rtc/devices.js' */
/** @import {SoundCheck} from '../../rtc/sound-check.js' */
/** @import {Item, Result} from './check-list.js' */

export class CheckPage extends Part {
  static tag = 'check-page'
  #meter
  #preview
  #fields
  #list
  #sound

  /** @param {Say} say @param {{language: string, languages: readonly string[]}} page */
  constructor(say, {language, languages}) {
    super()
    this.#meter = new LevelMeter(say)
    this.#preview = new DevicePreview(say)
    this.#fields = new DeviceFields(say, this.#meter)
    const play = button(say('check.speaker.play'), {'data-size': 'small'}, 'speaker')
    play.addEventListener('click', () => this.dispatchEvent(new ToneEvent()))
    this.#list = new CheckList(say, {speaker: play})
    this.#sound = new SoundTest(say, {alone: true, tones: false})
    this.append(
      new PageMasthead(say, {place: '', language, languages}),
      make(
        'main',
        {class: 'check'},
        make(
          'div',
          {class: 'check-head'},
          make('h1', {}, say('check.title')),
          make('p', {class: 'note'}, say('check.lead')),
        ),
        make('div', {class: 'check-devices ready-form'}, this.#preview, this.#fields, this.#sound),
        this.#list,
      ),
      new PageFoot(say),
    )
  }

  /** @param {{devices: Devices, results: Record<Item, Result>, check: SoundCheck}} state */
  show({devices, results, check}) {
    this.#preview.show(devices)
    this.#fields.show(devices)
    this.#sound.show(check)
    this.#list.show(results)
  }

  /** @param {number | null} level of the microphone */
  showLevel(level) {
    this.#meter.show(level)
  }
}
