/**
 * One's own microphone, camera, screen and speaker.
 *
 * Rule 1: "camera off" stops the track, so that the camera's light goes out. The microphone
 * is only silenced while its track is kept: turning it on again must not take a second.
 * Rule 2: nothing here ever fails the meeting; what is missing is a fault with a code.
 */

/** @typedef {'microphone' | 'camera' | 'speaker'} Kind */
/** @typedef {'microphone' | 'camera' | 'screen'} Source */
/** @typedef {'microphone' | 'camera'} Captured */
/** @typedef {'missing' | 'busy' | 'refused' | 'insecure' | 'failed'} DeviceFault */

const KEPT = 'gatekeeper.device.'
/** @type {Readonly<Record<Kind, MediaDeviceKind>>} */
const BROWSER_KINDS = {microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput'}
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

export class Devices extends EventTarget {
  /** @type {Map<Source, MediaStreamTrack>} */
  #tracks = new Map()
  /** @type {Map<Source, DeviceFault>} */
  #faults = new Map()
  #on = new Set(/** @type {Source[]} */ (['microphone', 'camera']))
  /** @type {readonly MediaDeviceInfo[]} */
  #found = []
  starting = false

  constructor() {
    super()
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#look())
  }

  get canShare() {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function'
  }

  get canChooseSpeaker() {
    return 'setSinkId' in HTMLMediaElement.prototype
  }

  /** The live track, silenced or not. @param {Source} source @returns {MediaStreamTrack | null} */
  track(source) {
    return this.#tracks.get(source) ?? null
  }

  /** What the others may get. @param {Source} source @returns {MediaStreamTrack | null} */
  sending(source) {
    return this.isOn(source) ? this.track(source) : null
  }

  /** @param {Source} source */
  isOn(source) {
    return this.#on.has(source) && this.#tracks.has(source)
  }

  /** @param {Source} source @returns {DeviceFault | null} */
  fault(source) {
    return this.#faults.get(source) ?? null
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
    return used ?? localStorage.getItem(KEPT + kind) ?? ''
  }

  /** Ask for both at once (one question of the browser), or for whichever can be had. */
  async start() {
    this.starting = true
    this.#changed()
    try {
      if (!(await this.#open(['microphone', 'camera'])))
        await Promise.all([this.#open(['microphone']), this.#open(['camera'])])
    } finally {
      this.starting = false
      await this.#look()
    }
  }

  /** Try again what is missing. */
  async retry() {
    await Promise.all(
      [...this.#faults.keys()].filter(isCaptured).map(source => this.#open([source])),
    )
    await this.#look()
  }

  /** @param {Source} source */
  async toggle(source) {
    if (source === 'screen') return this.isOn('screen') ? this.#drop('screen') : this.#share()
    if (!this.isOn(source)) {
      this.#on.add(source)
      const kept = this.track(source)
      if (kept) kept.enabled = true
      else await this.#open([source])
    } else {
      this.#on.delete(source)
      const kept = this.track(source)
      if (source === 'camera') return this.#drop('camera')
      if (kept) kept.enabled = false
    }
    this.#changed()
  }

  /** @param {Kind} kind @param {string} device */
  async choose(kind, device) {
    localStorage.setItem(KEPT + kind, device)
    if (kind !== 'speaker' && (kind === 'microphone' || this.isOn(kind))) await this.#open([kind])
    this.#changed()
  }

  /** Let go of everything; the lights go out. */
  stop() {
    for (const source of [...this.#tracks.keys()]) this.#drop(source)
  }

  /** @param {readonly Captured[]} sources @returns {Promise<boolean>} */
  async #open(sources) {
    try {
      if (!navigator.mediaDevices) throw new DOMException('no mediaDevices', 'SecurityError')
      const stream = await navigator.mediaDevices.getUserMedia(constraints(sources))
      for (const track of stream.getTracks())
        this.#use(track.kind === 'audio' ? 'microphone' : 'camera', track)
      for (const source of sources) this.#faults.delete(source)
      return true
    } catch (error) {
      if (sources.length === 1 && sources[0]) this.#faults.set(sources[0], faultOf(error))
      return false
    } finally {
      this.#changed()
    }
  }

  async #share() {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({video: true, audio: false})
      const [track] = stream.getVideoTracks()
      if (track) this.#use('screen', track)
      this.#faults.delete('screen')
    } catch (error) {
      // NotAllowedError is somebody who closed the browser's dialog: no fault, just no screen.
      if (faultOf(error) !== 'refused') this.#faults.set('screen', 'failed')
    }
    this.#changed()
  }

  /** @param {Source} source @param {MediaStreamTrack} track */
  #use(source, track) {
    this.#tracks.get(source)?.stop()
    this.#tracks.set(source, track)
    if (source === 'screen') this.#on.add('screen')
    track.enabled = this.#on.has(source)
    track.addEventListener('ended', () => {
      if (this.#tracks.get(source) !== track) return
      if (isCaptured(source)) this.#faults.set(source, 'missing')
      this.#drop(source)
    })
  }

  /** @param {Source} source */
  #drop(source) {
    const track = this.#tracks.get(source)
    this.#tracks.delete(source)
    if (source === 'screen') this.#on.delete(source)
    track?.stop()
    this.#changed()
  }

  async #look() {
    this.#found = (await navigator.mediaDevices?.enumerateDevices()) ?? []
    this.#changed()
  }

  #changed() {
    this.dispatchEvent(new DevicesChangeEvent())
  }
}

/** @param {Source} source @returns {source is Captured} */
const isCaptured = source => source !== 'screen'

/** @param {readonly Captured[]} sources @returns {MediaStreamConstraints} */
function constraints(sources) {
  const microphone = localStorage.getItem(`${KEPT}microphone`)
  const camera = localStorage.getItem(`${KEPT}camera`)
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
