import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'

import * as client from '../../../embed/node/client.js'

const EMBED = new URL('../../../embed/node/', import.meta.url)
const types = readFileSync(new URL('client.d.ts', EMBED), 'utf8')
const declared = [...types.matchAll(/^export class (\w+)[^{]*\{(\}|.*?^\})$/gms)]
const methods = body => [...body.matchAll(/^ {2}(\w+|\[[\w.]+\])[<(]/gm)].map(([, name]) => name)
const own = ({prototype}) =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([, {value}]) => typeof value === 'function')
    .map(([name]) => name)

test('what is there is declared, and the other way round', () => {
  assert.deepEqual(declared.map(([, name]) => name).sort(), Object.keys(client).sort())
  for (const [, name, body] of declared) {
    const told = methods(body).filter(method => !method.startsWith('['))
    const there = own(client[name]).filter(method => method !== 'constructor')
    assert.deepEqual(told.filter(method => method !== 'constructor').sort(), there.sort(), name)
  }
})

test('it has the version, the licence and no dependency that it says', () => {
  const of = JSON.parse(readFileSync(new URL('package.json', EMBED), 'utf8'))
  const ours = readFileSync(new URL('../../pyproject.toml', EMBED), 'utf8')
  const source = readFileSync(new URL('client.js', EMBED), 'utf8')

  assert.equal(of.version, ours.match(/^version = "(.+)"/m)[1])
  assert.equal(of.license, 'Apache-2.0')
  assert.equal(of.dependencies, undefined)
  assert.deepEqual(source.match(/^import .*/gm), ["import os from 'node:os'"])
})
