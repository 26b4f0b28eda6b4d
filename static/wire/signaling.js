/**
 * One seat in a room, over as many WebSockets as it takes.
 *
 * Rule 1: a lost connection is taken up again by itself: `resume`, and `join` where the seat
 * is gone. Only the server's own farewell, or `close`, is final.
 * Rule 2: silence is loss. A seat whose owner cannot be reached closes gates (design.md, rule 9),
 * so neither end may believe in a dead socket.
 * Rule 3: what people do while the connection is lost is kept and sent later; what machines say
 * (signaling, taps, pings) is not, for it would be stale. Answers and lines of chat are the
 * session's to say again: it knows which of them have arrived.
 */

import {read} from './messages.js'
import {watchNetwork} from './network.js'
import {at} from '../site/place.js'
import {after} from './timer.js'

/** @import {ClientMessage, Fault, ServerMessage, Welcome} from './messages.js' */
/** @import {Delay} from './timer.js' */

/** Sooner than the server, which after 5 s would ask by itself. */
const PING_EVERY = 4_000
const SILENCE = 12_000
/** How soon a socket must prove itself after the network has changed. */
const PROBE = 3_000
/** A server that has not said hello by then is not waited for at the door. */
const HELLO = 10_000
const FIRST_DELAY = 200
const LONGEST_DELAY = 5_000
const KEPT_AT_MOST = 100
/** Not answered yet; a server answers each in turn. */
const PINGS = 100
/** `WebSocket.OPEN`, for where there is no such global. */
const OPEN = 1

/** After these close codes there is no coming back: left or ended, and replaced elsewhere. */
const FAREWELL = new Set([1000, 4001])
/** There is none either where the server has refused to give a seat, and has said why. */
const REFUSED = 4000
const EPHEMERAL = new Set(['signal', 'tap-offer', 'ping', 'decide', 'media', 'react', 'chat'])
/** What whoever waits to be let in may say. */
const AT_THE_DOOR = new Set(['decide', 'media', 'leave'])

/** A message of the server. `fresh`: this welcome is to a new seat, not to a resumed one. */
export class ServerMessageEvent extends Event {
  /** @param {ServerMessage} message @param {boolean} fresh */
  constructor(message, fresh) {
    super('message')
    this.message = message
    this.fresh = fresh
  }
}

/** The seat is over: the close code, and the last fault that came before it. */
export class FarewellEvent extends Event {
  /** @param {number} code @param {Fault | null} fault */
  constructor(code, fault) {
    super('farewell')
    this.code = code
    this.fault = fault
  }
}

/**
 * @typedef {object} Surroundings
 * @property {(url: string) => WebSocket} connect
 * @property {Delay} after
 * @property {() => number} random
 * @property {(changed: () => void) => () => void} watch
 */

/**
 * Fires `message` (ServerMessageEvent), `lost`, `resuming` (just after `resume` was sent, so that
 * what must not wait for the welcome can follow it), `unreached` (there was no hello at all: closed
 * for good) and `farewell` (FarewellEvent).
 */
export class Signaling extends EventTarget {
  #url
  #enter
  #around
  /** @type {WebSocket | null} */
  #socket = null
  #over = new AbortController()
  /** @type {{participant: string, secret: string} | null} */
  #seat = null
  #seated = false
  /** Whether one has knocked, and the server has told the host. */
  #waiting = false
  /** This socket has lost us our seat: whatever else it refuses, the next one may grant. */
  #unseated = false
  #seen = 0
  #attempt = 0
  #challenge = ''
  #life = ''
  /** @type {Fault | null} */
  #fault = null
  /** @type {ClientMessage[]} */
  #kept = []
  #callOffRetry = () => {}
  #callOffHello = () => {}
  #callOffPing = () => {}
  #callOffSilence = () => {}
  #stopWatching = () => {}
  /** @type {readonly number[]} when each ping was sent that is not answered yet */
  #pings = []
  #heardSince = -Infinity

  /**
   * @param {string} url
   * @param {(challenge: string, life: string) => Promise<ClientMessage>} enter  makes the `join`
   * @param {Partial<Surroundings>} [around]
   */
  constructor(url, enter, around = {}) {
    super()
    this.#url = url
    this.#enter = enter
    const real = {connect: browserSocket, after, random: Math.random, watch: watchNetwork}
    this.#around = {...real, ...around}
  }

  /** Whether there is a seat and a connection to it just now. */
  get seated() {
    return this.#seated
  }

  /** When that was sent which the server has answered last: so recent is what is known of it, by `performance.now()`. */
  get heardSince() {
    return this.#heardSince
  }

  /** Ask whether the server is there. */
  probe() {
    if (this.#seated) this.#ping()
  }

  open() {
    this.#stopWatching()
    this.#stopWatching = this.#around.watch(() => this.#networkChanged())
    this.#callOffHello()
    this.#callOffHello = this.#around.after(HELLO, () => this.#unreached())
    this.#connect()
  }

  /**
   * @param {ClientMessage} message
   * @returns {boolean} false if it could not go out now; see rule 3 for what becomes of it
   */
  send(message) {
    if (this.#seated || (this.#waiting && AT_THE_DOOR.has(message.type))) this.#write(message)
    else if (!EPHEMERAL.has(message.type))
      this.#kept = [...this.#kept, message].slice(-KEPT_AT_MOST)
    return this.#seated
  }

  /** Send before the seat is confirmed: only on `resuming`. @param {ClientMessage} message */
  sendAhead(message) {
    this.#write(message)
  }

  /** For good. Idempotent. */
  close() {
    this.#stopWatching()
    this.#callOffHello()
    this.#callOffRetry()
    this.#seat = null
    this.#drop()
  }

  #connect() {
    this.#drop()
    this.#callOffRetry()
    this.#fault = null
    this.#unseated = false
    const socket = this.#around.connect(this.#url)
    const {signal} = (this.#over = new AbortController())
    this.#socket = socket
    socket.addEventListener('message', ({data}) => this.#read(data), {signal})
    socket.addEventListener('close', ({code}) => this.#closed(code), {signal})
    this.#heard()
  }

  /** Let go of the socket, deaf to whatever else it says. */
  #drop() {
    this.#over.abort()
    this.#callOffPing()
    this.#callOffSilence()
    this.#socket?.close()
    this.#socket = null
    this.#seated = false
    this.#waiting = false
    this.#pings = []
    this.#heardSince = -Infinity
  }

  #ping() {
    this.#pings = [...this.#pings, performance.now()].slice(-PINGS)
    this.#write({type: 'ping'})
  }

  /** @param {unknown} frame */
  #read(frame) {
    this.#heard()
    const message = read(frame)
    if (!message) return
    const fresh = this.#seat === null
    switch (message.type) {
      case 'hello':
        this.#callOffHello()
        this.#challenge = message.challenge
        this.#life = message.life
        this.#claimSeat()
        return
      case 'welcome':
        this.#welcomed(message)
        break
      case 'waiting':
        this.#waiting = true
        this.#pingLater()
        break
      case 'pong':
        this.#heardSince = this.#pings[0] ?? this.#heardSince
        this.#pings = this.#pings.slice(1)
        this.#attempt = 0 // it has held for a while: not a server that drops us at once
        break
      case 'probe':
        // From here, where the page's own turn has come: a browser answers for a page that hangs
        this.#write({type: 'here'})
        break
      case 'chat-line':
        this.#seen = message.number
        break
      case 'fault':
        this.#fault = message
        if (message.code === 'resume-unknown') this.#startAnew()
        if (this.#unseated && !this.#seated) return
    }
    this.dispatchEvent(new ServerMessageEvent(message, fresh))
    if (message.type === 'welcome') this.#sendKept()
  }

  #claimSeat() {
    if (this.#seat) {
      this.#write({type: 'resume', ...this.#seat, seen: this.#seen})
      this.dispatchEvent(new Event('resuming'))
    } else this.#join()
  }

  #startAnew() {
    this.#seat = null
    this.#unseated = true
    this.#join()
  }

  async #join() {
    const socket = this.#socket
    this.#seen = 0
    const join = await this.#enter(this.#challenge, this.#life)
    if (socket === this.#socket) this.#write(join)
  }

  /** @param {Welcome} message */
  #welcomed({you, resume, chat}) {
    this.#seat = {participant: you, secret: resume}
    this.#seated = true
    this.#waiting = false
    this.#fault = null
    this.#seen = Math.max(this.#seen, ...chat.map(line => line.number))
    this.#pingLater()
  }

  #sendKept() {
    const kept = this.#kept
    this.#kept = []
    for (const message of kept) this.#write(message)
  }

  /** @param {number} code */
  #closed(code) {
    const fault = this.#fault
    const refused = code === REFUSED && !this.#seated && !this.#unseated && fault
    if (!FAREWELL.has(code) && (!refused || fault.code === 'rate-limited')) return this.#lost()
    this.close()
    this.dispatchEvent(new FarewellEvent(code, fault))
  }

  #lost() {
    this.#drop()
    this.dispatchEvent(new Event('lost'))
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#attempt)
    const jitter = 0.5 + this.#around.random() / 2 // a restarted server is not to be stormed
    this.#attempt = Math.min(this.#attempt + 1, 10)
    this.#callOffRetry = this.#around.after(delay * jitter, () => this.#connect())
  }

  #unreached() {
    this.close()
    this.dispatchEvent(new Event('unreached'))
  }

  #networkChanged() {
    if (!this.#socket) return this.#connect()
    if (!this.#seated && !this.#waiting) return
    this.#ping()
    this.#silentIn(PROBE)
  }

  #pingLater() {
    this.#callOffPing()
    this.#callOffPing = this.#around.after(PING_EVERY, () => {
      this.#ping()
      this.#pingLater()
    })
  }

  #heard() {
    this.#silentIn(SILENCE)
  }

  /** @param {number} milliseconds */
  #silentIn(milliseconds) {
    this.#callOffSilence()
    this.#callOffSilence = this.#around.after(milliseconds, () => this.#lost())
  }

  /** @param {ClientMessage} message */
  #write(message) {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(message))
  }
}

/** @param {string} url */
function browserSocket(url) {
  return new WebSocket(url)
}

/** @param {string} room @returns {string} the address of its socket on this server */
export function socketUrl(room) {
  const url = new URL(at(`api/rooms/${encodeURIComponent(room)}/socket`), location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}
