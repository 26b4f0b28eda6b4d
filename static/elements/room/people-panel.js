/**
 * Who is here: people, and machines for as long as they run. A yes or a no is never listed.
 */
import {DoorSwitches} from './door-switches.js'
import {HostLink} from './host-link.js'
import {KnockList} from './knock-list.js'
import {PersonRow} from './person-row.js'
import {minutes} from '../../i18n/amounts.js'
import {clock} from '../../i18n/when.js'
import {isKey} from '../../i18n/words.js'
import {serviceOf} from '../../room/notices.js'
import {CopyField} from '../common/copy-field.js'
import {Part, icon, keep, make, write} from '../common/dom.js'
import {drawing} from '../consent/facts.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {View} from '../../room/view.js' */

export class PeoplePanel extends Part {
  static tag = 'people-panel'
  #say
  #language
  #pause
  #notices
  #facts
  #body
  #knocksHead = make('h3', {class: 'roster-head knocks-head'})
  #knocks
  #doorWords = make('span', {})
  #doorLine = make('p', {class: 'door-line note'}, icon('gate'), this.#doorWords)
  /** @type {DoorSwitches | null} the host's */
  #switches
  /** @type {HostLink | null} the host's */
  #hostLink
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

  /** @param {Say} say @param {{language: string, facts: Facts, notices: readonly Notice[], host: boolean, link: string, hostLinkOf: (capability: string) => string}} room */
  constructor(say, {language, facts, notices, host, link, hostLinkOf}) {
    super()
    this.#say = say
    this.#language = language
    this.#pause = minutes(language, facts.ask_again)
    this.#notices = notices
    this.#facts = facts
    this.#knocks = new KnockList(say)
    this.#switches = host ? new DoorSwitches(say) : null
    this.#hostLink = host ? new HostLink(say, hostLinkOf) : null
    const invite = new CopyField(say, {label: say('created.invite'), value: link})
    this.#body = make(
      'div',
      {class: 'panel-body', tabindex: -1},
      this.#knocksHead,
      this.#knocks,
      this.#doorLine,
      this.#peopleHead,
      this.#peopleList,
      this.#machinesHead,
      this.#machinesList,
      ...(this.#switches ? [this.#switches] : []),
      make('div', {class: 'invite'}, invite),
      ...(this.#hostLink ? [this.#hostLink] : []),
    )
    this.append(this.#body, make('p', {class: 'panel-foot note'}, say('people.note')))
  }

  /** @param {View} view @param {string | null} speaker */
  show(view, speaker) {
    const here = this.contains(document.activeElement)
    this.#showAll(view, speaker)
    // Whoever had the focus may be gone, and what was asked about them.
    if (here && document.activeElement === document.body) this.#body.focus()
  }

  /** @param {View} view @param {string | null} speaker */
  #showAll(view, speaker) {
    this.#showDoor(view)
    write(this.#peopleHead, this.#say('people.count', {count: view.people.length}))
    const ids = view.people.map(({id}) => id)
    keep(this.#peopleList, ids, this.#nodes, id => this.#row(id))
    for (const person of view.people)
      this.#rows.get(person.id)?.show(person, {
        you: person.id === view.you,
        speaking: person.id === speaker,
        removable: view.host && !person.host,
        handled: view.handled.includes(person.id),
      })
    this.#showMachines(view)
  }

  /** @param {View} view */
  #showDoor(view) {
    const {knocks, door} = view
    write(this.#knocksHead, this.#say('knock.count', {count: knocks.length}))
    this.#knocksHead.hidden = this.#knocks.hidden = knocks.length === 0
    this.#knocks.show(view)
    this.#switches?.show(view)
    this.#hostLink?.show(view)
    const line = door.locked ? 'door.is.locked' : door.knock ? 'door.is.knock' : null
    this.#doorLine.hidden = line === null
    write(this.#doorWords, line === null ? '' : this.#say(line))
  }

  /** @param {string} id */
  #row(id) {
    const row = new PersonRow(this.#say, id, this.#pause)
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
    const service = serviceOf(this.#facts, feature)
    return make(
      'li',
      {'data-feature': feature, 'data-machine': true},
      make('span', {class: 'machine'}, icon(drawing(feature))),
      make(
        'span',
        {},
        say(isKey(key) && service === null ? key : 'machine.other', {name}),
        make(
          'small',
          {},
          service === null
            ? say(isKey(does) ? does : 'machine.other.does', {time})
            : say('machine.fed.does', {service, time}),
        ),
      ),
    )
  }
}
