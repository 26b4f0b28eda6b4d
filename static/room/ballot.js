/**
 * One's own choices as signed statements, from the press of the button to the server's word.
 *
 * Rule 1: the newest choice counts; an older one whose signature is ready late is thrown away.
 * Rule 2: statements live in this page only: after a reload there are none, and people are
 * asked again (fair-consent C10).
 * Rule 3: a statement is signed for one life of the room. In another (the server was started again)
 * what its person still allows is signed again, for the wording that they saw.
 * Rule 4: a choice that the server has not confirmed is sent again, a no before anything else.
 */

/** @import {Answer, Decide, Decision, Fault, Held} from '../wire/messages.js' */
/** @import {Identity} from './identity.js' */
/** @import {Facts} from './notices.js' */

/** @typedef {{notice: string, language: string}} Shown */
/**
 * @typedef {object} SignedChoice
 * @property {Decision} decision
 * @property {Shown} shown
 * @property {Answer | null} answer  null until it is signed
 * @property {boolean} presented  with a `join` or a `resume` that is not answered yet
 * @property {boolean} settled  as the server holds it
 */

export class Ballot {
  #identity
  /** @type {string | null} of the room; null until the server has said it */
  #life = null
  /** @type {Map<string, SignedChoice>} by feature */
  #choices = new Map()
  /** @type {Map<string, Set<string>>} by feature: every yes that was signed here in this life and has not lapsed */
  #yeses = new Map()

  /** @param {Identity} identity */
  constructor(identity) {
    this.#identity = identity
  }

  /**
   * Sign a choice. Null if a newer one has overtaken it, or if it is signed on joining.
   * @param {string} feature @param {Decision} decision
   * @param {Shown} shown
   * @returns {Promise<Decide | null>}
   */
  async choose(feature, decision, shown) {
    /** @type {SignedChoice} */
    const choice = {answer: null, decision, presented: false, settled: false, shown}
    this.#choices.set(feature, choice)
    return this.#sign(feature, choice)
  }

  /** The life of the room that statements are signed for. */
  get life() {
    return this.#life
  }

  /** Whether this page has signed this yes. @param {string} feature @param {string} statement */
  hasSigned(feature, statement) {
    return this.#yeses.get(feature)?.has(statement) ?? false
  }

  /** Have every choice signed for this life of the room. @param {string} life */
  async live(life) {
    if (life === this.#life) return
    this.#life = life
    this.#yeses.clear()
    await Promise.all([...this.#choices].map(([feature, choice]) => this.#sign(feature, choice)))
  }

  /** The server has said what holds. @param {string} feature @param {Decision} decision */
  confirm(feature, decision) {
    const choice = this.#choices.get(feature)
    if (choice?.decision === decision) choice.settled = true
    else if (choice?.settled) this.#choices.delete(feature)
  }

  /** A yes was refused, or holds no longer. @param {string} feature */
  refuse(feature) {
    if (this.#choices.get(feature)?.decision === 'granted') this.#choices.delete(feature)
  }

  /** The server has refused something. @param {Fault} fault */
  refused({code, about, feature}) {
    if (code === 'notice-outdated') {
      if (feature) this.refuse(feature)
    } else if (about === 'decide' || (about === 'join' && feature))
      this.refuseUnsettled(feature ?? undefined)
  }

  /** What the server held of it holds no longer; what it has not heard yet is newer. @param {string} feature */
  lapse(feature) {
    if (this.#choices.get(feature)?.settled) this.#choices.delete(feature)
    const {decision, answer} = this.#choices.get(feature) ?? {}
    const newer = decision === 'granted' && answer ? [answer.statement] : []
    this.#yeses.set(feature, new Set(newer))
  }

  /**
   * Other words are in force: whether a yes was to words that are not.
   * @param {string} feature @param {readonly string[]} notices digests in force
   */
  reword(feature, notices) {
    const choice = this.#choices.get(feature)
    if (choice?.decision !== 'granted' || notices.includes(choice.shown.notice)) return false
    return this.#choices.delete(feature)
  }

  /** The wording of the yes that the server holds, as its digest. @param {string} feature @returns {string | null} */
  granted(feature) {
    const choice = this.#choices.get(feature)
    return choice?.decision === 'granted' && choice.settled ? choice.shown.notice : null
  }

  /** Of what the server has not confirmed. @param {string} [only]  this feature */
  refuseUnsettled(only) {
    for (const [feature, {settled}] of [...this.#choices])
      if (!settled && feature === (only ?? feature)) this.refuse(feature)
  }

  /**
   * To join with: from the lobby every choice, later the grants alone.
   * @param {boolean} lobby
   */
  present(lobby) {
    const answers = this.#signed().filter(({decision}) => lobby || decision === 'granted')
    for (const [feature, choice] of this.#choices)
      choice.presented = answers.some(answer => answer.feature === feature)
    return answers
  }

  /** To be sent with `resume`, not after it: every no that may not have been heard. */
  presentRefusals() {
    const refusals = this.#unsettled().filter(({decision}) => decision === 'declined')
    for (const [feature, choice] of this.#choices)
      choice.presented = refusals.some(refusal => refusal.feature === feature)
    return refusals
  }

  /**
   * Compare with what the server holds; return what it has still to hear.
   * @param {readonly Held[]} held
   */
  reconcile(held) {
    const server = new Map(held.map(({feature, decision}) => [feature, decision]))
    for (const [feature, choice] of this.#choices) {
      const {decision, presented, settled} = choice
      const same = server.get(feature) === decision
      choice.presented = false
      // Of a no that was never heard the server may have older grants on record: it is said.
      const heard = presented || (settled && !server.has(feature))
      choice.settled = same || (decision === 'declined' && heard)
      // A yes that the server has heard and does not hold was refused: it is not said again.
      if (!same && decision === 'granted' && (presented || settled)) this.#choices.delete(feature)
    }
    return this.#unsettled()
  }

  /** @param {string} feature @param {SignedChoice} choice @returns {Promise<Decide | null>} */
  async #sign(feature, choice) {
    const life = this.#life
    if (life === null) return null
    const {decision, shown} = choice
    const statement = await this.#identity.decide({feature, decision, life, ...shown})
    if (this.#choices.get(feature) !== choice || life !== this.#life) return null
    if (decision === 'granted')
      this.#yeses.set(feature, new Set([...(this.#yeses.get(feature) ?? []), statement]))
    choice.answer = {feature, decision, statement}
    return {type: 'decide', ...choice.answer}
  }

  /** @returns {Decide[]} */
  #unsettled() {
    return this.#signed()
      .filter(({feature}) => !this.#choices.get(feature)?.settled)
      .map(answer => ({type: 'decide', ...answer}))
  }

  /** @returns {Answer[]} */
  #signed() {
    return [...this.#choices.values()].flatMap(({answer}) => answer ?? [])
  }
}

/**
 * What a statement says of the wording that it is about.
 * @param {Facts} facts @param {string} feature @param {string} language
 */
export function shown(facts, feature, language) {
  const notice = facts.features.find(({id}) => id === feature)?.notices[language]
  if (!notice) throw new TypeError(`no notice of ${feature} in ${language}`)
  return {notice: notice.digest, language}
}
