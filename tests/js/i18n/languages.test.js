import assert from 'node:assert/strict'
import {cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, describe, test} from 'node:test'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {LANGUAGES} from '../../../static/i18n/languages.js'
import {texts as english} from '../../../static/i18n/en.js'

const STATIC = new URL('../../../static/', import.meta.url)
const I18N = new URL('i18n/', STATIC)
const copies = []
after(() => copies.forEach(copy => rmSync(copy, {recursive: true})))

/** The client's words, as they would be with another language: one line and one file. */
async function withLanguage(tag, name, texts) {
  const copy = mkdtempSync(join(tmpdir(), 'client-'))
  copies.push(copy)
  for (const part of ['i18n', 'site'])
    cpSync(fileURLToPath(new URL(part, STATIC)), join(copy, 'static', part), {recursive: true})
  writeFileSync(join(copy, 'package.json'), '{"type": "module"}')
  const folder = join(copy, 'static', 'i18n')
  const list = join(folder, 'languages.js')
  const line = `  ${tag}: '${name}',\n}\n`
  writeFileSync(list, readFileSync(list, 'utf8').replace(/}\n$/, line))
  if (texts)
    writeFileSync(join(folder, `${tag}.js`), `export const texts = ${JSON.stringify(texts)}`)
  return import(pathToFileURL(join(folder, 'words.js')).href)
}

const foreign = Object.fromEntries(
  Object.entries(english).map(([key, text]) => [key, `eo: ${text.other ?? text}`]),
)

test('each file of texts is a language, and each language has its file', () => {
  const texts = readdirSync(I18N)
    .filter(name => readFileSync(new URL(name, I18N), 'utf8').includes('export const texts ='))
    .map(name => name.replace('.js', ''))

  assert.deepEqual(texts.sort(), Object.keys(LANGUAGES).sort())
})

describe('another language', () => {
  test('is one line and one file: offered, chosen and spoken', async () => {
    const {chooseLanguage, languages, loadWords, nameOf, t} = await withLanguage(
      'eo',
      'Esperanto',
      foreign,
    )

    assert.deepEqual([...languages].sort(), [...Object.keys(LANGUAGES), 'eo'].sort())
    assert.equal(nameOf('eo'), 'Esperanto')
    assert.equal(chooseLanguage(['eo-XX', 'en']), 'eo')
    await loadWords('eo')
    assert.equal(t('eo', 'sign.off', {name: 'X'}), 'eo: X off')
  })

  test('is not spoken before its words are here', async () => {
    const {isKey, loadWords, t} = await withLanguage('eo', 'Esperanto', foreign)

    assert.throws(() => t('eo', 'lobby.join'), /no words/)
    assert.throws(() => t('en', 'lobby.join'), /no words/)
    assert.ok(!isKey('lobby.join'))
    await loadWords('eo')
    assert.ok(isKey('lobby.join'))
    assert.throws(() => t('en', 'lobby.join'), /no words/)
  })

  test('without all the words that a page says it is not spoken at all', async () => {
    const {'lobby.join': _, ...most} = foreign
    const {loadWords, t} = await withLanguage('eo', 'Esperanto', most)
    await loadWords('en')

    await assert.rejects(loadWords('eo'), /no words for lobby\.join in eo/)
    assert.throws(() => t('eo', 'lobby.title'), /no words/)
    assert.equal(t('en', 'lobby.title'), english['lobby.title'])
  })

  test('whose words cannot be had is not spoken', async () => {
    const {loadWords, t} = await withLanguage('eo', 'Esperanto', null)
    await loadWords('en')

    await assert.rejects(loadWords('eo'))
    await assert.rejects(loadWords('tlh'), /no words in tlh/)
    assert.throws(() => t('eo', 'lobby.title'), /no words/)
  })
})
