/** The page `/m/{room}`: lobby, room and end, in one document. */
import {fetchFacts} from './api.js'
import {followHost, forgetHost, hostSecret, keepHost} from './host.js'
import {pageLanguage, speak, spokenOf} from './language.js'
import {lobby} from './lobby.js'
import {keepPapers, loadPapers} from './papers.js'
import {meet} from './room.js'
import {RejoinEvent, on} from '../elements/common/events.js'
import {presses} from '../elements/common/press-guard.js'
import {MeetingEnd} from '../elements/room/meeting-end.js'
import {MeetingProblem} from '../elements/room/meeting-problem.js'
import {words} from '../i18n/words.js'
import {afterPath} from '../kept/after-link.js'
import {agreedIn} from '../kept/receipt.js'
import {roomOf} from '../room/invitation.js'
import {noticesIn} from '../room/notices.js'
import {isOver} from '../room/view.js'
import {Devices} from '../rtc/devices.js'

/** @import {Facts} from '../room/notices.js' */
/** @import {View} from '../room/view.js' */

/** @param {string} code @param {string} [after] */
async function problem(code, after = '') {
  const language = await pageLanguage()
  const say = words(language)
  speak(language, say('brand'))
  document.body.replaceChildren(new MeetingProblem(say, {language, code, after}))
}

/** @param {string} room @param {Facts} facts */
async function run(room, facts) {
  const devices = new Devices()
  const host = hostSecret(room)
  const [language, papers] = await Promise.all([
    pageLanguage(spokenOf(facts.languages), [facts.language]),
    loadPapers(room),
  ])
  const after = papers?.after || null
  const agreed = agreedIn(papers?.receipts ?? [])
  const seat = await lobby({room, facts, language, devices, host, after, agreed})
  const {session} = seat
  try {
    if (!isOver(session.view)) {
      if (host !== null && session.view.host) keepHost(room, host)
      followHost(room, session)
      keepPapers(room, session)
      await meet({...seat, room, devices})
    }
  } finally {
    devices.stop()
  }
  const {phase, fault} = session.view
  if (phase === 'ended' || fault?.code === 'not-allowed') forgetHost(room)
  finish(session.facts, seat.language, session.view)
}

/** @param {Facts} facts @param {string} language @param {View} view */
function finish(facts, language, view) {
  if (!isOver(view)) throw new RangeError(`not over: ${view.phase}`)
  const say = words(language)
  const end = new MeetingEnd(say, {language, facts, notices: noticesIn(facts, language)}, view)
  on(end, RejoinEvent, () => start(), {once: true})
  document.body.replaceChildren(end)
}

/**
 * Where what was kept is shown, if the meeting is over and this browser was there.
 * @param {string} room @param {string} code @returns {Promise<string>}
 */
async function remembered(room, code) {
  if (code !== 'room-ended') return ''
  forgetHost(room)
  const papers = await loadPapers(room)
  return papers?.after ? afterPath(room) : ''
}

async function start() {
  const room = roomOf(location.pathname)
  if (room === null) return problem('unknown-room')
  // Words and facts side by side: hardly ever is it another language by what the room offers.
  const [answer] = await Promise.all([fetchFacts(room), pageLanguage()])
  if ('code' in answer) return problem(answer.code, await remembered(room, answer.code))
  await run(room, answer.facts)
}

presses.watch()
await start()
