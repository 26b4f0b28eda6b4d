/**
 * Who is here: people, and machines for as long as they run. A yes or a no is never listed.
 */
import {ground, initials} from './video-tile.js'
import {clock} from '../../i18n/when.js'
import {isKey} from '../../i18n/words.js'
import {CopyField} from '../common/copy-field.js'
import {Part, icon, keep, make, redraw, set, write} from '../common/dom.js'
import {drawing} from '../consent/facts.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Person} from '../../wire/messages.js' */

export class PeoplePanel extends Part {
  static tag = 'people-panel'
  #say
  #language
  #notices
  #peopleHead = make('h3', {class: 'roster-head'})
  #machinesHead = make('h3', {class: 'roster-head'})
  #peopleList = make('ul', {class: 'roster'})
  #machinesList = make('ul', {class: 'roster'})
  /** @type {Map<string, PersonRow>} */
  #rows = new Map()
  /** @type {Map<string, HTMLElement>} */
  #nodes = new Map()
  /** @type {Map<string, HTMLElement>} */
  #machines = new Map()

  /** @param {Say} say @param {{language: string, notices: readonly Notice[], link: string}} room */
  constructor(say, {language, notices, link}) {
    super()
    this.#say = say
    this.#language = language
    this.#notices = notices
    const invite = new CopyField(say, {label: say('created.invite'), value: link})
    this.append(
      make(
        'div',
        {class: 'panel-body', tabindex: -1},
        this.#peopleHead,
        this.#peopleList,
        this.#machinesHead,
        this.#machinesList,
        make('div', {class: 'invite'}, invite),
      ),
      make('p', {class: 'panel-foot note'}, say('people.note')),
    )
  }

  /** @param {View} view @param {string | null} speaker */
  show(view, speaker) {
    write(this.#peopleHead, this.#say('people.count', {count: view.people.length}))
    const ids = view.people.map(({id}) => id)
    keep(this.#peopleList, ids, this.#nodes, id => this.#row(id))
    for (const person of view.people)
      this.#rows.get(person.id)?.show(person, person.id === view.you, person.id === speaker)
    this.#showMachines(view)
  }

  /** @param {string} id */
  #row(id) {
    const row = new PersonRow(this.#say, id)
    this.#rows.set(id, row)
    return row.node
  }

  /** @param {View} view */
  #showMachines(view) {
    const running = this.#notices.filter(({feature}) => view.signs[feature]?.on)
    const keys = running.map(({feature}) => `${feature} ${view.signs[feature]?.since}`)
    keep(this.#machinesList, keys, this.#machines, key => {
      const notice = running[keys.indexOf(key)]
      if (!notice) throw new RangeError('a machine without its notice')
      return this.#machine(notice, view.signs[notice.feature]?.since ?? null)
    })
    write(this.#machinesHead, this.#say('machines.count', {count: running.length}))
    this.#machinesHead.hidden = running.length === 0
  }

  /** @param {Notice} notice @param {string | null} since */
  #machine({feature, name}, since) {
    const say = this.#say
    const key = `machine.${feature}`
    const does = `machine.${feature}.does`
    const time = clock(this.#language, since ?? Date.now())
    return make(
      'li',
      {'data-feature': feature, 'data-machine': true},
      make('span', {class: 'machine'}, icon(drawing(feature))),
      make(
        'span',
        {},
        say(isKey(key) ? key : 'machine.other', {name}),
        make('small', {}, say(isKey(does) ? does : 'machine.other.does', {time})),
      ),
    )
  }
}

class PersonRow {
  #say
  #face
  #name = make('bdi', {class: 'roster-name'})
  #state = make('small', {})
  #icon = icon('microphone')

  /** @param {Say} say @param {string} id */
  constructor(say, id) {
    this.#say = say
    this.#face = make('span', {class: 'face', 'data-ground': ground(id), 'aria-hidden': 'true'})
    this.node = make(
      'li',
      {'data-participant': id},
      this.#face,
      make('span', {}, this.#name, this.#state),
      this.#icon,
    )
  }

  /** @param {Person} person @param {boolean} you @param {boolean} speaking */
  show(person, you, speaking) {
    const say = this.#say
    const {media, present, hand, host, name} = person
    write(this.#face, initials(name))
    write(this.#name, you ? say('people.you', {name}) : name)
    const heard = media.microphone
      ? speaking
        ? 'people.speaking'
        : 'people.microphone.on'
      : 'people.microphone.off'
    const states = present
      ? [
          host && say('people.host'),
          hand && say('people.hand'),
          media.screen && say('people.screen'),
          say(heard),
        ]
      : [say('people.away')]
    write(this.#state, states.filter(Boolean).join(' · '))
    const sound = media.microphone ? (speaking ? 'speaking' : 'microphone') : 'microphone-off'
    redraw(this.#icon, !present ? 'away' : hand ? 'hand' : sound)
    set(this.node, {'data-present': String(present)})
  }
}
