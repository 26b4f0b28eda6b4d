/**
 * A test of speaker and microphone: what one would hear, and how one would be heard.
 *
 * Rule 1: nobody else hears any of it: the microphone is lent to its person alone meanwhile
 * (`Microphone.test`), and is afterwards as it was.
 * Rule 2: it stops at once when it is stopped, when the microphone is wanted otherwise, and on leaving.
 */
import {canRecord, played, recorded} from './own-voice.js'
import {tone} from './tone.js'

/** @import {Devices} from './devices.js' */
/** @typedef {'waiting' | 'playing' | 'ok' | 'failed'} Tone */
/** @typedef {'idle' | 'opening' | 'recording' | 'playing' | 'over' | 'failed'} Voice */

/** So much is recorded, in ms: a sentence. */
const LENGTH = 3000

/** Something about it is different now. */
export class SoundCheckChangeEvent extends Event {
  static type = 'change'
  constructor() {
    super(SoundCheckChangeEvent.type)
  }
}

export class SoundCheck extends EventTarget {
  /** @type {Tone} */
  tone = 'waiting'
  /** @type {Voice} */
  voice = 'idle'
  #devices
  #length
  /** @type {AbortController | null} of what is under way */
  #under = null

  /** @param {Devices} devices @param {AbortSignal} [signal] its end is this one's @param {number} [length] in ms */
  constructor(devices, signal, length = LENGTH) {
    super()
    this.#devices = devices
    this.#length = length
    const options = signal ? {signal} : {}
    devices.addEventListener('change', () => !devices.microphone.tested && this.stop(), options)
    signal?.addEventListener('abort', () => this.stop())
  }

  /** Play a tone by the speaker that was chosen. */
  async play() {
    if (this.tone === 'playing') return
    this.#set({tone: 'playing'})
    try {
      await tone(this.#devices.chosen('speaker'))
      this.#set({tone: 'ok'})
    } catch (error) {
      console.debug('no tone', error)
      this.#set({tone: 'failed'})
    }
  }

  /** Record a sentence, and play it back. */
  async record() {
    if (this.#under) return
    const {signal} = (this.#under = new AbortController())
    this.#set({voice: 'opening'})
    try {
      const voice = await this.#heard(signal)
      this.#set({voice: 'playing'})
      await played(voice, this.#devices.chosen('speaker'), signal)
      signal.throwIfAborted()
      this.#over('over')
    } catch (error) {
      if (signal.aborted) return // and said so
      console.debug('no voice', error)
      this.#over('failed')
    }
  }

  /** Whatever is under way: no more of it. */
  stop() {
    if (this.#under) this.#over('idle')
  }

  /** @param {AbortSignal} signal */
  async #heard(signal) {
    if (!canRecord()) throw new TypeError('nothing records here')
    await this.#devices.microphone.test(true)
    const {tested, track} = this.#devices.microphone
    if (!tested || track === null) throw new TypeError('no microphone')
    this.#set({voice: 'recording'})
    return recorded(track, this.#length, signal)
  }

  /** @param {Voice} voice */
  #over(voice) {
    const under = this.#under
    this.#under = null
    under?.abort()
    void this.#devices.microphone.test(false)
    this.#set({voice})
  }

  /** @param {Partial<Pick<SoundCheck, 'tone' | 'voice'>>} state */
  #set(state) {
    Object.assign(this, state)
    this.dispatchEvent(new SoundCheckChangeEvent())
  }
}
