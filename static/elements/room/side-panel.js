/** Gate, People, Chat and Notes beside the stage; on a phone a sheet that stays below the sign. */
import {ChatPanel} from './chat-panel.js'
import {NotesPanel, hasNotes} from './notes-panel.js'
import {PeoplePanel} from './people-panel.js'
import {Part, icon, make, set} from '../common/dom.js'
import {TabEvent} from '../common/events.js'
import {GatePanel} from '../consent/gate-panel.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Tab} from '../common/events.js' */
/** @import {Room} from '../consent/gate-panel.js' */

export class SidePanel extends Part {
  static tag = 'side-panel'
  #gate
  #people
  #chat
  #notes
  /** @type {Map<Tab, {tab: HTMLButtonElement, panel: HTMLElement}>} */
  #tabs = new Map()

  /** @param {Say} say @param {Room & {link: string, hostLinkOf: (capability: string) => string}} room */
  constructor(say, room) {
    super()
    this.#gate = new GatePanel(say, room)
    this.#people = new PeoplePanel(say, room)
    this.#chat = new ChatPanel(say, room)
    this.#notes = hasNotes(room) ? new NotesPanel(say, room) : null
    this.#add(say, 'gate', this.#gate)
    this.#add(say, 'people', this.#people)
    this.#add(say, 'chat', this.#chat)
    if (this.#notes) this.#add(say, 'notes', this.#notes)
    const list = make('div', {role: 'tablist', 'aria-label': say('room.panel')})
    list.append(...[...this.#tabs.values()].map(({tab}) => tab))
    list.addEventListener('keydown', this)
    const shut = make(
      'button',
      {type: 'button', class: 'shut', 'aria-label': say('room.close')},
      icon('down'),
    )
    shut.addEventListener('click', () => this.dispatchEvent(new TabEvent(null)))
    this.append(
      make(
        'aside',
        {class: 'panel', 'aria-label': say('room.panel')},
        make('div', {class: 'tabs'}, list, shut),
        ...[...this.#tabs.values()].map(({panel}) => panel),
      ),
    )
  }

  /** @param {Say} say @param {Tab} name @param {HTMLElement} panel */
  #add(say, name, panel) {
    const tab = make(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `panel-${name}`,
        'data-tab': name,
      },
      icon(name),
      make('span', {}, say(`${name}.tab`)),
    )
    set(panel, {id: `panel-${name}`, role: 'tabpanel', 'aria-labelledby': tab.id})
    tab.addEventListener('click', () => this.dispatchEvent(new TabEvent(name)))
    this.#tabs.set(name, {tab, panel})
  }

  /** @param {{view: View, tab: Tab | null, speaker: string | null}} state */
  show({view, tab, speaker}) {
    for (const [name, held] of this.#tabs) {
      const selected = name === (tab ?? 'gate')
      const opened = selected && held.panel.hidden
      set(held.tab, {'aria-selected': String(selected), tabindex: selected ? null : -1})
      held.panel.hidden = !selected
      if (opened && name === 'chat') this.#chat.toEnd()
      if (opened && name === 'notes') this.#notes?.toEnd()
    }
    this.hidden = tab === null
    this.#gate.show(view)
    this.#people.show(view, speaker)
    this.#chat.show(view)
    this.#notes?.show(view)
  }

  /** Other words are in force. @param {Room} room */
  reword(room) {
    this.#gate.reword(room)
  }

  /** To what a withdrawal leaves to decide. */
  focusEnds() {
    this.#gate.focusEnds()
  }

  /** Where one goes when a tab was opened by its key or tool. @param {Tab} tab */
  focusTab(tab) {
    if (tab === 'chat') this.#chat.focusInput()
    else this.#tabs.get(tab)?.tab.focus()
  }

  /** Arrow keys, Home and End (WAI-ARIA tabs pattern). @param {KeyboardEvent} event */
  handleEvent(event) {
    const names = [...this.#tabs.keys()]
    const now = names.findIndex(name => this.#tabs.get(name)?.tab === document.activeElement)
    const [on, back] = ['ArrowRight', 'ArrowLeft']
    const turned = this.matches(':dir(rtl)')
    const steps = {
      [turned ? back : on]: now + 1,
      [turned ? on : back]: now - 1 + names.length,
      Home: 0,
      End: names.length - 1,
    }
    const step = Object.entries(steps).find(([key]) => key === event.key)?.[1]
    const next = step === undefined ? undefined : names[step % names.length]
    if (next === undefined) return
    event.preventDefault()
    this.dispatchEvent(new TabEvent(next))
    this.#tabs.get(next)?.tab.focus()
  }
}
