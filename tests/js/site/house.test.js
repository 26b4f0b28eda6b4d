import assert from 'node:assert/strict'
import {test} from 'node:test'
import {house, houseOf} from '../../../static/site/house.js'

const NOBODY = {name: '', logo: '', imprint: '', privacy: ''}

test('a page that says nothing is nobody’s', () => {
  assert.deepEqual(house, NOBODY)
  for (const said of ['', '{}', 'null', '[]', '3', '{"name": 3, "logo": null}'])
    assert.deepEqual(houseOf(said), NOBODY)
})

test('what is said is taken, and nothing else', () => {
  const said = {...NOBODY, name: 'Haus am Hof', privacy: '/privacy'}

  assert.deepEqual(houseOf(JSON.stringify({...said, more: 'x'})), said)
})
