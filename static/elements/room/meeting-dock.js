/** The controls at the foot of the room. A word under each drawing; "off" is said, not only drawn. */
import {hasNotes} from './notes-panel.js'
import {popover} from './popover.js'
import {reactionMark} from './video-tile.js'
import {offered} from '../../room/notices.js'
import {Part, icon, make, redraw, set, write} from '../common/dom.js'
import {
  CaptionsEvent,
  HandEvent,
  LeaveEvent,
  ReactionEvent,
  SmallWindowEvent,
  SourceEvent,
  TabEvent,
} from '../common/events.js'
import {REACTIONS} from '../../wire/messages.js'

/** @import {Say, Key} from '../../i18n/words.js' */
/** @import {View} from '../../room/view.js' */
/** @import {Devices} from '../../rtc/devices.js' */
/** @import {Facts, Notice} from '../../room/notices.js' */
/** @import {Tab} from '../common/events.js' */

/**
 * What of a room its controls depend on.
 * @typedef {object} Docked
 * @property {boolean} host @property {boolean} canShare @property {boolean} small
 * @property {readonly Notice[]} notices @property {Facts} facts
 * @property {HTMLElement} settings @property {readonly HTMLElement[]} rows  of what the narrow dock has no room for
 */

/** Whether there can be captions. @param {{facts: Facts}} room */
export const isCaptioned = ({facts}) => offered(facts, 'transcript')?.unavailable === null

/** On a phone these two are under "More". @type {ReadonlySet<Tab>} */
const WIDE = new Set(['people', 'notes'])
/** And these wherever the dock has no room for all. */
const ROOMY = 'wide-only roomy'
/** By tool. @type {Readonly<Record<string, string>>} */
const KEYS = {
  microphone: 'M',
  camera: 'V',
  'dock-share': 'S',
  hand: 'H',
  react: 'R',
  captions: 'C',
  small: 'P',
  chat: 'T',
  people: 'U',
  notes: 'N',
  gate: 'A',
  settings: 'O',
}
const SWITCHED = /** @type {const} */ (['microphone', 'camera'])

export class MeetingDock extends Part {
  static tag = 'meeting-dock'
  #say
  /** @type {Map<string, Tool>} */
  #tools = new Map()
  #unread = make('span', {class: 'unread'})
  #canShare
  /** Whether there is a small window to be had. */
  #small
  /** @type {readonly Tab[]} */
  #tabs
  /** Where nothing can be captioned there is no tool for it. */
  #captioned
  /** @type {Tab | null} */
  #tab = null
  /** The same tool in the narrow dock's menu. @type {HTMLElement | null} */
  #captionsRow = null

  /** @param {Say} say @param {Docked} room */
  constructor(say, room) {
    super()
    const {host, canShare, small, settings} = room
    this.#say = say
    this.#canShare = canShare
    this.#small = small
    this.#tabs = hasNotes(room) ? ['chat', 'people', 'notes', 'gate'] : ['chat', 'people', 'gate']
    this.#captioned = isCaptioned(room)
    const reactions = this.#reactions()
    const more = this.#more()
    const leaving = host ? this.#leaving() : null
    const dock = make(
      'nav',
      {class: 'dock', 'aria-label': say('room.controls')},
      ...SWITCHED.map(source => this.#switch(source)),
      canShare ? this.#share('dock-share', 'wide-only') : null,
      this.#press('hand', 'hand', 'dock.hand', () => this.dispatchEvent(new HandEvent())),
      this.#opener('react', 'smile', 'dock.react', reactions, ROOMY),
      this.#captioned ? this.#captions() : null,
      small ? this.#smallWindow() : null,
      ...this.#tabs.map(tab => this.#tabTool(tab)),
      this.#opener('settings', 'settings', 'dock.settings', settings, ROOMY),
      this.#opener('more', 'more', 'dock.more', more, 'narrow'),
      this.#leave(leaving),
    )
    this.append(dock, reactions, more, settings, ...(leaving ? [leaving] : []))
    this.#fillMore(more, reactions, settings)
    more.append(...room.rows)
  }

  /** @param {string} id @param {string} drawing @param {Key} key @param {() => void} press @param {string} [kind] */
  #press(id, drawing, key, press, kind = '') {
    const tool = new Tool(id, drawing, this.#say(key), kind)
    tool.button.addEventListener('click', press)
    this.#tools.set(id, tool)
    return tool.button
  }

  /** @param {(typeof SWITCHED)[number]} source */
  #switch(source) {
    const pressed = () => this.dispatchEvent(new SourceEvent(source))
    return this.#press(source, source, `dock.${source}.on`, pressed)
  }

  /** @param {string} id @param {string} kind */
  #share(id, kind) {
    const pressed = () => this.dispatchEvent(new SourceEvent('screen'))
    return this.#press(id, 'share', 'dock.share', pressed, kind)
  }

  #captions() {
    const pressed = () => this.dispatchEvent(new CaptionsEvent())
    return this.#press('captions', 'captions', 'captions.tool', pressed, 'wide-only')
  }

  #smallWindow() {
    const pressed = () => this.dispatchEvent(new SmallWindowEvent())
    return this.#press('small', 'small', 'dock.small', pressed, ROOMY)
  }

  /** @param {Tab} tab */
  #tabTool(tab) {
    const pressed = () => this.dispatchEvent(new TabEvent(this.#tab === tab ? null : tab))
    const kind = WIDE.has(tab) ? 'wide-only' : ''
    const tool = this.#press(tab, tab, `dock.${tab}`, pressed, kind)
    if (tab === 'chat') tool.append(this.#unread)
    return tool
  }

  /** @param {string} id @param {string} drawing @param {Key} key @param {HTMLElement} popover @param {string} [kind] */
  #opener(id, drawing, key, popover, kind) {
    const opener = this.#press(id, drawing, key, () => {}, kind)
    set(opener, {popovertarget: popover.id, 'aria-haspopup': 'dialog'})
    return opener
  }

  /** @param {HTMLElement | null} leaving the host's two ways; everybody else has one */
  #leave(leaving) {
    if (leaving)
      return set(this.#opener('leave', 'leave', 'dock.leave', leaving), {'data-act': 'leave'})
    const leave = this.#press('leave', 'leave', 'dock.leave', () =>
      this.dispatchEvent(new LeaveEvent(false)),
    )
    return set(leave, {'data-act': 'leave'})
  }

  #leaving() {
    const say = this.#say
    const pop = popover('leaving', say('leave.title'))
    for (const forEveryone of [false, true]) {
      const act = row('leave', say(forEveryone ? 'leave.end' : 'leave.self'), pop)
      act.addEventListener('click', () => this.dispatchEvent(new LeaveEvent(forEveryone)))
    }
    return pop
  }

  #reactions() {
    const pop = popover('reactions', this.#say('dock.react'))
    set(pop, {class: 'pop reactions'})
    for (const reaction of REACTIONS) {
      const mark = make(
        'button',
        {type: 'button', class: 'tool', 'data-reaction': reaction},
        ...reactionMark(this.#say, reaction),
      )
      mark.addEventListener('click', () => {
        this.dispatchEvent(new ReactionEvent(reaction))
        pop.hidePopover()
      })
      pop.append(mark)
    }
    return pop
  }

  #more() {
    return popover('more', this.#say('dock.more'))
  }

  /** What the narrow dock has no room for. @param {HTMLElement} more @param {HTMLElement} reactions @param {HTMLElement} settings */
  #fillMore(more, reactions, settings) {
    const say = this.#say
    if (this.#canShare)
      row('share', say('dock.share'), more).addEventListener('click', () => {
        more.hidePopover()
        this.dispatchEvent(new SourceEvent('screen'))
      })
    for (const tab of this.#tabs.filter(each => WIDE.has(each)))
      row(tab, say(`dock.${tab}`), more).addEventListener('click', () => {
        more.hidePopover()
        this.dispatchEvent(new TabEvent(tab))
      })
    if (this.#captioned) this.#captionsRow = this.#captionsIn(more)
    if (this.#small)
      row('small', say('dock.small'), more).addEventListener('click', () => {
        more.hidePopover()
        this.dispatchEvent(new SmallWindowEvent())
      })
    row('smile', say('dock.react'), more).addEventListener('click', () => reactions.showPopover())
    row('settings', say('dock.settings'), more).addEventListener('click', () =>
      settings.showPopover(),
    )
  }

  /** @param {HTMLElement} more */
  #captionsIn(more) {
    const act = row('captions', this.#say('captions.turn-on'), more)
    act.addEventListener('click', () => {
      more.hidePopover()
      this.dispatchEvent(new CaptionsEvent())
    })
    return act
  }

  /**
   * @param {{view: View, devices: Devices, tab: Tab | null, captions: boolean, small: boolean, keys: boolean}} state
   *   `small`: whether the small window is open; `keys`: whether those of one letter do anything
   */
  show({view, devices, tab, captions, small, keys}) {
    this.#tab = tab
    const say = this.#say
    for (const source of SWITCHED) {
      const on = devices.wants(source)
      const label = say(`dock.${source}.${on ? 'on' : 'off'}`)
      this.#tools.get(source)?.show(on ? source : `${source}-off`, label, {
        'data-state': on ? 'on' : 'off',
        title: keys ? say('dock.shortcut', {label, key: KEYS[source] ?? ''}) : null,
      })
    }
    for (const [id, {button}] of this.#tools)
      set(button, {'aria-keyshortcuts': keys ? KEYS[id] : null})
    const sharing = devices.isOn('screen')
    this.#tools
      .get('dock-share')
      ?.show('share', say(sharing ? 'dock.share.stop' : 'dock.share'), {'data-pressed': sharing})
    const raised = view.people.find(({id}) => id === view.you)?.hand ?? false
    this.#tools.get('hand')?.show('hand', say('dock.hand'), {'aria-pressed': String(raised)})
    this.#showCaptions(captions, view.signs['transcript']?.on ?? false)
    this.#tools.get('small')?.show('small', say('dock.small'), {'aria-pressed': String(small)})
    for (const each of this.#tabs)
      this.#tools
        .get(each)
        ?.show(each, say(`dock.${each}`), {'aria-expanded': String(tab === each)})
    this.#showUnread(view.unread)
  }

  /** @param {boolean} wanted @param {boolean} running  whether there is a transcript to show */
  #showCaptions(wanted, running) {
    const say = this.#say
    this.#tools.get('captions')?.show('captions', say('captions.tool'), {
      'aria-pressed': String(wanted),
      title: running ? null : say('captions.off'),
    })
    const label = this.#captionsRow?.lastElementChild
    if (label) write(label, say(wanted ? 'captions.turn-off' : 'captions.turn-on'))
  }

  /** Back to where the panel was opened from. @param {Tab} tab */
  focusTool(tab) {
    const tool = this.#tools.get(tab)?.button
    const shown = tool?.checkVisibility() ? tool : this.#tools.get('more')?.button
    shown?.focus()
  }

  /** @param {number} count */
  #showUnread(count) {
    this.#unread.hidden = count === 0
    const text = count > 99 ? '99+' : String(count)
    if (this.#unread.dataset['count'] === text) return
    set(this.#unread, {'data-count': text})
    this.#unread.replaceChildren(
      make('span', {'aria-hidden': 'true'}, text),
      make('span', {class: 'unseen'}, this.#say('dock.unread', {count})),
    )
  }
}

export class Tool {
  #icon
  #label = make('span', {class: 'tool-name'})

  /** @param {string} id @param {string} drawing @param {string} label @param {string} kind */
  constructor(id, drawing, label, kind) {
    this.#icon = icon(drawing)
    this.#label.textContent = label
    this.button = make(
      'button',
      {type: 'button', class: `tool ${kind}`.trim(), 'data-tool': id},
      this.#icon,
      this.#label,
    )
  }

  /** @param {string} drawing @param {string} label @param {import('../common/dom.js').Attributes} attributes */
  show(drawing, label, attributes) {
    redraw(this.#icon, drawing)
    write(this.#label, label)
    set(this.button, attributes)
  }
}

/** @param {string} drawing @param {string} label @param {HTMLElement} parent @returns {HTMLButtonElement} */
function row(drawing, label, parent) {
  const act = make(
    'button',
    {type: 'button', class: 'pop-row'},
    icon(drawing),
    make('span', {}, label),
  )
  parent.append(act)
  return act
}
