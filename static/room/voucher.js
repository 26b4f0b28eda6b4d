/**
 * Who one is connected to: each participant signs the fingerprints of their connections, for one addressee
 * in one room, and checks those of the others. So the server, which relays them, cannot stand in between.
 */

import {readKey} from '../proof/key.js'
import {FINGERPRINTS, verifyStatement} from '../proof/statement.js'
import {fingerprintsOf} from '../rtc/fingerprints.js'

/** @import {Vouch} from '../wire/payload.js' */
/** @import {Entry} from './entry.js' */

export class Voucher {
  #room
  #entry

  /** @param {string} room @param {() => Entry | null} entry */
  constructor(room, entry) {
    this.#room = room
    this.#entry = entry
  }

  /** @param {string} addressee @param {string} sdp  one's own @returns {Promise<Vouch>} */
  async sign(addressee, sdp) {
    const entry = this.#entry()
    const fingerprints = fingerprintsOf(sdp)
    if (!entry || !fingerprints) throw new TypeError('nothing to vouch for')
    return entry.vouch(addressee, fingerprints)
  }

  /**
   * Whether `sender` has said to this very participant that these are theirs.
   * @param {string} sender @param {string} sdp @param {Vouch} vouch  untrusted, both
   * @returns {Promise<boolean>}
   */
  async holds(sender, sdp, {statement, key: written}) {
    const key = readKey(written)
    const said = key && (await verifyStatement(statement, key))
    return (
      said?.['type'] === FINGERPRINTS &&
      said['subject'] === sender &&
      said['addressee'] === this.#entry()?.you &&
      said['meeting'] === this.#room &&
      said['fingerprints'] === fingerprintsOf(sdp)
    )
  }
}
