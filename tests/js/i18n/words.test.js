import assert from 'node:assert/strict'
import {test} from 'node:test'
import {
  apart,
  chooseLanguage,
  directionOf,
  isKey,
  languages,
  loadWords,
  t,
} from '../../../static/i18n/words.js'
import {LANGUAGES} from '../../../static/i18n/languages.js'

const loaded = Object.keys(LANGUAGES).map(async language => [
  language,
  (await import(`../../../static/i18n/${language}.js`)).texts,
])
const ALL = Object.fromEntries(await Promise.all(loaded))
const {en} = ALL
/** A text in each of its forms: `{'room.people (few)': …}`. */
const spread = words =>
  Object.entries(words).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[key, text]]
      : Object.entries(text).map(([form, said]) => [`${key} (${form})`, said]),
  )
/** All that is said, by language and key. */
const SAID = Object.entries(ALL).flatMap(([language, words]) =>
  spread(words).map(([key, text]) => ({language, key, text})),
)
const whole = text => (typeof text === 'string' ? text : text.other)
const keys = Object.keys(en)
await Promise.all(languages.map(loadWords))
const names = text => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()

test('every language has every word', () => {
  for (const words of Object.values(ALL))
    assert.deepEqual(Object.keys(words).sort(), [...keys].sort())
})

test('every language fills in the same names', () => {
  for (const [language, words] of Object.entries(ALL))
    for (const key of keys)
      assert.deepEqual(names(whole(words[key])), names(whole(en[key])), `${language} ${key}`)
})

test('every language marks as many words as the others', () => {
  const marks = text => whole(text).split('*').length
  for (const key of keys) {
    assert.equal(marks(en[key]) % 2, 1, key)
    for (const [language, words] of Object.entries(ALL))
      assert.equal(marks(words[key]), marks(en[key]), `${language} ${key}`)
  }
})

test('what is missing is an error, never another language', () => {
  assert.throws(() => t('eo', 'lobby.join'), /no words/)
  assert.throws(() => t('en', 'sign.off'), /needs name/)
})

test('a sentence takes its parameters', () => {
  assert.equal(t('en', 'sign.off', {name: 'Recording'}), 'Recording off')
  assert.equal(t('de', 'sign.off', {name: 'Aufzeichnung'}), 'Aufzeichnung aus')
})

test('text from right to left turns nothing around it', () => {
  assert.equal(t('en', 'people.you', {name: 'Mara'}), 'Mara (you)')
  assert.equal(t('en', 'people.you', {name: 'נועה'}), '\u2068נועה\u2069 (you)')
  assert.equal(t('de', 'people.you', {name: 'ليلى'}), '\u2068ليلى\u2069 (du)')
})

test('text from left to right turns nothing around it where text runs from right to left', () => {
  assert.equal(t('ar', 'people.you', {name: 'ليلى'}), 'ليلى (أنت)')
  assert.equal(t('ar', 'people.you', {name: 'ليلى بنت نوح'}), 'ليلى بنت نوح (أنت)')
  for (const name of ['Mara', 'ليلى 2', '14:05', '+49 30 1234', 'Ω', '(ليلى)'])
    assert.equal(t('ar', 'people.you', {name}), `\u2068${name}\u2069 (أنت)`)
  assert.equal(t('ar', 'people.count', {count: 7}), 'الأشخاص، 7')
  assert.equal(apart('fr', 'Mara'), 'Mara')
})

test('a language runs as its own name does', () => {
  assert.deepEqual(
    languages.filter(language => directionOf(language) === 'rtl'),
    ['ar'],
  )
  assert.equal(directionOf('he'), 'ltr', 'it is none of ours: its tag stands for it')
})

test('what is counted takes the form that its language has for the number', () => {
  const people = (language, count) => t(language, 'room.people', {count})
  assert.deepEqual(
    [0, 1, 2].map(n => people('en', n)),
    ['0 people', '1 person', '2 people'],
  )
  assert.deepEqual(
    [0, 1, 2].map(n => people('fr', n)),
    ['0 personne', '1 personne', '2 personnes'],
  )
  assert.equal(people('es', 1_000_000), '1000000 de personas')
  assert.deepEqual(
    [0, 1, 2, 3, 11, 100].map(n => people('ar', n)),
    ['لا أحد', 'شخص واحد', 'شخصان', '3 أشخاص', '11 شخصًا', '100 شخص'],
  )
})

test('a text that counts has each form that CLDR wants for its language, and no other', () => {
  for (const [language, words] of Object.entries(ALL)) {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const key of keys.filter(each => typeof en[each] !== 'string')) {
      assert.deepEqual(Object.keys(words[key]).sort(), [...wanted].sort(), `${language} ${key}`)
      const other = names(words[key].other)
      for (const [form, text] of Object.entries(words[key])) {
        const own = names(text)
        assert.ok(
          own.every(name => other.includes(name)),
          `${language} ${key} ${form}`,
        )
        const lacks = other.filter(name => !own.includes(name))
        assert.ok(
          lacks.every(name => name === 'count'),
          `${language} ${key} ${form}: ${lacks}`,
        )
      }
    }
  }
})

const BARE = text => text.replace(/\{\w+\}|[^\p{L}]/gu, '')

/** Words that a language has as they are in English. */
const AS_IN_ENGLISH = {
  de: 'brand device.default change.name dock.hand dock.chat prefer.caption-size.normal chat.tab film.title down.title down.film down.text check.browser check.server',
  fr: 'brand dock.chat dock.notes reaction.surprise machines.count chat.tab chat.log notes.tab draft.tone.direct draft.length.long film.title player.pause player.volume down.film',
  es: 'brand dock.chat chat.tab draft.tone.formal',
  ar: 'brand',
}

test('every text is said, and said in its language', () => {
  const same = Object.fromEntries(Object.keys(AS_IN_ENGLISH).map(language => [language, []]))
  for (const {language, key, text} of SAID) {
    assert.ok(text.trim(), `${language} ${key}`)
    const [first] = key.split(' ')
    if (language !== 'en' && text === whole(en[first]) && BARE(text) !== '')
      same[language].push(first)
  }
  for (const [language, listed] of Object.entries(AS_IN_ENGLISH))
    assert.deepEqual(same[language], listed.split(' '))
})

const ARABIC = /\p{Script=Arabic}/u
/** What has no other name in Arabic, and is written as people know it. */
const KNOWN =
  /\u2066(?:\[ai\] \w+|https:\/\/)\u2069|\{\w+\}|Gatekeeper|Global Privacy Control|Web Crypto|Web(?:RTC|Socket)|Markdown|Escape|localhost|https?|proxy|TLS|TURN|UDP|VPN/g

test('no text runs into another direction by accident', () => {
  for (const {language, key, text} of SAID) {
    const at = `${language} ${key}: ${text}`
    if (directionOf(language) === 'ltr') {
      assert.doesNotMatch(text, /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/, at)
      assert.equal(apart(language, text), text, at)
      continue
    }
    const own = text.replace(KNOWN, '')
    assert.doesNotMatch(own, /[A-Za-z\u200e\u200f\u202a-\u202e\u2066-\u2069]/, at)
    assert.doesNotMatch(own, /[,;?%]|\d/, at)
    if (BARE(own) !== '') assert.match(own, ARABIC, at)
  }
})

test('in French no sign begins a line', () => {
  const said = SAID.filter(({language}) => language === 'fr')
  for (const {key, text} of said) assert.doesNotMatch(text, / [:;?!»]|« /, key)
})

test('a language is chosen by the first wish that is spoken', () => {
  assert.equal(chooseLanguage([null, 'eo', 'de-CH', 'en']), 'de')
  assert.equal(chooseLanguage(['fr-CA', 'en']), 'fr')
  assert.equal(chooseLanguage(['ar-EG']), 'ar')
  assert.equal(chooseLanguage(['eo']), 'en')
  assert.equal(chooseLanguage(['en'], ['de']), 'de')
  assert.deepEqual(languages, ['en', 'de', 'fr', 'es', 'ar'])
})

test('keys that are put together are checked', () => {
  assert.ok(isKey('fault.room-full'))
  assert.ok(!isKey('fault.toString'))
  assert.ok(!isKey('toString'))
})

// ---- fair-consent, "Words" ----

/** Pressure, guilt, praise, thanks, pleas, euphemisms: none of them anywhere (W2, W3). */
const BANNED = {
  en: /\b(please|thanks?|thank you|sorry|recommend\w*|improv\w*|acknowledge\w*|got it|i understand|later\?|help your team|everyone else|only takes|may be recorded|unfortunately|enjoy|great|awesome|best experience|hurry|expires?|seconds left)\b/i,
  de: /\b(bitte|danke|leider|schade|empfohlen|empfehl\w*|verbesser\w*|verstanden|zur kenntnis|alle anderen|läuft ab|sekunden|großartig|toll|sorry)\b/i,
  fr: /(?<!\p{L})(merci|s’il vous plaît|veuillez|désolée?s?|malheureusement|hélas|recommand\p{L}*|conseill\p{L}*|amélior\p{L}*|pren(?:ez|dre) acte|compris|plus tard\s?\?|tous les autres|juste|secondes|expire\p{L}*|dépêch\p{L}*|vite|génial\p{L}*|super|formidable|profit\p{L}*|dommage)(?!\p{L})/iu,
  es: /(?<!\p{L})(por favor|gracias|lo siento|lamenta\p{L}*|perdón|desgraciadamente|lástima|recom(?:iend|end)\p{L}*|aconsej\p{L}*|mejor(?:ar|a|e|amos)(?!\p{L})|entendido|tomar? nota|más tarde\?|todos los demás ya|segundos|caduca\p{L}*|dese prisa|rápido|genial|estupend\p{L}*|disfrut\p{L}*)(?!\p{L})/iu,
  ar: /(?<!\p{L})(من فضلك|رجاء\p{M}*|يرجى|يُرجى|نرجو|شكر[اً]*|عذر[اً]*|آسف\p{L}*|نأسف|للأسف|نوصي|ننصح|يوصى|موصى|لتحسين|حسّن|فهمت|علمت|لاحقًا؟|كل الآخرين|ثوان\p{L}*|تنتهي صلاحي\p{L}*|أسرع|بسرعة|رائع\p{L}*|ممتاز\p{L}*|استمتع)(?!\p{L})/u,
}

/** One sentence each that has to be caught. */
const PLANTED = {
  en: [
    'Please allow it.',
    'Thank you',
    'We recommend it.',
    'Calls may be recorded.',
    'I understand',
  ],
  de: ['Bitte erlaube es.', 'Danke', 'Wird empfohlen', 'Zur Kenntnis genommen', 'Läuft ab'],
  fr: [
    'Merci de l’autoriser',
    'Veuillez accepter',
    'Nous le recommandons',
    'Désolé',
    'Dépêchez-vous',
  ],
  es: [
    'Por favor, acepte',
    'Gracias',
    'Se recomienda',
    'Lo siento',
    'Entendido',
    'Quedan 5 segundos',
  ],
  ar: ['يرجى السماح', 'شكرًا لك', 'ننصح بالسماح', 'للأسف لا يعمل', 'رائع', 'من فضلك اسمح'],
}

test('test_W2_W3_the_lists_catch_what_they_are_for', () => {
  assert.deepEqual(Object.keys(PLANTED), languages)
  for (const [language, sentences] of Object.entries(PLANTED))
    for (const sentence of sentences) assert.match(sentence, BANNED[language], language)
})

test('test_W2_W3_no_pressure_no_thanks_no_euphemism', () => {
  for (const {language, key, text} of SAID)
    assert.doesNotMatch(text, BANNED[language], `${language} ${key}`)
})

test('test_W4_sentences_are_short', () => {
  const longest = {en: 26, de: 24, fr: 29, es: 29, ar: 24}
  for (const {language, key, text} of SAID)
    for (const sentence of text.split(/[.!?؟:](?:\s|$)/))
      assert.ok(
        sentence.trim().split(/\s+/).length <= longest[language],
        `${language} ${key}: ${sentence}`,
      )
})

test('test_C6_labels_name_the_act_and_there_are_two', () => {
  const bare = text => text.replaceAll('*', '')
  assert.equal(bare(t('en', 'answer.allow', {object: 'AI summary'})), 'Allow AI summary')
  assert.equal(bare(t('en', 'answer.dont', {object: 'AI summary'})), 'Don’t allow AI summary')
  assert.equal(bare(t('de', 'answer.allow', {object: 'Aufzeichnung'})), 'Aufzeichnung erlauben')
  assert.equal(
    bare(t('de', 'answer.dont', {object: 'Aufzeichnung'})),
    'Aufzeichnung nicht erlauben',
  )
  const equal = {
    fr: ['Autoriser', 'Ne pas autoriser'],
    es: ['Permitir', 'No permitir'],
    ar: ['السماح', 'عدم السماح'],
  }
  for (const [language, both] of Object.entries(equal))
    for (const [index, answer] of ['answer.allow', 'answer.dont'].entries())
      assert.ok(t(language, answer, {object: 'X'}).startsWith(`*${both[index]}* `), language)
  assert.deepEqual(
    keys.filter(key => /^answer\.(allow|dont)/.test(key)),
    ['answer.allow', 'answer.dont'],
  )
})

test('test_K6_no_countdown_in_any_word_of_the_question', () => {
  for (const [language, words] of Object.entries(ALL))
    for (const key of keys.filter(each => each.startsWith('prompt.')))
      assert.doesNotMatch(
        words[key],
        /\d|minut|second|sekunde|segundo|دقيق|دقائق|ثاني|ثوان/i,
        `${language} ${key}`,
      )
})

test('test_P2_every_cause_of_off_is_one_sentence', () => {
  assert.equal(keys.filter(key => key.startsWith('room.sign-off')).length, 1)
  for (const words of Object.values(ALL)) assert.deepEqual(names(words['room.sign-off']), ['name'])
})
