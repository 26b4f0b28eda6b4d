/** The page `/admin`. */
import {onLanguage, pageLanguage, speak} from './language.js'
import {Console} from './admin-console.js'
import {ask} from '../console/api.js'
import {consoleWords, loadConsoleWords} from '../console/words.js'
import {AdminDoor} from '../elements/admin/admin-door.js'
import {SignedOutEvent, TokenShownEvent} from '../elements/admin/events.js'
import {turnTo} from '../elements/common/dom.js'
import {on} from '../elements/common/events.js'
import {presses} from '../elements/common/press-guard.js'
import {languages, loadWords, words} from '../i18n/words.js'
import {refusalOf} from '../site/visitor.js'

/** @import {Session} from '../console/shapes.js' */
/** @import {Voice} from '../console/words.js' */

/** @type {Session | null} */
let session = null
/** @type {Console | null} */
let inside = null
/** @type {AdminDoor | null} */
let door = null
let busy = false
let way = 'token'
/** @type {string | null} */
let fault = refusal()

presses.watch()
on(document, TokenShownEvent, event => enter(event.token))
on(document, SignedOutEvent, leave)
onLanguage(draw, {load: loadConsoleWords})
// Previews of notices are in every language that joiners are spoken to in.
await Promise.all(languages.map(loadWords))
await arrive()
await draw(await pageLanguage())

/** Why one comes back from a provider without a session; it leaves the address at once. */
function refusal() {
  const code = refusalOf(location.hash)
  if (code !== null) history.replaceState(null, '', location.pathname)
  return code
}

/** Whether one is signed in, and how one would. */
async function arrive() {
  const answer = await ask('GET', '/session')
  if ('code' in answer) {
    session = null
    fault = answer.code
    return
  }
  const said = /** @type {Session} */ (answer.said)
  session = said.signed_in ? said : null
  way = said.way
}

/** @param {string} language */
async function draw(language) {
  await loadConsoleWords(language)
  /** @type {Voice} */
  const voice = {say: words(language), tell: consoleWords(language), language}
  inside?.close()
  inside = null
  door = null
  if (session) {
    inside = new Console(voice, session, languages, lock)
    turnTo(inside.frame)
    await inside.turn()
    return
  }
  speak(language, `${voice.tell('console')} · ${voice.say('brand')}`)
  door = new AdminDoor(voice, {languages, way})
  turnTo(door)
  door.show({busy, fault})
}

/** The session is over: what is shown goes at once. */
async function lock() {
  if (session === null) return
  session = null
  fault = 'console-locked'
  await draw(document.documentElement.lang)
}

/** @param {string} token */
async function enter(token) {
  if (busy) return
  busy = true
  door?.show({busy, fault: null})
  const answer = await ask('POST', '/session', {token})
  fault = 'code' in answer ? answer.code : null
  if (fault === null) await arrive()
  busy = false
  if (session) await draw(document.documentElement.lang)
  else door?.show({busy, fault})
}

async function leave() {
  if (busy) return
  busy = true
  const answer = await ask('DELETE', '/session')
  busy = false
  if ('code' in answer && answer.code !== 'console-locked') return inside?.complain(answer.code)
  const next = 'said' in answer ? /** @type {{next: string | null}} */ (answer.said).next : null
  if (next !== null) return location.assign(next)
  session = null
  fault = null
  history.replaceState(null, '', location.pathname)
  await draw(document.documentElement.lang)
}
