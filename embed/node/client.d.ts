/// <reference lib="esnext.disposable" />

/** What a client of a gate is told; `code` never changes. */
export class GateError extends Error {
  readonly code: string
}

/** No answer, or none of a gate's: nothing may be captured. `gate-unreachable`. */
export class GateUnreachable extends GateError {}

/** The permit is over: what was captured under it has to have stopped. `permit-ended`. */
export class PermitEnded extends GateError {}

/** The gate has refused a request, with a code of its HTTP API. */
export class Refused extends GateError {
  /** Of HTTP. */
  readonly status: number
}

/** Not everybody in the room agrees; who, and how, is not told. `consent-required`. */
export class ConsentRequired extends Refused {}

export interface NewRoom {
  title: string
  /** Of the notices, such as `en`. */
  language: string
  /** Their ids, such as `recording`. */
  features: string[]
  /** `gate` (as is): people see and hear each other elsewhere; `meeting`: here. */
  mode?: 'gate' | 'meeting'
  /** Of a `gate`: you report who is there; until you have, nothing is on. */
  presence?: boolean
  /** People wait until a host lets them in. */
  knock?: boolean
}

/** What is said of a new room. Times are of RFC 3339. */
export interface Opened {
  readonly room: string
  /** Whoever has it is host; told here once. */
  readonly host: string
  readonly invitation: string
  readonly opened_at: string
  readonly waits_until: string
}

/** A room as everybody in it sees it. */
export interface RoomNow {
  readonly room: string
  readonly title: string
  readonly mode: 'gate' | 'meeting'
  readonly language: string
  readonly knock: boolean
  readonly presence: boolean
  readonly opened_at: string
  readonly ended: boolean
  readonly people: number
  readonly features: readonly {
    readonly id: string
    readonly offered: boolean
    readonly sign: 'on' | 'off'
    readonly since: string | null
  }[]
}

export interface Asking {
  /** Seconds, 60 at most, in which everybody is asked; without it, only who has agreed counts. */
  wait?: number
  /** Ends the asking, and gives the permit back. */
  signal?: AbortSignal
}

/** Opens rooms of one gate, and finds them. Each call may throw `Refused`, `GateUnreachable`. */
export class Gate {
  /** The gate at `url`, with the path below which it is; `key`: of a service. */
  constructor(url: string, key: string)

  openRoom(wanted: NewRoom): Promise<Room>

  /** The room of that id; nothing is asked yet. */
  room(id: string): Room
}

/** One room. Each call may throw `Refused`, `GateUnreachable`. */
export class Room {
  private constructor()

  readonly id: string
  /** Null of a room that was not opened by this call. */
  readonly opened: Opened | null

  /** A token by which the one whom you call `ref` may come in, within minutes. */
  entry(ref: string, options?: {host?: boolean}): Promise<string>

  /** Your engine has exactly `people`, by your refs; what had to close has closed. */
  report(people: Iterable<string>): Promise<void>

  state(): Promise<RoomNow>

  /** It is over for everybody. Idempotent. */
  end(): Promise<void>

  /**
   * Leave to capture, for as long as everybody agrees. Throws `ConsentRequired` unless they do.
   * It keeps the process alive, and has to be released once nothing is captured any more.
   */
  permit(feature: string, options?: Asking): Promise<Permit>

  /**
   * What `work` returns, once that has stopped; the permit is released then. Throws what `work`
   * throws: `PermitEnded` where `permit.signal` or `permit.check()` has broken it off.
   */
  withPermit<T>(
    feature: string,
    work: (permit: Permit) => T | PromiseLike<T>,
    options?: Asking,
  ): Promise<T>
}

/** A lease, kept until it is released, or everybody's yes is over. */
export class Permit {
  private constructor()

  readonly feature: string
  /** Who is present, all of whom have agreed: ids of this room alone. */
  readonly people: readonly string[]
  /** The same, signed: a JWT, for others to check. */
  readonly token: string
  /** The stretch in which everybody agrees, as the gate's ledger knows it. */
  readonly opening: string

  /** Whether what is captured now may be kept. Cheap: ask for each packet. */
  readonly alive: boolean

  /** Seconds that it lasts, if nothing more is heard. */
  readonly left: number

  /** Aborted, with `PermitEnded`, once it is over: for fetch, streams, loops. */
  readonly signal: AbortSignal

  /** Fulfilled once it is over; never rejected. */
  readonly ended: Promise<void>

  /** Throw `PermitEnded` unless it is alive. */
  check(): void

  /** Nothing is captured any more: it is over at once, and the gate is told. Idempotent. */
  release(): Promise<void>

  [Symbol.asyncDispose](): Promise<void>
}
