/**
 * The link to one other participant: which generation of connection holds, and when to mend it.
 *
 * Rule 1: the leader (the lexicographically larger id) begins every generation; the follower
 * takes part in the newest one it was offered, and may ask for another.
 * Rule 2: a link that does not stand is looked after with growing patience for as long as both
 * are in the room: first a new path, then a new generation.
 * Rule 3: a link that has not stood for a while is `late`, and both ends can say so.
 * Rule 4: a link whose other end was not who it should be is over, at both ends, until one of the two comes anew.
 */

import {HeardWants, OwnWants} from './wants.js'

/** @import {Heights, Payload} from '../wire/payload.js' */
/** @import {Peer} from './peer.js' */
/** @import {Delay} from '../wire/timer.js' */

const CONNECTING = 6_000
const DISCONNECTED = 3_000
const LONGEST = 20_000
/** After so long without a link people want to know. */
const LATE = 12_000

/**
 * @typedef {object} PeerLinkOptions
 * @property {boolean} leader
 * @property {(generation: string) => Peer} connect
 * @property {(payload: Payload) => void} send
 * @property {() => string} name  a new generation's name
 * @property {Delay} after
 */

/**
 * Fires `streams` when the received streams are other ones or have changed, `path` for `late` and `forged`,
 * and `wants` for `wanted`.
 */
export class PeerLink extends EventTarget {
  #options
  /** @type {Peer | null} */
  #peer = null
  /** @type {Set<string>} */
  #retired = new Set()
  #tries = 0
  #callOff = () => {}
  #late = false
  #forged = false
  /** @type {(() => void) | null} */
  #callOffLate = null
  #own
  #heard

  /** @param {PeerLinkOptions} options */
  constructor(options) {
    super()
    this.#options = options
    this.#own = new OwnWants(heights => this.#sayWants(heights), options.after)
    this.#heard = new HeardWants(() => this.dispatchEvent(new Event('wants')), options.after)
    this.#watch()
    if (options.leader) this.#begin(options.name())
    else this.#requestRestart()
  }

  get peer() {
    return this.#peer
  }

  /** Whether there has been no way between the two for a while. */
  get late() {
    return this.#late
  }

  /** Whether what came for it was not signed by the other end. */
  get forged() {
    return this.#forged
  }

  /** How large the other end can use what it is sent. @returns {Required<Heights>} */
  get wanted() {
    return this.#heard.heights
  }

  /** How large one can use what the other end sends. @param {Heights} heights */
  want(heights) {
    this.#own.want(heights)
  }

  /** @param {Payload} payload */
  receive(payload) {
    if (this.#forged) return
    const current = this.#peer?.generation
    if (payload.kind === 'restart') return this.#restartRequested(payload.generation)
    if (payload.kind === 'distrust') return void (payload.generation === current && this.#end())
    const offered = payload.kind === 'description' && payload.description.type === 'offer'
    if (offered && !this.#options.leader && payload.generation !== current) {
      if (this.#retired.has(payload.generation)) return
      this.#begin(payload.generation)
    }
    if (payload.generation !== this.#peer?.generation) return
    if (payload.kind === 'wants') this.#heard.hear(payload.heights)
    else this.#peer.receive(payload)
  }

  /** Signaling works (again) at both ends: say what may have been lost, mend what is broken. */
  refresh() {
    if (this.#forged) return
    if (this.#peer?.state === 'connected') {
      this.#own.stands()
      return this.#peer.remind()
    }
    this.#tries = 0
    this.#stands()
    this.#watch()
    this.#mend()
  }

  /** The way between the two may be another one now. */
  reroute() {
    if (this.#peer?.answered) this.#peer.repair()
  }

  close() {
    this.#callOffLate?.()
    this.#drop()
  }

  #drop() {
    this.#callOff()
    this.#peer?.close()
    this.#peer = null
    this.#own.forget()
    this.#heard.forget()
  }

  /** @param {Heights} heights */
  #sayWants(heights) {
    if (this.#peer) this.#options.send({kind: 'wants', generation: this.#peer.generation, heights})
  }

  #watch() {
    this.#callOffLate ??= this.#options.after(LATE, () => this.#turn(true))
  }

  #stands() {
    this.#callOffLate?.()
    this.#callOffLate = null
    if (this.#late) this.#turn(false)
  }

  /** @param {boolean} late */
  #turn(late) {
    this.#late = late
    this.dispatchEvent(new Event('path'))
  }

  /** @param {string} generation */
  #begin(generation) {
    if (this.#peer) this.#retired.add(this.#peer.generation)
    this.#drop()
    const peer = this.#options.connect(generation)
    this.#peer = peer
    peer.addEventListener('state', () => this.#stateOf(peer))
    peer.addEventListener('forged', () => this.#distrust(peer))
    peer.addEventListener('streams', () => this.dispatchEvent(new Event('streams')))
    this.dispatchEvent(new Event('streams'))
    this.#mendIn(CONNECTING)
  }

  /** @param {Peer} peer */
  #distrust(peer) {
    if (peer !== this.#peer) return
    this.#options.send({kind: 'distrust', generation: peer.generation})
    this.#end()
  }

  /** It was not the other end: nothing is looked for any more. */
  #end() {
    this.#forged = true
    this.#stands()
    this.#drop()
    this.dispatchEvent(new Event('streams'))
    this.dispatchEvent(new Event('path'))
  }

  #requestRestart() {
    this.#options.send({kind: 'restart', generation: this.#peer?.generation ?? ''})
    this.#mendIn(CONNECTING)
  }

  /**
   * The follower wants another generation. If the present one is not answered yet, the request
   * has crossed its offer, or comes from somebody who has just arrived and will get it.
   * @param {string} generation
   */
  #restartRequested(generation) {
    if (!this.#options.leader || !this.#peer) return
    const had = generation === this.#peer.generation
    if (had || this.#peer.answered) this.#begin(this.#options.name())
  }

  /** @param {Peer} peer */
  #stateOf(peer) {
    if (peer !== this.#peer) return
    if (peer.state === 'connected') {
      this.#tries = 0
      this.#callOff()
      this.#stands()
      this.#own.stands()
    } else if (peer.state === 'disconnected') {
      this.#watch()
      this.#mendIn(DISCONNECTED)
    } else if (peer.state === 'failed') {
      this.#watch()
      this.#mend()
    }
  }

  /** @param {number} milliseconds */
  #mendIn(milliseconds) {
    this.#callOff()
    const patience = Math.min(LONGEST, milliseconds * 2 ** this.#tries)
    this.#callOff = this.#options.after(patience, () => this.#mend())
  }

  #mend() {
    const again = this.#tries > 0
    this.#tries += 1
    if (this.#peer?.answered && !again) this.#peer.repair()
    else if (!this.#options.leader) return this.#requestRestart()
    else if (again) return this.#begin(this.#options.name())
    else this.#peer?.remind()
    this.#mendIn(CONNECTING)
  }
}
