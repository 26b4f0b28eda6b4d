/**
 * The page `/m/{room}/gate`: the gate of a room whose people meet somewhere else, in a frame of
 * another site's page, or in a window that such a frame has opened.
 */
import {attend} from './attend.js'
import {Embedder} from './embedder.js'
import {offerWindow, tellOpener} from './own-window.js'
import {sentHere} from './sent.js'
import {telling} from './telling.js'
import {look} from './theme.js'
import {visit} from './visit.js'
import {faultWords} from '../elements/room/fault-message.js'
import {LanguageEvent} from '../elements/common/events.js'
import {InView, canTell} from '../elements/common/in-view.js'
import {presses} from '../elements/common/press-guard.js'
import {isKey, words} from '../i18n/words.js'
import {nothingOn, tellable, wishedAtFirst} from '../room/embedding.js'
import {gateOf} from '../room/invitation.js'

/** @import {Shape, Told, Wish} from '../room/embedding.js' */
/** @import {Facts} from '../room/notices.js' */

const root = document.documentElement
const room = gateOf(location.pathname)
const wished = wishedAtFirst(location.hash)
let sent = room === null ? null : sentHere(room)
let {language} = wished
const gate = () => ({devices: null, inside: attend})

presses.watch()
if (parent === window) await inWindow()
else await inFrame()

/** As if it were the room's own page, which tells its frame what is on. */
async function inWindow() {
  let stop = () => {}
  await visit(room, {
    ways: {gate},
    sent: () => sent,
    language: () => language,
    seated: session => {
      stop()
      stop = tellOpener(session)
    },
    over: () => stop(),
  })
}

async function inFrame() {
  root.dataset['framed'] = ''
  shape(wished.shape)
  look(wished.theme)
  const embedder = new Embedder(follow)
  let stop = () => {}
  /** @type {readonly string[]} */
  let features = []

  /** @param {Facts} facts */
  const found = facts => {
    features = facts.features.map(({id}) => id)
    embedder.tell(nothingOn(features))
    embedder.trust(facts.framed_by)
  }
  /** @param {string} code */
  const gone = code => {
    stop()
    embedder.tell(nothingOn(features))
    embedder.tell({gatekeeper: 'fault', code: tellable(code), text: told(tellable(code))})
  }
  const tell = (/** @type {Told} */ told) => embedder.tell(told)
  const own = {sent: () => sent, language: () => language}
  const here = {
    ways: {gate},
    ...own,
    found,
    instead: (/** @type {Facts} */ facts) =>
      canTell() && facts.framed_answers ? null : offerWindow(facts, {...own, tell}),
    refused: gone,
    seated: (/** @type {import('../room/session.js').Session} */ session) => {
      stop()
      stop = telling(session, tell).end
      embedder.arrive()
    },
    over: (/** @type {import('../room/view.js').View} */ {phase, fault}) =>
      gone(fault?.code ?? phase),
  }
  if (canTell()) new InView().watch()
  await visit(room, here)
}

/** @param {Wish} wish */
function follow(wish) {
  switch (wish.gatekeeper) {
    case 'shape':
      return shape(wish.shape)
    case 'theme':
      return look(wish.theme)
    case 'language':
      language = wish.language
      return void document.dispatchEvent(new LanguageEvent(wish.language, false))
    case 'entry':
      sent = {entry: wish.entry, name: wish.name}
  }
}

/** @param {Shape} wanted */
function shape(wanted) {
  root.dataset['shape'] = wanted
}

/** A code in the words of this page. @param {string} code */
function told(code) {
  const say = words(root.lang)
  const key = `elsewhere.${code}`
  return isKey(key) ? say(key) : faultWords(say, {code, detail: code})
}
