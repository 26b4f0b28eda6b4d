/**
 * What this browser has found of everybody's yes to one feature that is on: the server is not believed.
 *
 * Rule: where it found something wrong, it does not say of whom. Nobody need have refused; it is
 * the server that could not show what it claims (design.md, rule 8).
 */
import {roomCode} from '../../proof/room-code.js'
import {Part, icon, keep, make, rich, set, write} from '../common/dom.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Proof, Verdict} from '../../room/unanimity.js' */
/** @import {View} from '../../room/view.js' */

/** Characters of a digest, and of a key, that are shown. */
const SHORT = 8

export class GrantsCheck extends Part {
  static tag = 'grants-check'
  #say
  #feature
  #note = make('p', {class: 'note'})
  #found
  #summary = make('span', {})
  #list = make('ul', {})
  #code = make('p', {class: 'room-code'})
  /** @type {Map<string, HTMLElement>} by what it says */
  #people = new Map()
  #coded = ''

  /** @param {Say} say @param {string} feature */
  constructor(say, feature) {
    super()
    this.#say = say
    this.#feature = feature
    this.#found = make(
      'details',
      {},
      make('summary', {}, icon('seal'), this.#summary, icon('down')),
      make('p', {class: 'note'}, say('proof.about')),
      this.#list,
      this.#code,
      make('p', {class: 'note'}, say('proof.code.note')),
    )
    this.append(this.#note, this.#found)
    this.hidden = true
  }

  /** @param {View} view */
  show({checks, people, phase, stale}) {
    const verdict = checks.get(this.#feature)
    this.hidden = !verdict || phase !== 'open'
    if (!verdict || this.hidden) return
    const checked = verdict.state === 'checked'
    const waits = verdict.state === 'checking' || stale.has(this.#feature)
    this.#note.hidden = checked
    this.#found.hidden = !checked
    set(this, {'data-state': checked ? 'checked' : waits ? 'checking' : 'unproved'})
    if (checked) return this.#tell(verdict, new Map(people.map(({id, name}) => [id, name])))
    const said = this.#say(waits ? 'proof.checking' : 'proof.unproved')
    if (this.#note.textContent !== said.replaceAll('*', ''))
      this.#note.replaceChildren(...rich(said))
  }

  /** @param {Verdict} verdict @param {ReadonlyMap<string, string>} names */
  #tell({proofs}, names) {
    write(this.#summary, this.#say('proof.checked', {count: proofs.length}))
    const lines = new Map(proofs.map(proof => [proof.participant, proof]))
    const keys = proofs.map(({participant, said}) =>
      [participant, said['notice'], names.get(participant)].join(),
    )
    keep(this.#list, keys, this.#people, key =>
      this.#person(lines.get(key.split(',')[0] ?? ''), names),
    )
    void this.#showCode([...lines.keys()])
  }

  /** @param {Proof | undefined} proof @param {ReadonlyMap<string, string>} names */
  #person(proof, names) {
    if (!proof) throw new RangeError('a line without its proof')
    const {participant, said} = proof
    const short = {
      words: said['notice']?.slice(0, SHORT) ?? '',
      key: participant.slice(0, SHORT),
    }
    return make(
      'li',
      {},
      make('b', {}, make('bdi', {}, names.get(participant) ?? participant)),
      make('small', {}, this.#say('proof.person', short)),
    )
  }

  /** @param {readonly string[]} people */
  async #showCode(people) {
    if (String(people) === this.#coded) return
    this.#coded = String(people)
    const code = await roomCode(people)
    if (String(people) === this.#coded) write(this.#code, this.#say('proof.code', {code}))
  }
}
