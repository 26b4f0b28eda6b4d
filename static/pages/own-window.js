/**
 * Where nobody answers in a frame (the server's choice, or a browser that cannot tell whether
 * answers are in full view), they are in a window of the gate's own. The seat is there, and no
 * second one here; the window tells what is on.
 *
 * Rule 1: it is known by the frame alone, which opened it, and by what the server calls itself.
 * Rule 2: the frame asks, and the window answers. A window that lies behind others is given one
 * timer a minute by its browser, and its messages at once.
 */
import {onLanguage, pageLanguage, speak, spokenOf} from './language.js'
import {telling} from './telling.js'
import {GateWindow} from '../elements/room/gate-window.js'
import {turnTo} from '../elements/common/dom.js'
import {OwnWindowEvent, on} from '../elements/common/events.js'
import {words} from '../i18n/words.js'
import {LEASE, askedOf, nothingOn, sentFragment, stateOf} from '../room/embedding.js'
import {gatePath} from '../room/invitation.js'
import {noticesIn} from '../room/notices.js'

/** @import {OnAir, Sent, Told} from '../room/embedding.js' */
/** @import {Facts} from '../room/notices.js' */
/** @import {Session} from '../room/session.js' */

const LOOK = 500
/** What the frame asks its window: what is on? */
const ASKED = 'gatekeeper-asks'
const SIZE = 'popup,width=480,height=760'

/** In the window: tell the frame that has opened it, and nobody else. @param {Session} session @returns {() => void} ends it */
export function tellOpener(session) {
  const {ask, end} = telling(session, state => {
    opener?.postMessage(state, location.origin)
    const asked = session.view.asks.length > 0
    opener?.postMessage({gatekeeper: 'asked', asked}, location.origin)
  })
  const asked = (/** @type {MessageEvent} */ {source, origin, data}) => {
    if (source === opener && origin === location.origin && data === ASKED) ask()
  }
  addEventListener('message', asked)
  return () => {
    removeEventListener('message', asked)
    end()
  }
}

/**
 * In the frame.
 * @param {Facts} facts @param {{sent: () => Sent | null, language: () => string | null, tell: (told: Told) => void}} here
 */
export async function offerWindow(facts, {sent, language: wish, tell}) {
  const features = facts.features.map(({id}) => id)
  /** @type {Window | null} */
  let opened = null
  let until = 0
  /** Whether there is a question in the window. It is told to nobody else: that it went away would tell of an answer. */
  let asked = false
  /** @type {OnAir} */
  let known = {}
  let element = await draw()

  async function draw(language = '') {
    const spoken = spokenOf(facts.languages)
    const speaks = language || (await pageLanguage(spoken, [facts.language], wish()))
    const say = words(speaks)
    speak(speaks, `${facts.title} · ${say('brand')}`)
    const drawn = new GateWindow(say, speaks, noticesIn(facts, speaks))
    turnTo(drawn)
    return drawn
  }

  function show() {
    const open = opened !== null && !opened.closed
    const left = until - performance.now()
    const on = open && left > 0 ? known : {}
    element.show(open ? (asked && left > 0 ? 'asked' : 'open') : 'closed', on)
    if (open && left > 0)
      tell({gatekeeper: 'state', features: {...nothingOn(features).features, ...on}, lasts: left})
    else tell(nothingOn(features))
  }

  on(document, OwnWindowEvent, () => {
    if (opened !== null && !opened.closed) return opened.focus()
    opened = window.open(`${gatePath(facts.room)}${sentFragment(sent(), wish())}`, '_blank', SIZE)
    element.blocked(opened === null)
    show()
  })
  addEventListener('message', ({source, origin, data}) => {
    if (opened === null || source !== opened || origin !== location.origin) return
    const state = stateOf(data)
    if (!state) {
      asked = askedOf(data) ?? asked
      return show()
    }
    known = state.features
    until = performance.now() + Math.min(state.lasts, LEASE)
    show()
  })
  onLanguage(async language => {
    element = await draw(language)
    show()
  })
  setInterval(() => {
    opened?.postMessage(ASKED, location.origin)
    show()
  }, LOOK)
  show()
}
