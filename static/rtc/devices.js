/**
 * One's own microphone, camera, screen and speaker.
 *
 * Rule 1: "camera off" stops the track, so that the camera's light goes out. The microphone
 * is only silenced while its track is kept: turning it on again must not take a second.
 * Rule 2: nothing here ever fails the meeting; what is missing is a fault with a code.
 * Rule 3: the last wish holds, however late a device arrives (design.md, rule 17). Every track
 * of the client comes in through `#arrived`, which stops what is not wanted at that moment; after
 * `stop` nothing is.
 */

import {DISPLAY} from './display.js'
import {isShared, kindOf} from './sending.js'
import {browserShelf} from '../browser/shelf.js'

/** @import {Source} from '../wire/messages.js' */

/** @typedef {'microphone' | 'camera' | 'speaker'} Kind */
/** @typedef {'microphone' | 'camera'} Captured */
/** @typedef {'missing' | 'busy' | 'refused' | 'insecure' | 'unplugged' | 'failed'} DeviceFault */

const KEPT = 'gatekeeper.device.'
/** @type {Readonly<Record<Kind, MediaDeviceKind>>} */
const BROWSER_KINDS = {microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput'}
const CAPTURED = /** @type {const} */ (['microphone', 'camera'])
/** What one question brings: the sound comes with its screen or not at all, and ends with it. */
const SHARED = /** @type {const} */ (['screen', 'screen-audio'])
/** @type {Readonly<Record<string, DeviceFault>>} names of DOMExceptions (Media Capture, 10.2) */
const FAULTS = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'failed',
  NotAllowedError: 'refused',
  SecurityError: 'insecure',
}

/** @param {unknown} error @returns {DeviceFault} */
export const faultOf = error => (error instanceof Error && FAULTS[error.name]) || 'failed'

/** Something about the devices is different now. */
export class DevicesChangeEvent extends Event {
  static type = 'change'
  constructor() {
    super(DevicesChangeEvent.type)
  }
}

/** What is wished of one source, and what there is of it. */
class Slot {
  /** @type {MediaStreamTrack | null} */
  track = null
  /** @type {DeviceFault | null} */
  fault = null
  /** Whether the browser is being asked for it just now. */
  asking = false
  /** Counts up when another device is chosen. */
  choice = 0
  /** The choice that the track is of. */
  had = 0
  /** The device that went away, and is awaited. */
  missed = ''

  /** @param {boolean} wanted */
  constructor(wanted) {
    this.wanted = wanted
  }

  /** Whether there is something to ask the browser for. */
  get lacks() {
    const fits = this.track !== null && this.had === this.choice
    return this.wanted && !fits && !this.asking && this.fault === null
  }
}

export class Devices extends EventTarget {
  #slots = {
    microphone: new Slot(true),
    camera: new Slot(true),
    screen: new Slot(false),
    'screen-audio': new Slot(false),
  }
  /** @type {readonly MediaDeviceInfo[]} */
  #found = []
  #over = new AbortController()

  constructor() {
    super()
    const {signal} = this.#over
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#look(), {signal})
  }

  get canShare() {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function'
  }

  get canChooseSpeaker() {
    return 'setSinkId' in HTMLMediaElement.prototype
  }

  /** Whether the camera is on its way. */
  get starting() {
    const {wanted, asking, track} = this.#slots.camera
    return wanted && asking && track === null
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
    const {wanted, track} = this.#slots[source]
    return wanted && track !== null
  }

  /** What a switch shows: it is on, or will be as soon as the device is there. @param {Source} source */
  wants(source) {
    const {wanted, track, fault} = this.#slots[source]
    return wanted && (track !== null || fault === null)
  }

  /** @param {Source} source @returns {DeviceFault | null} */
  fault(source) {
    return this.#slots[source].fault
  }

  /** @param {Kind} kind @returns {{id: string, label: string}[]} */
  list(kind) {
    return this.#found
      .filter(device => device.kind === BROWSER_KINDS[kind] && device.deviceId !== '')
      .map(({deviceId, label}) => ({id: deviceId, label}))
  }

  /** The id of the device in use. @param {Kind} kind @returns {string} */
  chosen(kind) {
    const used = kind === 'speaker' ? null : this.track(kind)?.getSettings().deviceId
    return used ?? browserShelf.get(KEPT + kind) ?? ''
  }

  /** Ask for both at once (one question of the browser), or for whichever can be had. */
  async start() {
    await this.#fill(CAPTURED)
    await this.#look()
  }

  /** Try again what is missing. */
  async retry() {
    const missing = CAPTURED.filter(source => this.#slots[source].fault !== null)
    for (const source of missing) this.#slots[source].fault = null
    await Promise.all(missing.map(source => this.#fill([source])))
    await this.#look()
  }

  /** @param {Source} source */
  async toggle(source) {
    const slot = this.#slots[source]
    // While the browser's dialog is open, "Share" still means share.
    if (isShared(source) ? slot.track : this.wants(source)) return this.#release(source)
    if (source === 'screen-audio') return
    slot.wanted = true
    slot.fault = null
    if (slot.track) slot.track.enabled = true
    this.#changed()
    await this.#fill([source])
  }

  /** @param {Kind} kind @param {string} device */
  async choose(kind, device) {
    browserShelf.set(KEPT + kind, device)
    if (kind === 'speaker') return this.#changed()
    const slot = this.#slots[kind]
    slot.choice += 1
    slot.fault = null
    if (!slot.wanted) this.#drop(kind) // the silenced one; the other is opened when it is wanted
    this.#changed()
    await this.#fill([kind])
  }

  /** Let go of everything, for good; the lights go out. */
  stop() {
    this.#over.abort()
    for (const source of [...CAPTURED, /** @type {const} */ ('screen')]) {
      this.#slots[source].wanted = false
      this.#drop(source)
    }
    this.#changed()
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
      const stream = await requested(sources)
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
    if (!slot || choice !== slot.choice || !slot.wanted) return track.stop()
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
    slot.wanted = false
    if (source === 'microphone' && slot.track) slot.track.enabled = false
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
    this.#found = (await navigator.mediaDevices?.enumerateDevices()) ?? []
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
}

/** @param {readonly Source[]} sources @returns {Promise<MediaStream>} */
async function requested(sources) {
  if (!navigator.mediaDevices) throw new DOMException('no mediaDevices', 'SecurityError')
  if (sources.includes('screen')) return navigator.mediaDevices.getDisplayMedia(DISPLAY)
  return navigator.mediaDevices.getUserMedia(constraints(sources))
}

/** @param {readonly Source[]} sources @returns {MediaStreamConstraints} */
function constraints(sources) {
  const microphone = browserShelf.get(`${KEPT}microphone`)
  const camera = browserShelf.get(`${KEPT}camera`)
  return {
    audio: sources.includes('microphone') && {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(microphone && {deviceId: {ideal: microphone}}),
    },
    video: sources.includes('camera') && {
      width: {ideal: 1280},
      height: {ideal: 720},
      ...(camera && {deviceId: {ideal: camera}}),
    },
  }
}
