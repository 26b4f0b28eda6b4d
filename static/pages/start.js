/** The page `/`. */
import {keepForCalendar} from './calendar.js'
import {fetchServerFacts, openRoom} from './api.js'
import {onLanguage, pageLanguage, speak, spokenOf} from './language.js'
import {fetchVisitor, keepDraft, signIn, signOut, takeDraft} from './sign-in.js'
import {turnTo} from '../elements/common/dom.js'
import {
  CalendarEvent,
  OpenRoomEvent,
  SignInEvent,
  SignOutEvent,
  TokenEvent,
  on,
} from '../elements/common/events.js'
import {presses} from '../elements/common/press-guard.js'
import {MeetingProblem} from '../elements/room/meeting-problem.js'
import {StartPage} from '../elements/start/start-page.js'
import {words} from '../i18n/words.js'
import {hostLink, invitation, qrCode} from '../room/invitation.js'
import {openTo, refusalOf, stranger} from '../site/visitor.js'

/** @import {StartState} from '../elements/start/start-page.js' */
/** @import {Created} from '../elements/start/room-created.js' */
/** @import {ServerFacts} from '../room/notices.js' */

/** @type {StartPage | null} as it is just now, in the language of now */
let page = null
/** @type {Created | null} the room that was opened, if one was */
let created = null
/** Whether a file of it is just being made. */
let making = false
/** @type {StartState} */
let state = {visitor: stranger('anybody'), busy: null, fault: null}

presses.watch()

/** @param {ServerFacts} server @param {string} language */
function draw(server, language) {
  const say = words(language)
  speak(language, say('brand'))
  const draft = page?.draft ?? takeDraft()
  const plan = page?.plan ?? null
  page = new StartPage(say, {server, language, languages: spokenOf(server.languages), draft})
  on(page, OpenRoomEvent, event => open(event.room))
  on(page, TokenEvent, event => enter(event.token))
  on(page, SignInEvent, () => page && keepDraft(page.draft))
  on(page, SignOutEvent, leave)
  on(page, CalendarEvent, event => keep(event.when))
  page.show(state)
  if (created) page.showCreated(created, plan)
  turnTo(page)
}

/** @param {Partial<StartState>} change */
function turn(change) {
  state = {...state, ...change}
  page?.show(state)
}

/** One room, however often it is pressed. @param {OpenRoomEvent['room']} wish */
async function open(wish) {
  if (state.busy) return
  turn({busy: 'opening', fault: null})
  const made = await openRoom(wish)
  if ('code' in made) return refuse(made.code)
  turn({busy: null})
  created = {
    room: made.room,
    title: wish.title,
    knock: wish.knock,
    invitation: invitation(made.room, location.origin),
    drawing: qrCode(made.room),
    host: hostLink(made.room, made.host, location.origin),
    until: new Date(made.waits_until),
  }
  page?.showCreated(created, null)
}

/** One file, however often it is pressed. @param {CalendarEvent['when']} when */
async function keep(when) {
  if (making || !created) return
  making = true
  page?.showFile({busy: true})
  const kept = await keepForCalendar(created, when)
  making = false
  page?.showFile('code' in kept ? {fault: kept.code} : {saved: kept.name})
}

/** @param {string} code */
function refuse(code) {
  if (code !== 'not-signed-in') return turn({busy: null, fault: code})
  turn({busy: null, fault: code, visitor: stranger(state.visitor.openTo)})
  page?.send({gone: false})
}

/** With an access token. @param {string} token */
async function enter(token) {
  if (state.busy) return
  turn({busy: 'signing-in', fault: null})
  const fault = await signIn(token)
  const visitor = await fetchVisitor(state.visitor.openTo)
  turn({busy: null, fault, visitor})
  if (visitor.mayOpen) page?.greet()
  else page?.send({gone: false})
}

async function leave() {
  if (state.busy) return
  const {done, next} = await signOut()
  if (!done) return turn({fault: 'unreachable'})
  if (next !== null) return location.assign(next)
  turn({fault: null, visitor: stranger(state.visitor.openTo)})
  page?.send({gone: true})
}

/** Why one comes back from signing in without it; it leaves the address at once. */
function refusal() {
  const code = refusalOf(location.hash)
  if (code !== null) history.replaceState(null, '', location.pathname)
  return code
}

// Words and facts side by side: hardly ever is it another language by what the server offers.
const [server, language] = await Promise.all([fetchServerFacts(), pageLanguage()])
if (server === null) {
  const say = words(language)
  speak(language, say('brand'))
  turnTo(new MeetingProblem(say, {language, code: 'other'}))
} else {
  const visitor = await fetchVisitor(openTo(server.open_to))
  state = {visitor, busy: null, fault: refusal()}
  draw(server, await pageLanguage(spokenOf(server.languages)))
  onLanguage(language => draw(server, language))
}
