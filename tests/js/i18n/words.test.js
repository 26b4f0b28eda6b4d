import assert from 'node:assert/strict'
import {test} from 'node:test'
import {chooseLanguage, isKey, languages, loadWords, t} from '../../../static/i18n/words.js'
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
  assert.throws(() => t('fr', 'lobby.join'), /no words/)
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

test('a language is chosen by the first wish that is spoken', () => {
  assert.equal(chooseLanguage([null, 'fr-CH', 'de-CH', 'en']), 'de')
  assert.equal(chooseLanguage(['fr']), 'en')
  assert.equal(chooseLanguage(['en'], ['de']), 'de')
  assert.deepEqual(languages, ['en', 'de'])
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
}

test('test_W2_W3_no_pressure_no_thanks_no_euphemism', () => {
  for (const [language, words] of Object.entries(ALL))
    for (const [key, text] of Object.entries(words))
      assert.doesNotMatch(text, BANNED[language], `${language} ${key}`)
})

test('test_W4_sentences_are_short', () => {
  const longest = {en: 26, de: 24}
  for (const [language, words] of Object.entries(ALL))
    for (const [key, text] of Object.entries(words))
      for (const sentence of text.split(/[.!?:](?:\s|$)/))
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
  assert.deepEqual(
    keys.filter(key => /^answer\.(allow|dont)/.test(key)),
    ['answer.allow', 'answer.dont'],
  )
})

test('test_K6_no_countdown_in_any_word_of_the_question', () => {
  for (const [language, words] of Object.entries(ALL))
    for (const key of keys.filter(each => each.startsWith('prompt.')))
      assert.doesNotMatch(words[key], /\d|minute|second|sekunde/i, `${language} ${key}`)
})

test('test_P2_every_cause_of_off_is_one_sentence', () => {
  assert.equal(keys.filter(key => key.startsWith('room.sign-off')).length, 1)
  for (const words of Object.values(ALL)) assert.deepEqual(names(words['room.sign-off']), ['name'])
})
