/** The page `/.well-known/meeting-consent/{room}`: the same address says it to programs as JSON. */
import {onLanguage, pageLanguage, speak, spokenOf} from './language.js'
import {presses} from '../elements/common/press-guard.js'
import {AskedPage} from '../elements/start/asked-page.js'
import {words} from '../i18n/words.js'

/** @import {Asked} from '../elements/start/asked-page.js' */

const answer = await fetch(location.pathname, {headers: {Accept: 'application/json'}})
/** @type {Asked | null} null: the room is over, since the page was sent */
const asked = answer.ok ? await answer.json() : null

/** @param {string} language */
function draw(language) {
  const say = words(language)
  speak(language, `${say('asked.title')} · ${say('brand')}`)
  document.body.replaceChildren(
    new AskedPage(say, asked, {language, languages: spokenOf(asked?.languages ?? [language])}),
  )
}

presses.watch()
onLanguage(draw)
draw(await pageLanguage(asked ? spokenOf(asked.languages) : undefined))
