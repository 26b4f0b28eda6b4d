import assert from 'node:assert/strict'
import {readFileSync, readdirSync} from 'node:fs'
import {test} from 'node:test'
import {house, houseOf} from '../../../static/site/house.js'

const NOBODY = {name: '', logo: '', imprint: '', privacy: ''}

test('a page that says nothing is nobody’s', () => {
  assert.deepEqual(house, NOBODY)
  for (const said of ['', '{}', 'null', '[]', '3', '{"name": 3, "logo": null}'])
    assert.deepEqual(houseOf(said), NOBODY)
})

test('every page with a head has a foot', () => {
  const root = new URL('../../../static/elements/', import.meta.url)
  const pages = readdirSync(root, {recursive: true})
    .filter(name => name.endsWith('.js'))
    .map(name => [name, readFileSync(new URL(name, root), 'utf8')])
    .filter(([, source]) => source.includes('new PageMasthead('))

  assert.ok(pages.length > 7)
  for (const [name, source] of pages) assert.ok(source.includes('new PageFoot('), name)
})

test('what is said is taken, and nothing else', () => {
  const said = {...NOBODY, name: 'Haus am Hof', privacy: '/privacy'}

  assert.deepEqual(houseOf(JSON.stringify({...said, more: 'x'})), said)
})
