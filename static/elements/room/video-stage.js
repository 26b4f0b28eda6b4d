/**
 * The stage: everybody's tile, and what is large, if anything is.
 *
 * Rule 1: order and size come from arrival and number alone, never from an answer.
 * Rule 2: what is large here is so for oneself alone (large.js): no message says so.
 * Rule 3: a tile never changes its place among the others in the page, so that no picture starts
 * anew and no focus is lost; one that is large is only laid elsewhere (stage.css).
 */
import {FINE} from './line-sign.js'
import {ScreenChoices} from './screen-choices.js'
import {SharedScreenFigure} from './shared-screen.js'
import {SharedSound} from './shared-sound.js'
import {sink} from './sink.js'
import {StageBar} from './stage-bar.js'
import {PinEvent, ScreenChoiceEvent} from './stage-events.js'
import {StripEnds} from './strip-ends.js'
import {VideoTile} from './video-tile.js'
import {Part, button, icon, keep, make, set, write} from '../common/dom.js'
import {SourceEvent, on} from '../common/events.js'
import {chosen, holding, largest, pinned, same} from '../../room/large.js'
import {SCREEN_RATIO, arrange, faceRatio, grid, stage} from '../../room/tiles.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Choice, Large} from '../../room/large.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Preferences} from '../../browser/preferences.js' */
/** @import {Devices} from '../../rtc/devices.js' */
/** @import {Line} from './line-sign.js' */
/** @import {SharedScreen} from './shared-screen.js' */
/** @typedef {ReadonlyMap<string, {camera: MediaStream | null, screen: MediaStream | null}>} Streams */
/**
 * @typedef {object} Scene
 * @property {View} view @property {Streams} streams @property {Devices} devices
 * @property {string | null} speaker who has the floor
 * @property {string | null} spotlight  whom the speaker view shows large
 * @property {Preferences} preferences
 * @property {boolean | null} full  whether the room fills the screen; null: it cannot
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
  #screen
  #others
  #strip
  #ends
  #body
  #bar
  /** @type {Large | null} */
  #pin = null
  /** @type {Choice | null} */
  #choice = null
  /** @type {Large | null} */
  #large = null
  #sharing = make('span')
  #own
  #ownSound
  #sound
  #alone
  /** @type {string | undefined} */
  #newest
  /** @type {Scene | null} */
  #scene = null
  #speaker = ''
  /** One's own picture and screen: made here, since only tracks come from the devices. */
  #self = new MediaStream()
  #ownScreen = new MediaStream()
  #resized = new ResizeObserver(() => this.#arrange())

  /** @param {Say} say @param {Node} standing  what is said above the pictures */
  constructor(say, standing) {
    super()
    this.#say = say
    this.#screen = new SharedScreenFigure(say)
    this.#others = new ScreenChoices(say)
    const flow = make('div', {class: 'flow'}, this.#others, this.#tiles)
    this.#strip = make(
      'div',
      {class: 'strip', role: 'group', 'aria-label': say('room.stage')},
      flow,
    )
    this.#ends = new StripEnds(this.#strip)
    this.#bar = new StageBar(say)
    this.#body = make(
      'div',
      {class: 'stage-body'},
      this.#screen,
      this.#strip,
      this.#ends,
      this.#bar,
    )
    this.#own = banner('share', this.#sharing, say('room.sharing.stop'), () =>
      this.dispatchEvent(new SourceEvent('screen')),
    )
    this.#ownSound = new SharedSound(say)
    this.#own.append(this.#ownSound)
    const held = make('span', {}, say('room.sound.text'))
    this.#sound = banner('speaker', held, say('room.sound'), () => this.#play())
    this.#alone = make('p', {class: 'alone note'}, say('room.alone'))
    for (const node of [this.#own, this.#sound, this.#alone]) node.hidden = true
    this.append(standing, this.#own, this.#sound, this.#alone, this.#body)
    on(this, ScreenChoiceEvent, event => this.#choose(event.sharer))
    on(this, PinEvent, event => this.#keep(pinned(this.#pin, event.what)))
  }

  connectedCallback() {
    this.#resized.observe(this.#body)
  }

  disconnectedCallback() {
    this.#resized.disconnect()
  }

  /** In the place of one that was drawn before: what is kept large stays so. @param {VideoStage} earlier */
  goOn(earlier) {
    this.#pin = earlier.#pin
    this.#choice = earlier.#choice
  }

  /** @param {Scene} scene */
  show(scene) {
    const {view, streams, devices, preferences, full} = scene
    this.#scene = scene
    const hidden = preferences.get('self-view') === 'off' ? view.you : null
    const onStage = view.people.filter(({id}) => id !== hidden)
    const ids = onStage.map(({id}) => id)
    const screens = screensOf(view, streams)
    this.#settle(scene, ids, screens)
    keep(this.#tiles, ids, this.#byPerson, id => this.#create(id, view.you))
    for (const person of onStage) this.#showTile(person, scene)
    this.#showOwn(view, devices)
    this.#alone.hidden = view.people.length > 1
    this.#showScreens(screens, view, devices)
    this.#bar.show({preferences, full, filmed: devices.isOn('camera')})
    this.#showReactions(view)
    this.#arrange()
    this.#play()
  }

  /** Whose picture and whose screen are drawn large. @returns {{large: string | null, screen: string | null}} */
  get seen() {
    const {kind = null, id = null} = this.#large ?? {}
    return {large: kind === 'person' ? id : null, screen: kind === 'screen' ? id : null}
  }

  /** What is large now. @param {Scene} scene @param {readonly string[]} ids @param {readonly SharedScreen[]} screens */
  #settle({view, preferences, spotlight}, ids, screens) {
    const shared = screens.map(({id}) => id)
    const everybody = view.people.map(({id}) => id)
    this.#pin = holding(this.#pin, everybody, view.screens)
    this.#choice = chosen(this.#choice, shared)
    this.#newest = shared.at(-1)
    this.#large = largest({
      people: ids,
      screens: shared,
      pin: this.#pin,
      choice: this.#choice,
      spotlight: preferences.get('view') === 'speaker' ? spotlight : null,
    })
  }

  /** @param {string} id @param {string} you */
  #create(id, you) {
    const tile = new VideoTile(this.#say, {id, you: id === you})
    this.#sink(tile.video)
    return tile
  }

  /** @param {View['people'][number]} person @param {Scene} scene */
  #showTile(person, {view, streams, devices, speaker, lines}) {
    const you = person.id === view.you
    const stream = you
      ? only(this.#self, devices.sending('camera'))
      : (streams.get(person.id)?.camera ?? null)
    const itself = /** @type {const} */ ({kind: 'person', id: person.id})
    this.#byPerson.get(person.id)?.show({
      person,
      stream,
      line: lines.get(person.id) ?? FINE,
      speaking: speaker === person.id,
      pinned: same(this.#pin, itself),
      large: same(this.#large, itself),
    })
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

  /** @param {readonly SharedScreen[]} screens @param {View} view @param {Devices} devices */
  #showScreens(screens, {you}, devices) {
    const large = this.#large?.kind === 'screen' ? this.#large.id : null
    const pin = this.#pin
    this.#screen.show(
      screens.find(({id}) => id === large) ?? null,
      pin?.kind === 'screen' && pin.id === large,
    )
    const own = only(this.#ownScreen, devices.sending('screen'))
    const others = screens.filter(({id}) => id !== large)
    const mine = own ? [{id: you, name: null, stream: own}] : []
    this.#others.show(this.#large ? [...others, ...mine] : [])
  }

  /** @param {string} sharer */
  #choose(sharer) {
    this.#choice = {sharer, newest: this.#newest}
    this.#keep(null)
  }

  /** @param {Large | null} pin */
  #keep(pin) {
    this.#pin = pin
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
    const gap = parseFloat(getComputedStyle(this.#body).columnGap) || 0
    const box = {inline: this.#body.clientWidth, block: this.#body.clientHeight, gap}
    const face = this.#large?.kind === 'person'
    const standing = this.#byPerson.size + this.#others.childElementCount - (face ? 1 : 0)
    const plan = this.#large
      ? stage(standing, box, face ? faceRatio(box) : SCREEN_RATIO)
      : grid(standing, box)
    const {way, large, strip, tiles} = plan
    const one = face ? arrange(1, {...large, gap}) : large
    set(this, {'data-layout': this.#large?.kind ?? 'grid'})
    set(this.#body, {'data-way': way})
    const {scroll, rows} = tiles
    set(this.#strip, {'data-scroll': scroll, 'data-rows': rows, tabindex: scroll ? 0 : null})
    const sizes = {
      'tile-inline': tiles.inline,
      'tile-block': tiles.block,
      'tile-gap': gap,
      strip,
      'large-inline': one.inline,
      'large-block': one.block,
      'region-inline': large.inline,
      'region-block': large.block,
    }
    for (const [name, size] of Object.entries(sizes))
      this.#body.style.setProperty(`--${name}`, `${size}px`)
    this.#ends.look()
  }

  /** Use this speaker for everybody. @param {string} speaker a device id, or '' for the standard one */
  listenOn(speaker) {
    this.#speaker = speaker
    for (const tile of this.#byPerson.values()) this.#sink(tile.video)
    this.#sink(this.#screen.video)
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

/** A stream of one track of one's own, or none. @param {MediaStream} stream @param {MediaStreamTrack | null} track */
function only(stream, track) {
  for (const other of stream.getTracks()) if (other !== track) stream.removeTrack(other)
  if (track) stream.addTrack(track)
  return track ? stream : null
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
