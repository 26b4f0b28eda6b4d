/** A room whose people see and hear each other somewhere else: here they are asked. */
import {wireActs} from './acts.js'
import {Renewal} from './renewal.js'
import {turnTo} from '../elements/common/dom.js'
import {DismissEvent, on} from '../elements/common/events.js'
import {GateRoom} from '../elements/room/gate-room.js'
import {inRoom} from '../i18n/elsewhere.js'
import {words} from '../i18n/words.js'
import {changesOf, noticesIn} from '../room/notices.js'
import {isOver} from '../room/view.js'

/** @import {Facts} from '../room/notices.js' */
/** @import {Seat} from './lobby.js' */
/** @typedef {Seat & {room: string}} Attendance */

/** Words that could not be fetched when they changed are asked for again this often, in ms. */
const LOOK = 1000

/** Until it is over for this person. @param {Attendance} attendance @returns {Promise<void>} */
export const attend = attendance => new Promise(resolve => new Attend(attendance, resolve))

class Attend {
  #attendance
  #resolve
  #say
  #element
  /** Whether the room was drawn for a host. */
  #host = false
  #closing = new AbortController()

  /** @param {Attendance} attendance @param {() => void} resolve */
  constructor(attendance, resolve) {
    this.#attendance = attendance
    this.#resolve = resolve
    const {session} = attendance
    const {signal} = this.#closing
    this.#say = inRoom(words(attendance.language), session.facts.mode)
    this.#element = this.#draw(session.facts)
    const renewal = new Renewal(attendance, signal, (...news) => this.#reword(...news))
    session.addEventListener('change', () => this.#changed(), {signal})
    on(document, DismissEvent, () => session.dismissFault(), {signal})
    wireActs(session, signal)
    const looking = setInterval(() => renewal.look(), LOOK)
    signal.addEventListener('abort', () => clearInterval(looking))
    renewal.look()
    this.#changed()
  }

  /** What is in the room, in the words in force. @param {Facts} before what was shown here before, or the same */
  #room(before) {
    const {session, language} = this.#attendance
    const {facts, view, agreed} = session
    this.#host = view.host
    return {
      language,
      facts,
      notices: noticesIn(facts, language),
      changes: changesOf(facts, language, agreed, before),
      host: view.host,
    }
  }

  /** @param {Facts} before */
  #draw(before) {
    const element = new GateRoom(this.#say, this.#room(before))
    turnTo(element)
    return element
  }

  #changed() {
    const {view, facts} = this.#attendance.session
    if (!isOver(view)) {
      if (view.host !== this.#host) this.#element = this.#draw(facts)
      return this.#element.show(view)
    }
    this.#closing.abort()
    this.#resolve()
  }

  /** @param {Facts} before @param {boolean} named */
  #reword(before, named) {
    if (named) this.#element = this.#draw(before)
    else this.#element.reword(this.#room(before))
    this.#element.show(this.#attendance.session.view)
  }
}
