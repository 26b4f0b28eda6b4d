import assert from 'node:assert/strict'
import {test} from 'node:test'

import {Stir} from '../../../../static/elements/common/stir.js'

/** A node that notes what is written to it. */
function node() {
  const attributes = new Map()
  const written = []
  return {
    written,
    getAttribute: name => attributes.get(name) ?? null,
    setAttribute: (name, value) => {
      attributes.set(name, value)
      written.push(name)
    },
    removeAttribute: name => attributes.delete(name),
  }
}

/** A stir of a page that does nothing by itself, and what its observer is told of. */
function page() {
  let tell = null
  globalThis.MutationObserver = class {
    constructor(told) {
      tell = told
    }
    observe() {}
  }
  const view = {document: {getAnimations: () => []}, addEventListener: () => {}}
  const stir = new Stir(view)
  stir.watch()
  stir.any()
  return {stir, tell: record => tell([record])}
}

globalThis.HTMLElement ??= class {}
const {set} = await import('../../../../static/elements/common/dom.js')

test('what an element has already is not written again', () => {
  const button = node()
  for (const ready of [true, true, 'no', 'no', 7, 7, false, false, true])
    set(button, {'data-ready': ready})
  assert.deepEqual(button.written, Array(4).fill('data-ready'))
})

test('a page stirs by what changes, and not by what is written as it was', () => {
  const {stir, tell} = page()
  const target = node()
  target.setAttribute('hidden', '')
  const attribute = {type: 'attributes', target, attributeName: 'hidden'}

  tell({...attribute, oldValue: ''})
  assert.equal(stir.any(), false)
  tell({...attribute, oldValue: null})
  assert.equal(stir.any(), true)
  assert.equal(stir.any(), false)
  tell({type: 'childList', target})
  assert.equal(stir.any(), true)
})
