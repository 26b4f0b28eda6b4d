/** Whether the server is well: its parts, what the doctor has found, and what became of its file. */
import {DoctorEvent} from './events.js'
import {english, meter, pageHead, section, stateWord, table} from './layout.js'
import {isNews, redraw} from './redraw.js'
import {ReloadView} from './reload-view.js'
import {Part, button, make, set, write} from '../common/dom.js'
import {isConsoleKey} from '../../console/words.js'
import {listed} from '../../i18n/amounts.js'
import {dayAndClock} from '../../i18n/when.js'

/** @import {DoctorState, Found, HealthState} from '../../console/shapes.js' */
/** @import {Tell, Voice} from '../../console/words.js' */

/** What a part, or a check, is called; one without words is called as the server calls it. @param {Tell} tell @param {string} name */
const nameOf = (tell, name) => {
  const key = `part.${name}`
  return isConsoleKey(key) ? tell(key) : name
}
const GRADES = /** @type {const} */ (['fault', 'warning', 'ok', 'skipped'])
/** About so many checks an examination has. */
const CHECKS = 22

export class PartsTable extends Part {
  static tag = 'parts-table'
  #voice

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    this.#voice = voice
  }

  /** @param {HealthState['parts']} parts */
  show(parts) {
    const {tell} = this.#voice
    redraw(
      this,
      table(
        [tell('health.part'), tell('health.state')],
        parts.map(({name, well, fix, about}) => [
          nameOf(tell, name),
          make(
            'div',
            {},
            stateWord(well ? 'well' : 'fault', tell(well ? 'health.well' : 'health.ill')),
            fix === '' ? null : english('p', 'note', fix),
            about.length === 0 ? null : english('p', 'note', about.join(', ')),
          ),
        ]),
        {empty: ''},
      ),
    )
  }
}

export class HealthPage extends Part {
  static tag = 'health-page'
  #voice
  /** @type {Map<string, string>} */
  #known = new Map()
  #parts
  #go
  #progress = make('div', {class: 'doctor-progress', role: 'status'})
  #result = make('div', {class: 'doctor-result'})
  #version = make('p', {class: 'note'})
  #reload

  /** @param {Voice} voice */
  constructor(voice) {
    super()
    const {tell} = voice
    this.#voice = voice
    this.#parts = new PartsTable(voice)
    this.#reload = new ReloadView(voice)
    this.#go = button(tell('doctor.go'), {'data-act': 'doctor'}, 'pulse')
    this.#go.addEventListener('click', () => {
      if (!this.#go.hasAttribute('aria-disabled')) this.dispatchEvent(new DoctorEvent())
    })
    this.append(
      pageHead(tell('health.title'), tell('health.note')),
      make(
        'div',
        {class: 'boards'},
        section({id: 'parts', title: tell('health.parts')}, this.#parts, this.#version),
        section(
          {id: 'doctor', title: tell('doctor.title'), note: tell('doctor.note')},
          this.#go,
          this.#progress,
          this.#result,
        ),
        section(
          {id: 'reload', title: tell('reload.title'), note: tell('reload.note')},
          this.#reload,
        ),
      ),
    )
  }

  /** @param {HealthState} health */
  show({parts, doctor, reload, version}) {
    const {tell} = this.#voice
    if (isNews(this.#known, 'parts', parts)) this.#parts.show(parts)
    write(this.#version, tell('health.version', {version}))
    const running = doctor.began !== null && doctor.ended === null
    set(this.#go, {'aria-disabled': running ? 'true' : null})
    if (isNews(this.#known, 'doctor', doctor)) this.#showDoctor(doctor, running)
    if (isNews(this.#known, 'reload', reload)) this.#reload.show(reload)
  }

  /** @param {DoctorState} doctor @param {boolean} running */
  #showDoctor(doctor, running) {
    const {tell, language} = this.#voice
    if (running) {
      const done = new Set(doctor.found.map(({check}) => check)).size
      const names = listed(
        language,
        doctor.running.map(name => nameOf(tell, name)),
      )
      this.#progress.replaceChildren(
        meter(Math.min(done / CHECKS, 0.95), tell('doctor.title')),
        make(
          'p',
          {class: 'note'},
          names === '' ? tell('doctor.begins') : tell('doctor.looks', {names}),
        ),
      )
    } else {
      const when = doctor.ended === null ? '' : dayAndClock(language, doctor.ended)
      const said = doctor.ended === null ? tell('doctor.never') : this.#sum(doctor.found, when)
      this.#progress.replaceChildren(make('p', {}, said))
    }
    this.#result.replaceChildren(...this.#findings(doctor.found))
  }

  /** @param {readonly Found[]} found @param {string} when */
  #sum(found, when) {
    const count = (/** @type {string} */ grade) => found.filter(each => each.grade === grade).length
    return this.#voice.tell('doctor.sum', {
      when,
      faults: count('fault'),
      warnings: count('warning'),
    })
  }

  /** The worst first. @param {readonly Found[]} found */
  #findings(found) {
    if (found.length === 0) return []
    const {tell} = this.#voice
    const sorted = [...found].sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade))
    return [
      table(
        [tell('doctor.check'), tell('health.state'), tell('doctor.cause')],
        sorted.map(({check, grade, cause, fix}) => [
          nameOf(tell, check),
          stateWord(grade === 'ok' ? 'well' : grade, tell(`grade.${grade}`)),
          english(
            'div',
            'finding',
            make('p', {}, cause),
            fix === '' ? null : make('p', {class: 'fix'}, fix),
          ),
        ]),
        {empty: ''},
      ),
    ]
  }
}
