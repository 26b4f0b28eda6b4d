/**
 * The stage: everybody's tile, and a shared screen when there is one.
 *
 * Rule 1: order and size come from arrival and number alone, never from an answer.
 * Rule 2: of several shared screens the newest is large, as in the film; the others are one press
 * away, and whoever shares an older one is not told that it is shown.
 */
import {FINE} from './line-sign.js'
import {ScreenChoiceEvent, ScreenChoices} from './screen-choices.js'
import {SharedSound} from './shared-sound.js'
import {sink} from './sink.js'
import {VideoTile} from './video-tile.js'
import {arrange, strip} from '../../room/tiles.js'
import {Part, button, icon, keep, make, set, write} from '../common/dom.js'
import {SourceEvent, on} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Devices} from '../../rtc/devices.js' */
/** @import {Line} from './line-sign.js' */
/** @import {SharedScreen} from './screen-choices.js' */
/** @typedef {ReadonlyMap<string, {camera: MediaStream | null, screen: MediaStream | null}>} Streams */
/**
 * @typedef {object} Scene
 * @property {View} view @property {Streams} streams @property {Devices} devices
 * @property {string | null} speaker who has the floor
 * @property {{code: string, detail: string} | null} trouble with one's own devices
 * @property {ReadonlyMap<string, Line>} lines by participant
 */

const REACTION_STAYS = 5000

export class VideoStage extends Part {
  static tag = 'video-stage'
  #say
  #tiles = make('div', {class: 'tiles'})
  /** @type {Map<string, VideoTile>} */
  #byPerson = new Map()
  #screen = make('video', {playsinline: true, autoplay: true})
  #screenName = make('span')
  #others
  /** Whose screen one has chosen, and what was newest then. @type {{sharer: string, newest: string | undefined} | null} */
  #choice = null
  #sharing = make('span')
  #shared
  #own
  #ownSound
  #sound
  #alone
  /** @type {string | undefined} */
  #newest
  /** @type {string | null} whose screen is large */
  #large = null
  /** @type {Scene | null} */
  #scene = null
  #speaker = ''
  /** One's own picture: made here, since only tracks come from the devices. */
  #self = new MediaStream()
  #resized = new ResizeObserver(() => this.#arrange())

  /** @param {Say} say @param {Node} standing  what is said above the pictures */
  constructor(say, standing) {
    super()
    this.#say = say
    this.#shared = make(
      'figure',
      {class: 'tile shared'},
      this.#screen,
      make('figcaption', {}, icon('share'), this.#screenName),
    )
    this.#others = new ScreenChoices(say)
    on(this.#others, ScreenChoiceEvent, event => this.#choose(event.sharer))
    this.#own = banner('share', this.#sharing, say('room.sharing.stop'), () =>
      this.dispatchEvent(new SourceEvent('screen')),
    )
    this.#ownSound = new SharedSound(say)
    this.#own.append(this.#ownSound)
    const held = make('span', {}, say('room.sound.text'))
    this.#sound = banner('speaker', held, say('room.sound'), () => this.#play())
    this.#alone = make('p', {class: 'alone note'}, say('room.alone'))
    for (const node of [this.#shared, this.#own, this.#sound, this.#alone]) node.hidden = true
    this.append(
      standing,
      this.#own,
      this.#sound,
      this.#alone,
      this.#shared,
      this.#others,
      this.#tiles,
    )
  }

  connectedCallback() {
    this.#resized.observe(this.#tiles)
  }

  disconnectedCallback() {
    this.#resized.disconnect()
  }

  /** @param {Scene} scene */
  show(scene) {
    const {view, streams, devices, lines} = scene
    this.#scene = scene
    const ids = view.people.map(person => person.id)
    keep(this.#tiles, ids, this.#byPerson, id => this.#create(id, view.you))
    for (const person of view.people) {
      const you = person.id === view.you
      const stream = you ? this.#ownPicture(devices) : (streams.get(person.id)?.camera ?? null)
      const speaking = scene.speaker === person.id
      this.#byPerson
        .get(person.id)
        ?.show({person, you, speaking, stream, line: lines.get(person.id) ?? FINE})
    }
    this.#showOwn(view, devices)
    this.#alone.hidden = view.people.length > 1
    this.#showScreen(view, streams)
    this.#showReactions(view)
    this.#arrange()
    this.#play()
  }

  /** Whose picture and whose screen are drawn large. @returns {{large: string | null, screen: string | null}} */
  get seen() {
    return {large: null, screen: this.#large}
  }

  /** @param {string} id @param {string} you */
  #create(id, you) {
    const tile = new VideoTile(this.#say, {id, you: id === you})
    this.#sink(tile.video)
    return tile
  }

  /** @param {Devices} devices */
  #ownPicture(devices) {
    const camera = devices.sending('camera')
    for (const track of this.#self.getTracks()) if (track !== camera) this.#self.removeTrack(track)
    if (camera) this.#self.addTrack(camera)
    return camera ? this.#self : null
  }

  /** What oneself shares, and whether it is the one that is shown. @param {View} view @param {Devices} devices */
  #showOwn({people, screens, you}, devices) {
    this.#own.hidden = !devices.isOn('screen')
    this.#ownSound.show(devices)
    const newest = people.find(({id}) => id === screens.at(-1))
    const behind = newest && newest.id !== you && screens.includes(you)
    const text = behind
      ? this.#say('room.sharing.behind', {name: newest.name})
      : this.#say('room.sharing')
    write(this.#sharing, text)
  }

  /** @param {View} view @param {Streams} streams */
  #showScreen(view, streams) {
    const shared = screensOf(view, streams)
    const newest = shared.at(-1)
    // A screen that begins after one's own choice is meant to be looked at again.
    if (this.#choice && this.#choice.newest !== newest?.id) this.#choice = null
    const large = shared.find(({id}) => id === this.#choice?.sharer) ?? newest ?? null
    const stream = large?.stream ?? null
    if (this.#screen.srcObject !== stream) this.#screen.srcObject = stream
    this.#shared.hidden = stream === null
    if (large) write(this.#screenName, this.#say('tile.screen', {name: large.name}))
    this.#others.show(shared.filter(each => each !== large))
    this.#newest = newest?.id
    this.#large = large?.id ?? null
    set(this, {'data-layout': stream ? 'share' : 'grid'})
  }

  /** @param {string} sharer */
  #choose(sharer) {
    this.#choice = {sharer, newest: this.#newest}
    if (this.#scene) this.show(this.#scene)
  }

  /** @param {View} view */
  #showReactions({reactions}) {
    const now = Date.now()
    const fresh = reactions.filter(({at}) => now - at < REACTION_STAYS)
    for (const [id, tile] of this.#byPerson)
      tile.react(fresh.filter(({sender}) => sender === id).at(-1)?.reaction ?? null)
  }

  #arrange() {
    const {columnGap, paddingBlockStart} = getComputedStyle(this.#tiles)
    const padding = 2 * parseFloat(paddingBlockStart)
    const plan = this.dataset['layout'] === 'share' ? strip : arrange
    const size = plan(this.#byPerson.size, {
      inline: this.#tiles.clientWidth - padding,
      block: this.#tiles.clientHeight - padding,
      gap: parseFloat(columnGap) || 0,
    })
    set(this.#tiles, {tabindex: this.#tiles.scrollWidth > this.#tiles.clientWidth ? 0 : null})
    this.#tiles.style.setProperty('--tile-inline', `${size.inline}px`)
    this.#tiles.style.setProperty('--tile-block', `${size.block}px`)
  }

  /** Use this speaker for everybody. @param {string} speaker a device id, or '' for the standard one */
  listenOn(speaker) {
    this.#speaker = speaker
    for (const tile of this.#byPerson.values()) this.#sink(tile.video)
    this.#sink(this.#screen)
    this.#others.listenOn(speaker)
  }

  /** @param {HTMLVideoElement} video */
  #sink(video) {
    sink(video, this.#speaker)
  }

  /** Joining was a press, so sound is allowed; where it is not, offer one more press. */
  async #play() {
    const waiting = [...this.querySelectorAll('video')].filter(
      video => video.srcObject && video.paused,
    )
    const results = await Promise.allSettled(waiting.map(video => video.play()))
    const refused = results.some(
      result => result.status === 'rejected' && result.reason?.name === 'NotAllowedError',
    )
    if (waiting.length > 0) this.#sound.hidden = !refused
  }
}

/**
 * The others' screens that can be shown, the newest last.
 * @param {View} view @param {Streams} streams @returns {SharedScreen[]}
 */
function screensOf({people, screens, you}, streams) {
  return screens.flatMap(id => {
    const person = people.find(each => each.id === id)
    const stream = streams.get(id)?.screen
    return person && stream && id !== you ? [{id, name: person.name, stream}] : []
  })
}

/**
 * @param {string} drawing @param {HTMLElement} text @param {string} act @param {() => void} press
 * @returns {HTMLElement}
 */
function banner(drawing, text, act, press) {
  const stop = button(act, {'data-size': 'small'})
  stop.addEventListener('click', press)
  return make('div', {class: 'banner'}, icon(drawing), text, stop)
}
