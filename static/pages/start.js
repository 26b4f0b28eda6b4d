/** The page `/`. */
import '../elements/register.js'
import {fetchServerFacts, openRoom} from './api.js'
import {keepLanguage, pageLanguage, speak} from './language.js'
import {LanguageEvent, OpenRoomEvent, on} from '../elements/common/events.js'
import {MeetingProblem} from '../elements/room/meeting-end.js'
import {StartPage} from '../elements/start/start-page.js'
import {words} from '../i18n/words.js'
import {hostLink, invitation} from '../room/invitation.js'

/** @import {ServerFacts} from '../room/notices.js' */

/** @type {StartPage | null} as it is just now, in the language of now */
let page = null
let opening = false

/** @param {ServerFacts} server */
function draw(server) {
  const language = pageLanguage(server.languages)
  const say = words(language)
  speak(language, say('brand'))
  page = new StartPage(say, {server, language, languages: server.languages})
  on(page, OpenRoomEvent, event => open(event.room))
  page.show({busy: opening, failed: false})
  document.body.replaceChildren(page)
}

/** One room, however often it is pressed. @param {OpenRoomEvent['room']} wish */
async function open(wish) {
  if (opening) return
  opening = true
  page?.show({busy: true, failed: false})
  const made = await openRoom(wish)
  opening = false
  if (made === null) return page?.show({busy: false, failed: true})
  page?.showCreated({
    title: wish.title,
    invitation: invitation(made.room, location.origin),
    host: hostLink(made.room, made.host, location.origin),
  })
}

const server = await fetchServerFacts()
if (server === null) {
  const language = pageLanguage()
  const say = words(language)
  speak(language, say('brand'))
  document.body.replaceChildren(new MeetingProblem(say, {language, code: 'other'}))
} else {
  draw(server)
  on(document, LanguageEvent, event => {
    keepLanguage(event.language)
    draw(server)
  })
}
