/** One's visit to a room, from the door to the end, in one document. */
import {fetchFacts} from './api.js'
import {followHost, forgetHost, hostSecret, keepHost} from './host.js'
import {pageLanguage, speak, spokenOf} from './language.js'
import {lobby} from './lobby.js'
import {keepPapers, loadPapers} from './papers.js'
import {turnTo} from '../elements/common/dom.js'
import {RejoinEvent, on} from '../elements/common/events.js'
import {MeetingEnd} from '../elements/room/meeting-end.js'
import {MeetingProblem} from '../elements/room/meeting-problem.js'
import {words} from '../i18n/words.js'
import {afterPath} from '../kept/after-link.js'
import {agreedIn} from '../kept/receipt.js'
import {noticesIn} from '../room/notices.js'
import {isOver} from '../room/view.js'

/** @import {Facts} from '../room/notices.js' */
/** @import {View} from '../room/view.js' */
/** @import {Devices} from '../rtc/devices.js' */
/** @import {Session} from '../room/session.js' */
/** @import {Seat} from './lobby.js' */
/** @import {Sent} from './sent.js' */
/**
 * @typedef {object} Way through one kind of room
 * @property {Devices | null} devices null: none is asked for
 * @property {(seat: Seat & {room: string}) => Promise<void>} inside until it is over
 */
/**
 * @typedef {object} Visit
 * @property {Partial<Readonly<Record<Facts['mode'], () => Way>>>} ways of the rooms that are shown here
 * @property {() => Sent | null} sent as whom a service has sent them
 * @property {() => string | null} [language] that is wished for here
 * @property {(facts: Facts) => void} [found] the room is there
 * @property {(facts: Facts) => Promise<void> | null} [instead] of coming in here
 * @property {(session: Session) => void} [seated] one is in, or was
 * @property {(view: View) => void} [over] it is over for this person
 * @property {(code: string) => void} [refused] there is no way in
 */

/** @param {string | null} room @param {Visit} here */
export async function visit(room, here) {
  if (room === null) return problem('unknown-room', here)
  // Words and facts side by side: hardly ever is it another language by what the room offers.
  const [answer] = await Promise.all([fetchFacts(room), pageLanguage()])
  if ('code' in answer) return problem(answer.code, here, await remembered(room, answer.code))
  const way = here.ways[answer.facts.mode]
  if (!way) return problem('unknown-room', here)
  here.found?.(answer.facts)
  const other = here.instead?.(answer.facts)
  if (other) return other
  await run(room, answer.facts, way(), here)
}

/** @param {string} code @param {Visit} visit @param {string} [after] */
async function problem(code, {refused}, after = '') {
  const language = await pageLanguage()
  const say = words(language)
  speak(language, say('brand'))
  turnTo(new MeetingProblem(say, {language, code, after}))
  refused?.(code)
}

/** @param {string} room @param {Facts} facts @param {Way} way @param {Visit} here */
async function run(room, facts, {devices, inside}, here) {
  const host = hostSecret(room)
  const [language, papers] = await Promise.all([
    pageLanguage(spokenOf(facts.languages), [facts.language], here.language?.()),
    loadPapers(room),
  ])
  const after = papers?.after || null
  const agreed = agreedIn(papers?.receipts ?? [])
  const {sent, refused} = here
  const seat = await lobby({room, facts, language, devices, host, sent, after, agreed, refused})
  const {session} = seat
  here.seated?.(session)
  try {
    if (!isOver(session.view)) {
      if (host !== null && session.view.host) keepHost(room, host)
      followHost(room, session)
      keepPapers(room, session)
      await inside({...seat, room})
    }
  } finally {
    devices?.stop()
  }
  const {phase, fault} = session.view
  if (phase === 'ended' || fault?.code === 'not-allowed') forgetHost(room)
  finish(room, seat, here)
}

/** @param {string} room @param {Seat} seat @param {Visit} here */
function finish(room, {session, language}, here) {
  const {view, facts} = session
  if (!isOver(view)) throw new RangeError(`not over: ${view.phase}`)
  const say = words(language)
  const end = new MeetingEnd(say, {language, facts, notices: noticesIn(facts, language)}, view)
  on(end, RejoinEvent, () => visit(room, here), {once: true})
  turnTo(end)
  here.over?.(view)
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
