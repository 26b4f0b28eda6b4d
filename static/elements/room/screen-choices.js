/** Shared screens beside the large one: one press makes another large. They are heard as it is. */
import {sink} from './sink.js'
import {Part, icon, keep, make, write} from '../common/dom.js'
import {PartEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {{id: string, name: string, stream: MediaStream}} SharedScreen */

/** Somebody's screen is to be the large one, for oneself. */
export class ScreenChoiceEvent extends PartEvent {
  static type = 'screen-choice'
  /** @param {string} sharer */
  constructor(sharer) {
    super(ScreenChoiceEvent.type)
    this.sharer = sharer
  }
}

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

  /** @param {readonly SharedScreen[]} screens */
  show(screens) {
    keep(
      this,
      screens.map(({id}) => id),
      this.#choices,
      id => this.#create(id),
    )
    for (const screen of screens) this.#choices.get(screen.id)?.show(screen)
    this.hidden = screens.length === 0
  }

  /** @param {string} speaker a device id, or '' for the standard one */
  listenOn(speaker) {
    this.#speaker = speaker
    for (const choice of this.#choices.values()) choice.listenOn(speaker)
  }

  /** @param {string} id */
  #create(id) {
    const choice = new ScreenChoice(this.#say)
    choice.listenOn(this.#speaker)
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

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    const words = make('span', {class: 'screen-words'}, icon('share'), this.#label)
    this.append(make('button', {type: 'button', class: 'screen-choice'}, this.#video, words))
  }

  /** @param {SharedScreen} screen */
  show({name, stream}) {
    if (this.#video.srcObject !== stream) this.#video.srcObject = stream
    write(this.#label, this.#say('tile.screen.show', {name}))
  }

  /** @param {string} speaker */
  listenOn(speaker) {
    sink(this.#video, speaker)
  }
}
