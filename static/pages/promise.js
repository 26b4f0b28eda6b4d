/** The page `/promise`. */
import '../elements/register.js'
import {keepLanguage, pageLanguage, speak} from './language.js'
import {LanguageEvent, on} from '../elements/common/events.js'
import {PromisePage} from '../elements/start/promise-page.js'
import {languages, words} from '../i18n/words.js'

function draw() {
  const language = pageLanguage()
  const say = words(language)
  speak(language, `${say('promise.title')} · ${say('brand')}`)
  document.body.replaceChildren(new PromisePage(say, {language, languages}))
}

on(document, LanguageEvent, event => {
  keepLanguage(event.language)
  draw()
})
draw()
