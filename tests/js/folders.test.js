import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'

const ROOT = new URL('../../static/', import.meta.url)
/** A folder imports from itself and from those below it. */
const ORDER = [
  'pages',
  'elements/admin',
  'elements/check',
  'elements/start',
  'elements/verify',
  'elements/room',
  'elements/kept',
  'elements/consent',
  'elements/common',
  'room',
  'rtc',
  'browser',
  'console',
  'kept',
  'proof',
  'wire',
  'i18n',
  'site',
]
/** Types bind nothing at run time, so a comment's `@import` may point anywhere. */
const IMPORT = /^(?:import|export)\b[^'"]*?'(\.[^']+)'/gm

const folderOf = name => name.split('/').slice(0, -1).join('/')
const imports = readdirSync(ROOT, {recursive: true})
  .filter(name => name.endsWith('.js'))
  .flatMap(name => {
    const source = readFileSync(new URL(name, ROOT), 'utf8')
    return [...source.matchAll(IMPORT)].map(([, path]) => {
      const target = new URL(path, new URL(name, ROOT)).pathname.slice(ROOT.pathname.length)
      return {name, target, from: folderOf(name), to: folderOf(target)}
    })
  })

test('imports point downwards only', () => {
  const upwards = imports.filter(({from, to}) => ORDER.indexOf(from) > ORDER.indexOf(to))

  assert.ok(imports.length > 300)
  assert.deepEqual(upwards, [])
})

test('each folder has its place', () => {
  const folders = new Set(imports.flatMap(({from, to}) => [from, to]))

  assert.deepEqual(folders, new Set(ORDER))
})

test('only texts are longer than 350 lines', () => {
  const long = readdirSync(ROOT, {recursive: true})
    .filter(name => /\.(js|css|html)$/.test(name))
    .map(name => [name, readFileSync(new URL(name, ROOT), 'utf8')])
    .filter(([, source]) => source.split('\n').length > 351)
    .filter(([, source]) => !source.includes('export const texts ='))
    .map(([name]) => name)

  assert.deepEqual(long, [])
})
