/**
 * Shared screens beside what is large: one press makes another large, for oneself. They are heard as it
 * is. One's own is among them, as it is shown to the others; there is nothing to press on it.
 */
import {sink} from './sink.js'
import {ScreenChoiceEvent} from './stage-events.js'
import {Part, icon, keep, make, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {{id: string, name: string | null, stream: MediaStream}} Choosable  `name`: null for one's own */

export class ScreenChoices extends Part {
  static tag = 'screen-choices'
  #say
  /** @type {Map<string, ScreenChoice>} */
  #choices = new Map()
  #speaker = ''

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.hidden = true
  }

  /** @param {readonly Choosable[]} screens */
  show(screens) {
    keep(
      this,
      screens.map(({id}) => id),
      this.#choices,
      id => this.#create(id, screens.find(each => each.id === id)?.name === null),
    )
    for (const screen of screens) this.#choices.get(screen.id)?.show(screen)
    this.hidden = screens.length === 0
  }

  /** @param {string} speaker a device id, or '' for the standard one */
  listenOn(speaker) {
    this.#speaker = speaker
    for (const choice of this.#choices.values()) choice.listenOn(speaker)
  }

  /** @param {string} id @param {boolean} own */
  #create(id, own) {
    const choice = new ScreenChoice(this.#say, own)
    choice.listenOn(this.#speaker)
    if (!own)
      choice.firstElementChild?.addEventListener('click', () =>
        this.dispatchEvent(new ScreenChoiceEvent(id)),
      )
    return choice
  }
}

export class ScreenChoice extends Part {
  static tag = 'screen-choice'
  #say
  #video = make('video', {playsinline: true, autoplay: true})
  #label = make('span')

  /** @param {Say} say @param {boolean} own */
  constructor(say, own) {
    super()
    this.#say = say
    this.#video.muted = own
    const words = make(
      'span',
      {class: 'screen-words'},
      icon('share'),
      make('span', {}, this.#label),
    )
    const box = own ? make('div') : make('button', {type: 'button'})
    set(box, {class: 'tile screen-choice'}).append(this.#video, words)
    this.append(box)
  }

  /** @param {Choosable} screen */
  show({name, stream}) {
    if (this.#video.srcObject !== stream) this.#video.srcObject = stream
    const say = this.#say
    write(this.#label, name === null ? say('tile.screen.own') : say('tile.screen.show', {name}))
  }

  /** @param {string} speaker */
  listenOn(speaker) {
    sink(this.#video, speaker)
  }
}
