/**
 * One RTCPeerConnection to one other participant, by perfect negotiation (W3C WebRTC, 10.7).
 *
 * Rule 1: a fixed transceiver for each source, made by the leader; the follower adopts them from the first
 * offer. (Were both to make them, a glare would leave twice as many: a rolled-back transceiver that
 * `addTransceiver` made is never matched with an offered section; RFC 8829, 5.10.)
 * Rule 2: the leader is the impolite one.
 * Rule 3: turning a source on or off replaces a track and negotiates nothing.
 * Rule 4: SDP is never rewritten. What is set was signed by who sent it, with its certificates.
 */

import {configure} from './ice.js'
import {reported} from './report.js'
import {isShared, kindOf, tune} from './sending.js'
import {SOURCES} from '../wire/messages.js'

/** @import {Source} from '../wire/messages.js' */
/** @import {Candidates, Description, SourceMap, Vouch} from '../wire/payload.js' */
/** @import {Share} from './allotment.js' */
/** @import {Report} from './report.js' */
/** @import {Tracks} from './sending.js' */
/** @import {Delay} from '../wire/timer.js' */

/** Candidates come in bursts; a burst is one message. */
const BURST = 25

/** @typedef {{camera: MediaStream, screen: MediaStream}} RemoteStreams */

/**
 * @typedef {object} PeerOptions
 * @property {string} generation
 * @property {boolean} leader
 * @property {RTCConfiguration} configuration
 * @property {Tracks} tracks
 * @property {Share} share  how much of each source goes to the other end
 * @property {(payload: Description | Candidates) => void} send
 * @property {(sdp: string) => Promise<Vouch>} sign  for the other end
 * @property {(sdp: string, vouch: Vouch) => Promise<boolean>} holds  whether the other end has signed it for this one
 * @property {Delay} after
 */

/**
 * Fires `streams` when what is received has changed, `state` with `connectionState`, and `forged` when
 * it was closed because a description is not that of the other end.
 */
export class Peer extends EventTarget {
  #connection
  #generation
  #leader
  #send
  #sign
  #holds
  #after
  #tracks
  #share
  /** @type {Map<Source, RTCRtpTransceiver>} */
  #transceivers = new Map()
  /** One outgoing stream for face and voice keeps their lips in time; one for a page, its sound. */
  #face = new MediaStream()
  #page = new MediaStream()
  /** @type {RemoteStreams} */
  #streams = {camera: new MediaStream(), screen: new MediaStream()}
  /** @type {Promise<void>} */
  #turn = Promise.resolve()
  /** @type {Promise<void>} what is being said */
  #saying = Promise.resolve()
  #making = false
  #ignoring = false
  #closed = false
  /** @type {RTCIceCandidateInit[]} */
  #burst = []

  /** @param {PeerOptions} options */
  constructor({generation, leader, configuration, tracks, share, send, sign, holds, after}) {
    super()
    this.#sign = sign
    this.#holds = holds
    this.#generation = generation
    this.#leader = leader
    this.#tracks = tracks
    this.#share = share
    this.#send = send
    this.#after = after
    this.#connection = new RTCPeerConnection(configuration)
    for (const type of ['negotiationneeded', 'icecandidate', 'connectionstatechange'])
      this.#connection.addEventListener(type, this)
    if (leader) for (const source of SOURCES) this.#add(source)
  }

  get generation() {
    return this.#generation
  }

  /** Whether the other end has ever described itself in this generation. */
  get answered() {
    return this.#connection.remoteDescription !== null
  }

  get state() {
    return this.#connection.connectionState
  }

  /** The same two streams for the life of this peer; muted tracks while nothing is sent. */
  get streams() {
    return this.#streams
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (this.#closed) return
    if (event.type === 'negotiationneeded') this.#offer()
    else if (event.type === 'connectionstatechange') this.dispatchEvent(new Event('state'))
    else if (event instanceof RTCPeerConnectionIceEvent && event.candidate?.candidate)
      this.#gathered(event.candidate.toJSON())
  }

  /** @param {Description | Candidates} payload */
  receive(payload) {
    const act = () =>
      payload.kind === 'description' ? this.#described(payload) : this.#reached(payload)
    // One after the other: a candidate must not overtake the description that it belongs to.
    this.#turn = this.#turn.then(act).catch(refusal => {
      if (!this.#closed) console.debug('peer payload refused', payload.kind, refusal)
    })
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  replace(source, track) {
    this.#tracks = {...this.#tracks, [source]: track}
    const sender = this.#transceivers.get(source)?.sender
    sender?.replaceTrack(track).catch(refusal => console.debug('track refused', source, refusal))
  }

  /** @param {Share} share  how much of each source goes to the other end */
  share(share) {
    this.#share = share
    for (const [source, {sender}] of this.#transceivers) tune(sender, source, share[source])
  }

  /** How it goes on the way between the two. @returns {Promise<Report | null>} null where there is none */
  async report() {
    return this.state === 'connected' ? reported(await this.#connection.getStats()) : null
  }

  /** @param {RTCConfiguration} configuration */
  configure(configuration) {
    configure(this.#connection, configuration)
  }

  /** Look for a new path, or say again what may have been lost on the way. */
  repair() {
    if (this.#connection.signalingState === 'stable') this.#connection.restartIce()
    else this.#describe()
  }

  /** Say again an offer that was not answered. */
  remind() {
    if (this.#connection.signalingState === 'have-local-offer') this.#describe()
  }

  close() {
    this.#closed = true
    this.#connection.close()
  }

  /** @param {Source} source */
  #add(source) {
    const transceiver = this.#connection.addTransceiver(this.#tracks[source] ?? kindOf(source), {
      direction: 'sendrecv',
      streams: [this.#outgoing(source)],
      sendEncodings: [this.#share[source]],
    })
    this.#transceivers.set(source, transceiver)
  }

  /** @param {Source} source */
  #outgoing(source) {
    return isShared(source) ? this.#page : this.#face
  }

  async #offer() {
    this.#making = true
    try {
      await this.#connection.setLocalDescription()
      this.#describe()
    } catch (refusal) {
      if (!this.#closed) console.debug('no offer', refusal)
    } finally {
      this.#making = false
    }
  }

  #describe() {
    const local = this.#connection.localDescription
    if (this.#closed || (local?.type !== 'offer' && local?.type !== 'answer')) return
    const description = {type: local.type, sdp: local.sdp}
    const sources = this.#sources()
    this.#say(async () => {
      const vouch = await this.#sign(description.sdp)
      return {kind: 'description', generation: this.#generation, description, sources, vouch}
    })
  }

  /** In the order of the calls: no candidate overtakes the description that it belongs to. @param {() => Promise<Description | Candidates>} make */
  #say(make) {
    const say = async () => {
      const payload = await make()
      if (!this.#closed) this.#send(payload)
    }
    this.#saying = this.#saying.then(say).catch(refusal => console.debug('not said', refusal))
  }

  /** @returns {SourceMap} */
  #sources() {
    /** @type {Record<string, Source>} */
    const sources = {}
    for (const [source, {mid}] of this.#transceivers) if (mid !== null) sources[mid] = source
    return sources
  }

  /** @param {Description} payload */
  async #described({description, sources, vouch}) {
    const connection = this.#connection
    if (!(await this.#holds(description.sdp, vouch))) return this.#forged()
    if (this.#closed) return
    const stable = connection.signalingState === 'stable'
    const collision = description.type === 'offer' && (this.#making || !stable)
    this.#ignoring = this.#leader && collision
    if (this.#ignoring) return
    if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return
    await connection.setRemoteDescription(description)
    this.#adopt(sources)
    if (description.type === 'offer') {
      await connection.setLocalDescription()
      this.#describe()
    }
    this.share(this.#share) // parameters set in mid-negotiation may have been refused
  }

  #forged() {
    if (this.#closed) return
    this.close()
    this.dispatchEvent(new Event('forged'))
  }

  /** @param {Candidates} payload */
  async #reached({candidates}) {
    if (this.#ignoring) return
    for (const candidate of candidates) await this.#connection.addIceCandidate(candidate)
  }

  /**
   * Take what the other end says it sends as what it is, where the kind fits.
   * @param {SourceMap} sources
   */
  #adopt(sources) {
    for (const transceiver of this.#connection.getTransceivers()) {
      const source = sources[transceiver.mid ?? '']
      if (!source || transceiver.receiver.track.kind !== kindOf(source)) continue
      if (!this.#transceivers.has(source)) this.#answerWith(source, transceiver)
      if (this.#transceivers.get(source) === transceiver) this.#receiveFrom(source, transceiver)
    }
  }

  /** @param {Source} source @param {RTCRtpTransceiver} transceiver */
  #answerWith(source, transceiver) {
    this.#transceivers.set(source, transceiver)
    transceiver.direction = 'sendrecv'
    transceiver.sender.setStreams(this.#outgoing(source))
    this.replace(source, this.#tracks[source])
  }

  /** @param {Source} source @param {RTCRtpTransceiver} transceiver */
  #receiveFrom(source, {receiver: {track}}) {
    const stream = isShared(source) ? this.#streams.screen : this.#streams.camera
    if (stream.getTracks().includes(track)) return
    stream.addTrack(track)
    this.dispatchEvent(new Event('streams'))
  }

  /** @param {RTCIceCandidateInit} candidate */
  #gathered(candidate) {
    this.#burst.push(candidate)
    if (this.#burst.length > 1) return
    this.#after(BURST, () => {
      const candidates = this.#burst
      this.#burst = []
      this.#say(async () => ({kind: 'candidates', generation: this.#generation, candidates}))
    })
  }
}
