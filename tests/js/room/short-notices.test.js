import assert from 'node:assert/strict'
import {test} from 'node:test'
import {languages, loadWords, words} from '../../../static/i18n/words.js'
import {invitationText} from '../../../static/room/short-notices.js'

await Promise.all(languages.map(loadWords))

const LINK = 'https://meet.example/m/Vq3xAbCdEfGhIjKlMnOpQr'
const notice = (feature, language) => ({
  feature,
  language,
  ...Object.fromEntries(
    [
      ...['name', 'object', 'meaning', 'captured', 'purpose'],
      ...['processor', 'recipients', 'retention', 'withdrawal', 'digest'],
    ].map(field => [field, `${feature} ${field} ${language}`]),
  ),
})
const feature = (id, change = {}) => ({
  id,
  notices: Object.fromEntries(languages.map(tag => [tag, notice(id, tag)])),
  third_party: false,
  drafts: false,
  unavailable: null,
  offered: true,
  ...change,
})
const room = (language, ...features) => ({
  room: 'Vq3xAbCdEfGhIjKlMnOpQr',
  title: 'Roof',
  language,
  opened_at: '2026-11-29T06:00:00.000Z',
  controller: {name: '', place: '', contact: ''},
  languages,
  features,
  ask_again: 5,
  gpc: false,
})
const said = facts => invitationText(words(facts.language), facts, LINK)

for (const language of languages)
  test(`test_W1_an_invitation_says_what_can_be_asked_in_short_in_the_rooms_language: ${language}`, () => {
    const text = said(room(language, feature('recording'), feature('summary')))

    for (const id of ['recording', 'summary'])
      for (const field of ['name', 'meaning', 'captured', 'processor', 'recipients', 'retention'])
        assert.ok(text.includes(`${id} ${field} ${language}`), field)
    for (const key of ['invite.asked', 'invite.choose', 'lobby.choices.note'])
      assert.ok(text.includes(words(language)(key)), key)
  })

test('the way in has a line to itself, which a program can make an address of', () => {
  for (const language of languages)
    assert.ok(said(room(language)).split('\n').includes(LINK), language)
})

test('a room that offers nothing says so, and of no choice', () => {
  const text = said(room('en'))

  assert.ok(text.includes(words('en')('lobby.nothing')))
  assert.ok(!text.includes(words('en')('invite.asked')))
})

test('what cannot run here is not announced; what is off just now may be on by then', () => {
  const text = said(
    room(
      'en',
      feature('recording', {unavailable: 'no disk'}),
      feature('summary', {offered: false}),
    ),
  )

  assert.ok(!text.includes('recording'))
  assert.ok(text.includes('summary name en'))
})
