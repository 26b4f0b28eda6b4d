import assert from 'node:assert/strict'
import {test} from 'node:test'
import {openTo, refusalOf, stranger, visitorOf} from '../../../static/site/visitor.js'

test('where nobody is asked, everybody may; else nobody before the server says so', () => {
  assert.equal(stranger('anybody').mayOpen, true)
  for (const way of ['token', 'oidc', 'header']) assert.equal(stranger(way).mayOpen, false)
})

test('a server that says nothing is open, and one that says something new is not', () => {
  assert.equal(openTo(undefined), 'anybody')
  for (const way of ['anybody', 'token', 'oidc', 'header']) assert.equal(openTo(way), way)
  for (const other of ['saml', null, 7, {}]) assert.equal(openTo(other), 'oidc')
})

test('what the server says is taken as far as it fits', () => {
  assert.deepEqual(visitorOf('oidc', {may_open: true, name: 'Ana', sign_out: true}), {
    openTo: 'oidc',
    mayOpen: true,
    name: 'Ana',
    canSignOut: true,
  })
  for (const said of [null, undefined, 'yes', {}, [], {may_open: 'true'}, {may_open: 1}])
    assert.deepEqual(visitorOf('header', said), stranger('header'))
  assert.equal(visitorOf('token', {may_open: true, name: 7}).name, null)
})

test('an address may say why, in a code and in nothing else', () => {
  assert.equal(refusalOf('#sign-in=not-admitted'), 'not-admitted')
  for (const other of ['', '#', '#host=abc', '#sign-in=', '#sign-in=<b>', '#sign-in=A b'])
    assert.equal(refusalOf(other), null)
})
