/**
 * What was asked of the server and is not done yet: each of it is asked once.
 *
 * Rule: whatever ends the waiting ends it: the answer, a refusal, or a lost connection, after
 * which nobody knows whether it was heard.
 */

/** @import {ServerMessage, SetDoor} from '../wire/messages.js' */
/**
 * @typedef {{type: 'request' | 'cancel' | 'erase', feature: string} | SetDoor | {type: 'renew-host'} | {type: 'end'}} Lasting
 */

export class Underway {
  /** @type {Map<string, boolean>} whether it has gone out */
  #acts = new Map()

  /** @param {Lasting} act @returns {boolean} false: it is on its way already */
  begin(act) {
    if (this.#acts.has(key(act))) return false
    this.#acts.set(key(act), false)
    return true
  }

  /** @param {Lasting} act @param {boolean} out  false: it is kept until there is a connection */
  sent(act, out) {
    this.#acts.set(key(act), out)
  }

  /** @param {ServerMessage} message */
  receive(message) {
    switch (message.type) {
      case 'welcome':
        // What was kept goes out now.
        for (const act of this.#acts.keys()) this.#acts.set(act, true)
        return
      case 'requested':
        this.#acts.delete(`request ${message.feature}`)
        return
      case 'sign':
        this.#acts.delete(`cancel ${message.feature}`)
        return
      case 'erased':
        this.#acts.delete(`erase ${message.feature}`)
        return
      case 'door':
        this.#acts.delete('set-door')
        return
      case 'host-link':
        this.#acts.delete('renew-host')
        return
      case 'fault':
        this.#refused(message.about ?? '', message.feature ?? null)
    }
  }

  lose() {
    for (const [act, out] of [...this.#acts]) if (out) this.#acts.delete(act)
  }

  /** @param {string} about @param {string | null} feature  null: of any */
  #refused(about, feature) {
    for (const act of [...this.#acts.keys()])
      if (act.split(' ')[0] === about && (feature === null || act === `${about} ${feature}`))
        this.#acts.delete(act)
  }
}

/** @param {Lasting} act */
const key = act => ('feature' in act ? `${act.type} ${act.feature}` : act.type)
