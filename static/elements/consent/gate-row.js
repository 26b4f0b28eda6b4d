/** One feature in the gate panel: on or off, my choice, what it does, and what a host has more. */
import {AnswerPair} from './answer-pair.js'
import {drawing, facts, whatHappens} from './facts.js'
import {GrantsCheck} from './grants-check.js'
import {holdWords} from './held.js'
import {GateLamp} from './on-air-sign.js'
import {ReceiptsEvent} from './receipt-list.js'
import {WordingChanges} from './wording-changes.js'
import {clock} from '../../i18n/when.js'
import {offered, serviceOf} from '../../room/notices.js'
import {wasOn} from '../../room/signs.js'
import {cannotRun} from '../common/cannot-run.js'
import {Part, button, icon, make, present, set, write} from '../common/dom.js'
import {RequestEvent} from '../common/events.js'

/** @import {Say} from '../../i18n/words.js' */
/** @import {Notice} from '../../room/notices.js' */
/** @import {Room} from './gate-panel.js' */
/** @import {Decision} from '../../wire/messages.js' */
/** @import {RequestState, View} from '../../room/view.js' */

export class GateRow extends Part {
  static tag = 'gate-row'
  #say
  #language
  #notice
  #lamp
  #pair
  #mark
  #markWords = make('span', {})
  #never
  #withheld
  #changes
  #about
  #check
  #facts
  #receipt
  /** @type {HTMLButtonElement | null} */
  #act = null
  #asking = {on: false, wait: false}
  #waiting = 0

  /** @param {Say} say @param {Room} room @param {Notice} notice */
  constructor(say, {language, changes, host, facts: room}, notice) {
    super()
    this.#say = say
    this.#language = language
    this.#notice = notice
    this.#lamp = new GateLamp(say, language)
    this.#pair = new AnswerPair(say, notice)
    this.#mark = make('p', {class: 'mark note'}, icon('ask'), this.#markWords)
    const why = offered(room, notice.feature)?.unavailable ?? null
    this.#never =
      why === null ? null : make('p', {class: 'never note'}, icon('off'), cannotRun(say, why))
    this.#withheld = make(
      'p',
      {class: 'never note', 'data-withheld': true},
      icon('off'),
      say('gate.withheld'),
    )
    const change = changes.get(notice.feature)
    this.#changes = change ? new WordingChanges(say, change) : null
    this.#about = link('gate.what', say)
    this.#check = new GrantsCheck(say, notice.feature)
    this.#facts = make(
      'div',
      {class: 'gate-facts', id: `facts-${notice.feature}`},
      make('p', {lang: notice.language}, notice.meaning),
      facts(say, notice, serviceOf(room, notice.feature)),
      whatHappens(say),
    )
    this.#receipt = link('gate.receipt', say)
    this.#build(host)
    holdWords(this, '.gate-facts')
  }

  get feature() {
    return this.#notice.feature
  }

  /** Of the words that are shown here. */
  get digest() {
    return this.#notice.digest
  }

  /** To where the words can be read. */
  focusWords() {
    this.#about.focus()
  }

  /** @param {boolean} host */
  #build(host) {
    const {feature, name} = this.#notice
    const heading = make('h3', {id: `gate-${feature}`}, name)
    set(this, {'data-feature': feature, role: 'listitem'})
    set(this.#about, {'aria-controls': this.#facts.id})
    this.#facts.hidden = true
    this.#about.addEventListener('click', () => this.#unfold())
    this.#receipt.addEventListener('click', () => this.dispatchEvent(new ReceiptsEvent(true)))
    const parts = present([
      make('div', {class: 'gate-head'}, icon(drawing(feature)), heading, this.#lamp),
      this.#never,
      this.#withheld,
      this.#changes,
      this.#pair,
      make('p', {class: 'gate-more'}, this.#about, this.#receipt),
      this.#check,
      this.#mark,
      this.#facts,
    ])
    this.append(...parts)
    // What cannot run cannot be asked for.
    if (host && !this.#never) this.append(this.#hosting())
  }

  #hosting() {
    this.#act = button('', {'data-size': 'small', 'data-feature': this.#notice.feature}, 'ask')
    this.#act.addEventListener('click', () => {
      const {on, wait} = this.#asking
      if (!wait) this.dispatchEvent(new RequestEvent(this.#notice.feature, !on))
    })
    return make('div', {class: 'hosting'}, this.#act)
  }

  disconnectedCallback() {
    clearTimeout(this.#waiting)
  }

  #unfold() {
    this.#facts.hidden = !this.#facts.hidden
    set(this.#about, {'aria-expanded': String(!this.#facts.hidden)})
  }

  /** @param {View} view */
  show(view) {
    const {feature, name} = this.#notice
    const sign = view.signs[feature] ?? {on: false, since: null}
    const answer = view.answers[feature] ?? {decision: null, pending: false, at: null}
    set(this, {'data-state': sign.on ? 'on' : 'off'})
    this.#lamp.show(sign)
    this.#pair.show(answer)
    this.#check.show(view)
    this.#mark.hidden = !view.marks.has(feature)
    write(this.#markWords, this.#say(answer.decision === null ? 'gpc.mark' : 'gate.marked'))
    // A yes can be taken back in any case; where nothing can run there is none to give.
    const withheld = view.withheld.has(feature)
    this.#withheld.hidden = !withheld
    this.#pair.hidden = !sign.on && this.#isIdle(withheld, answer.decision)
    if (this.#changes) this.#changes.hidden = withheld || answer.decision === 'granted'
    const what = this.#say(answer.decision === 'granted' ? 'gate.agreed' : 'gate.what')
    write(this.#about, what)
    set(this.#about, {
      'aria-label': this.#say('gate.about', {what, name}),
      'aria-expanded': String(!this.#facts.hidden),
    })
    const receipts = view.receipts.filter(receipt => receipt.feature === feature).length
    const label = this.#say(receipts > 1 ? 'gate.receipts' : 'gate.receipt')
    this.#receipt.hidden = receipts === 0
    write(this.#receipt, label)
    set(this.#receipt, {'aria-label': this.#say('gate.about', {what: label, name})})
    this.#showAct(view, wasOn(sign))
  }

  /** Whether there is nothing to answer here. @param {boolean} withheld @param {Decision | null} decision */
  #isIdle(withheld, decision) {
    return withheld ? decision !== 'granted' : this.#never !== null && decision === null
  }

  /** @param {RequestState} request */
  #again({askedAt, againAt}) {
    const time = clock(this.#language, againAt)
    if (askedAt === null) return this.#say('gate.again.only', {time})
    return this.#say('gate.again', {asked: clock(this.#language, askedAt), time})
  }

  /** What a host may do; the same whatever the cause of "off". @param {View} view @param {boolean} on */
  #showAct(view, on) {
    const asked = view.requests[this.#notice.feature]
    const wait = !on && asked !== undefined && asked.againAt > Date.now()
    this.#asking = {on, wait}
    clearTimeout(this.#waiting)
    if (wait)
      this.#waiting = window.setTimeout(() => this.#showAct(view, on), asked.againAt - Date.now())
    if (!this.#act) return
    const place = this.#act.parentElement
    if (place) place.hidden = view.withheld.has(this.#notice.feature) && !on
    const {object} = this.#notice
    const text = on
      ? this.#say('gate.stop', {object})
      : wait
        ? this.#again(asked)
        : this.#say('gate.ask', {object})
    const act = on ? 'stop' : wait ? 'asked' : 'ask'
    if (this.#act.dataset['act'] === act && this.#act.textContent === text) return
    set(this.#act, {'data-act': act, 'aria-disabled': wait ? 'true' : null})
    this.#act.replaceChildren(icon(wait ? 'clock' : act), make('span', {}, text))
  }
}

/** @param {import('../../i18n/words.js').Key} key @param {Say} say */
const link = (key, say) => make('button', {type: 'button', class: 'link'}, say(key))
