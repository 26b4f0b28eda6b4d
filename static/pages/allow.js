/** The page `/allow`. */
import {onLanguage, pageLanguage, speak} from './language.js'
import {presses} from '../elements/common/press-guard.js'
import {AllowPage} from '../elements/start/allow-page.js'
import {languages, words} from '../i18n/words.js'

/** @param {string} language */
function draw(language) {
  const say = words(language)
  speak(language, `${say('allow.title')} · ${say('brand')}`)
  document.body.replaceChildren(new AllowPage(say, {language, languages}))
}

presses.watch()
onLanguage(draw)
draw(await pageLanguage())
