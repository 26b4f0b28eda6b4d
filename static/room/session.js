/**
 * One's place in a meeting: the only thing that pages talk to.
 *
 * Rule 1: what is seen is `view`, replaced and never mutated, and `streams`.
 * Rule 2: one's own no takes effect here before it is even sent.
 * Rule 3: no tap without one's own yes, whatever the server says.
 */

import {Ballot, shown} from './ballot.js'
import {NoticesOutdatedEvent, StreamsChangeEvent, ViewChangeEvent} from './events.js'
import {parting} from './farewell.js'
import {Identity} from './identity.js'
import {unprompted} from './notices.js'
import {reduce} from './reduce.js'
import {Underway} from './underway.js'
import {initial} from './view.js'
import {canCall} from '../browser/able.js'
import {BrowserKeyStore} from '../browser/store.js'
import {Mesh} from '../rtc/mesh.js'
import {NO_TRACKS} from '../rtc/sending.js'
import {Taps} from '../rtc/tap.js'
import {watchNetwork} from '../wire/network.js'
import {FarewellEvent, ServerMessageEvent, Signaling, socketUrl} from '../wire/signaling.js'
import {after as realAfter} from '../wire/timer.js'

/** @import {Facts} from './notices.js' */
/** @import {Wish} from './assistant.js' */
/** @import {Decided, Decision, Fault, Join, Length, Media, ReactionWord, ServerMessage, Source, Tap, Welcome} from '../wire/messages.js' */
/** @import {PersonStreams} from '../rtc/mesh.js' */
/** @import {OwnEvent} from './reduce.js' */
/** @import {View} from './view.js' */
/** @import {Tracks} from '../rtc/sending.js' */
/** @import {Surroundings} from '../wire/signaling.js' */
/** @import {Lasting} from './underway.js' */
/** @import {KeyStore} from '../browser/store.js' */

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {string | null} host  the host capability
 * @property {ReadonlyMap<string, Decision>} choices
 * @property {{microphone: MediaStreamTrack | null, camera: MediaStreamTrack | null}} tracks
 */
/**
 * @typedef {object} SessionOptions
 * @property {string} language  of the notices as shown
 * @property {string} [url]  of the socket
 * @property {KeyStore} [store]
 * @property {Partial<Surroundings>} [surroundings]
 */

/** The longest draft that can be handed back (wire/assistant.py, `Draft`). */
const PREVIOUS = 4000

/** Fires ViewChangeEvent, StreamsChangeEvent and NoticesOutdatedEvent. */
export class Session extends EventTarget {
  #facts
  #room
  #language
  #store
  #view
  #mesh
  #taps
  #signaling
  #watch
  /** @type {Tracks} */
  #tracks = NO_TRACKS
  /** @type {{ballot: Ballot, identity: Identity, name: string, host: string | null} | null} */
  #entry = null
  #lobby = true
  /** @type {Map<string, Decision>} what was chosen, until there is a key to sign it with */
  #choices = new Map()
  #underway = new Underway()
  #stopWatching = () => {}

  /** @param {string} room @param {Facts} facts @param {SessionOptions} options */
  constructor(room, facts, {language, url = socketUrl(room), store, surroundings = {}}) {
    super()
    this.#facts = facts
    this.#room = room
    this.#language = language
    this.#store = store ?? new BrowserKeyStore()
    this.#watch = surroundings.watch ?? watchNetwork
    this.#view = initial(
      facts.features.map(({id}) => id),
      unprompted(facts),
    )
    const iceServers = facts.ice_servers
    this.#signaling = new Signaling(url, (...hello) => this.#enter(...hello), surroundings)
    const {after = realAfter} = surroundings
    const send = (/** @type {string} */ to, /** @type {string} */ payload) =>
      this.#relay(to, payload)
    this.#mesh = new Mesh({iceServers, send, after})
    this.#taps = new Taps({iceServers, send: offer => this.#signaling.send(offer), after})
    this.#mesh.addEventListener('streams', () => this.dispatchEvent(new StreamsChangeEvent()))
    this.#mesh.addEventListener('paths', () => this.#paths())
    this.#taps.addEventListener('heard', () => this.#paths())
    for (const type of ['message', 'lost', 'resuming', 'unreached', 'farewell'])
      this.#signaling.addEventListener(type, this)
  }

  /** The notices that the page shows; a grant is signed for these and no others. @returns {Facts} */
  get facts() {
    return this.#facts
  }

  set facts(facts) {
    this.#facts = facts
    this.#apply({type: 'offered', unprompted: unprompted(facts)})
  }

  /** @returns {View} */
  get view() {
    return this.#view
  }

  /** @returns {ReadonlyMap<string, PersonStreams>} of the others, by participant */
  get streams() {
    return this.#mesh.streams
  }

  /**
   * Resolves when one is in, or is refused: the view says which. Who is on their way in already
   * is not let in twice.
   * @param {Entry} entry
   */
  async join({name, host, choices, tracks}) {
    if (this.#view.phase === 'joining') return this.#decidedUpon()
    const at = new Date().toISOString()
    this.#choices = new Map(choices)
    this.#apply({type: 'joining', you: '', choices, at})
    const identity = await this.#identify()
    if (!identity) return this.#turnedAway('keyless')
    const ballot = new Ballot(identity)
    this.#apply({type: 'joining', you: identity.id, choices: this.#choices, at})
    this.#entry = {ballot, identity, name, host}
    const signed = [...this.#choices].map(([f, decision]) =>
      ballot.choose(f, decision, shown(this.facts, f, this.#language, at)),
    )
    await Promise.all(signed)
    this.#lobby = true
    this.setTrack('microphone', tracks.microphone)
    this.setTrack('camera', tracks.camera)
    this.#stopWatching()
    this.#stopWatching = this.#watch(() => this.#reroute())
    this.#signaling.open()
    await this.#decidedUpon()
  }

  /**
   * @param {string} feature @param {Decision} decision
   */
  async decide(feature, decision) {
    if (!this.#entry) return this.#chooseAgain(feature, decision)
    if (decision === 'declined') this.#taps.closeFeature(feature)
    const at = new Date().toISOString()
    this.#apply({type: 'chose', feature, decision, at})
    const message = await this.#entry.ballot.choose(
      feature,
      decision,
      shown(this.facts, feature, this.#language, at),
    )
    if (message) this.#signaling.send(message)
  }

  /** Another choice, before there is a key. @param {string} feature @param {Decision} decision */
  #chooseAgain(feature, decision) {
    if (this.#view.phase !== 'joining') return
    this.#choices.set(feature, decision)
    this.#apply({type: 'chose', feature, decision, at: new Date().toISOString()})
  }

  /** @param {string} feature */
  request(feature) {
    this.#once({type: 'request', feature})
  }

  /** @param {string} feature */
  cancel(feature) {
    this.#apply({type: 'cancelled', feature})
    if (this.#view.signs[feature]?.on) this.#once({type: 'cancel', feature})
    else this.#signaling.send({type: 'cancel', feature})
  }

  /** Stop and erase my part. @param {string} feature */
  erase(feature) {
    if (this.#once({type: 'erase', feature})) this.#apply({type: 'erasing', feature, wanted: true})
  }

  /** Stop from now: closes the question, and tells nobody. @param {string} feature */
  keep(feature) {
    this.#apply({type: 'kept', feature})
  }

  /** @param {string} text */
  chat(text) {
    this.#apply({type: 'wrote', text})
    this.#signaling.send({type: 'chat', text, late: false})
  }

  /** The chat is in view: nothing is unread. */
  readChat() {
    this.#apply({type: 'chat-read'})
  }

  /** @param {boolean} raised */
  hand(raised) {
    this.#apply({type: 'raising', raised})
    this.#signaling.send({type: 'hand', raised})
  }

  /** @param {ReactionWord} reaction */
  react(reaction) {
    this.#signaling.send({type: 'react', reaction})
  }

  /** @param {Source} source @param {MediaStreamTrack | null} track */
  setTrack(source, track) {
    if (source === 'screen' && track?.contentHint === '') track.contentHint = 'detail'
    this.#tracks = {...this.#tracks, [source]: track}
    this.#mesh.replace(source, track)
    this.#taps.replace(source, track)
    this.#apply({type: 'showing', media: this.#media()})
    this.#signaling.send(this.#media())
  }

  /** Ask for a summary of what was said so far. */
  summarise() {
    if (this.#view.soFar.working || !this.#runs('summary')) return
    this.#apply({type: 'summarising'})
    this.#signaling.send({type: 'summarise'})
  }

  /**
   * Ask for a draft. It takes the place of the one before.
   * @param {Extract<Wish, {kind: 'draft'}>} wish
   * @param {string | null} [longer]  a draft that is to be shortened
   */
  draft(wish, longer = null) {
    if (!this.#runs('compose')) return
    const {prompt, tone, length} = wish
    const id = this.#drafting(wish)
    const previous = longer?.slice(0, PREVIOUS) ?? null
    const change = previous === null ? null : 'shorten'
    this.#signaling.send({type: 'draft', id, prompt, tone, length, previous, change})
  }

  /** Ask for quotes from the chat, as a draft. @param {Length} length */
  recap(length) {
    if (!this.#runs('compose')) return
    const id = this.#drafting({kind: 'recap', length})
    this.#signaling.send({type: 'recap', id, length})
  }

  /** Write no further; what has come stays. */
  stopDraft() {
    this.#callOff()
    this.#apply({type: 'draft-stopped'})
  }

  /** The draft goes, used or not. */
  dropDraft() {
    this.#callOff()
    this.#apply({type: 'draft-gone'})
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

  end() {
    this.#once({type: 'end'})
  }

  /** What the server takes its time to do is asked of it once. @param {Lasting} message */
  #once(message) {
    if (!this.#underway.begin(message)) return false
    this.#underway.sent(message, this.#signaling.send(message))
    return true
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof ServerMessageEvent) this.#received(event.message, event.fresh)
    else if (event instanceof FarewellEvent) this.#bidden(event.code, event.fault)
    else if (event.type === 'lost') this.#lost()
    else if (event.type === 'resuming') this.#sayNoFirst()
    else if (event.type === 'unreached') this.#turnedAway('unreached')
  }

  /** @param {ServerMessage} message @param {boolean} fresh */
  #received(message, fresh) {
    this.#underway.hear(message)
    if (message.type === 'fault') this.#refused(message)
    this.#apply(message)
    switch (message.type) {
      case 'welcome':
        return this.#seated(message, fresh)
      case 'joined':
      case 'changed':
        return this.#mesh.meet(message.person)
      case 'left':
        return this.#mesh.leave(message.participant)
      case 'signal-from':
        return this.#mesh.receive(message.sender, message.payload)
      case 'decided':
        return this.#decided(message)
      case 'lapsed':
        return this.#entry?.ballot.lapse(message.feature)
      case 'tap':
        return this.#tap(message)
      case 'tap-answer':
        return void this.#taps.answer(message)
      case 'tap-closed':
        return this.#taps.close(message.opening)
      case 'ended':
        return this.#shut()
    }
  }

  /** @param {Welcome} message @param {boolean} fresh */
  #seated({you, people, answers}, fresh) {
    this.#lobby = false
    const unheard = this.#entry?.ballot.reconcile(answers) ?? []
    for (const message of unheard) this.#signaling.send(message)
    for (const {text} of this.#view.waiting) this.#signaling.send({type: 'chat', text, late: true})
    if (!fresh) this.#signaling.send(this.#media())
    this.#mesh.refresh()
    this.#mesh.seat(you, people)
  }

  /** @param {Decided} message */
  #decided({feature, decision}) {
    this.#entry?.ballot.confirm(feature, decision)
    if (this.#view.answers[feature]?.decision !== 'granted') this.#taps.closeFeature(feature)
  }

  /** @param {Tap} tap */
  #tap(tap) {
    if (this.#view.answers[tap.feature]?.decision === 'granted') this.#taps.open(tap)
  }

  /** @param {Fault} fault */
  #refused({code, about, feature}) {
    console.debug('fault', code, about ?? '')
    if (about === 'erase') this.#eraseRefused(feature ?? null)
    if (code === 'notice-outdated') {
      if (feature) this.#entry?.ballot.refuse(feature)
      this.dispatchEvent(new NoticesOutdatedEvent())
    } else if (code === 'tap-limit' && feature) {
      this.#taps.closeFeature(feature) // or it would be offered again, and again
    } else if (feature && (about === 'decide' || about === 'join')) {
      this.#entry?.ballot.refuseUnsettled(feature)
    } else if (about === 'decide') this.#entry?.ballot.refuseUnsettled()
  }

  /** @param {string | null} only */
  #eraseRefused(only) {
    for (const {feature} of this.#view.ends.filter(end => end.feature === (only ?? end.feature)))
      this.#apply({type: 'erasing', feature, wanted: false})
  }

  #lost() {
    this.#underway.lose()
    this.#taps.closeAll()
    this.#apply({type: 'lost'})
  }

  /** What was refused while nobody could hear it comes before anything that could reopen. */
  #sayNoFirst() {
    for (const message of this.#entry?.ballot.presentRefusals() ?? [])
      this.#signaling.sendAhead(message)
  }

  /** @returns {Promise<Identity | null>} null where this browser can make no key */
  async #identify() {
    try {
      return await Identity.in(this.#room, this.#store)
    } catch (refusal) {
      console.debug('no identity', refusal)
      return null
    }
  }

  /** It ends at the door. @param {string} code */
  #turnedAway(code) {
    this.#shut()
    this.#apply({type: 'gone', phase: 'refused', fault: {code, detail: '', feature: null}})
  }

  #paths() {
    this.#apply({type: 'paths', unreached: this.#mesh.unreached, unheard: this.#taps.unheard})
  }

  /** @param {number} code @param {Fault | null} fault */
  #bidden(code, fault) {
    this.#shut()
    if (this.#view.phase !== 'ended') this.#apply(parting(code, fault))
  }

  /** @param {string} challenge @param {string} life @returns {Promise<Join>} */
  async #enter(challenge, life) {
    if (!this.#entry) throw new TypeError('nobody has joined yet')
    const {ballot, identity, name, host} = this.#entry
    const proof = await identity.prove(challenge)
    await ballot.live(life)
    const answers = ballot.present(this.#lobby)
    const media = this.#media()
    const language = this.#language
    return {type: 'join', name, language, key: identity.key, proof, host, answers, media}
  }

  /** @returns {Media} */
  #media() {
    const {microphone, camera, screen} = canCall() ? this.#tracks : NO_TRACKS
    return {type: 'media', microphone: !!microphone, camera: !!camera, screen: !!screen}
  }

  /** @param {string} feature */
  #runs(feature) {
    return this.#view.phase === 'open' && this.#view.signs[feature]?.on === true
  }

  /** @param {Wish} wish @returns {string} the draft's id */
  #drafting(wish) {
    const id = crypto.randomUUID()
    this.#apply({type: 'drafting', id, wish})
    return id
  }

  #callOff() {
    const {draft} = this.#view
    if (draft?.state === 'streaming') this.#signaling.send({type: 'drop-draft', id: draft.id})
  }

  /** @param {string} to @param {string} payload */
  #relay(to, payload) {
    this.#signaling.send({type: 'signal', to, payload})
  }

  #reroute() {
    this.#mesh.reroute()
    this.#taps.reroute()
  }

  #shut() {
    this.#stopWatching()
    this.#taps.closeAll()
    this.#mesh.close()
    this.#signaling.close()
  }

  /** @param {ServerMessage | OwnEvent} message */
  #apply(message) {
    const before = this.#view
    this.#view = reduce(before, message, Date.now())
    if (this.#view !== before) this.dispatchEvent(new ViewChangeEvent())
  }

  /** @returns {Promise<void>} */
  #decidedUpon() {
    return new Promise(resolve => {
      const compare = () => {
        if (this.#view.phase === 'joining') return
        this.removeEventListener('change', compare)
        resolve()
      }
      this.addEventListener('change', compare)
      compare()
    })
  }
}
