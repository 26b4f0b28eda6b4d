import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {ALL} from '../../../static/kept/kept.js'
import {PartActs} from '../../../static/pages/part-acts.js'
import {settle} from '../fakes.js'
import {KEPT} from '../kept-example.js'

/** A server that answers when it is told to, and a page that writes down what it is to show. */
function acting() {
  const sent = []
  const answers = []
  const seen = []
  const ask =
    what =>
    (...given) => {
      sent.push([what, ...given])
      return new Promise(answer => answers.push(answer))
    }
  const server = Object.fromEntries(
    ['erase', 'eraseAll', 'stop', 'makeFilm', 'stopFilm'].map(what => [what, ask(what)]),
  )
  const acts = new PartActs(server, {
    draw: () => seen.push(Object.fromEntries(acts.acts)),
    took: async change => void seen.push(change(KEPT)),
  })
  const answer = async taken => {
    answers.shift()(taken)
    await settle()
  }
  return {acts, sent, seen, answer}
}

describe('what is done with one’s own part', () => {
  for (const [what, feature, press] of [
    ['erase', 'recording', acts => acts.erase('recording')],
    ['eraseAll', ALL, acts => acts.eraseAll()],
    ['stop', 'recording', acts => acts.stop('recording', true)],
  ])
    test(`${what}: pressed twice it is sent once, and after a refusal again`, async () => {
      const {acts, sent, seen, answer} = acting()
      void press(acts)
      void press(acts)
      assert.equal(sent.length, 1)
      assert.deepEqual(seen, [{[feature]: 'sending'}])

      await answer(false)
      assert.deepEqual(seen.at(-1), {[feature]: what === 'stop' ? 'stop-failed' : 'erase-failed'})
      void press(acts)
      assert.equal(sent.length, 2)
    })

  test('what the server has taken on is shown before it is so', async () => {
    const {acts, seen, answer} = acting()
    const [{id}] = KEPT.features
    void acts.erase(id)
    await answer(true)

    assert.equal(acts.acts.size, 0)
    assert.notDeepEqual(seen.at(-1), KEPT)
    assert.equal(seen.at(-1).features.find(each => each.id === id).your_part, 'erasing')
  })

  test('a film is asked for once while the answer is on its way', async () => {
    const {acts, sent, seen, answer} = acting()
    void acts.makeFilm('recording')
    void acts.makeFilm('recording')
    void acts.stopFilm('recording')
    assert.deepEqual(sent, [['makeFilm', 'recording']])

    await answer(false)
    assert.deepEqual(seen, [{recording: 'film-failed'}])
    void acts.stopFilm('recording')
    assert.equal(sent.length, 2)
  })
})
