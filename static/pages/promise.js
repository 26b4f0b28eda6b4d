/** The page `/promise`. */
import {onLanguage, pageLanguage, speak} from './language.js'
import {presses} from '../elements/common/press-guard.js'
import {PromisePage} from '../elements/start/promise-page.js'
import {languages, words} from '../i18n/words.js'

/** @param {string} language */
function draw(language) {
  const say = words(language)
  speak(language, `${say('promise.title')} · ${say('brand')}`)
  document.body.replaceChildren(new PromisePage(say, {language, languages}))
}

presses.watch()
onLanguage(draw)
draw(await pageLanguage())
