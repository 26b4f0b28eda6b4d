/**
 * Where a browser cannot tell whether answers are in full view, a frame has none: they are in a
 * window of the gate's own. The seat is there, and no second one here; the window tells what is on.
 *
 * Rule: it is known by the frame alone, which opened it, and by what the server calls itself.
 */
import {onLanguage, pageLanguage, speak, spokenOf} from './language.js'
import {telling} from './telling.js'
import {GateWindow} from '../elements/room/gate-window.js'
import {OwnWindowEvent, on} from '../elements/common/events.js'
import {words} from '../i18n/words.js'
import {LEASE, nothingOn, sentFragment, stateOf} from '../room/embedding.js'
import {gatePath} from '../room/invitation.js'
import {noticesIn} from '../room/notices.js'

/** @import {OnAir, Sent, Told} from '../room/embedding.js' */
/** @import {Facts} from '../room/notices.js' */
/** @import {Session} from '../room/session.js' */

const LOOK = 500
const SIZE = 'popup,width=480,height=760'

/** In the window: tell the frame that has opened it, and nobody else. @param {Session} session @returns {() => void} ends it */
export const tellOpener = session =>
  telling(session, state => opener?.postMessage(state, location.origin))

/**
 * In the frame.
 * @param {Facts} facts @param {{sent: () => Sent | null, language: () => string | null, tell: (told: Told) => void}} here
 */
export async function offerWindow(facts, {sent, language: wish, tell}) {
  const features = facts.features.map(({id}) => id)
  /** @type {Window | null} */
  let opened = null
  let until = 0
  /** @type {OnAir} */
  let known = {}
  let element = await draw()

  async function draw(language = '') {
    const spoken = spokenOf(facts.languages)
    const speaks = language || (await pageLanguage(spoken, [facts.language], wish()))
    const say = words(speaks)
    speak(speaks, `${facts.title} · ${say('brand')}`)
    const drawn = new GateWindow(say, speaks, noticesIn(facts, speaks))
    document.body.replaceChildren(drawn)
    return drawn
  }

  function show() {
    const open = opened !== null && !opened.closed
    const left = until - performance.now()
    const on = open && left > 0 ? known : {}
    element.show(open, on)
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
    if (!state) return
    known = state.features
    until = performance.now() + Math.min(state.lasts, LEASE)
    show()
  })
  onLanguage(async language => {
    element = await draw(language)
    show()
  })
  setInterval(show, LOOK)
  show()
}
