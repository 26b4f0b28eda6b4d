/**
 * Asks a gate for permits, and stops when they end. Types and units are in client.d.ts.
 *
 * Rule 1: a permit lasts for so long from before it was asked for. It is over by itself then,
 * whether or not anything was heard from the gate.
 * Rule 2: it is renewed long before, and tried again as long as there is time.
 * Rule 3: whatever goes wrong, it is over, and stays over.
 */
import os from 'node:os'

/** Seconds for a request that has none of its own. */
const PATIENCE = 10
/** Bytes of an answer that are looked at. */
const LONGEST = 1024 * 1024
/** Of how long a permit lasts: when it is renewed, and when again if there was no answer. */
const RENEWED_AFTER = 1 / 3
const AGAIN_AFTER = 1 / 20
/** Seconds between two looks at whether the machine was asleep. */
const LOOK = 0.1

export class GateError extends Error {
  constructor(code, message, options) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}
export class GateUnreachable extends GateError {
  constructor(message, options) {
    super('gate-unreachable', message, options)
  }
}
export class PermitEnded extends GateError {
  constructor() {
    super('permit-ended', 'The permit is over: stop, and keep nothing more.')
  }
}
export class Refused extends GateError {
  constructor(status, code, detail) {
    super(code, `${detail} (${code})`)
    this.status = status
  }
}
export class ConsentRequired extends Refused {}

export class Gate {
  #ask

  constructor(url, key) {
    this.#ask = asks(url, key)
  }

  async openRoom({mode = 'gate', ...more}) {
    const opened = await this.#ask('POST', '/rooms', {said: {mode, ...more}})
    return new Room(this.#ask, opened.room, opened)
  }

  room(id) {
    return new Room(this.#ask, id)
  }
}

export class Room {
  #ask
  #path

  constructor(ask, id, opened = null) {
    this.#ask = ask
    this.#path = `/rooms/${encodeURIComponent(id)}`
    this.id = id
    this.opened = opened
  }

  async entry(ref, {host = false} = {}) {
    const given = await this.#ask('POST', `${this.#path}/entries`, {said: {ref, host}})
    return given.entry
  }

  async report(people) {
    await this.#ask('PUT', `${this.#path}/presence`, {said: {people: [...people]}})
  }

  async state() {
    return this.#ask('GET', this.#path)
  }

  async end() {
    await this.#ask('DELETE', this.#path)
  }

  async permit(feature, options = {}) {
    return acquire(this.#ask, `${this.#path}/permits`, feature, options)
  }

  async withPermit(feature, work, options = {}) {
    const permit = await this.permit(feature, options)
    try {
      return await work(permit)
    } catch (fault) {
      // What the platform breaks off by a signal says so in words of its own.
      throw permit.signal.aborted && fault?.cause === permit.signal.reason ? fault.cause : fault
    } finally {
      await permit.release()
    }
  }
}

let acquire

/** By this, `media.js` asks a permit whose it is; it is promised to nobody else. */
const SEAT = Symbol.for('gatekeeper-client.seat')

export class Permit {
  #ask
  #path
  #id = ''
  #lasts = 0
  /** By each of the clocks of `now`. */
  #until = [0, 0]
  #over = new AbortController()
  #timers = {}
  #from
  #released

  constructor(ask, path, feature, from) {
    this.#ask = ask
    this.#path = path
    this.#from = from
    this.feature = feature
    this.people = []
    this.token = ''
    this.opening = ''
    this.ended = new Promise(resolve =>
      this.signal.addEventListener('abort', () => resolve(), {once: true}),
    )
  }

  static {
    acquire = async (ask, path, feature, {wait = 0, signal}) => {
      const permit = new Permit(ask, path, feature, signal)
      try {
        await permit.#acquire(Math.trunc(wait))
      } catch (fault) {
        if (permit.#id) permit.release()
        throw fault
      }
      return permit
    }
  }

  get signal() {
    return this.#over.signal
  }

  get left() {
    if (this.signal.aborted) return 0
    const at = now()
    const left = Math.min(...this.#until.map((until, clock) => until - at[clock]))
    if (left > 0) return left
    this.#end()
    return 0
  }

  get alive() {
    return this.left > 0
  }

  check() {
    if (!this.alive) throw this.signal.reason
  }

  [SEAT]() {
    return {...this.#ask.by, id: this.#id, end: () => this.#end(), read}
  }

  release() {
    this.#end()
    this.#released ??= this.#giveBack()
    return this.#released
  }

  async [Symbol.asyncDispose]() {
    await this.release()
  }

  async #acquire(wait) {
    const signal = this.#from
    const said = {feature: this.feature}
    const patience = wait + PATIENCE
    this.#take(await this.#lend(wait ? `?wait=${wait}` : '', {said, signal, patience}))
    // When it was lent is not known then: it counts from another asking.
    if (wait) this.#take(await this.#lend(`/${this.#id}`, {signal, patience: this.#lasts}))
    signal?.throwIfAborted()
    this.check()
    signal?.addEventListener('abort', this.#aborted)
    this.#watch()
    this.#next(RENEWED_AFTER)
  }

  async #lend(path, options) {
    const asked = now()
    return {...(await this.#ask('POST', this.#path + path, options)), asked}
  }

  #take({permit, lasts, people, token, opening, asked}) {
    if (!(typeof permit === 'string' && Number.isFinite(lasts) && Array.isArray(people)))
      throw new GateUnreachable('An answer that is no permit.')
    this.#id = encodeURIComponent(permit)
    this.#lasts = lasts
    this.#until = asked.map(clock => clock + lasts)
    Object.assign(this, {people, token, opening})
  }

  /** Look whether it is over: soon enough after a sleep, too, that no timer knows of. */
  #watch = () => {
    const {left} = this
    if (left) this.#timers.watch = setTimeout(this.#watch, Math.min(left, LOOK) * 1e3)
  }

  #next(share) {
    const {left} = this
    if (left) this.#timers.renew = setTimeout(this.#keep, Math.min(this.#lasts * share, left) * 1e3)
  }

  #keep = async () => {
    const {left} = this
    if (!left) return
    try {
      const lent = await this.#lend(`/${this.#id}`, {patience: left, signal: this.signal})
      if (this.alive) this.#take(lent) // what comes late lengthens nothing
      this.#next(RENEWED_AFTER)
    } catch (fault) {
      if (fault instanceof GateUnreachable) this.#next(AGAIN_AFTER)
      else this.#end()
    }
  }

  #aborted = () => {
    this.release()
  }

  #end() {
    if (this.signal.aborted) return
    clearTimeout(this.#timers.watch)
    clearTimeout(this.#timers.renew)
    this.#from?.removeEventListener('abort', this.#aborted)
    this.#over.abort(new PermitEnded())
  }

  async #giveBack() {
    try {
      await this.#ask('DELETE', `${this.#path}/${this.#id}`, {patience: 2})
    } catch (fault) {
      if (!(fault instanceof GateError)) throw fault
    }
  }
}

/**
 * Seconds, by two clocks that nobody sets. The first is exact, but stands still on Linux
 * while the machine sleeps; the second, of hundredths, goes on. Elsewhere the first does.
 */
function now() {
  return [performance.now() / 1e3, process.platform === 'linux' ? os.uptime() : 0]
}

/** One request to that gate; its answer's JSON, null if there is none. */
function asks(url, key) {
  const root = `${url.replace(/\/+$/, '')}/api/v1`
  const authorization = `Bearer ${key}`
  const ask = async (method, path, {said, patience = PATIENCE, signal} = {}) => {
    signal?.throwIfAborted()
    const over = new AbortController()
    const abort = () =>
      over.abort(signal?.aborted ? signal.reason : new Error('No answer in time.'))
    const timer = setTimeout(abort, patience * 1e3)
    signal?.addEventListener('abort', abort)
    try {
      const answer = await fetch(root + path, {
        method,
        headers: {authorization, ...(said && {'content-type': 'application/json'})},
        body: said && JSON.stringify(said),
        redirect: 'manual', // the key goes to the gate alone
        signal: over.signal,
      })
      return read(answer.status, await text(answer))
    } catch (fault) {
      if (fault instanceof GateError) throw fault
      signal?.throwIfAborted()
      const {message, code} = fault.cause ?? fault
      throw new GateUnreachable(`${root}: ${message || code}`, {cause: fault})
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
  }
  return Object.assign(ask, {by: {root, authorization}})
}

async function text(answer) {
  const parts = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > LONGEST) throw new GateUnreachable('An answer that is too long.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function read(status, body) {
  if (status === 204) return null
  let said
  try {
    said = JSON.parse(body)
  } catch {}
  if (said === null || typeof said !== 'object')
    throw new GateUnreachable(`An answer that is no gate's, of ${status}.`)
  if (status >= 200 && status < 300) return said
  const {code = '', detail = ''} = said
  throw new (code === 'consent-required' ? ConsentRequired : Refused)(
    status,
    `${code}`,
    `${detail}`,
  )
}
