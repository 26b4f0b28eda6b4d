import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {texts as german} from '../../../static/console/texts/de.js'
import {texts as english} from '../../../static/console/texts/en.js'
import {LANGUAGES} from '../../../static/console/words.js'

const STATIC = new URL('../../../static/', import.meta.url)
const fields = text => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

test('each language of the console has its file, and each file is a language', () => {
  const files = readdirSync(new URL('console/texts/', STATIC)).map(name => name.replace('.js', ''))

  assert.deepEqual(files.sort(), [...LANGUAGES].sort())
})

test('languages have the same keys, and each text the same fields', () => {
  assert.deepEqual(Object.keys(german), Object.keys(english))
  for (const [key, text] of Object.entries(english))
    assert.deepEqual(fields(german[key]), fields(text), key)
})

test('no text of the console is one that a joiner loads', () => {
  const joiners = ['room', 'rtc', 'i18n', 'wire', 'elements/room', 'elements/consent']
    .flatMap(folder => readdirSync(new URL(`${folder}/`, STATIC)).map(name => `${folder}/${name}`))
    .filter(name => name.endsWith('.js'))

  assert.ok(joiners.length > 60)
  for (const name of joiners)
    assert.doesNotMatch(readFileSync(new URL(name, STATIC), 'utf8'), /console\/(texts|words)/, name)
})

test('no text presses, praises or says sorry', () => {
  const pressing = /\b(please|sorry|unfortunately|bitte|leider|recommended|empfohlen)\b|!/i
  for (const texts of [english, german])
    for (const [key, text] of Object.entries(texts)) assert.doesNotMatch(text, pressing, key)
})
