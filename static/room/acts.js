/**
 * What a person does in the room beside answering and being seen.
 *
 * Rule: what the server takes its time to do is asked of it once.
 */

import {step} from './task.js'
import {Underway} from './underway.js'

/** @import {Admit, ClientMessage, Door, Fault, ReactionWord, Remove, ServerMessage, TurnAway} from '../wire/messages.js' */
/** @import {OwnEvent} from './reduce.js' */
/** @import {Task} from './task.js' */
/** @import {Lasting} from './underway.js' */
/** @import {View} from './view.js' */

/**
 * @typedef {object} Place  where it is done
 * @property {() => View} view
 * @property {(event: OwnEvent) => void} apply
 * @property {(message: ClientMessage) => boolean} send  false if it could not go out now
 */

export class Acts {
  #place
  #underway = new Underway()

  /** @param {Place} place */
  constructor(place) {
    this.#place = place
  }

  /** @param {string} feature */
  request(feature) {
    this.#once({type: 'request', feature})
  }

  /** @param {string} feature */
  cancel(feature) {
    const {view, apply, send} = this.#place
    apply({type: 'cancelled', feature})
    if (view().signs[feature]?.on) this.#once({type: 'cancel', feature})
    else send({type: 'cancel', feature})
  }

  /** Stop and erase my part. @param {string} feature */
  erase(feature) {
    if (this.#once({type: 'erase', feature}))
      this.#place.apply({type: 'erasing', feature, wanted: true})
  }

  /** Stop from now: closes the question, and tells nobody. @param {string} feature */
  keep(feature) {
    this.#place.apply({type: 'kept', feature})
  }

  /** @param {string} text */
  chat(text) {
    this.#place.apply({type: 'wrote', text})
    this.#place.send({type: 'chat', text, late: false})
  }

  /** The chat is in view: nothing is unread. */
  readChat() {
    this.#place.apply({type: 'chat-read'})
  }

  /** @param {boolean} raised */
  hand(raised) {
    this.#place.apply({type: 'raising', raised})
    this.#place.send({type: 'hand', raised})
  }

  /** @param {ReactionWord} reaction */
  react(reaction) {
    this.#place.send({type: 'react', reaction})
  }

  /** Ask something of the assistant. @param {Task} task */
  assist(task) {
    const {view, apply, send} = this.#place
    const next = step(view(), task, crypto.randomUUID())
    if (next === null) return
    apply(next.event)
    if (next.message) send(next.message)
  }

  /** Let in who knocks, or do not. @param {string} participant @param {boolean} letIn */
  answerKnock(participant, letIn) {
    this.#about({type: letIn ? 'admit' : 'turn-away', participant})
  }

  /** @param {string} participant */
  remove(participant) {
    this.#about({type: 'remove', participant})
  }

  /** Who may come in from now on. @param {Door} door */
  setDoor({locked, knock}) {
    if (this.#place.view().phase === 'open') this.#once({type: 'set-door', locked, knock})
  }

  /** Have a new host link made: the old one stops. */
  renewHost() {
    if (this.#place.view().phase === 'open') this.#once({type: 'renew-host'})
  }

  /** End the meeting for everybody. */
  end() {
    this.#once({type: 'end'})
  }

  /** @param {ServerMessage} message */
  receive(message) {
    this.#underway.receive(message)
    if (message.type === 'fault' && message.about === 'erase') this.#eraseRefused(message)
  }

  /** The connection is lost. */
  lose() {
    this.#underway.lose()
  }

  /** @param {Fault} fault  without a feature: of any */
  #eraseRefused({feature: only}) {
    const {view, apply} = this.#place
    for (const {feature} of view().ends.filter(end => end.feature === (only ?? end.feature)))
      apply({type: 'erasing', feature, wanted: false})
  }

  /**
   * Of two acts about one person the first one counts; none is kept for later, when others may wait.
   * @param {Admit | TurnAway | Remove} message
   */
  #about(message) {
    const {view, apply, send} = this.#place
    const {phase, handled} = view()
    if (phase !== 'open' || handled.includes(message.participant)) return
    apply({type: 'handling', participant: message.participant})
    send(message)
  }

  /** @param {Lasting} message @returns {boolean} false: it is on its way already */
  #once(message) {
    if (!this.#underway.begin(message)) return false
    this.#underway.sent(message, this.#place.send(message))
    return true
  }
}
