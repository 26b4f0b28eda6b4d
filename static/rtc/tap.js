/**
 * Taps: the copies of one's own media that the server receives while a gate is open.
 *
 * Rule 1: a tap exists only between the server's `tap` and the first of: its closing, one's own
 * no, leaving, a lost connection. Nothing of it is left over for the next opening.
 * Rule 2: closing is synchronous. When `close` returns, no further packet leaves.
 * Rule 3: VP8 and Opus only, so that what is kept needs no transcoding.
 * Rule 4: whose copy does not reach the server is told so (`unheard`).
 */

import {configure, NO_ICE} from './ice.js'
import {encoding, kindOf, NO_TRACKS, tune} from './sending.js'
import {canCall} from '../browser/able.js'
import {after as realAfter} from '../wire/timer.js'

/** @import {Source, Tap, TapAnswer, TapOffer} from '../wire/messages.js' */
/** @import {Tracks} from './sending.js' */
/** @import {Delay} from '../wire/timer.js' */

/** A tap is offered complete (no trickle); a gathering that takes longer goes as it is. */
const GATHERING = 3_000
const DISCONNECTED = 5_000
/** After so long without a way to the server its owner wants to know. */
const LATE = 10_000
const CODECS = {audio: ['audio/opus'], video: ['video/vp8', 'video/rtx']}

/**
 * @typedef {object} TapOptions
 * @property {(offer: TapOffer) => void} send
 * @property {Delay} [after]
 */

/** One's own end of one tap. */
class OwnTap {
  #connection
  #opening
  /** @type {Map<Source, RTCRtpTransceiver>} */
  #transceivers = new Map()
  #over = new AbortController()
  #after
  #callOff = () => {}

  /**
   * @param {Tap} tap @param {Tracks} tracks @param {RTCConfiguration} configuration
   * @param {Delay} after
   */
  constructor({opening, sources}, tracks, configuration, after) {
    this.#opening = opening
    this.#after = after
    this.#connection = new RTCPeerConnection(configuration)
    for (const source of sources) this.#transceivers.set(source, this.#add(source, tracks[source]))
  }

  /** @returns {Promise<TapOffer | null>} null if the tap was closed meanwhile */
  async offer() {
    await this.#connection.setLocalDescription()
    await this.#gathered()
    const sdp = this.#connection.localDescription?.sdp
    if (this.#over.signal.aborted || !sdp) return null
    return {type: 'tap-offer', opening: this.#opening, sdp, sources: this.#sources()}
  }

  /** @param {string} sdp */
  async answer(sdp) {
    if (this.#connection.signalingState !== 'have-local-offer') return
    await this.#connection.setRemoteDescription({type: 'answer', sdp})
    for (const [source, {sender}] of this.#transceivers)
      await tune(sender, source, encoding(source, 1))
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  replace(source, track) {
    const sender = this.#transceivers.get(source)?.sender
    sender?.replaceTrack(track).catch(refusal => console.debug('track refused', source, refusal))
  }

  /** @param {RTCConfiguration} configuration */
  configure(configuration) {
    configure(this.#connection, configuration)
  }

  /** @param {{stands: () => void, breaks: () => void}} call  as the way to the server does */
  watch({stands, breaks}) {
    const {signal} = this.#over
    const compare = () => {
      const state = this.#connection.connectionState
      this.#callOff()
      if (state === 'connected') stands()
      else if (state === 'failed') breaks()
      else if (state === 'disconnected') this.#callOff = this.#after(DISCONNECTED, breaks)
    }
    this.#connection.addEventListener('connectionstatechange', compare, {signal})
  }

  close() {
    this.#callOff()
    this.#over.abort()
    this.#connection.close()
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  #add(source, track) {
    // Without a track too: a camera that is turned on later belongs in the recording.
    const kind = kindOf(source)
    const sendEncodings = [encoding(source, 1)]
    const direction = 'sendonly'
    const transceiver = this.#connection.addTransceiver(track ?? kind, {direction, sendEncodings})
    const known = RTCRtpSender.getCapabilities(kind)?.codecs ?? []
    const wanted = known.filter(({mimeType}) => CODECS[kind].includes(mimeType.toLowerCase()))
    transceiver.setCodecPreferences(wanted)
    return transceiver
  }

  /** @returns {Record<string, Source>} */
  #sources() {
    /** @type {Record<string, Source>} */
    const sources = {}
    for (const [source, {mid}] of this.#transceivers) if (mid !== null) sources[mid] = source
    return sources
  }

  /** @returns {Promise<void>} */
  #gathered() {
    const connection = this.#connection
    const {signal} = this.#over
    return new Promise(resolve => {
      const callOff = this.#after(GATHERING, resolve)
      const compare = () => {
        if (connection.iceGatheringState !== 'complete' && !signal.aborted) return
        callOff()
        resolve()
      }
      connection.addEventListener('icegatheringstatechange', compare, {signal})
      signal.addEventListener('abort', compare)
      compare()
    })
  }
}

/**
 * One opening's tap, through as many connections as it takes.
 * @typedef {object} Held
 * @property {Tap} tap
 * @property {OwnTap | null} own  null in a browser that makes no calls
 * @property {boolean} late  nothing has reached the server for a while
 * @property {(() => void) | null} callOff  of the wait for that
 */

/** All of one's taps. Fires `heard` when `unheard` is another. */
export class Taps extends EventTarget {
  #configuration = NO_ICE
  #send
  #after
  /** @type {Tracks} */
  #tracks = NO_TRACKS
  /** @type {Map<string, Held>} by opening */
  #live = new Map()

  /** @param {TapOptions} options */
  constructor({send, after = realAfter}) {
    super()
    this.#send = send
    this.#after = after
  }

  /** The features that have a tap of ours just now. */
  get features() {
    return new Set([...this.#live.values()].map(({tap}) => tap.feature))
  }

  /** The features that nothing of oneself reaches. @returns {string[]} */
  get unheard() {
    return [...this.#live.values()].filter(({late}) => late).map(({tap}) => tap.feature)
  }

  /**
   * Offer a tap. A second time for the same opening: anew, in place of the first.
   * @param {Tap} tap
   */
  async open(tap) {
    const before = this.#live.get(tap.opening)
    before?.own?.close()
    if (!canCall()) return this.#hold({tap, own: null, late: true, callOff: null})
    const own = new OwnTap(tap, this.#tracks, this.#configuration, this.#after)
    const held = {tap, own, late: before?.late ?? false, callOff: before?.callOff ?? null}
    this.#hold(held)
    held.callOff ??= this.#after(LATE, () => this.#turn(tap.opening, true))
    own.watch({stands: () => this.#stands(held), breaks: () => this.open(tap)})
    try {
      const offer = await own.offer()
      if (offer) this.#send(offer)
    } catch (refusal) {
      if (this.#live.get(tap.opening)?.own !== own) return // closed under way
      this.close(tap.opening)
      throw refusal
    }
  }

  /** @param {TapAnswer} answer */
  async answer({opening, sdp}) {
    const live = this.#live.get(opening)
    try {
      await live?.own?.answer(sdp)
    } catch (refusal) {
      if (this.#live.get(opening) === live) throw refusal
    }
  }

  /** @param {string} opening */
  close(opening) {
    const held = this.#live.get(opening)
    held?.own?.close()
    held?.callOff?.()
    this.#live.delete(opening)
    if (held?.late) this.dispatchEvent(new Event('heard'))
  }

  closeAll() {
    for (const opening of [...this.#live.keys()]) this.close(opening)
  }

  /** How taps find their way, from now on. @param {RTCConfiguration} configuration */
  configure(configuration) {
    this.#configuration = configuration
    for (const {own} of this.#live.values()) own?.configure(configuration)
  }

  /** Our network has changed: the old path is dead, so offer anew. */
  reroute() {
    for (const {tap} of [...this.#live.values()]) this.open(tap)
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  replace(source, track) {
    this.#tracks = {...this.#tracks, [source]: track}
    for (const {own} of this.#live.values()) own?.replace(source, track)
  }

  /** @param {Held} held */
  #hold(held) {
    this.#live.set(held.tap.opening, held)
    if (held.late) this.dispatchEvent(new Event('heard'))
  }

  /** @param {Held} held */
  #stands(held) {
    held.callOff?.()
    held.callOff = null
    if (held.late) this.#turn(held.tap.opening, false)
  }

  /** @param {string} opening @param {boolean} late */
  #turn(opening, late) {
    const held = this.#live.get(opening)
    if (!held) return
    held.late = late
    this.dispatchEvent(new Event('heard'))
  }
}
