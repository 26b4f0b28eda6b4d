/** Words that have changed while one is in a room are fetched, and signed for once they are shown. */
import {fetchFacts} from './api.js'
import {noticesIn} from '../room/notices.js'

/** @import {Facts} from '../room/notices.js' */
/** @import {Session} from '../room/session.js' */

export class Renewal {
  #place
  #signal
  #renewed
  #underway = false

  /**
   * @param {{room: string, session: Session, language: string}} place @param {AbortSignal} signal
   * @param {(before: Facts, named: boolean) => void} renewed  the session has the words in force;
   *   `named`: features are called otherwise, too
   */
  constructor(place, signal, renewed) {
    this.#place = place
    this.#signal = signal
    this.#renewed = renewed
    place.session.addEventListener('notices-outdated', () => this.#renew(), {signal})
  }

  /** Whether there are words that could not be fetched when they changed. */
  look() {
    if (this.#place.session.view.stale.size > 0) void this.#renew()
  }

  async #renew() {
    if (this.#underway) return
    this.#underway = true
    const {room, session, language} = this.#place
    const answer = await fetchFacts(room)
    this.#underway = false
    if (!('facts' in answer) || this.#signal.aborted) return
    const before = session.facts
    session.facts = answer.facts
    this.#renewed(before, namesIn(before, language) !== namesIn(answer.facts, language))
  }
}

/** What features are called, all over the room. @param {Facts} facts @param {string} language */
const namesIn = (facts, language) =>
  noticesIn(facts, language)
    .map(({name, object}) => `${name}\n${object}`)
    .join('\n')
