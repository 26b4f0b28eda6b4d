import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'

const ROOT = new URL('../../../static/', import.meta.url)
const read = name => readFileSync(new URL(name, ROOT), 'utf8')
const IMPORT = /^(?:import|export)\b[^'"]*?'(\.[^']+)'/gm

/** All modules that a page loads before it shows anything. */
function graph(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const [, path] of read(name).matchAll(IMPORT))
    graph(new URL(path, new URL(name, ROOT)).href.slice(ROOT.href.length), seen)
  return seen
}

const PAGES = ['start', 'promise', 'allow', 'check', 'meeting', 'after'].map(
  page => `pages/${page}.js`,
)

test('each element has a tag, and no two have the same', () => {
  const tags = readdirSync(ROOT, {recursive: true})
    .filter(name => name.endsWith('.js'))
    .flatMap(name => [
      ...read(name).matchAll(
        /^(?:export )?class (\w+) extends Part \{\n(?:  static tag = '([a-z-]+)'\n)?/gm,
      ),
    ])
    .map(([, name, tag]) => [name, tag])

  assert.ok(tags.length > 50)
  assert.deepEqual(
    tags.filter(([, tag]) => !tag?.includes('-')),
    [],
  )
  assert.equal(new Set(tags.map(([, tag]) => tag)).size, tags.length)
})

test('R16: every page has its presses watched', () => {
  for (const page of PAGES) {
    assert.match(read(page), /^presses\.watch\(\)$/m, page)
    assert.ok(graph(page).has('elements/common/press-guard.js'), page)
  }
})

test('no page loads the texts of a language before it knows which', () => {
  for (const page of PAGES)
    assert.deepEqual(
      [...graph(page)].filter(name => read(name).includes('export const texts =')),
      [],
      page,
    )
})

test('a page loads what it shows: a page of text loads no meeting', () => {
  const folders = name =>
    new Set([...graph(name)].map(each => each.split('/').slice(0, -1).join('/')))

  assert.deepEqual([...folders('pages/promise.js')].sort(), [
    'browser',
    'elements/common',
    'elements/start',
    'i18n',
    'pages',
    'site',
  ])
  assert.ok(graph('pages/promise.js').size < 20)
  assert.ok(!folders('pages/start.js').has('rtc'))
  assert.ok(!folders('pages/after.js').has('rtc'))
  assert.ok(!folders('pages/after.js').has('elements/room'))
})

test('an element gets its tag with the first of it, unless an embedder gave it another', async () => {
  const given = []
  Object.assign(globalThis, {
    HTMLElement: class {},
    customElements: {define: (tag, kind) => given.push([tag, kind])},
  })
  const {Part} = await import('../../../static/elements/common/dom.js')
  class Own extends Part {
    static tag = 'own-part'
  }
  class Theirs extends Part {
    static tag = 'their-part'
  }
  Theirs.define('x-theirs')
  assert.deepEqual(given, [['x-theirs', Theirs]])
  for (const Kind of [Own, Own, Theirs]) new Kind()

  assert.deepEqual(given, [
    ['x-theirs', Theirs],
    ['own-part', Own],
  ])
})
