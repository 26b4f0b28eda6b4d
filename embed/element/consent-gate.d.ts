/** What may be looked otherwise; never the answers, nor the sign. */
export type Font = 'system' | 'serif' | 'rounded' | 'mono'

/** Which part of the gate stands open. */
export type Shape = 'lobby' | 'panel' | 'question' | 'sign'

/** By feature, whether it is on: as the sign tells everybody in the room. */
export type OnAir = Readonly<Record<string, boolean>>

export interface GateFault {
  /** Never changes: of docs/embedding.md. */
  readonly code: string
  /** For people, in the frame's language. */
  readonly text: string
}

export interface ConsentGateEventMap extends HTMLElementEventMap {
  /** Something went on or off; off by itself, too, when the gate is not heard for two seconds. */
  gatechange: CustomEvent<{readonly features: OnAir}>
  /** The gate is there. */
  ready: CustomEvent<null>
  /** There is no way in, or no gate. */
  fault: CustomEvent<GateFault>
}

/** The gate of a room, in a frame of the gate's own origin. */
export class ConsentGate extends HTMLElement {
  /** Once, under this name; importing the module does so under `consent-gate`. */
  static define(tag?: string): void

  /** The room: `https://GATE/m/ROOM`. Another one begins anew. */
  src: string
  /** The token by which one person may come in, once; a later one takes its place. */
  entry: string
  /** What they are called, as you propose it. */
  name: string
  shape: Shape | ''
  /** Such as `de`; by itself, that of the page. */
  language: string
  /** `#rrggbb`. */
  accent: string
  /** Whole CSS pixels, 0 to 24. */
  radius: string
  font: Font | ''
  scheme: 'light' | 'dark' | 'auto' | ''

  /** Fulfilled once the gate is there. */
  readonly ready: Promise<void>
  /** What is on, as of now. */
  readonly features: OnAir

  /** Whether it is on now. Cheap: ask for each chunk that you keep. */
  on(feature: string): boolean

  /** Fulfilled once it is on; rejected with the reason of `signal`. */
  until(feature: string, options?: {signal?: AbortSignal}): Promise<void>

  addEventListener<K extends keyof ConsentGateEventMap>(
    type: K,
    listener: (this: ConsentGate, event: ConsentGateEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void
  removeEventListener<K extends keyof ConsentGateEventMap>(
    type: K,
    listener: (this: ConsentGate, event: ConsentGateEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-gate': ConsentGate
  }
}
