/**
 * The links to everybody else in the room, as the roster has them.
 *
 * Rule 1: a link exists exactly while its participant is on the roster.
 * Rule 2: a payload of somebody without a link is dropped; that they are there is not forgotten.
 * Rule 3: a browser that makes no calls has no links.
 */

import {shares} from './allotment.js'
import {NO_ICE} from './ice.js'
import {PeerLink} from './peer-link.js'
import {Peer} from './peer.js'
import {NO_TRACKS} from './sending.js'
import {canCall} from '../browser/able.js'
import {readPayload, writePayload} from '../wire/payload.js'
import {after as realAfter} from '../wire/timer.js'

/** @import {Person, Source} from '../wire/messages.js' */
/** @import {Heights, Payload, Vouch} from '../wire/payload.js' */
/** @import {Share} from './allotment.js' */
/** @import {Report} from './report.js' */
/** @import {Tracks} from './sending.js' */
/** @import {Delay} from '../wire/timer.js' */

/** One is enough to end every tap. */
const MOST_UNLISTED = 16

/** @typedef {{camera: MediaStream | null, screen: MediaStream | null}} PersonStreams */

/**
 * @typedef {object} Voucher  for whose a connection is
 * @property {(to: string, sdp: string) => Promise<Vouch>} sign
 * @property {(from: string, sdp: string, vouch: Vouch) => Promise<boolean>} holds
 */
/**
 * @typedef {object} MeshOptions
 * @property {(to: string, payload: string) => void} send
 * @property {Voucher} voucher
 * @property {Delay} [after]
 */

/** Fires `streams` when somebody's streams are other ones, and `paths` for `unreached` and `forged`. */
export class Mesh extends EventTarget {
  #configuration = NO_ICE
  #send
  #after
  #voucher
  #you = ''
  /** @type {Tracks} */
  #tracks = NO_TRACKS
  /** @type {Map<string, PeerLink>} */
  #links = new Map()
  /** @type {Map<string, Person>} */
  #people = new Map()
  /** @type {ReadonlyMap<string, Heights>} */
  #wants = new Map()
  /** @type {Set<string>} who has spoken to us, and whom the server has not told of */
  #unlisted = new Set()

  /** @param {MeshOptions} options */
  constructor({send, voucher, after = realAfter}) {
    super()
    this.#send = send
    this.#voucher = voucher
    this.#after = after
  }

  /** By participant: the camera's stream carries the microphone too, and a screen's its sound; null while there is none. */
  get streams() {
    /** @type {Map<string, PersonStreams>} */
    const streams = new Map()
    for (const [id, {peer}] of this.#links) {
      const showing = this.#people.get(id)?.media.screen
      const {camera = null, screen = null} = peer?.answered ? peer.streams : {}
      streams.set(id, {camera, screen: showing ? screen : null})
    }
    return streams
  }

  /** Who is connected to here, or signals to here without being on the roster. @returns {ReadonlySet<string>} */
  get connected() {
    return new Set([...this.#links.keys(), ...this.#unlisted])
  }

  /** To whom there has been no way for a while. @returns {string[]} */
  get unreached() {
    return [...this.#links].filter(([, link]) => link.late).map(([id]) => id)
  }

  /** Whose connection was not theirs, and is ended. @returns {string[]} */
  get forged() {
    return [...this.#links].filter(([, link]) => link.forged).map(([id]) => id)
  }

  /**
   * The roster, on getting a seat (again).
   * @param {string} you @param {readonly Person[]} people
   */
  seat(you, people) {
    this.#you = you
    this.#unlisted.clear()
    const there = new Set(people.map(({id}) => id))
    for (const id of this.#links.keys()) if (!there.has(id)) this.leave(id)
    for (const person of people) this.meet(person)
  }

  /** Somebody has come, come back or changed. @param {Person} person */
  meet(person) {
    if (person.id === this.#you) return
    const before = this.#people.get(person.id)
    this.#unlisted.delete(person.id)
    this.#people.set(person.id, person)
    const link = this.#links.get(person.id)
    if (!link && person.present) this.#open(person.id)
    else if (link && person.present && before?.present !== true) link.refresh()
    if (before?.media.screen !== person.media.screen) this.#streamsChanged()
  }

  /** @param {string} id */
  leave(id) {
    this.#people.delete(id)
    this.#unlisted.delete(id)
    this.#links.get(id)?.close()
    if (this.#links.delete(id)) this.#share()
    this.#streamsChanged()
    this.#pathsChanged()
  }

  /** Our own signaling is back: the others may have said something in vain, and so may we. */
  refresh() {
    for (const link of this.#links.values()) link.refresh()
  }

  /** Our network has changed. */
  reroute() {
    for (const link of this.#links.values()) link.reroute()
  }

  /** @param {string} sender @param {string} written  untrusted */
  receive(sender, written) {
    const link = this.#links.get(sender)
    const payload = link && readPayload(written)
    if (!this.#people.has(sender) && this.#unlisted.size < MOST_UNLISTED) this.#unlisted.add(sender)
    if (payload) link.receive(payload)
    else console.debug('signal passed over', sender)
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  replace(source, track) {
    this.#tracks = {...this.#tracks, [source]: track}
    for (const {peer} of this.#links.values()) peer?.replace(source, track)
    this.#share() // another camera may have another size
  }

  /** How large one can use the others' pictures, by participant; who is not named is wanted as large as there is. @param {ReadonlyMap<string, Heights>} wants */
  want(wants) {
    this.#wants = wants
    for (const [id, link] of this.#links) link.want(wants.get(id) ?? {})
  }

  /** How it goes on the ways to the others, by participant. @returns {Promise<ReadonlyMap<string, Report>>} */
  async reports() {
    const links = [...this.#links]
    const reports = await Promise.all(links.map(([, {peer}]) => peer?.report().catch(() => null)))
    return new Map(links.flatMap(([id], index) => (reports[index] ? [[id, reports[index]]] : [])))
  }

  /** How links find their way, from now on. @param {RTCConfiguration} configuration */
  configure(configuration) {
    this.#configuration = configuration
    for (const {peer} of this.#links.values()) peer?.configure(configuration)
  }

  close() {
    for (const id of [...this.#links.keys()]) this.leave(id)
  }

  /** @param {string} id */
  #open(id) {
    if (!canCall()) return
    const leader = this.#you > id
    /** @param {Payload} payload */
    const send = payload => this.#send(id, writePayload(payload))
    const after = this.#after
    /** @param {string} generation */
    const connect = generation => this.#connect(id, generation, leader, send)
    const link = new PeerLink({leader, connect, send, after, name: () => crypto.randomUUID()})
    this.#links.set(id, link)
    link.addEventListener('streams', () => this.#streamsChanged())
    link.addEventListener('path', () => this.#pathsChanged())
    link.addEventListener('wants', () => this.#share())
    link.want(this.#wants.get(id) ?? {})
    this.#share()
    this.#streamsChanged()
  }

  /** @param {string} id @param {string} generation @param {boolean} leader @param {(payload: Payload) => void} send */
  #connect(id, generation, leader, send) {
    const voucher = this.#voucher
    return new Peer({
      sign: sdp => voucher.sign(id, sdp),
      holds: (sdp, vouch) => voucher.holds(id, sdp, vouch),
      generation,
      leader,
      configuration: this.#configuration,
      tracks: this.#tracks,
      share: this.#shareFor(id),
      send,
      after: this.#after,
    })
  }

  #share() {
    const links = [...this.#links.values()]
    if (links.length === 0) return
    const found = shares(
      this.#tracks,
      links.map(({wanted}) => wanted),
    )
    for (const [index, {peer}] of links.entries()) if (found[index]) peer?.share(found[index])
  }

  /** What somebody gets to begin with. @param {string} id @returns {Share} */
  #shareFor(id) {
    const others = [...this.#links].filter(([each]) => each !== id).map(([, {wanted}]) => wanted)
    const [share] = shares(this.#tracks, [{}, ...others])
    if (!share) throw new TypeError('nobody to share with')
    return share
  }

  #streamsChanged() {
    this.dispatchEvent(new Event('streams'))
  }

  #pathsChanged() {
    this.dispatchEvent(new Event('paths'))
  }
}
