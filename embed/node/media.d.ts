import type {Permit} from './client.js'

/** One packet of somebody's. */
export interface Packet {
  /** `opus`: a packet (RFC 6716); `pcm`: 16 kHz, 16 bits, little endian, one channel; `vp8`: a frame. */
  readonly kind: 'opus' | 'pcm' | 'vp8'
  /** An id of this room alone. */
  readonly participant: string
  /** What they are called in the room. */
  readonly name: string
  readonly source: 'microphone' | 'camera' | 'screen' | 'screen-audio'
  /** Who was present, all of whom had agreed. */
  readonly people: readonly string[]
  /** Of this source; what is missing was lost because it was read too slowly. */
  readonly sequence: number
  /** When it was taken, in seconds since 1970 by the gate's clock. */
  readonly at: number
  /** A `Buffer`, in fact. */
  readonly content: Uint8Array
}

/**
 * What the gate captures under `permit`, where its feature is fed: to be iterated, once. Throws
 * `PermitEnded` when it is over, or the connection is: then the permit is over, too.
 * Throws `Refused` and `GateUnreachable` as a `Room` does.
 */
export function media(
  permit: Permit,
  options?: {
    /** `pcm` has sound decoded by the gate. */
    audio?: 'opus' | 'pcm'
  },
): AsyncGenerator<Packet, never, undefined>
