/** The page `/`. */
import {fetchServerFacts, openRoom} from './api.js'
import {onLanguage, pageLanguage, speak, spokenOf} from './language.js'
import {OpenRoomEvent, on} from '../elements/common/events.js'
import {presses} from '../elements/common/press-guard.js'
import {MeetingProblem} from '../elements/room/meeting-problem.js'
import {StartPage} from '../elements/start/start-page.js'
import {words} from '../i18n/words.js'
import {hostLink, invitation} from '../room/invitation.js'

/** @import {ServerFacts} from '../room/notices.js' */

/** @type {StartPage | null} as it is just now, in the language of now */
let page = null
let opening = false

presses.watch()

/** @param {ServerFacts} server @param {string} language */
function draw(server, language) {
  const say = words(language)
  speak(language, say('brand'))
  page = new StartPage(say, {server, language, languages: spokenOf(server.languages)})
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

// Words and facts side by side: hardly ever is it another language by what the server offers.
const [server, language] = await Promise.all([fetchServerFacts(), pageLanguage()])
if (server === null) {
  const say = words(language)
  speak(language, say('brand'))
  document.body.replaceChildren(new MeetingProblem(say, {language, code: 'other'}))
} else {
  draw(server, await pageLanguage(spokenOf(server.languages)))
  onLanguage(language => draw(server, language))
}
