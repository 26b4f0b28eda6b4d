import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {at, baseOf, below, file, folderOf} from '../../../static/site/place.js'

const ROOT = new URL('../../../static/', import.meta.url)
const V = '0123456789abcdef'

test('the base is what stands before the client in its own address', () => {
  for (const [module, base] of [
    [`https://meet.example/static/${V}/site/place.js`, '/'],
    ['https://meet.example/static/site/place.js', '/'],
    [`https://example.org/meet/static/${V}/site/place.js`, '/meet/'],
    [`http://localhost:8080/a/b/static/${V}/pages/room.js`, '/a/b/'],
    [`https://example.org/m-static/static/${V}/x/static/y.js`, '/m-static/'],
    ['file:///srv/static/site/place.js', '/'],
  ])
    assert.equal(baseOf(module), base, module)
})

test('a file is looked for where this version of the client lies', () => {
  for (const [module, folder] of [
    [`https://meet.example/static/${V}/site/place.js`, `https://meet.example/static/${V}/`],
    [`https://meet.example/static/${V}/pages/meeting.js`, `https://meet.example/static/${V}/`],
    ['https://example.org/meet/static/site/place.js', 'https://example.org/meet/static/'],
    [`https://example.org/a/static/${V}/x/static/y.js`, `https://example.org/a/static/${V}/`],
  ])
    assert.equal(folderOf(module), folder, module)
  assert.equal(file('icons.svg').href, new URL('icons.svg', ROOT).href)
})

test('a path is read below the base, whether a proxy has left it there or not', () => {
  assert.equal(below('/meet/m/abc', '/meet/'), '/m/abc')
  assert.equal(below('/m/abc', '/meet/'), '/m/abc')
  assert.equal(below('/meeting/m/abc', '/meet/'), '/meeting/m/abc')
  assert.equal(below('/m/abc', '/'), '/m/abc')
  assert.equal(below(at('m/abc')), '/m/abc')
})

test('no other file says where an address begins', () => {
  const said = readdirSync(ROOT, {recursive: true})
    .filter(name => name.endsWith('.js'))
    .flatMap(name => {
      const source = readFileSync(new URL(name, ROOT), 'utf8')
      const code = source.replace(/\/\*[^]*?\*\/|\/\/ .*/g, '')
      const found = code.match(/['"`]\/(?:api|m|promise|static|\.well-known)\b|href: '\//g) ?? []
      return found.map(each => `${name}: ${each}`)
    })

  assert.deepEqual(said, [])
})
