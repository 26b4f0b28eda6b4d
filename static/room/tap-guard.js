/**
 * Between the server's wish for a tap and one's own copy: what is offered has been checked here.
 *
 * Rule 1: no tap without everybody's grant, verified in this browser, whatever the server says
 * (design.md, rule 20). What decides is `unanimity.js`.
 * Rule 2: when somebody is there for whom there is none, taps end before the call returns. Only while a
 * grant that came for them is just being verified, which takes milliseconds, what runs goes on.
 * Rule 3: what was shown for one opening is not kept for the next.
 */

import {offered} from './notices.js'
import {unanimous} from './unanimity.js'
import {readKey} from '../proof/key.js'
import {claimedSubject, verifyStatement} from '../proof/statement.js'

/** @import {Grant, Grants, ServerMessage, Tap} from '../wire/messages.js' */
/** @import {Entry} from './entry.js' */
/** @import {Facts} from './notices.js' */
/** @import {Place, Shown, Verdict} from './unanimity.js' */
/** @import {View} from './view.js' */

/** @typedef {ReadonlyMap<string, Verdict>} Checks  by feature: of what is open, or claimed to be */
/**
 * @typedef {object} Connections
 * @property {{open: (tap: Tap) => void, close: (opening: string) => void}} taps
 * @property {{connected: Iterable<string>}} mesh  who has a connection to here, or tries to
 */
/** @typedef {{view: View, facts: Facts}} Seen  as it is just then; of the facts the digests were computed here */

/** Fires `verified` when a grant has been; `review` is to follow. */
export class TapGuard extends EventTarget {
  #taps
  #mesh
  #room
  #seen
  #entry
  /** @type {Map<string, Map<string, Shown>>} by feature and participant */
  #shown = new Map()
  /** @type {Map<string, Tap>} what the server wants, by opening */
  #wanted = new Map()
  /** @type {Set<string>} openings that have a tap of ours */
  #offered = new Set()

  /** @param {Connections} call @param {string} room @param {Seen} seen @param {() => Entry | null} entry */
  constructor({taps, mesh}, room, seen, entry) {
    super()
    this.#taps = taps
    this.#mesh = mesh
    this.#room = room
    this.#seen = seen
    this.#entry = entry
  }

  /** What the server says of gates; `review` is to follow. @param {ServerMessage} message */
  receive(message) {
    switch (message.type) {
      case 'grants':
        return this.#hear(message)
      case 'tap':
        return this.#want(message)
      case 'tap-closed':
        return this.#closed(message.opening)
      case 'sign':
        return void (message.on || this.#shown.delete(message.feature))
      case 'lapsed':
        return this.drop(message.feature)
      case 'welcome':
        return this.dropAll()
    }
  }

  /** One's own no, or whatever else ends one's yes: its taps are closed on return. @param {string} feature */
  drop(feature) {
    this.#shown.delete(feature)
    for (const [opening, tap] of [...this.#wanted])
      if (tap.feature === feature) {
        this.#wanted.delete(opening)
        this.#close(opening)
      }
  }

  /** The connection is lost, or one is out. */
  dropAll() {
    this.#shown.clear()
    for (const opening of [...this.#wanted.keys()]) this.#close(opening)
    this.#wanted.clear()
  }

  /**
   * Whatever has changed of who is here, in which words, or what is proved: what is not proved ends, and
   * what is begins.
   * @returns {Checks}
   */
  review() {
    const place = this.#place()
    /** @type {Map<string, Verdict>} */
    const checks = new Map()
    const wanted = [...this.#wanted.values()]
    for (const feature of new Set([...this.#shown.keys(), ...wanted.map(tap => tap.feature)]))
      checks.set(feature, unanimous(feature, this.#shown.get(feature) ?? new Map(), place))
    for (const tap of wanted) this.#abide(tap, checks.get(tap.feature))
    return checks
  }

  /** @returns {Place} */
  #place() {
    const {view, facts} = this.#seen
    const ballot = this.#entry()?.ballot ?? null
    return {
      room: this.#room,
      life: ballot?.life ?? null,
      you: view.you,
      people: new Set([...view.people.map(({id}) => id), ...this.#mesh.connected]),
      wording: (feature, language) => offered(facts, feature)?.notices[language]?.digest ?? null,
      own: (feature, statement) => ballot?.hasSigned(feature, statement) ?? false,
    }
  }

  /** @param {Grants} message */
  #hear({feature, grants}) {
    const shown = this.#shown.get(feature) ?? new Map()
    this.#shown.set(feature, shown)
    for (const grant of grants) this.#take(shown, grant)
  }

  /** Without one's own yes there is none, whoever wants it. A second time for the same opening: anew. @param {Tap} tap */
  #want(tap) {
    if (this.#seen.view.answers[tap.feature]?.decision !== 'granted') return
    this.#wanted.set(tap.opening, tap)
    this.#close(tap.opening)
  }

  /** @param {string} opening */
  #closed(opening) {
    const feature = this.#wanted.get(opening)?.feature
    if (feature !== undefined) this.drop(feature)
  }

  /** @param {Tap} tap @param {Verdict | undefined} verdict */
  #abide(tap, verdict) {
    if (verdict?.state === 'unproved') return this.#close(tap.opening)
    if (verdict?.state !== 'checked' || this.#offered.has(tap.opening)) return
    this.#offered.add(tap.opening)
    this.#taps.open(tap)
  }

  /** @param {string} opening */
  #close(opening) {
    if (this.#offered.delete(opening)) this.#taps.close(opening)
  }

  /** @param {Map<string, Shown>} shown @param {Grant} grant */
  #take(shown, {statement, key: written}) {
    const key = readKey(written)
    const subject = claimedSubject(statement)
    if (!key || subject === null) return console.debug('no grant', subject)
    const before = shown.get(subject)
    // The same again, as when the sign goes on: it is verified already, or just being.
    if (before?.statement === statement && before.key.x === key.x && before.key.y === key.y) return
    /** @type {Shown} */
    const now = {statement, key, said: undefined}
    shown.set(subject, now)
    void this.#verify(now)
  }

  /** @param {Shown} shown */
  async #verify(shown) {
    try {
      shown.said = await verifyStatement(shown.statement, shown.key)
    } catch (refusal) {
      console.debug('no grant', refusal)
      shown.said = null
    }
    this.dispatchEvent(new Event('verified'))
  }
}
