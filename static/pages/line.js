/** The lines of a meeting: how good they are, and how much is asked of them. */
import {stayAwake} from '../browser/awake.js'
import {FINE} from '../elements/room/line-sign.js'
import {spared, wanted} from '../room/wanted.js'
import {GOOD, UNKNOWN, incoming, outgoing, own, settle, worst} from '../rtc/quality.js'

/** @import {Preferences} from '../browser/preferences.js' */
/** @import {Line} from '../elements/room/line-sign.js' */
/** @import {Streams} from '../elements/room/video-stage.js' */
/** @import {Looking} from '../room/wanted.js' */
/** @import {Session} from '../room/session.js' */
/** @import {Quality, Settled} from '../rtc/quality.js' */
/** @import {Report} from '../rtc/report.js' */

/** Statistics cost time, too: one pass for everybody. */
const SAMPLE = 2_000

export class Lines {
  #session
  #preferences
  #changed
  /** @type {ReadonlyMap<string, Report>} */
  #reports = new Map()
  /** @type {Map<string, Settled>} by participant, oneself included */
  #settled = new Map()
  #seen
  #signal
  #floor = ''

  /**
   * @param {{session: Session, preferences: Preferences}} meeting @param {AbortSignal} signal
   * @param {{changed: () => void, seen: () => {large: string | null, screen: string | null}}} room
   *   `seen`: what of the room is drawn large
   */
  constructor({session, preferences}, signal, {changed, seen}) {
    this.#session = session
    this.#preferences = preferences
    this.#changed = changed
    this.#seen = seen
    this.#signal = signal
    stayAwake(signal)
    const look = () => this.look()
    globalThis.addEventListener('resize', look, {signal})
    document.addEventListener('visibilitychange', look, {signal})
    const sampling = setInterval(() => this.#sample(), SAMPLE)
    signal.addEventListener('abort', () => clearInterval(sampling))
  }

  /** By participant, oneself included; who is not named has a good one. @returns {ReadonlyMap<string, Line>} */
  get lines() {
    /** @type {Map<string, Line>} */
    const lines = new Map(this.#settled)
    for (const id of spared(this.#looking()))
      if (this.#showing(id)) lines.set(id, {...FINE, level: 'spared'})
    return lines
  }

  /** What is shown of the others: a screen that is not wanted is not, unless it sounds. @returns {Streams} */
  get streams() {
    const {streams} = this.#session
    if (this.#preferences.get('save-data') !== 'audio') return streams
    return new Map(
      [...streams].map(([id, {camera, screen}]) => {
        const sounds = screen?.getAudioTracks().some(({muted}) => !muted)
        return [id, {camera, screen: sounds ? screen : null}]
      }),
    )
  }

  /** Who has the floor: whose picture is wanted when data are saved is who has had it last. @param {string | null} speaker */
  hear(speaker) {
    if (speaker !== null && speaker !== this.#session.view.you) this.#floor = speaker
  }

  /** What is wanted of the others may be something else now. */
  look() {
    this.#session.lines.want(wanted(this.#looking()))
  }

  /** @returns {Looking} */
  #looking() {
    const {people, you, screens} = this.#session.view
    const others = people.filter(({id}) => id !== you).map(({id}) => id)
    return {
      others,
      screens,
      ...this.#seen(),
      floor: others.includes(this.#floor) ? this.#floor : null,
      view: {inline: innerWidth, block: innerHeight, ratio: devicePixelRatio},
      page:
        document.visibilityState === 'visible' ? 'seen' : isInSmallWindow() ? 'small' : 'hidden',
      saving: this.#preferences.get('save-data'),
    }
  }

  /** @param {string} id */
  #showing(id) {
    return this.#session.view.people.some(person => person.id === id && person.media.camera)
  }

  async #sample() {
    if (document.hidden) return // nobody looks, and what is over is over
    const before = this.#reports
    const reports = await this.#session.lines.reports()
    if (this.#signal.aborted) return
    this.#reports = reports
    /** @type {Map<string, Quality>} */
    const seen = new Map()
    const ways = []
    for (const [id, report] of reports) {
      const earlier = before.get(id)
      const here = earlier && earlier.at < report.at ? incoming(earlier, report) : GOOD
      seen.set(id, here)
      ways.push(worst(here, outgoing(report)))
    }
    this.#settle(seen.set(this.#session.view.you, own(ways)))
  }

  /** @param {ReadonlyMap<string, Quality>} seen */
  #settle(seen) {
    const before = this.#settled
    this.#settled = new Map(
      [...seen].map(([id, each]) => [id, settle(before.get(id) ?? UNKNOWN, each)]),
    )
    const turned = [...this.#settled].filter(
      ([id, {level}]) => level !== (before.get(id)?.level ?? 'good'),
    )
    if (turned.length > 0) this.#changed()
  }
}

/** Whether a small window of the meeting stands before other pages. */
function isInSmallWindow() {
  if (document.pictureInPictureElement) return true
  const own = Reflect.get(globalThis, 'documentPictureInPicture')
  return own instanceof EventTarget && Reflect.get(own, 'window') !== null
}
