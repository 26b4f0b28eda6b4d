/**
 * The page `/verify`.
 *
 * Rule 1: what is given is verified here, and sent nowhere.
 * Rule 2: all that the page may need is asked for while it loads, the words of every language and this
 * server's public keys among it; then it works without a network.
 */
import {onLanguage, pageLanguage, speak} from './language.js'
import {on} from '../elements/common/events.js'
import {AgainEvent, GivenEvent} from '../elements/verify/events.js'
import {VerifyPage} from '../elements/verify/verify-page.js'
import {languages, loadWords, words} from '../i18n/words.js'
import {judge} from '../proof/verify.js'
import {at} from '../site/place.js'

/** @import {Named} from '../proof/held.js' */
/** @import {Verdict} from '../proof/verify.js' */

/** What this server publishes, beside what is given. */
const GATE = '.well-known/gatekeeper-keys.json'
const LOG = 'log/keys'

/** @type {readonly Verdict[] | 'busy' | null} */
let verdicts = null
let turn = 0
const [first, gate, log] = await Promise.all([pageLanguage(), published(GATE), published(LOG)])
const [ours] = gate ? await judge([gate]) : []
const known = ours?.found?.names ?? []
let language = first
let page = draw(first)
await Promise.all(languages.map(each => loadWords(each).catch(lacking)))
document.documentElement.dataset['loaded'] = 'all'

/** @param {unknown} error */
function lacking(error) {
  console.debug('no words', error) // then the page keeps the language that it has
}

/** A file that this server hands to anybody; null where it does not. @param {string} path @returns {Promise<Named | null>} */
async function published(path) {
  try {
    const answer = await fetch(at(path), {credentials: 'omit'})
    if (!answer.ok) return null
    return {name: path, content: new Uint8Array(await answer.arrayBuffer())}
  } catch (error) {
    console.debug('no keys', error)
    return null
  }
}

/** @param {string} spoken */
function draw(spoken) {
  const say = words(spoken)
  speak(spoken, `${say('verify.title')} · ${say('brand')}`)
  const made = new VerifyPage(say, {language: spoken, languages})
  document.body.replaceChildren(made)
  made.show(verdicts, {language: spoken, known})
  return made
}

/** @param {readonly Verdict[] | 'busy' | null} found */
function show(found) {
  verdicts = found
  page.show(found, {language, known})
}

/** What was given, with this server's keys where no others were. @param {readonly Named[]} given */
async function checked(given) {
  let found = await judge(given)
  for (const own of [log, gate]) {
    if (!own || !found.some(({code}) => code === 'key-needed')) continue
    found = (await judge([...given, own])).filter(({where}) => where !== own.name)
  }
  return found
}

/** @param {readonly File[]} files */
async function take(files) {
  turn += 1
  const mine = turn
  show('busy')
  const found = await checked(files.map(file => ({name: file.name, content: file})))
  if (mine !== turn) return
  show(found)
  page.goToFound()
}

onLanguage(chosen => {
  language = chosen
  page = draw(chosen)
})
on(document, GivenEvent, event => void take(event.files))
on(document, AgainEvent, () => {
  turn += 1
  show(null)
  document.querySelector('h1')?.scrollIntoView()
})
// A receipt that another page hands over; what stands behind # goes to no server.
const handed = location.hash.slice(1)
if (handed) {
  history.replaceState(null, '', location.pathname)
  void take([new File([handed], words(language)('verify.kind.receipt'))])
}
