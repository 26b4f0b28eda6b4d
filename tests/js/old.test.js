import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {runInNewContext} from 'node:vm'

import {transformSync} from 'esbuild'

const ROOT = new URL('../../static/', import.meta.url)
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar']
const read = name => readFileSync(new URL(name, ROOT), 'utf-8')
const pages = readdirSync(ROOT).filter(name => name.endsWith('.html'))

for (const name of ['able.js', 'old.js'])
  test(`browsers since 2009 can read ${name}`, () => {
    const source = read(`old/${name}`)
    const plain = target => transformSync(source, {target, minifyWhitespace: true}).code

    assert.equal(plain('es5'), plain('esnext'), 'nothing in it is newer than ES5')
    assert.throws(() => transformSync('const a = 1', {target: 'es5'}))
    assert.notEqual(
      transformSync('a => a', {target: 'es5', minifyWhitespace: true}).code,
      transformSync('a => a', {target: 'esnext', minifyWhitespace: true}).code,
    )
  })

test('every page is asked first whether this browser can run it', () => {
  assert.ok(pages.length >= 10)
  for (const name of pages) {
    const text = read(name)
    const first = text.indexOf('<script src="/static/old/able.js"></script>')
    assert.ok(first > 0 && first < text.indexOf('<script type="module"'), name)
    assert.ok(first < text.indexOf('rel="stylesheet"'), name)
  }
})

test('without JavaScript every page says so, in each language', () => {
  const [said] = read('index.html').match(/<noscript>[^]*<\/noscript>/) ?? []
  for (const name of pages) assert.ok(read(name).includes(said), name)
  assert.deepEqual(
    [...said.matchAll(/<p lang="(..)"/g)].map(([, language]) => language),
    LANGUAGES,
  )
})

/** A document that a script can build a page in, and no more than that. */
function shown(navigator, given = {}) {
  const window = {addEventListener: () => {}, location: {hash: ''}, ...given}
  window.parent ??= window
  const node = tag => ({
    tag,
    children: [],
    appendChild(child) {
      this.children.push(child)
      return child
    },
    setAttribute(name, value) {
      this[name] = value
    },
  })
  const document = {
    body: node('body'),
    documentElement: node('html'),
    createElement: node,
    createTextNode: text => ({text}),
  }
  runInNewContext(read('old/old.js'), {document, navigator, window})
  const words = ({text = '', children = []}) => text + children.map(words).join('\n')
  return {document, text: words(document.body)}
}

test('the page for old browsers says which are not, in the language of its person', () => {
  for (const [index, tag] of LANGUAGES.entries()) {
    const {document, text} = shown({language: `${tag}-XX`, userAgent: 'Mosaic/1.0'})
    assert.equal(document.documentElement.lang, tag)
    assert.equal(document.documentElement.dir, tag === 'ar' ? 'rtl' : 'ltr')
    for (const name of ['Chrome 123', 'Edge 123', 'Firefox 125', 'Safari 17.5', 'Mosaic/1.0'])
      assert.ok(text.includes(name), `${tag}: ${name}`)
    assert.equal(text.includes('too old'), index === 0)
  }
  assert.equal(shown({userLanguage: 'eo', userAgent: ''}).document.documentElement.lang, 'en')
})

test('in another site’s page it is short, and that page hears of it once it asks', () => {
  const listeners = {}
  const told = []
  const parent = {postMessage: (data, origin) => told.push({...data, origin})}
  const {document, text} = shown(
    {language: 'fr', userAgent: 'Mosaic/1.0'},
    {
      parent,
      location: {hash: '#language=de'},
      addEventListener: (type, heard) => (listeners[type] = heard),
    },
  )
  const hears = (data, source = parent) => {
    told.length = 0
    listeners.message({source, data, origin: 'https://app.example'})
    return told
  }
  document.body.children[0].offsetHeight = 180

  assert.match(text, /^[^]*zu alt, um dich hier zu fragen/)
  assert.ok(text.includes('Chrome 123 oder neuer'))
  assert.equal(text.includes('Mosaic'), false)
  assert.deepEqual(hears({gatekeeper: 'hello'}, {}), [], 'of another page')
  assert.deepEqual(hears(null), [])
  assert.deepEqual(hears({gatekeeper: 'shape', shape: 'sign'}), [])
  listeners.resize()
  assert.deepEqual(told, [])
  const [size, fault] = hears({gatekeeper: 'hello'})
  assert.deepEqual(size, {gatekeeper: 'size', height: 180, origin: 'https://app.example'})
  assert.equal(fault.code, 'browser-too-old')
  assert.match(fault.text, /zu alt/)
})

/** Where a browser goes that asks itself. */
function gone({framed = false, hash = '', ...has}) {
  const went = []
  const window = {
    stop: () => went.push('stop'),
    location: {
      hash,
      pathname: '/meet/m/Vq3x/gate',
      replace: address => went.push(address),
    },
    addEventListener: () => {},
  }
  window.parent = framed ? {} : window
  const script = {src: 'http://x/meet/static/0123/old/able.js', noModule: true}
  const document = {getElementsByTagName: () => [script], createElement: () => script}
  const all = {
    HTMLElement: class {
      showPopover() {}
    },
    Element: class {
      checkVisibility() {}
    },
    CSS: {supports: () => true},
  }
  runInNewContext(read('old/able.js'), {document, window, ...all, ...has})
  return went
}

test('who lacks something goes there, and nobody else', () => {
  assert.deepEqual(gone({}), [])
  const old = ['stop', 'http://x/meet/static/0123/old/old.html']
  for (const lack of [{HTMLElement: class {}}, {Element: class {}}, {CSS: undefined}])
    assert.deepEqual(gone(lack), old)
  assert.deepEqual(gone({CSS: {supports: () => false}}), old)
  assert.deepEqual(gone({framed: true}), [])
})

test('in another site’s page, who lacks something goes beside it, with no more than a language', () => {
  const old = (hash = '') =>
    gone({CSS: undefined, framed: true, hash: `${hash && '#'}${hash}`}).at(-1)

  assert.equal(old(), '/meet/m/Vq3x/gate/old')
  assert.equal(old('entry=T0KEN&name=Ann&language=de'), '/meet/m/Vq3x/gate/old#language=de')
  assert.equal(old('language=de-DE&entry=T0KEN'), '/meet/m/Vq3x/gate/old')
})
