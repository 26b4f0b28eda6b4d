import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {LANGUAGES} from '../../../static/i18n/languages.js'
import {apart, directionOf} from '../../../static/i18n/words.js'

const STATIC = new URL('../../../static/', import.meta.url)
const loaded = Object.keys(LANGUAGES).map(async language => [
  language,
  (await import(`../../../static/console/texts/${language}.js`)).texts,
])
const ALL = Object.fromEntries(await Promise.all(loaded))
const {en: english} = ALL
/** All that is said, by language and key. */
const SAID = Object.entries(ALL).flatMap(([language, texts]) =>
  Object.entries(texts).map(([key, text]) => ({language, key, text, at: `${language} ${key}`})),
)
const fields = text => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
const bare = text => text.replace(/\{\w+\}|[^\p{L}]/gu, '')

test('the console has a file for each language of the product, and no other', () => {
  const files = readdirSync(new URL('console/texts/', STATIC)).map(name => name.replace('.js', ''))

  assert.deepEqual(files.sort(), Object.keys(LANGUAGES).sort())
})

test('languages have the same keys, and each text the same fields', () => {
  for (const [language, texts] of Object.entries(ALL))
    assert.deepEqual(Object.keys(texts), Object.keys(english), language)
  for (const {key, text, at} of SAID) assert.deepEqual(fields(text), fields(english[key]), at)
})

/** Words that a language has as they are in English. */
const AS_IN_ENGLISH = {
  de: 'hooks.title notice.number notice.version request.person text.name part.film part.name part.port part.websocket part.https',
  fr: 'console action door.title hooks.title notice.number notice.version part.film part.page part.port part.configuration part.websocket part.https part.machine nav.services services.title storage.films',
  es: 'hooks.title part.websocket part.https',
  ar: 'part.websocket part.https',
}

test('every text is said, and said in its language', () => {
  const same = Object.fromEntries(Object.keys(AS_IN_ENGLISH).map(language => [language, []]))
  for (const {language, key, text, at} of SAID) {
    assert.ok(text.trim(), at)
    if (language !== 'en' && text === english[key] && !['', 'Gatekeeper'].includes(bare(text)))
      same[language].push(key)
  }
  for (const [language, listed] of Object.entries(AS_IN_ENGLISH))
    assert.deepEqual(same[language].sort(), listed.split(' ').sort(), language)
})

/** What has no other name in Arabic, and is written as people know it; code is set apart. */
const KNOWN = /\u2066[a-z.:/_ -]+\u2069|\{\w+\}|Gatekeeper|SIGHUP|WebSocket|https/g

test('no text runs into another direction by accident', () => {
  for (const {language, text, at} of SAID) {
    if (directionOf(language) === 'ltr') {
      assert.equal(apart(language, text), text, at)
      continue
    }
    const own = text.replace(KNOWN, '')
    assert.doesNotMatch(own, /[A-Za-z\u200e\u200f\u202a-\u202e\u2066-\u2069]|[,;?%]|\d/, at)
    if (bare(own) !== '') assert.match(own, /\p{Script=Arabic}/u, at)
  }
})

test('in French no sign begins a line', () => {
  const said = SAID.filter(({language}) => language === 'fr')
  for (const {key, text} of said) assert.doesNotMatch(text, / [:;?!»]|« /, key)
})

test('no text of the console is one that a joiner loads', () => {
  const joiners = ['room', 'rtc', 'i18n', 'wire', 'elements/room', 'elements/consent']
    .flatMap(folder => readdirSync(new URL(`${folder}/`, STATIC)).map(name => `${folder}/${name}`))
    .filter(name => name.endsWith('.js'))

  assert.ok(joiners.length > 60)
  for (const name of joiners)
    assert.doesNotMatch(readFileSync(new URL(name, STATIC), 'utf8'), /console\/(texts|words)/, name)
})

/** With one sentence each that has to be caught. */
const PRESSING = {
  en: [/\b(please|sorry|unfortunately|recommended)\b|!/i, 'Please sign in'],
  de: [/\b(bitte|leider|empfohlen)\b|!/i, 'Bitte anmelden'],
  fr: [
    /(?<!\p{L})(merci|s’il vous plaît|veuillez|désolée?s?|malheureusement|recommand\p{L}*|conseill\p{L}*)(?!\p{L})|!/iu,
    'Veuillez réessayer',
  ],
  es: [
    /(?<!\p{L})(por favor|gracias|lo siento|lamenta\p{L}*|desgraciadamente|recom(?:iend|end)\p{L}*|aconsej\p{L}*)(?!\p{L})|[!¡]/iu,
    'Por favor, espere',
  ],
  ar: [
    /(?<!\p{L})(من فضلك|رجاء\p{M}*|يرجى|يُرجى|نرجو|شكر[اً]*|عذر[اً]*|آسف\p{L}*|نأسف|للأسف|نوصي|ننصح)(?!\p{L})|!/u,
    'يرجى الانتظار',
  ],
}

test('no text presses, praises or says sorry', () => {
  for (const [pressing, planted] of Object.values(PRESSING)) assert.match(planted, pressing)
  for (const {language, text, at} of SAID) assert.doesNotMatch(text, PRESSING[language][0], at)
})
