import assert from 'node:assert/strict'
import {test} from 'node:test'

import {PREFERENCES, Preferences} from '../../../static/browser/preferences.js'

/** @param {Record<string, string>} kept */
function shelfWith(kept) {
  const all = new Map(Object.entries(kept))
  return {
    all,
    get: key => all.get(key) ?? null,
    set: (key, value) => void all.set(key, value),
    forget: key => void all.delete(key),
  }
}

test('who has chosen nothing has the first value of each', () => {
  const preferences = new Preferences(shelfWith({}))
  for (const [name, [first]] of Object.entries(PREFERENCES))
    assert.equal(preferences.get(name), first)
})

test('what was chosen is remembered, and told once', () => {
  const shelf = shelfWith({})
  const preferences = new Preferences(shelf)
  const told = []
  preferences.addEventListener('change', event => told.push(event.preference))

  preferences.set('view', 'speaker')
  preferences.set('view', 'speaker')

  assert.deepEqual(told, ['view'])
  assert.equal(new Preferences(shelf).get('view'), 'speaker')
})

test('what is not in the list is neither kept nor believed', () => {
  const shelf = shelfWith({'gatekeeper.prefer.view': 'upside-down'})
  const preferences = new Preferences(shelf)
  assert.equal(preferences.get('view'), 'grid')

  preferences.set('view', 'sideways')

  assert.equal(shelf.all.get('gatekeeper.prefer.view'), 'upside-down')
})
