/**
 * One's own part in the call: the tracks that go to everybody else and into the server's taps, and
 * the streams that come back.
 */

import {Mesh} from './mesh.js'
import {NO_TRACKS, isShared} from './sending.js'
import {Taps} from './tap.js'
import {canCall} from '../browser/able.js'

/** @import {ClientMessage, Media, Person, ServerMessage, Source} from '../wire/messages.js' */
/** @import {Delay} from '../wire/timer.js' */
/** @import {Voucher} from './mesh.js' */
/** @import {Tracks} from './sending.js' */

/** What is shared is to be legible, and heard as it is played (W3C MediaStreamTrack Content Hints). @type {Readonly<Record<string, string>>} */
const HINTS = {video: 'detail', audio: 'music'}

/**
 * @typedef {object} CallOptions
 * @property {(message: ClientMessage) => void} send
 * @property {Delay} after
 * @property {Voucher} voucher
 * @property {boolean} [elsewhere] people see and hear each other somewhere else: nothing is sent
 */

/** Fires `streams` when somebody's streams are other ones, and `paths` for `gaps`. */
export class Call extends EventTarget {
  mesh
  taps
  /** @type {Tracks} */
  #tracks = NO_TRACKS
  #elsewhere

  /** @param {CallOptions} options */
  constructor({send, after, voucher, elsewhere = false}) {
    super()
    this.#elsewhere = elsewhere
    const relay = (/** @type {string} */ to, /** @type {string} */ payload) =>
      send({type: 'signal', to, payload})
    this.mesh = new Mesh({send: relay, after, voucher})
    this.taps = new Taps({send, after})
    this.mesh.addEventListener('streams', () => this.dispatchEvent(new Event('streams')))
    this.mesh.addEventListener('paths', () => this.dispatchEvent(new Event('paths')))
    this.taps.addEventListener('heard', () => this.dispatchEvent(new Event('paths')))
  }

  /** What of one's own is on. @returns {Media} */
  get media() {
    const tracks = canCall() ? this.#tracks : NO_TRACKS
    const {microphone, camera, screen} = tracks
    const sound = screen && tracks['screen-audio'] // none without a screen
    const seen = {microphone: !!microphone, camera: !!camera, screen: !!screen}
    return {type: 'media', ...seen, screen_audio: !!sound}
  }

  /** The participants, and the features, to whom there is no way, or none that is theirs. */
  get gaps() {
    const {unreached, forged} = this.mesh
    return {unreached, forged, unheard: this.taps.unheard}
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  replace(source, track) {
    if (isShared(source) && track?.contentHint === '') track.contentHint = HINTS[track.kind] ?? ''
    this.#tracks = {...this.#tracks, [source]: track}
    this.mesh.replace(source, track)
    this.taps.replace(source, track)
  }

  /** Who is there, on getting a seat (again). @param {string} you @param {readonly Person[]} people */
  seat(you, people) {
    if (this.#elsewhere) return
    this.mesh.refresh()
    this.mesh.seat(you, people)
  }

  /** What is said of who is there, and of the ways to them and to the server. @param {ServerMessage} message */
  receive(message) {
    if (this.#elsewhere) return
    switch (message.type) {
      case 'joined':
      case 'changed':
        return this.mesh.meet(message.person)
      case 'left':
        return this.mesh.leave(message.participant)
      case 'signal-from':
        return this.mesh.receive(message.sender, message.payload)
      case 'tap-answer':
        return void this.taps.answer(message)
    }
  }

  /** How media find their way, from now on. @param {RTCConfiguration} configuration */
  configure(configuration) {
    this.mesh.configure(configuration)
    this.taps.configure(configuration)
  }

  /** The network has changed. */
  reroute() {
    this.mesh.reroute()
    this.taps.reroute()
  }

  close() {
    this.taps.closeAll()
    this.mesh.close()
  }
}
