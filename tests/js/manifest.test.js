import assert from 'node:assert/strict'
import {readFileSync, statSync} from 'node:fs'
import {test} from 'node:test'

import {languages, directionOf} from '../../static/i18n/words.js'

const APP = new URL('../../static/app/', import.meta.url)
/** As pages name it: a version of the client, below a path of somebody's server. */
const SERVED = 'https://x.example/meet/static/0123456789abcdef/app/'

const manifestOf = language =>
  JSON.parse(readFileSync(new URL(`${language}.webmanifest`, APP), 'utf-8'))

/** Width and height, as a PNG says them itself (PNG, 11.2.2). */
function sizeOf(name) {
  const content = readFileSync(new URL(name, APP))
  return `${content.readUInt32BE(16)}x${content.readUInt32BE(20)}`
}

for (const language of languages)
  test(`put on a home screen, it is called in ${language}, and begins at its own start`, async () => {
    const {texts} = await import(`../../static/i18n/${language}.js`)
    const made = manifestOf(language)

    assert.equal(made.name, texts.brand)
    assert.equal(made.description, texts['start.title'])
    assert.equal(made.lang, language)
    assert.equal(made.dir, directionOf(language))
    for (const name of ['start_url', 'scope'])
      assert.equal(
        new URL(made[name], `${SERVED}${language}.webmanifest`).href,
        'https://x.example/meet/',
      )
  })

test('in each language it has the same icons, as large as they say', () => {
  const {icons} = manifestOf('en')
  for (const language of languages) assert.deepEqual(manifestOf(language).icons, icons)
  const drawn = icons.filter(({type}) => type === 'image/png')
  for (const {src, sizes} of drawn) assert.equal(sizeOf(src), sizes)
  assert.deepEqual(
    drawn.map(({sizes, purpose}) => [sizes, purpose ?? 'any']),
    [
      ['192x192', 'any'],
      ['512x512', 'any'],
      ['512x512', 'maskable'],
    ],
  )
  assert.ok(statSync(new URL('../icon.svg', APP)).size > 0)
})
