/**
 * The console, once somebody is signed in: which section is shown, what it is told, and what its
 * elements ask for.
 *
 * Rule 1: an act that takes time locks before it waits: pressed twice it happens once.
 * Rule 2: what cannot be taken back lightly is asked once more, with what it does.
 */
import {SectionData} from './admin-data.js'
import {seeToWebhooks} from './admin-webhooks.js'
import {speak} from './language.js'
import {ask, sendReceipts} from '../console/api.js'
import {whereOf} from '../console/sections.js'
import {faultWords} from '../elements/admin/admin-door.js'
import {AdminFrame} from '../elements/admin/admin-frame.js'
import {EvidencePage} from '../elements/admin/evidence-page.js'
import {
  DoctorEvent,
  EndRoomEvent,
  FileWordsEvent,
  FindEvent,
  LookEvent,
  MakeKeyEvent,
  MoreEvent,
  ReceiptsEvent,
  RequestEvent,
  RevokeKeyEvent,
  SwitchEvent,
  WordsEvent,
} from '../elements/admin/events.js'
import {FeaturesPage} from '../elements/admin/features-page.js'
import {HealthPage} from '../elements/admin/health-page.js'
import {NoticesPage} from '../elements/admin/notices-page.js'
import {OverviewPage} from '../elements/admin/overview-page.js'
import {RequestsPage} from '../elements/admin/requests-page.js'
import {RoomsPage} from '../elements/admin/rooms-page.js'
import {ServicesPage} from '../elements/admin/services-page.js'
import {StoragePage} from '../elements/admin/storage-page.js'
import {on} from '../elements/common/events.js'
import {saveFile} from '../elements/common/saving.js'
import {languages as spoken} from '../i18n/words.js'

/** @import {Section} from '../console/sections.js' */
/** @import {Draft, Session, Subject} from '../console/shapes.js' */
/** @import {Voice} from '../console/words.js' */

const PAGES = {
  overview: OverviewPage,
  features: FeaturesPage,
  notices: NoticesPage,
  rooms: RoomsPage,
  storage: StoragePage,
  evidence: EvidencePage,
  requests: RequestsPage,
  services: ServicesPage,
  health: HealthPage,
}
/** @typedef {InstanceType<(typeof PAGES)[Section]>} Page */
/** Between two looks, in ms; while the doctor is at work, more often. */
const OFTEN = 10_000
const SOON = 700

export class Console {
  #voice
  #data
  /** @type {Page | null} */
  #page = null
  /** @type {Section | null} */
  #section = null
  /** @type {string | null} what is done just now */
  #busy = null
  /** Whom a request is about, and what was done for them. @type {{subject: Subject | null, receipts: string, done: string}} */
  #subject = {subject: null, receipts: '', done: ''}
  #over = new AbortController()
  #timer = 0
  frame

  /**
   * @param {Voice} voice @param {Session} session @param {readonly string[]} languages
   * @param {() => void} locked is told when the session is over
   */
  constructor(voice, session, languages, locked) {
    this.#voice = voice
    this.#data = new SectionData(voice.language, spoken, locked)
    this.frame = new AdminFrame(voice, {session, languages})
    addEventListener('hashchange', () => void this.turn(true), {signal: this.#over.signal})
    on(this.frame, SwitchEvent, event => void this.#switch(event))
    on(this.frame, WordsEvent, event => void this.#word(event))
    on(this.frame, FileWordsEvent, event => void this.#useFile(event))
    on(this.frame, EndRoomEvent, event => void this.#endRoom(event))
    on(this.frame, DoctorEvent, () => void this.#doctor())
    on(this.frame, ReceiptsEvent, event => void this.#receive(event))
    on(this.frame, RequestEvent, event => void this.#request(event))
    on(this.frame, MakeKeyEvent, event => void this.#makeKey(event))
    on(this.frame, RevokeKeyEvent, event => void this.#revokeKey(event))
    seeToWebhooks(
      this.frame,
      voice.tell,
      (...asked) => this.#act(...asked),
      secret => this.#page instanceof ServicesPage && this.#page.webhooks.showSecret(secret),
    )
    on(this.frame, LookEvent, event => void this.#look(event))
    on(this.frame, FindEvent, event => void this.#find(event))
    on(this.frame, MoreEvent, () => void this.#more())
  }

  /** It is shown no more. */
  close() {
    this.#over.abort()
    clearTimeout(this.#timer)
  }

  /** To the section that the address says. @param {boolean} moved somebody has gone there */
  async turn(moved = false) {
    const {section, rest} = whereOf(location.hash)
    this.#data.rest(section, rest)
    if (section !== this.#section) {
      this.#section = section
      const page = new PAGES[section](this.#voice)
      this.#page = page
      const {tell, say, language} = this.#voice
      speak(language, `${tell(`nav.${section}`)} · ${tell('console')} · ${say('brand')}`)
      this.frame.turn(section, page)
      if (moved) this.frame.focusHead()
    }
    await this.#refresh()
  }

  /** @param {string} code */
  complain(code) {
    this.frame.complain(code === '' ? '' : faultWords(this.#voice.tell, code))
  }

  async #refresh() {
    clearTimeout(this.#timer)
    const section = this.#section
    if (section === null) return
    const fault = await this.#data.load(section)
    if (this.#over.signal.aborted || section !== this.#section) return
    if (fault !== null) this.complain(fault)
    this.#show()
    this.#timer = setTimeout(
      () => (document.hidden ? this.#wait() : void this.#refresh()),
      this.#data.waits(section) ? SOON : OFTEN,
    )
  }

  /** Nobody looks: until somebody does. */
  #wait() {
    const once = {signal: this.#over.signal, once: true}
    document.addEventListener('visibilitychange', () => void this.#refresh(), once)
  }

  #show() {
    const data = this.#data
    const busy = this.#busy
    const page = this.#page
    if (page instanceof OverviewPage) data.overview(busy, each => page.show(each))
    else if (page instanceof FeaturesPage) data.features(busy, each => page.show(each))
    else if (page instanceof NoticesPage) data.notices(each => page.show(each))
    else if (page instanceof RoomsPage) data.rooms(busy, each => page.show(each))
    else if (page instanceof StoragePage) data.storage(each => page.show(each))
    else if (page instanceof EvidencePage) data.evidence(each => page.show(each))
    else if (page instanceof RequestsPage) page.show({...this.#subject, names: data.names, busy})
    else if (page instanceof ServicesPage) data.services(busy, each => page.show(each))
    else if (page instanceof HealthPage) data.health(each => page.show(each))
  }

  /**
   * Do one thing at a time. Yields what was said, or null.
   * @param {string} what @param {'POST' | 'PUT' | 'DELETE'} method @param {string} path @param {object} [sent]
   */
  async #act(what, method, path, sent) {
    if (this.#busy !== null) return null
    this.#busy = what
    this.#show()
    const answer = await ask(method, path, sent)
    this.#busy = null
    this.complain('code' in answer ? answer.code : '')
    await this.#refresh()
    return 'said' in answer ? {said: answer.said} : null
  }

  /** @param {SwitchEvent} event */
  async #switch({feature, offered}) {
    const {tell} = this.#voice
    const name = this.#data.nameOf(feature)
    const kind = offered ? 'on' : 'off'
    const agreed = await this.frame.ask.ask({
      title: tell(`switch.${kind}.title`, {name}),
      text: tell(`switch.${kind}.text`, {name}),
      yes: tell(`switch.${kind}.yes`),
      no: tell('leave-it'),
    })
    if (!agreed) return
    const done = await this.#act(feature, 'PUT', `/features/${feature}/switch`, {offered})
    if (!done) return
    const {written} = /** @type {{written: boolean}} */ (done.said)
    if (!written) this.complain('unwritten')
    this.frame.announce(tell(`switch.${kind}.done`, {name}))
  }

  /** @param {WordsEvent} event */
  async #word({feature, notices, force}) {
    const page = this.#page
    const editor = page instanceof NoticesPage ? page.editor : null
    if (!editor || !(page instanceof NoticesPage)) return
    const draft = await ask('POST', `/features/${feature}/draft`, {notices})
    if ('code' in draft) return this.complain(draft.code)
    const said = /** @type {Draft} */ (draft.said)
    editor.showDraft(said)
    if (!force) return
    if (said.mistakes.length > 0) return editor.focusMistake()
    await this.#force(page, feature, notices)
  }

  /** @param {NoticesPage} page @param {string} feature @param {object} notices */
  async #force(page, feature, notices) {
    const {tell} = this.#voice
    const name = this.#data.nameOf(feature)
    const agreed = await this.frame.ask.ask({
      title: tell('put.title', {name}),
      text: tell('put.text', {name}),
      yes: tell('put.yes'),
      no: tell('leave-it'),
    })
    if (!agreed) return
    page.editor?.hold(true)
    const done = await this.#act('put', 'PUT', `/features/${feature}/notices`, {notices})
    page.editor?.hold(false)
    if (done) await this.#begunAnew(page, tell('put.done', {name}))
  }

  /** @param {FileWordsEvent} event */
  async #useFile({feature}) {
    const page = this.#page
    const {tell} = this.#voice
    const name = this.#data.nameOf(feature)
    const agreed = await this.frame.ask.ask({
      title: tell('file.title', {name}),
      text: tell('put.text', {name}),
      yes: tell('file.yes'),
      no: tell('leave-it'),
    })
    if (!agreed || !(page instanceof NoticesPage)) return
    const done = await this.#act('put', 'DELETE', `/features/${feature}/notices`)
    if (done) await this.#begunAnew(page, tell('put.done', {name}))
  }

  /** @param {NoticesPage} page @param {string} said */
  async #begunAnew(page, said) {
    page.forget()
    await this.#refresh()
    this.frame.announce(said)
    this.frame.focusHead()
  }

  /** @param {EndRoomEvent} event */
  async #endRoom({room}) {
    const {tell} = this.#voice
    const agreed = await this.frame.ask.ask({
      title: tell('end.title'),
      text: tell('end.text', {room}),
      yes: tell('end.yes'),
      no: tell('leave-it'),
    })
    if (agreed && (await this.#act(room, 'POST', `/rooms/${room}/end`)))
      this.frame.announce(tell('end.done'))
  }

  /** @param {ReceiptsEvent} event */
  async #receive({receipts}) {
    this.#subject = {subject: null, receipts, done: ''}
    const answer = await sendReceipts('/subject', receipts)
    if (answer instanceof Response) this.#subject.subject = await answer.json()
    else this.#complainOfReceipts(answer.code)
    this.#show()
  }

  /** @param {string} code */
  #complainOfReceipts(code) {
    const page = this.#page
    if (page instanceof RequestsPage) page.complain(faultWords(this.#voice.tell, code))
  }

  /** @param {RequestEvent} event */
  async #request({what}) {
    const {tell} = this.#voice
    const {subject, receipts} = this.#subject
    if (subject === null || this.#busy !== null) return
    const {person, meeting} = subject
    const agreed = await this.frame.ask.ask({
      title: tell(`request.${what}.title`),
      text: tell(`request.${what}.text`, {person, meeting}),
      yes: tell(`request.${what}`),
      no: tell('leave-it'),
    })
    if (!agreed) return
    this.#busy = what
    this.#show()
    const answer = await sendReceipts(`/subject/${what}`, receipts)
    const saved = answer instanceof Response && what === 'export' ? await answer.blob() : null
    this.#busy = null
    if (saved) saveFile(saved, `gatekeeper-${meeting}.zip`)
    if (answer instanceof Response) this.#subject.done = tell(`request.${what}.done`)
    else this.#complainOfReceipts(answer.code)
    this.#show()
  }

  /** @param {MakeKeyEvent} event */
  async #makeKey({name, scopes, origins}) {
    const done = await this.#act('make-key', 'POST', '/services', {name, scopes, origins})
    if (done && this.#page instanceof ServicesPage)
      this.#page.showKey(/** @type {{key: string}} */ (done.said).key)
  }

  /** @param {RevokeKeyEvent} event */
  async #revokeKey({key, name}) {
    const {tell} = this.#voice
    const agreed = await this.frame.ask.ask({
      title: tell('revoke.title', {name}),
      text: tell('revoke.text'),
      yes: tell('revoke.yes'),
      no: tell('leave-it'),
    })
    if (agreed && (await this.#act(key, 'DELETE', `/services/${key}`)))
      this.frame.announce(tell('revoke.done', {name}))
  }

  async #doctor() {
    await this.#act('doctor', 'POST', '/doctor')
  }

  /** @param {LookEvent} event */
  async #look({feature, language}) {
    this.#data.look(feature, language)
    await this.#refresh()
  }

  /** @param {FindEvent} event */
  async #find({begins, day}) {
    this.#data.find(begins, day)
    await this.#refresh()
  }

  async #more() {
    if (this.#section) this.#data.more(this.#section)
    await this.#refresh()
  }
}
