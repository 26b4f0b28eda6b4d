/** When the meeting is to be, and a file of it for a calendar. */
import {field} from '../common/device-fields.js'
import {Part, icon, make, set, write} from '../common/dom.js'
import {CalendarEvent} from '../common/events.js'
import {refusalWords} from '../common/refusal-words.js'
import {hours, minutes} from '../../i18n/amounts.js'
import {dayAndClock} from '../../i18n/when.js'
import {LENGTHS, dayOf, hitch, span} from '../../room/plan.js'

/** @import {Key, Say} from '../../i18n/words.js' */
/** @import {Hitch, Plan} from '../../room/plan.js' */

/** @typedef {{busy?: boolean, saved?: string, fault?: string}} FileState its name once it is saved; the code of what is wrong */

/** @type {Readonly<Record<Hitch, readonly [label: Key, told: Key]>>} what the button says, and what helps */
const HITCHES = {
  unset: ['calendar.save', 'calendar.unset'],
  past: ['calendar.past', 'calendar.past.text'],
  late: ['calendar.late', 'calendar.late.text'],
}

export class CalendarEntry extends Part {
  static tag = 'calendar-entry'
  #say
  #until
  #when
  #day
  #time
  #length
  #label = make('span')
  #save = make('button', {class: 'button'}, icon('save'), this.#label)
  #hitch = make('p', {class: 'field-fault', id: 'calendar-hitch', role: 'alert'})
  #told = make('p', {class: 'note', role: 'status'})
  #busy = false

  /** @param {Say} say @param {{language: string, plan: Plan, until: Date}} about `until`: how long the room waits */
  constructor(say, {language, plan, until}) {
    super()
    this.#say = say
    this.#until = until
    this.#when = dayAndClock(language, until.getTime())
    const days = {min: dayOf(new Date()), max: dayOf(until)}
    this.#day = make('input', {type: 'date', name: 'day', ...days})
    this.#time = make('input', {type: 'time', name: 'time', step: 300})
    this.#length = make('select', {name: 'length'}, ...LENGTHS.map(each => length(language, each)))
    this.#day.value = plan.day
    this.#time.value = plan.time
    this.#length.value = String(plan.minutes)
    const {timeZone} = Intl.DateTimeFormat().resolvedOptions()
    const form = make(
      'form',
      {novalidate: true},
      make(
        'div',
        {class: 'calendar-fields'},
        field(say('calendar.day'), null, this.#day),
        field(say('calendar.time'), null, this.#time),
        field(say('calendar.length'), null, this.#length),
      ),
      make('p', {class: 'note'}, say('calendar.zone', {zone: timeZone})),
      this.#hitch,
      this.#save,
      this.#told,
    )
    this.append(
      make('h3', {}, say('calendar.title')),
      make('p', {class: 'note'}, say('calendar.note', {when: this.#when})),
      form,
    )
    form.addEventListener('input', () => this.#look())
    form.addEventListener('submit', event => {
      event.preventDefault()
      this.#submit()
    })
    this.#look()
  }

  /** What is chosen. @returns {Plan} */
  get plan() {
    const [day, time, minutes] = [this.#day.value, this.#time.value, Number(this.#length.value)]
    return {day, time, minutes}
  }

  /** @param {FileState} state */
  show({busy = false, saved, fault}) {
    this.#busy = busy
    this.#look()
    write(this.#told, saved === undefined ? '' : this.#say('calendar.saved', {name: saved}))
    if (fault !== undefined) this.#complain(refusalWords(this.#say, fault, 'calendar.failed'))
  }

  #look() {
    const found = hitch(this.plan, {now: new Date(), until: this.#until})
    const [label, told] = found === null ? [null, null] : HITCHES[found]
    write(this.#label, this.#say(label ?? (this.#busy ? 'calendar.saving' : 'calendar.save')))
    set(this.#save, {
      'aria-disabled': this.#busy || found !== null ? 'true' : null,
      'aria-describedby': found === null ? null : this.#hitch.id,
    })
    this.#complain(told === null ? '' : this.#say(told, {when: this.#when}))
  }

  /** @param {string} text */
  #complain(text) {
    write(this.#hitch, text)
    this.#hitch.hidden = text === ''
  }

  #submit() {
    this.#look() // it may be later by now
    const when = span(this.plan)
    if (when === null || this.#save.hasAttribute('aria-disabled')) return
    this.dispatchEvent(new CalendarEvent(when))
  }
}

/** @param {string} language @param {number} lasts */
const length = (language, lasts) =>
  make(
    'option',
    {value: lasts},
    lasts < 60 ? minutes(language, lasts) : hours(language, lasts / 60),
  )
