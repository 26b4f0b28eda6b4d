/** A shared screen that is large, with whose it is. */
import {PinButton} from './pin-button.js'
import {Part, icon, make, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @typedef {{id: string, name: string, stream: MediaStream}} SharedScreen */

export class SharedScreenFigure extends Part {
  static tag = 'shared-screen'
  #say
  #video = make('video', {playsinline: true, autoplay: true})
  #name = make('span')
  #acts = make('div', {class: 'tile-acts'})
  /** The pin of whose screen it is. @type {{id: string, button: PinButton} | null} */
  #pin = null

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.hidden = true
    this.append(
      make(
        'figure',
        {class: 'tile shared'},
        this.#video,
        this.#acts,
        make('figcaption', {}, icon('share'), this.#name),
      ),
    )
  }

  /** The element that is played. */
  get video() {
    return this.#video
  }

  /** @param {SharedScreen | null} screen @param {boolean} pinned */
  show(screen, pinned) {
    const stream = screen?.stream ?? null
    if (this.#video.srcObject !== stream) this.#video.srcObject = stream
    this.hidden = screen === null
    if (!screen) return
    const {id, name} = screen
    write(this.#name, this.#say('tile.screen', {name}))
    if (this.#pin?.id !== id) {
      this.#pin = {id, button: new PinButton({kind: 'screen', id})}
      this.#acts.replaceChildren(this.#pin.button)
    }
    this.#pin.button.show(this.#say('pin.screen', {name}), pinned)
  }
}
