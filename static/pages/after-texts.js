/**
 * The words of a meeting, for the page afterwards: transcript and summary, each fetched again
 * only when the server names another version of it.
 */
/** @import {Kept} from '../kept/kept.js' */
/** @import {Summary} from '../wire/summary.js' */
/** @import {Script} from '../kept/transcript.js' */

/**
 * @typedef {object} Reads null: not just now
 * @property {(url: string, signal: AbortSignal) => Promise<Script | null>} script
 * @property {(url: string, signal: AbortSignal) => Promise<Summary | null>} summary
 */

export class AfterTexts {
  #read
  /** @type {Script | null} */
  #script = null
  #scriptVersion = ''
  /** @type {Summary | null} */
  #summary = null
  #summaryVersion = ''
  #lost = false

  /** @param {Reads} read */
  constructor(read) {
    this.#read = read
  }

  /** As far as they are here. */
  get known() {
    return {script: this.#script, summary: this.#summary, lost: this.#lost}
  }

  /** Whether everything is here that there is. @param {Kept} kept @param {AbortSignal} signal */
  async follow(kept, signal) {
    const all = await Promise.all([
      this.#followScript(kept, signal),
      this.#followSummary(kept, signal),
    ])
    if (!signal.aborted) this.#lost = all.includes(false)
    return !this.#lost
  }

  /** @param {Kept} kept @param {AbortSignal} signal @returns {Promise<boolean>} */
  async #followScript({transcript}, signal) {
    if (!transcript) {
      this.#script = null
      this.#scriptVersion = ''
      return true
    }
    const {version, url} = transcript
    if (version === this.#scriptVersion && this.#script !== null) return true
    const script = await this.#read.script(url, signal)
    if (script === null || signal.aborted) return false
    this.#script = script
    this.#scriptVersion = version
    return true
  }

  /** @param {Kept} kept @param {AbortSignal} signal @returns {Promise<boolean>} */
  async #followSummary({summary: kept}, signal) {
    if (!kept || kept.url === null) {
      this.#summary = null
      this.#summaryVersion = ''
      return true
    }
    const {version, url} = kept
    if (version === this.#summaryVersion && this.#summary !== null) return true
    const summary = await this.#read.summary(url, signal)
    if (summary === null || signal.aborted) return false
    this.#summary = summary
    this.#summaryVersion = version
    return true
  }
}
