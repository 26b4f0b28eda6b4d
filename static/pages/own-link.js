/** A new link to the page afterwards, in place of one's own: asked for, kept here, and only then used. */
import {newLink, signIn} from './after-api.js'
import {forgetHost, hostSecret} from './host.js'
import {keepLink} from './papers.js'
import {afterPath} from '../kept/after-link.js'

/** @import {OwnLinkState} from '../elements/kept/own-link.js' */

/**
 * As the host, if this browser has a host link that is good still.
 * @param {string} room @param {string} capability
 */
export async function signInHere(room, capability) {
  const host = hostSecret(room)
  const entry = await signIn(room, capability, host)
  if (entry !== 'wrong' || host === null) return entry
  const without = await signIn(room, capability, null)
  if (without === 'in') forgetHost(room)
  return without
}

export class OwnLinkActs {
  #room
  #changed
  /** @type {string | null} a new link that may not have been used yet */
  #fresh = null
  /** @type {OwnLinkState} */
  state = {state: 'idle', url: ''}

  /** @param {string} room @param {() => void} changed */
  constructor(room, changed) {
    this.#room = room
    this.#changed = changed
  }

  /** The older ones stop with the first use of the new one. */
  async make() {
    if (this.state.state === 'sending') return
    this.#is({...this.state, state: 'sending'})
    const link = (this.#fresh ??= await newLink(this.#room))
    if (link === null || !(await this.#use(link))) return this.#is({...this.state, state: 'failed'})
    this.#fresh = null
    this.#is({state: 'made', url: location.origin + afterPath(this.#room, link)})
  }

  /** @param {string} link */
  async #use(link) {
    await keepLink(this.#room, link)
    return (await signInHere(this.#room, link)) === 'in'
  }

  /** @param {OwnLinkState} state */
  #is(state) {
    this.state = state
    this.#changed()
  }
}
