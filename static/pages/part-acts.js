/**
 * What a person does with their own part of what was kept: have it erased, have nothing new made
 * of it, have the film made.
 *
 * Rule: what is on its way is not sent again.
 */
import {ALL, erasing, ownParts, stopping, waiting} from '../kept/kept.js'

/** @import {Act} from '../elements/kept/after-page.js' */
/** @import {Kept} from '../kept/kept.js' */

/**
 * @typedef {object} PartServer what the server is asked for; each says whether it has taken it on
 * @property {(feature: string) => Promise<boolean>} erase
 * @property {() => Promise<boolean>} eraseAll
 * @property {(feature: string, stopped: boolean) => Promise<boolean>} stop
 * @property {(feature: string) => Promise<boolean>} makeFilm
 * @property {(feature: string) => Promise<boolean>} stopFilm
 */

/**
 * @typedef {object} Shown the page that shows what comes of it
 * @property {() => void} draw what is pressed, or came of it, is another
 * @property {(change: (kept: Kept) => Kept) => Promise<void>} took  the server has taken it on: so
 *   it will be, and that is shown until it is
 */

export class PartActs {
  #server
  #shown
  /** @type {Map<string, Act>} by feature */
  acts = new Map()
  /** @type {Set<string>} features whose film was asked about, without an answer yet */
  #filming = new Set()

  /** @param {PartServer} server @param {Shown} shown */
  constructor(server, shown) {
    this.#server = server
    this.#shown = shown
  }

  /** @param {string} feature */
  async erase(feature) {
    if (!this.#begins(feature)) return
    const taken = await this.#server.erase(feature)
    await this.#answered(feature, taken ? null : 'erase-failed', kept => erasing(kept, feature))
  }

  async eraseAll() {
    if (!this.#begins(ALL)) return
    const taken = await this.#server.eraseAll()
    await this.#answered(ALL, taken ? null : 'erase-failed', kept =>
      ownParts(kept)
        .filter(each => each.your_part === 'kept')
        .reduce((all, {id}) => erasing(all, id), kept),
    )
  }

  /** Make nothing new of it, or do again. @param {string} feature @param {boolean} stopped */
  async stop(feature, stopped) {
    if (!this.#begins(feature)) return
    const taken = await this.#server.stop(feature, stopped)
    await this.#answered(feature, taken ? null : 'stop-failed', kept =>
      stopping(kept, feature, stopped),
    )
  }

  /** @param {string} feature */
  async makeFilm(feature) {
    const taken = await this.#once(feature, this.#server.makeFilm)
    if (taken === null) return
    await this.#answered(feature, taken ? null : 'film-failed', kept => waiting(kept, feature))
  }

  /** @param {string} feature */
  async stopFilm(feature) {
    const taken = await this.#once(feature, this.#server.stopFilm)
    if (taken === null) return
    await this.#answered(feature, taken ? null : 'film-failed', kept => kept)
  }

  /** Whether it is not on its way already. @param {string} feature */
  #begins(feature) {
    if (this.acts.get(feature) === 'sending') return false
    this.acts.set(feature, 'sending')
    this.#shown.draw()
    return true
  }

  /**
   * Ask for something about the film, unless an earlier press is still on its way.
   * @param {string} feature @param {(feature: string) => Promise<boolean>} send
   */
  async #once(feature, send) {
    if (this.#filming.has(feature)) return null
    this.#filming.add(feature)
    this.acts.delete(feature)
    try {
      return await send(feature)
    } finally {
      this.#filming.delete(feature)
    }
  }

  /** @param {string} feature @param {Act | null} fault @param {(kept: Kept) => Kept} change */
  async #answered(feature, fault, change) {
    if (fault === null) {
      this.acts.delete(feature)
      await this.#shown.took(change)
    } else {
      this.acts.set(feature, fault)
      this.#shown.draw()
    }
  }
}
