import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {runInNewContext} from 'node:vm'

import {transformSync} from 'esbuild'

const ROOT = new URL('../../static/', import.meta.url)
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar']
const read = name => readFileSync(new URL(name, ROOT), 'utf-8')
const pages = readdirSync(ROOT).filter(name => name.endsWith('.html'))

test('browsers since 2009 can read what asks them', () => {
  const source = read('old/able.js')
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
function shown(navigator) {
  const node = tag => ({
    tag,
    children: [],
    attributes: {},
    get firstChild() {
      return this.children[0]
    },
    appendChild(child) {
      this.children.push(child)
      return child
    },
    removeChild(child) {
      this.children.splice(this.children.indexOf(child), 1)
    },
    setAttribute(name, value) {
      this.attributes[name] = value
    },
  })
  const [head, body] = [node('head'), node('body')]
  const script = {...node('script'), src: 'http://x/meet/static/0123/old/able.js'}
  const document = {
    head,
    body,
    documentElement: node('html'),
    getElementsByTagName: tag => (tag === 'script' ? [script] : []),
    createElement: node,
    createTextNode: text => ({text}),
  }
  const asked = []
  class XMLHttpRequest {
    open(...given) {
      asked.push(given)
    }
    send() {
      const responseText = read('old/texts.json')
      Object.assign(this, {readyState: 4, status: 200, responseText}).onreadystatechange()
    }
  }
  const stopped = []
  const window = {stop: () => stopped.push(true)}
  runInNewContext(read('old/able.js'), {document, navigator, window, XMLHttpRequest})
  assert.deepEqual(asked, [['GET', 'http://x/meet/static/0123/old/texts.json']])
  assert.equal(stopped.length, 1)
  const words = ({text = '', children = []}) => text + children.map(words).join('\n')
  return {document, text: words(body), style: head.children[0].href}
}

test('the page for old browsers says which are not, in the language of its person', () => {
  for (const [index, tag] of LANGUAGES.entries()) {
    const {document, text, style} = shown({language: `${tag}-XX`, userAgent: 'Mosaic/1.0'})
    assert.equal(document.documentElement.lang, tag)
    assert.equal(document.documentElement.dir, tag === 'ar' ? 'rtl' : 'ltr')
    for (const name of ['Chrome 123', 'Edge 123', 'Firefox 125', 'Safari 17.5', 'Mosaic/1.0'])
      assert.ok(text.includes(name), `${tag}: ${name}`)
    assert.equal(style, 'http://x/meet/static/0123/old/old.css')
    assert.equal(text.includes('too old'), index === 0)
  }
  assert.equal(shown({userLanguage: 'eo', userAgent: ''}).document.documentElement.lang, 'en')
})
