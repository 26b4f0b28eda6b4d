/**
 * One's own choices as signed statements, from the press of the button to the server's word.
 *
 * Rule 1: the newest choice counts; an older one whose signature is ready late is thrown away.
 * Rule 2: statements live in this page only: after a reload there are none, and people are
 * asked again (fair-consent C10).
 * Rule 3: a choice that the server has not confirmed is sent again, a no before anything else.
 */

/** @import {Answer, Decide, Decision, Held} from './messages.js' */
/** @import {Identity} from './identity.js' */
/** @import {Facts} from './notices.js' */

/**
 * @typedef {object} Paper
 * @property {Decision} decision
 * @property {Answer | null} answer  null until it is signed
 * @property {boolean} presented  with a `join` or a `resume` that is not answered yet
 * @property {boolean} settled  as the server holds it
 */

export class Ballot {
  #identity
  /** @type {Map<string, Paper>} by feature */
  #papers = new Map()

  /** @param {Identity} identity */
  constructor(identity) {
    this.#identity = identity
  }

  /**
   * Sign a choice. Null if a newer one has overtaken it.
   * @param {string} feature @param {Decision} decision
   * @param {{notice: string, language: string, at: string}} shown
   * @returns {Promise<Decide | null>}
   */
  async choose(feature, decision, shown) {
    /** @type {Paper} */
    const paper = {answer: null, decision, presented: false, settled: false}
    this.#papers.set(feature, paper)
    const statement = await this.#identity.decide({feature, decision, ...shown})
    if (this.#papers.get(feature) !== paper) return null
    paper.answer = {feature, decision, statement}
    return {type: 'decide', ...paper.answer}
  }

  /** The server has said what holds. @param {string} feature @param {Decision} decision */
  confirm(feature, decision) {
    const paper = this.#papers.get(feature)
    if (paper?.decision === decision) paper.settled = true
    else if (paper?.settled) this.#papers.delete(feature)
  }

  /** A yes was refused, or holds no longer. @param {string} feature */
  refuse(feature) {
    if (this.#papers.get(feature)?.decision === 'granted') this.#papers.delete(feature)
  }

  /** What the server held of it holds no longer; what it has not heard yet is newer. @param {string} feature */
  lapse(feature) {
    if (this.#papers.get(feature)?.settled) this.#papers.delete(feature)
  }

  /** Of what the server has not confirmed. @param {string} [only]  this feature */
  refuseUnsettled(only) {
    for (const [feature, {settled}] of [...this.#papers])
      if (!settled && feature === (only ?? feature)) this.refuse(feature)
  }

  /**
   * To join with: from the lobby every choice, later the grants alone.
   * @param {boolean} lobby
   */
  present(lobby) {
    const answers = this.#signed().filter(({decision}) => lobby || decision === 'granted')
    for (const [feature, paper] of this.#papers)
      paper.presented = answers.some(answer => answer.feature === feature)
    return answers
  }

  /** To be sent with `resume`, not after it: every no that may not have been heard. */
  presentRefusals() {
    const refusals = this.#unsettled().filter(({decision}) => decision === 'declined')
    for (const [feature, paper] of this.#papers)
      paper.presented = refusals.some(refusal => refusal.feature === feature)
    return refusals
  }

  /**
   * Compare with what the server holds; return what it has still to hear.
   * @param {readonly Held[]} held
   */
  reconcile(held) {
    const server = new Map(held.map(({feature, decision}) => [feature, decision]))
    for (const [feature, paper] of this.#papers) {
      const {decision, presented, settled} = paper
      const same = server.get(feature) === decision
      paper.presented = false
      paper.settled = same || (decision === 'declined' && (presented || !server.has(feature)))
      // A yes that the server has heard and does not hold was refused: it is not said again.
      if (!same && decision === 'granted' && (presented || settled)) this.#papers.delete(feature)
    }
    return this.#unsettled()
  }

  /** @returns {Decide[]} */
  #unsettled() {
    return this.#signed()
      .filter(({feature}) => !this.#papers.get(feature)?.settled)
      .map(answer => ({type: 'decide', ...answer}))
  }

  /** @returns {Answer[]} */
  #signed() {
    return [...this.#papers.values()].flatMap(({answer}) => answer ?? [])
  }
}

/**
 * What a statement says of the wording that it is about.
 * @param {Facts} facts @param {string} feature @param {string} language @param {string} at
 */
export function shown(facts, feature, language, at) {
  const notice = facts.features.find(({id}) => id === feature)?.notices[language]
  if (!notice) throw new TypeError(`no notice of ${feature} in ${language}`)
  return {notice: notice.digest, language, at}
}
