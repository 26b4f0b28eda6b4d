/**
 * One's place in a meeting: the only thing that pages talk to.
 *
 * Rule 1: what is seen is `view`, replaced and never mutated, and `streams`.
 * Rule 2: one's own no takes effect here before it is even sent.
 * Rule 3: no tap without one's own yes, and everybody else's as checked here (`tap-guard.js`).
 */

import {Acts} from './acts.js'
import {shown} from './ballot.js'
import {Entry} from './entry.js'
import {NoticesOutdatedEvent, StreamsChangeEvent, ViewChangeEvent, until} from './events.js'
import {REMOVED, parting} from './farewell.js'
import {unprompted} from './notices.js'
import {withheldIn} from './offers.js'
import {reduce} from './reduce.js'
import {TapGuard} from './tap-guard.js'
import {initial, isEntering} from './view.js'
import {Voucher} from './voucher.js'
import {Wordings} from './wordings.js'
import {BrowserKeyStore} from '../browser/store.js'
import {Call} from '../rtc/call.js'
import {configurationOf} from '../rtc/ice.js'
import {watchNetwork} from '../wire/network.js'
import {FarewellEvent, ServerMessageEvent, Signaling, socketUrl} from '../wire/signaling.js'
import {after as realAfter} from '../wire/timer.js'

/** @import {Arrival} from './entry.js' */
/** @import {Facts, Notice} from './notices.js' */
/** @import {ClientMessage, Decided, Decision, Fault, Join, Offering, ServerMessage, Source, Welcome} from '../wire/messages.js' */
/** @import {Mesh, PersonStreams} from '../rtc/mesh.js' */
/** @import {OwnEvent} from './reduce.js' */
/** @import {View} from './view.js' */
/** @import {Surroundings} from '../wire/signaling.js' */
/** @import {KeyStore} from '../browser/store.js' */

/**
 * @typedef {object} SessionOptions
 * @property {string} language  of the notices as shown
 * @property {string} [url]  of the socket
 * @property {ReadonlyMap<string, Notice>} [agreed]  what was agreed to before, by feature
 * @property {KeyStore} [store]
 * @property {Partial<Surroundings>} [surroundings]
 */

/** Fires ViewChangeEvent, StreamsChangeEvent and NoticesOutdatedEvent. */
export class Session extends EventTarget {
  #words
  #room
  #language
  #store
  #view
  #call
  #guard
  #signaling
  #watch
  /** What a person does in the room beside answering and being seen. @readonly */
  acts
  /** The ways to the others. @readonly @type {Pick<Mesh, 'want' | 'reports'>} */
  lines
  /** @type {Entry | null} */
  #entry = null
  #lobby = true
  /** @type {Map<string, Decision>} what was chosen, until there is a key to sign it with */
  #choices = new Map()
  #stopWatching = () => {}

  /** @param {string} room @param {Facts} facts @param {SessionOptions} options */
  constructor(room, facts, {language, url = socketUrl(room), store, agreed, surroundings = {}}) {
    super()
    this.#words = new Wordings(facts, agreed)
    this.#room = room
    this.#language = language
    this.#store = store ?? new BrowserKeyStore()
    this.#watch = surroundings.watch ?? watchNetwork
    this.#view = initial(
      facts.features.map(({id}) => id),
      unprompted(facts),
      withheldIn(facts),
    )
    this.#signaling = new Signaling(url, (...hello) => this.#enter(...hello), surroundings)
    const {after = realAfter} = surroundings
    const send = (/** @type {ClientMessage} */ message) => this.#signaling.send(message)
    const voucher = new Voucher(room, () => this.#entry)
    this.#call = new Call({send, after, voucher, elsewhere: facts.mode === 'gate'})
    this.#call.addEventListener('streams', () => this.dispatchEvent(new StreamsChangeEvent()))
    this.#call.addEventListener('paths', () => this.#apply({type: 'paths', ...this.#call.gaps}))
    this.lines = this.#call.mesh
    this.#guard = new TapGuard(this.#call, room, this, () => this.#entry)
    this.#guard.addEventListener('verified', () => this.#review())
    this.acts = new Acts({view: () => this.#view, apply: event => this.#apply(event), send})
    for (const type of ['message', 'lost', 'resuming', 'unreached', 'farewell'])
      this.#signaling.addEventListener(type, this)
  }

  /** The notices that the page shows; a grant is signed for these and no others. @returns {Facts} */
  get facts() {
    return this.#words.facts
  }

  set facts(facts) {
    this.#words.facts = facts
    this.#apply({type: 'offered', unprompted: unprompted(facts)})
    this.#compare()
    this.#review()
  }

  /** The words that this person last agreed to, by feature. @returns {ReadonlyMap<string, Notice>} */
  get agreed() {
    return this.#words.agreed
  }

  /** @returns {View} */
  get view() {
    return this.#view
  }

  /** How recent is what is known of the server. @returns {Pick<Signaling, 'heardSince' | 'probe'>} */
  get reach() {
    return this.#signaling
  }

  /** @returns {ReadonlyMap<string, PersonStreams>} of the others, by participant */
  get streams() {
    return this.#call.mesh.streams
  }

  /**
   * Resolves when one is in, is refused, or waits no longer: the view says which. Who is on their
   * way in already is not let in twice.
   * @param {Arrival} arrival
   */
  async join({name, host, entry: sent = null, after = null, choices, tracks}) {
    if (isEntering(this.#view)) return this.#decidedUpon()
    const at = new Date().toISOString()
    this.#choices = new Map(choices)
    this.#apply({type: 'joining', you: '', choices, at})
    const language = this.#language
    const who = {name, language, host, entry: sent, after}
    const entry = await Entry.into(this.#room, this.#store, who)
    if (!entry) return this.#turnedAway('keyless')
    this.#apply({type: 'joining', you: entry.you, choices: this.#choices, at})
    this.#entry = entry
    const signed = [...this.#choices].map(([f, decision]) =>
      entry.ballot.choose(f, decision, shown(this.facts, f, language)),
    )
    await Promise.all(signed)
    this.#lobby = true
    this.setTrack('microphone', tracks.microphone)
    this.setTrack('camera', tracks.camera)
    this.#stopWatching()
    this.#stopWatching = this.#watch(() => this.#call.reroute())
    this.#signaling.open()
    await this.#decidedUpon()
  }

  /** @param {string} feature @param {Decision} decision */
  async decide(feature, decision) {
    if (!this.#entry) return this.#chooseAgain(feature, decision)
    if (decision === 'declined') this.#guard.drop(feature)
    const at = new Date().toISOString()
    this.#apply({type: 'chose', feature, decision, at})
    const words = shown(this.facts, feature, this.#language)
    const message = await this.#entry.ballot.choose(feature, decision, words)
    if (message) this.#signaling.send(message)
  }

  /** Another choice, before there is a key. @param {string} feature @param {Decision} decision */
  #chooseAgain(feature, decision) {
    if (this.#view.phase !== 'joining') return
    this.#choices.set(feature, decision)
    this.#apply({type: 'chose', feature, decision, at: new Date().toISOString()})
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  setTrack(source, track) {
    this.#call.replace(source, track)
    this.#apply({type: 'showing', media: this.#call.media})
    this.#signaling.send(this.#call.media)
  }

  /** The reason is known better now. @param {string} code  of a fault that is shown */
  explain(code) {
    const {phase, fault} = this.#view
    if (phase === 'refused' && fault) this.#apply({type: 'gone', phase, fault: {...fault, code}})
  }

  dismissFault() {
    this.#apply({type: 'fault-dismissed'})
  }

  leave() {
    this.#signaling.send({type: 'leave'})
    this.#shut()
    this.#apply({type: 'gone', phase: 'left', fault: null})
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof ServerMessageEvent) this.#received(event.message, event.fresh)
    else if (event instanceof FarewellEvent) this.#bidden(event.code, event.fault)
    else if (event.type === 'lost') this.#lost()
    else if (event.type === 'resuming') this.#sayNoFirst()
    else if (event.type === 'unreached') this.#turnedAway('unreached')
    this.#review()
  }

  /** @param {ServerMessage} message @param {boolean} fresh */
  #received(message, fresh) {
    if (message.type === 'waiting' && this.#view.after !== '') return this.#sentOut()
    this.acts.receive(message)
    if (message.type === 'fault') this.#refused(message)
    const hosted = this.#view.host
    this.#apply(message)
    if (hosted && !this.#view.host) this.#entry?.hosts(null)
    this.#guard.receive(message)
    switch (message.type) {
      case 'welcome':
        return this.#seated(message, fresh)
      case 'ice':
        return this.#call.configure(configurationOf(message))
      case 'host-link':
        return this.#entry?.hosts(message.host)
      case 'page-link':
        return this.#entry?.remember(message.after)
      case 'offering':
        return this.#offered([message])
      case 'decided':
        return this.#decided(message)
      case 'lapsed':
        return this.#entry?.ballot.lapse(message.feature)
      case 'ended':
        return this.#shut()
      default:
        return this.#call.receive(message)
    }
  }

  /** @param {Welcome} message @param {boolean} fresh */
  #seated({you, people, answers, offerings, after, ice}, fresh) {
    this.#lobby = false
    this.#entry?.remember(after)
    this.#call.configure(configurationOf(ice))
    const unheard = this.#entry?.ballot.reconcile(answers) ?? []
    for (const {feature} of answers) this.#words.agree(feature, this.#entry?.ballot ?? null)
    this.#offered(offerings)
    for (const message of unheard) this.#signaling.send(message)
    for (const {text} of this.#view.waiting) this.#signaling.send({type: 'chat', text, late: true})
    if (!fresh) this.#signaling.send(this.#call.media)
    this.#call.seat(you, people)
  }

  /** @param {Decided} message */
  #decided({feature, decision}) {
    this.#entry?.ballot.confirm(feature, decision)
    this.#words.agree(feature, this.#entry?.ballot ?? null)
    if (this.#view.answers[feature]?.decision !== 'granted') this.#guard.drop(feature)
  }

  /** A yes to words that are no longer in force has lapsed. @param {readonly Offering[]} offerings */
  #offered(offerings) {
    for (const offering of offerings) {
      const {feature, notices} = offering
      this.#words.hear(offering)
      if (!this.#entry?.ballot.reword(feature, notices)) continue
      this.#guard.drop(feature)
      this.#apply({type: 'reworded', feature})
    }
    if (this.#compare()) this.dispatchEvent(new NoticesOutdatedEvent())
  }

  /** Whether other words are in force than the page shows. */
  #compare() {
    const {stale} = this.#words
    if (String([...stale]) !== String([...this.#view.stale])) this.#apply({type: 'stale', stale})
    return stale.size > 0
  }

  /** What is not proved ends, and what is begins. */
  #review() {
    this.#apply({type: 'checks', checks: this.#guard.review()})
  }

  /** @param {Fault} fault */
  #refused(fault) {
    const {code, about, feature} = fault
    console.debug('fault', code, about ?? '')
    // A tap that is one too many would be offered again, and again.
    if (code === 'tap-limit' && feature) this.#guard.drop(feature)
    else this.#entry?.ballot.refused(fault)
    if (code === 'notice-outdated') this.dispatchEvent(new NoticesOutdatedEvent())
  }

  #lost() {
    this.acts.lose()
    this.#guard.dropAll()
    this.#apply({type: 'lost'})
  }

  /** What was refused while nobody could hear it comes before anything that could reopen. */
  #sayNoFirst() {
    for (const message of this.#entry?.ballot.presentRefusals() ?? [])
      this.#signaling.sendAhead(message)
  }

  /** Whoever was in and has to knock was removed while their connection was lost. They ask again, or do not. */
  #sentOut() {
    this.#signaling.send({type: 'leave'})
    this.#shut()
    this.#apply({type: 'gone', phase: 'left', fault: REMOVED})
  }

  /** It ends at the door. @param {string} code */
  #turnedAway(code) {
    this.#shut()
    this.#apply({type: 'gone', phase: 'refused', fault: {code, detail: '', feature: null}})
  }

  /** @param {number} code @param {Fault | null} fault */
  #bidden(code, fault) {
    this.#shut()
    if (this.#view.phase !== 'ended') this.#apply(parting(code, fault, this.#view.phase))
  }

  /** @param {string} challenge @param {string} life @returns {Promise<Join>} */
  async #enter(challenge, life) {
    if (!this.#entry) throw new TypeError('nobody has joined yet')
    const place = {lobby: () => this.#lobby, media: () => this.#call.media}
    return this.#entry.join(challenge, life, place)
  }

  #shut() {
    this.#stopWatching()
    this.#guard.dropAll()
    this.#call.close()
    this.#signaling.close()
  }

  /** @param {ServerMessage | OwnEvent} message */
  #apply(message) {
    const before = this.#view
    this.#view = reduce(before, message, Date.now())
    if (this.#view !== before) this.dispatchEvent(new ViewChangeEvent())
  }

  #decidedUpon() {
    return until(this, 'change', () => !isEntering(this.#view))
  }
}
