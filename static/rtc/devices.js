/**
 * One's own microphone, camera, screen and speaker.
 *
 * Rule 1: "camera off" stops the track, so that the camera's light goes out. The microphone
 * is only silenced while its track is kept: turning it on again must not take a second.
 * Rule 2: nothing here ever fails the meeting; what is missing is a fault with a code.
 * Rule 3: the last wish holds, however late a device arrives (design.md, rule 17). Every track
 * of the client comes in through `#arrived`, which stops what is not wanted at that moment; after
 * `stop` nothing is.
 * Rule 4: the browser asks its person only after they have pressed something (`slot.js`).
 */

import {faultOf} from './device-fault.js'
import {DISPLAY} from './display.js'
import {Microphone} from './microphone.js'
import {Plugs} from './plugs.js'
import {isShared, kindOf} from './sending.js'
import {Slot} from './slot.js'
import {exactly, given, soundOf, wished} from './wishes.js'
import {Preferences} from '../browser/preferences.js'

/** @import {Source} from '../wire/messages.js' */

/** @typedef {'microphone' | 'camera' | 'speaker'} Kind */
/** @typedef {'microphone' | 'camera'} Captured */
/** @typedef {import('./device-fault.js').DeviceFault} DeviceFault */
const CAPTURED = /** @type {const} */ (['microphone', 'camera'])
/** What one question brings: the sound comes with its screen or not at all, and ends with it. */
const SHARED = /** @type {const} */ (['screen', 'screen-audio'])

/** Something about the devices is different now. */
export class DevicesChangeEvent extends Event {
  static type = 'change'
  constructor() {
    super(DevicesChangeEvent.type)
  }
}

export class Devices extends EventTarget {
  #slots = {
    microphone: new Slot(),
    camera: new Slot(),
    screen: new Slot(),
    'screen-audio': new Slot(),
  }
  #plugs = new Plugs()
  #over = new AbortController()
  #preferences
  /** What it can be open for beside its switch. @readonly */
  microphone
  /** Whether it is known what the browser gives without a question. */
  #known = false

  constructor(preferences = new Preferences()) {
    super()
    this.#preferences = preferences
    const {signal} = this.#over
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#look(), {signal})
    this.microphone = new Microphone(this.#slots.microphone, preferences, {
      changed: () => this.#changed(),
      open: () => this.#had(['microphone']),
      anew: () => this.#anew('microphone'),
      drop: () => this.#drop('microphone'),
      over: () => this.#over.signal.aborted,
    })
    preferences.addEventListener('change', event => this.microphone.prefer(event), {signal})
  }

  get canShare() {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function'
  }

  get canChooseSpeaker() {
    return 'setSinkId' in HTMLMediaElement.prototype
  }

  /** Whether the camera is on its way. */
  get starting() {
    const {open, asking, track} = this.#slots.camera
    return open && asking && track === null
  }

  /** Whether nothing is asked for until its person presses something. */
  get awaitsPress() {
    return this.#known && CAPTURED.every(source => this.#slots[source].wanted === null)
  }

  /** The live track, silenced or not. @param {Source} source @returns {MediaStreamTrack | null} */
  track(source) {
    return this.#slots[source].track
  }

  /** What the others may get. @param {Source} source @returns {MediaStreamTrack | null} */
  sending(source) {
    return this.isOn(source) ? this.track(source) : null
  }

  /** @param {Source} source */
  isOn(source) {
    const {shared, track} = this.#slots[source]
    return shared && track !== null
  }

  /** What a switch shows: it is on, or will be as soon as the device is there. @param {Source} source */
  wants(source) {
    const {shared, track, fault} = this.#slots[source]
    return shared && (track !== null || fault === null)
  }

  /** @param {Source} source @returns {DeviceFault | null} */
  fault(source) {
    return this.#slots[source].fault
  }

  /** @param {Kind} kind @returns {{id: string, label: string}[]} */
  list(kind) {
    return this.#plugs.list(kind)
  }

  /** Whether there is one, named or not. @param {Kind} kind */
  has(kind) {
    return this.#plugs.has(kind)
  }

  /** The id of the device in use. @param {Kind} kind @returns {string} */
  chosen(kind) {
    const used = kind === 'speaker' ? null : this.track(kind)?.getSettings().deviceId
    return used ?? this.#plugs.chosen(kind)
  }

  /** Turn on what the browser gives without a question; the rest waits for a press. */
  async start() {
    // Firefox lists no devices to a page that has not the focus, and has it wait.
    const looked = this.#look()
    const free = await given(CAPTURED, source => looked.then(() => this.#plugs.named(source)))
    this.#known = true
    this.#want(free.filter(source => this.#slots[source].wanted === null))
    await this.#had(free)
  }

  /** Both at once (one question of the browser), or whichever can be had. */
  async turnOn() {
    this.#want(CAPTURED)
    await this.#had(CAPTURED)
  }

  /** Try again what is missing. */
  async retry() {
    const missing = CAPTURED.filter(source => this.#slots[source].fault !== null)
    for (const source of missing) this.#slots[source].fault = null
    await Promise.all(missing.map(source => this.#had([source])))
  }

  /** @param {Source} source */
  async toggle(source) {
    const slot = this.#slots[source]
    // While the browser's dialog is open, "Share" still means share.
    if (isShared(source) ? slot.track : this.wants(source)) return this.#release(source)
    if (source === 'screen-audio') return
    this.#want([source])
    await this.#had([source])
  }

  /** @param {Kind} kind @param {string} device */
  async choose(kind, device) {
    this.#plugs.choose(kind, device)
    if (kind === 'speaker') return this.#changed()
    await this.#anew(kind)
  }

  /** Which devices were chosen is remembered no longer; what runs goes on. */
  forget() {
    this.#plugs.forget()
    this.#changed()
  }

  /** Let go of everything, for good; the lights go out. */
  stop() {
    this.#over.abort()
    for (const source of [...CAPTURED, /** @type {const} */ ('screen')]) {
      Object.assign(this.#slots[source], {wanted: false, held: false, tested: false})
      this.#drop(source)
    }
    this.#changed()
  }

  /** They are wanted for the others from now on. @param {readonly Source[]} sources */
  #want(sources) {
    if (this.#over.signal.aborted) return
    for (const source of sources) {
      const slot = this.#slots[source]
      Object.assign(slot, {wanted: true, tested: false, fault: null})
      slot.voice()
    }
    this.#changed()
  }

  /** Open what is wished; afterwards the browser says what its devices are called. @param {readonly Source[]} sources */
  async #had(sources) {
    await this.#fill(sources)
    if (!this.#over.signal.aborted) await this.#look()
  }

  /** Another device, or the same with another sound, in the place of the one that runs. @param {Captured} source */
  async #anew(source) {
    const slot = this.#slots[source]
    slot.choice += 1
    slot.fault = null
    if (!slot.open) this.#drop(source) // the silenced one; the other is opened when it is wanted
    this.#changed()
    await this.#fill([source])
  }

  /**
   * Ask for what is wished and not there, until there is nothing more to ask for.
   * @param {readonly Source[]} sources @returns {Promise<void>}
   */
  async #fill(sources) {
    const lacking = sources.filter(
      source => !this.#over.signal.aborted && this.#slots[source].lacks,
    )
    if (lacking.length === 0) return
    const refusal = await this.#acquire(lacking)
    if (refusal === null) return this.#fill(sources)
    // Whoever has no camera is heard: what is not to be had together is asked for one by one.
    if (lacking.length > 1) await Promise.all(lacking.map(source => this.#fill([source])))
    else if (lacking[0]) this.#refused(lacking[0], refusal)
    this.#changed()
  }

  /**
   * @param {readonly Source[]} sources
   * @returns {Promise<{error: unknown} | null>} the browser's refusal
   */
  async #acquire(sources) {
    const asked = sources.includes('screen') ? SHARED : sources
    const slots = asked.map(source => this.#slots[source])
    const choices = slots.map(({choice}) => choice)
    for (const slot of slots) slot.asking = true
    this.#changed()
    try {
      const stream = await this.#request(sources)
      const tracks = stream.getTracks()
      for (const track of tracks) this.#arrived(asked, choices, track)
      if (!this.#slots.screen.track) this.#drop('screen-audio')
      return tracks.length < sources.length ? {error: null} : null
    } catch (error) {
      return {error}
    } finally {
      for (const slot of slots) slot.asking = false
      this.#changed()
    }
  }

  /**
   * The only way in. Who is not wanted any more, or is not the one that was chosen last, goes.
   * @param {readonly Source[]} sources @param {readonly number[]} choices  as they were asked for
   * @param {MediaStreamTrack} track
   */
  #arrived(sources, choices, track) {
    const index = sources.findIndex(source => kindOf(source) === track.kind)
    const source = sources[index]
    const slot = source && this.#slots[source]
    const choice = choices[index]
    if (source === 'screen-audio') this.#slots[source].wanted = this.#slots.screen.wanted
    if (!slot || choice !== slot.choice || !slot.open) return track.stop()
    slot.track?.stop()
    Object.assign(slot, {track, had: choice, fault: null, missed: ''})
    track.addEventListener('ended', () => this.#ended(source, track))
    if (track.readyState === 'ended') this.#ended(source, track)
  }

  /** @param {Source} source @param {{error: unknown}} refusal */
  #refused(source, {error}) {
    const slot = this.#slots[source]
    const fault = faultOf(error)
    // Refused is here somebody who closed the browser's dialog: no fault, just no screen.
    if (source !== 'screen') slot.fault = fault
    else if (fault !== 'refused') slot.fault = 'failed'
    if (source === 'screen') slot.wanted = false
  }

  /**
   * By itself: unplugged, taken away by the browser, or the shared window closed.
   * @param {Source} source @param {MediaStreamTrack} track
   */
  #ended(source, track) {
    const slot = this.#slots[source]
    if (slot.track !== track) return
    if (isShared(source)) slot.wanted = false
    else Object.assign(slot, {fault: 'unplugged', missed: track.getSettings().deviceId ?? ''})
    this.#drop(source)
    this.#changed()
  }

  /** One's own wish: off. @param {Source} source */
  #release(source) {
    const slot = this.#slots[source]
    Object.assign(slot, {wanted: false, held: false})
    if (source === 'microphone') slot.voice()
    else this.#drop(source)
    this.#changed()
  }

  /** @param {Source} source */
  #drop(source) {
    const {track} = this.#slots[source]
    this.#slots[source].track = null
    track?.stop()
    if (source === 'screen') this.#release('screen-audio')
  }

  async #look() {
    await this.#plugs.look()
    this.#changed()
    await Promise.all(CAPTURED.map(source => this.#returned(source)))
  }

  /** The very device that went away is there again: no other takes its place unasked. @param {Captured} source */
  async #returned(source) {
    const slot = this.#slots[source]
    const there = this.list(source).some(({id}) => id === slot.missed)
    if (slot.fault !== 'unplugged' || !there) return
    slot.fault = null
    this.#changed()
    await this.#fill([source])
  }

  #changed() {
    this.dispatchEvent(new DevicesChangeEvent())
  }

  /** @param {readonly Source[]} sources @returns {Promise<MediaStream>} */
  async #request(sources) {
    if (!navigator.mediaDevices) throw new DOMException('no mediaDevices', 'SecurityError')
    if (sources.includes('screen')) return navigator.mediaDevices.getDisplayMedia(DISPLAY)
    const ask = (/** @type {MediaTrackConstraints} */ sound) =>
      navigator.mediaDevices.getUserMedia(
        wished(sources, sound, source => this.#plugs.chosen(source)),
      )
    const sound = soundOf(this.#preferences)
    if (this.#slots.microphone.track === null) return ask(sound)
    try {
      return await ask(exactly(sound))
    } catch (error) {
      if (faultOf(error) !== 'missing') throw error
      return ask(sound)
    }
  }
}
