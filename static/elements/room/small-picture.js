/**
 * The one picture of a small window: `room/small-picture.js`, drawn. It makes no sound: that stays
 * where the meeting is.
 */
import {FINE} from './line-sign.js'
import {VideoTile} from './video-tile.js'
import {Part, icon, make, set, write} from '../common/dom.js'
import {pictured} from '../../room/small-picture.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Pictured} from '../../room/small-picture.js' */
/** @import {Scene} from './video-stage.js' */

export class SmallPicture extends Part {
  static tag = 'small-picture'
  #say
  #screen = make('video', {playsinline: true, autoplay: true})
  #sharer = make('span')
  #shared
  /** @type {VideoTile | null} */
  #tile = null
  /** @type {Pictured | null} */
  #shown = null
  #self = new MediaStream()

  /** @param {Say} say */
  constructor(say) {
    super()
    this.#say = say
    this.#screen.muted = true
    this.#shared = make(
      'figure',
      {class: 'tile shared'},
      this.#screen,
      make('figcaption', {}, icon('share'), this.#sharer),
    )
    this.#shared.hidden = true
    this.append(this.#shared)
  }

  /** @param {Pick<Scene, 'view' | 'streams' | 'devices' | 'speaker' | 'lines'>} scene */
  show(scene) {
    const {view, streams, speaker} = scene
    const received = new Set([...streams].filter(([, {screen}]) => screen).map(([id]) => id))
    const next = pictured(view, speaker, received, this.#shown)
    const stream = next?.kind === 'screen' ? (streams.get(next.id)?.screen ?? null) : null
    if (this.#screen.srcObject !== stream) this.#screen.srcObject = stream
    this.#shared.hidden = stream === null
    const sharer = view.people.find(({id}) => id === next?.id)
    if (stream && sharer) write(this.#sharer, this.#say('tile.screen', {name: sharer.name}))
    this.#showPerson(next?.kind === 'person' ? next.id : null, scene)
    this.#shown = next
    for (const video of this.querySelectorAll('video'))
      if (video.srcObject && video.paused) video.play().catch(() => {})
  }

  /** @param {string | null} id @param {Pick<Scene, 'view' | 'streams' | 'devices' | 'speaker' | 'lines'>} scene */
  #showPerson(id, {view, streams, devices, speaker, lines}) {
    const person = view.people.find(each => each.id === id)
    const drawn = this.#tile?.getAttribute('data-participant') ?? null
    if (drawn !== (person?.id ?? null)) this.#remove()
    if (!person) return
    const you = person.id === view.you
    if (!this.#tile) {
      this.#tile = new VideoTile(this.#say, {id: person.id, you, acts: false})
      this.#tile.video.muted = true
      this.append(this.#tile)
    }
    const stream = you ? this.#own(devices) : (streams.get(person.id)?.camera ?? null)
    const line = lines.get(person.id) ?? FINE
    this.#tile.show({person, speaking: speaker === person.id, stream, line})
  }

  /** @param {Scene['devices']} devices */
  #own(devices) {
    const camera = devices.sending('camera')
    for (const track of this.#self.getTracks()) if (track !== camera) this.#self.removeTrack(track)
    if (camera) this.#self.addTrack(camera)
    return camera ? this.#self : null
  }

  /** Nothing is shown any more. */
  clear() {
    this.#screen.srcObject = null
    this.#remove()
    set(this, {hidden: true})
  }

  /** A picture that goes on in a window which goes with its page has crashed Chromium 156. */
  #remove() {
    if (this.#tile) this.#tile.video.srcObject = null
    this.#tile?.remove()
    this.#tile = null
  }
}
