/** The page `/promise`. */
import '../elements/register.js'
import {onLanguage, pageLanguage, speak} from './language.js'
import {PromisePage} from '../elements/start/promise-page.js'
import {languages, words} from '../i18n/words.js'

/** @param {string} language */
function draw(language) {
  const say = words(language)
  speak(language, `${say('promise.title')} · ${say('brand')}`)
  document.body.replaceChildren(new PromisePage(say, {language, languages}))
}

onLanguage(draw)
draw(await pageLanguage())
