import assert from 'node:assert/strict'
import {describe, test} from 'node:test'

import {linked} from '../../../static/room/links.js'

/** What of a text can be pressed, as it is written. */
const pressed = text =>
  linked(text)
    .filter(({href}) => href !== null)
    .map(part => part.text)
const opened = text => linked(text).find(({href}) => href !== null) ?? null

describe('an address in a text', () => {
  const alone = [
    'https://example.org',
    'http://example.org/',
    'HTTPS://EXAMPLE.ORG/A',
    'https://example.org:8443/a/b?c=d&e=%20f#g',
    'https://example.org/a_(b)',
    'https://example.org/(a)/(b)',
    'https://example.org/a-b_c~d+e,f;g=h',
    'https://example.org/@mara',
    'https://[2001:db8::1]/a',
    'https://192.0.2.7/a',
    'https://localhost:8080/m/abc',
    'https://bücher.example/ä',
    'https://مثال.example/أ',
    'https://example.org/a?b=[1]',
    'https://example.org/#/a!b',
  ]
  for (const address of alone)
    test(`is pressed whole: ${address}`, () => {
      assert.deepEqual(pressed(address), [address])
      assert.deepEqual(pressed(`See ${address} for more`), [address])
    })

  const within = [
    ['Look at https://example.org.', 'https://example.org'],
    ['https://example.org/a, and more', 'https://example.org/a'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['(see https://example.org/a_(b))', 'https://example.org/a_(b)'],
    ['[https://example.org/a]', 'https://example.org/a'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['"https://example.org/a"', 'https://example.org/a'],
    ['„https://example.org/a“', 'https://example.org/a'],
    ['« https://example.org/a »', 'https://example.org/a'],
    ["'https://example.org/a'", 'https://example.org/a'],
    ['https://example.org/a?!', 'https://example.org/a'],
    ['https://example.org/a…', 'https://example.org/a'],
    ['انظر https://example.org/a؟', 'https://example.org/a'],
    ['https://example.org/a؛ ثم', 'https://example.org/a'],
    ['https://example.org/a。', 'https://example.org/a'],
    ['**https://example.org/a**', 'https://example.org/a'],
    ['https://example.org/a\nhttps', 'https://example.org/a'],
    ['x:https://example.org/a', 'https://example.org/a'],
    ['blob:https://example.org/a', 'https://example.org/a'],
  ]
  for (const [text, address] of within)
    test(`ends where the sentence goes on: ${text}`, () => {
      assert.deepEqual(pressed(text), [address])
    })

  test('several are several', () => {
    assert.deepEqual(pressed('https://a.example, https://b.example'), [
      'https://a.example',
      'https://b.example',
    ])
  })

  const none = [
    '',
    'example.org',
    'www.example.org',
    'mara@example.org',
    'javascript:alert(1)',
    'JAVASCRIPT://example.org/%0aalert(1)',
    'data:text/html,<b>x</b>',
    'file:///etc/passwd',
    'ftp://example.org/a',
    'xhttps://example.org/a',
    'https:example.org',
    'https:/example.org',
    'https://',
    'https:///',
    'http://.',
    'https://?',
    'https://[',
    'https://example.org:999999/',
    'https://mara@example.org/',
    'https://example.com:443@evil.example/',
  ]
  for (const text of none)
    test(`is none: ${text}`, () => {
      assert.deepEqual(pressed(text), [])
    })

  test('never opens anything but http and https, nor with a name for signing in', () => {
    for (const text of none)
      for (const {href} of linked(text).filter(each => each.href !== null)) {
        const {protocol, username, password} = new URL(href)
        assert.match(protocol, /^https?:$/)
        assert.equal(username + password, '')
      }
  })
})

describe('where another host is opened than the letters show', () => {
  const told = [
    ['https://bücher.example/', 'xn--bcher-kva.example'],
    ['https://еxample.org/', 'xn--xample-2of.org'], // the first letter is Cyrillic
    ['https://example.org/', null],
    ['https://EXAMPLE.org/', null],
    ['https://example.org:443/', null],
    ['https://example.org:8443/', null],
    ['http://0x7f.1/', '127.0.0.1'],
    ['https://exam%70le.org/', 'example.org'],
    ['https://ＥＸＡＭＰＬＥ.org/', 'example.org'],
  ]
  for (const [text, host] of told)
    test(`${text} opens ${host ?? 'what it says'}`, () => {
      assert.equal(opened(text)?.host, host)
    })

  test('what turns text around is in no address', () => {
    for (const turn of ['\u202e', '\u2066', '\u200f', '\u061c', '\u200b', '\ufeff'])
      assert.deepEqual(pressed(`https://example.org/a${turn}b`), ['https://example.org/a'])
  })
})

test('the parts, put together again, are the text, whatever it is', () => {
  const bits = [
    ...[
      'https://',
      'https://example.org',
      'HTTP://',
      'example.org',
      'bücher.example',
      '/',
      '?',
      '#',
      '@',
      ':',
      '.',
      ',',
    ],
    ...[
      '(',
      ')',
      '[',
      ']',
      '<',
      '>',
      '"',
      '\u202e',
      ' ',
      '\n',
      'مثال',
      'a',
      '%',
      '%zz',
      '\\',
      '😀',
    ],
    ...['\ud83d', '[::1]', '127.0.0.1', '!', '؟', "'", '»', '=', '&', ')))))'],
  ]
  let seed = 7
  const any = count => (seed = (seed * 1103515245 + 12345) % 2147483648) % count
  let links = 0
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({length: any(12)}, () => bits[any(bits.length)]).join('')
    const parts = linked(text)
    assert.equal(parts.map(part => part.text).join(''), text)
    assert.ok(parts.every(part => part.text !== ''))
    for (const {href, text: written} of parts.filter(each => each.href !== null)) {
      links += 1
      assert.match(href, /^https?:\/\/[^/@\s]+\//)
      assert.match(written, /^https?:\/\//i)
      assert.doesNotMatch(written, /[\s<>"\u202e]/)
    }
  }
  assert.ok(links > 1000)
})

test('a long text takes no time', () => {
  for (const text of [
    ')'.repeat(4000),
    `https://a.example/${')'.repeat(3980)}`,
    'https://'.repeat(500),
  ]) {
    const before = performance.now()
    linked(text)
    assert.ok(performance.now() - before < 500)
  }
})
