/**
 * Which words are in force, which of them the page shows, and which its person has agreed to.
 */

import {byDigest, outdated} from './notices.js'

/** @import {Ballot} from './ballot.js' */
/** @import {Offering} from '../wire/messages.js' */
/** @import {Facts, Notice} from './notices.js' */

export class Wordings {
  #facts
  /** @type {Map<string, Notice>} all that were shown here, by digest */
  #known
  /** @type {Map<string, Notice>} */
  #agreed
  /** @type {Map<string, Offering>} as the server has told last */
  #offerings = new Map()

  /** @param {Facts} facts @param {ReadonlyMap<string, Notice>} [agreed]  to before, by feature */
  constructor(facts, agreed) {
    this.#facts = facts
    this.#known = new Map(byDigest(facts))
    this.#agreed = new Map(agreed)
  }

  /** What the page shows. @returns {Facts} */
  get facts() {
    return this.#facts
  }

  set facts(facts) {
    this.#facts = facts
    for (const [digest, notice] of byDigest(facts)) this.#known.set(digest, notice)
  }

  /** The words that their person last agreed to, by feature. @returns {ReadonlyMap<string, Notice>} */
  get agreed() {
    return this.#agreed
  }

  /** Features of which other words are in force than the page shows. @returns {ReadonlySet<string>} */
  get stale() {
    return outdated(this.#facts, this.#offerings.values())
  }

  /** @param {Offering} offering */
  hear(offering) {
    this.#offerings.set(offering.feature, offering)
  }

  /** If the server holds a yes, its words are what was agreed to. @param {string} feature @param {Ballot | null} ballot */
  agree(feature, ballot) {
    const notice = this.#known.get(ballot?.granted(feature) ?? '')
    if (notice) this.#agreed.set(feature, notice)
  }
}
