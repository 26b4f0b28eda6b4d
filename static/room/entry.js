/** How one comes in: the name, the host's secret, and a key with the choices that it has signed. */

import {Ballot} from './ballot.js'
import {Identity} from './identity.js'

/** @import {Decision, Join, Media} from '../wire/messages.js' */
/** @import {Vouch} from '../wire/payload.js' */
/** @import {KeyStore} from '../browser/store.js' */
/** @typedef {{name: string, language: string, host: string | null, entry: string | null, after: string | null}} Person  `host`, `entry`, `after`: the capabilities */
/**
 * @typedef {object} Arrival
 * @property {string} name
 * @property {string | null} host  the host capability
 * @property {string | null} [entry]  the token by which a service has sent them
 * @property {string | null} [after]  the capability of who was here before
 * @property {ReadonlyMap<string, Decision>} choices
 * @property {{microphone: MediaStreamTrack | null, camera: MediaStreamTrack | null}} tracks
 */

export class Entry {
  #identity
  #person
  ballot

  /** @param {Identity} identity @param {Person} person */
  constructor(identity, person) {
    this.#identity = identity
    this.#person = person
    this.ballot = new Ballot(identity)
  }

  /** @param {string} room @param {KeyStore} store @param {Person} person @returns {Promise<Entry | null>} null where this browser can make no key */
  static async into(room, store, person) {
    try {
      return new Entry(await Identity.in(room, store), person)
    } catch (refusal) {
      console.debug('no identity', refusal)
      return null
    }
  }

  /** One was let in: whoever was here need not knock again. @param {string} after */
  remember(after) {
    this.#person = {...this.#person, after}
  }

  /** The host capability is another one, or no longer one's own. @param {string | null} host */
  hosts(host) {
    this.#person = {...this.#person, host}
  }

  /** One's own id. */
  get you() {
    return this.#identity.id
  }

  /** @param {string} addressee @param {string} fingerprints  of one's connection to them @returns {Promise<Vouch>} */
  async vouch(addressee, fingerprints) {
    const {key} = this.#identity
    return {statement: await this.#identity.vouch(addressee, fingerprints), key}
  }

  /**
   * What is said to be let in.
   * @param {string} challenge @param {string} life of the room
   * @param {{lobby: () => boolean, media: () => Media}} place  as it is by then; `lobby`: whether one comes from there
   * @returns {Promise<Join>}
   */
  async join(challenge, life, {lobby, media}) {
    const {name, language, host, entry, after} = this.#person
    const proof = await this.#identity.prove(challenge)
    await this.ballot.live(life)
    const answers = this.ballot.present(lobby())
    const key = this.#identity.key
    const sent = entry === null ? {} : {entry}
    return {type: 'join', name, language, key, proof, host, ...sent, after, answers, media: media()}
  }
}
