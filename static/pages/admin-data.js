/**
 * What the console's sections are told: fetched for the one that is shown, and kept until it is
 * fetched again.
 */
import {ask} from '../console/api.js'
import {featureName} from '../console/offered.js'

/** @import {EvidencePage} from '../elements/admin/evidence-page.js' */
/** @import {NoticesData} from '../elements/admin/notices-page.js' */
/** @import {OverviewData} from '../elements/admin/overview-page.js' */
/** @import {Section} from '../console/sections.js' */
/** @import {Audit, Features, HealthState, LiveRooms, Meetings, NoticeInForce, Overview, ServerActs, ServiceKeys, StorageState, Webhooks} from '../console/shapes.js' */

/** Pages of a list that are shown at once, at the most. */
const MOST = 20

export class SectionData {
  #language
  #spoken
  #locked
  /** @type {Map<string, unknown>} by path */
  #said = new Map()
  #look = {feature: '', language: ''}
  #wish = {begins: '', day: ''}
  #audit = ''
  #pages = 1

  /** @param {string} language @param {readonly string[]} spoken @param {() => void} locked */
  constructor(language, spoken, locked) {
    this.#language = language
    this.#spoken = spoken
    this.#locked = locked
    this.#look = {feature: '', language}
  }

  /** What an address says of a section. @param {Section} section @param {string} rest */
  rest(section, rest) {
    if (section === 'evidence') this.#audit = rest
    if (section === 'notices' && rest !== '') this.#look = {...this.#look, feature: rest}
  }

  /** @param {string} feature @param {string} language */
  look(feature, language) {
    this.#look = {feature, language}
  }

  /** @param {string} begins @param {string} day as in "2026-11-21", here */
  find(begins, day) {
    this.#wish = {begins, day}
    this.#pages = 1
  }

  /** @param {Section} section */
  more(section) {
    if (section === 'rooms' || section === 'evidence') this.#pages = Math.min(this.#pages + 1, MOST)
  }

  /** Whether there is more to come soon. @param {Section} section */
  waits(section) {
    const health = this.#of(/** @type {HealthState | null} */ (null), '/health')
    return section === 'health' && health?.doctor.began != null && health.doctor.ended === null
  }

  /** Fetch what a section needs. @param {Section} section @returns {Promise<string | null>} a code */
  async load(section) {
    const faults = await Promise.all(this.#needs(section))
    if (faults.includes('console-locked')) this.#locked()
    return faults.find(fault => fault !== null) ?? null
  }

  /** @param {Section} section @returns {Promise<string | null>[]} */
  #needs(section) {
    const features = this.#fetch('/features')
    if (section === 'overview')
      return [features, ...['/overview', '/health', '/storage'].map(path => this.#fetch(path))]
    if (section === 'notices') return [features.then(fault => fault ?? this.#fetchHistory())]
    if (section === 'rooms') return [this.#fetchPages('/rooms', 'rooms')]
    if (section === 'storage') return [features, this.#fetch('/storage')]
    if (section === 'health') return [this.#fetch('/health')]
    if (section === 'services') return [this.#fetch('/services'), this.#fetch('/webhooks')]
    if (section === 'evidence')
      return [
        features,
        this.#fetchPages(this.#meetings, 'meetings'),
        this.#fetch('/acts'),
        ...(this.#audit === '' ? [] : [this.#fetchAudit()]),
      ]
    return [features]
  }

  /** @param {string} path @param {string} [as] @returns {Promise<string | null>} */
  async #fetch(path, as = path) {
    const answer = await ask('GET', path)
    if ('code' in answer) return answer.code
    this.#said.set(as, answer.said)
    return null
  }

  /** So many pages as are shown, as one. @param {string} path @param {'rooms' | 'meetings'} key */
  async #fetchPages(path, key) {
    /** @type {unknown[]} */
    const all = []
    /** @type {string | null} */
    let next = ''
    for (let page = 0; page < this.#pages && next !== null; page += 1) {
      const join = path.includes('?') ? '&' : '?'
      const answer = await ask('GET', next === '' ? path : `${path}${join}after=${next}`)
      if ('code' in answer) return answer.code
      const said = /** @type {Record<string, unknown[]> & {next: string | null}} */ (answer.said)
      all.push(...(said[key] ?? []))
      next = said.next
    }
    this.#said.set(`/${key}`, {[key]: all, next})
    return null
  }

  async #fetchAudit() {
    const known = this.#of(/** @type {Audit | null} */ (null), '/audit')
    // It is computed once for each time that somebody asks for it.
    if (known?.meeting === this.#audit) return null
    this.#said.delete('/audit')
    return this.#fetch(`/meetings/${this.#audit}`, '/audit')
  }

  async #fetchHistory() {
    const {features = []} = this.#features ?? {}
    const first = features.find(({id}) => id === this.#look.feature) ?? features[0]
    if (!first) return null
    const [other] = this.#offered
    const {language: wished} = this.#look
    const language = other === undefined || this.#offered.includes(wished) ? wished : other
    this.#look = {feature: first.id, language}
    return this.#fetch(`/features/${first.id}/history?language=${language}`, '/history')
  }

  get #meetings() {
    const {begins, day} = this.#wish
    const query = new URLSearchParams()
    if (begins !== '') query.set('begins', begins)
    if (day !== '') {
      const since = new Date(`${day}T00:00:00`)
      const until = new Date(since)
      until.setDate(until.getDate() + 1)
      query.set('since', since.toISOString())
      query.set('until', until.toISOString())
    }
    return query.size === 0 ? '/meetings' : `/meetings?${query}`
  }

  /** @template T @param {T | null} _ what it is @param {string} path @returns {T | null} */
  #of(_, path) {
    return /** @type {T | null} */ (this.#said.get(path) ?? null)
  }

  /** Languages in which joiners are offered notices, and whose words are here. */
  get #offered() {
    return this.#spoken.filter(tag => this.#features?.languages.includes(tag))
  }

  get #features() {
    return this.#of(/** @type {Features | null} */ (null), '/features')
  }

  /** What a feature is called. @param {string} feature */
  nameOf(feature) {
    return this.names[feature] ?? feature
  }

  /** @returns {Record<string, string>} what features are called, by id */
  get names() {
    const {features = []} = this.#features ?? {}
    return Object.fromEntries(features.map(each => [each.id, featureName(each, this.#language)]))
  }

  /** @param {string | null} busy @param {(data: OverviewData) => void} show */
  overview(busy, show) {
    const overview = this.#of(/** @type {Overview | null} */ (null), '/overview')
    const health = this.#of(/** @type {HealthState | null} */ (null), '/health')
    const storage = this.#of(/** @type {StorageState | null} */ (null), '/storage')
    const features = this.#features
    if (overview && health && storage && features)
      show({overview, features, health, storage, busy, spoken: this.#offered})
  }

  /** @param {string | null} busy @param {(data: {features: Features, busy: string | null}) => void} show */
  features(busy, show) {
    if (this.#features) show({features: this.#features, busy})
  }

  /** @param {(data: NoticesData) => void} show */
  notices(show) {
    const history = this.#of(
      /** @type {{versions: readonly NoticeInForce[]} | null} */ (null),
      '/history',
    )
    if (this.#features && history)
      show({
        features: this.#features,
        ...this.#look,
        history: history.versions,
        spoken: this.#offered,
      })
  }

  /** @param {string | null} busy @param {(data: {rooms: LiveRooms, now: number, busy: string | null}) => void} show */
  rooms(busy, show) {
    const rooms = this.#of(/** @type {LiveRooms | null} */ (null), '/rooms')
    if (rooms) show({rooms, now: Date.now(), busy})
  }

  /** @param {(data: {storage: StorageState, names: Record<string, string>}) => void} show */
  storage(show) {
    const storage = this.#of(/** @type {StorageState | null} */ (null), '/storage')
    if (storage) show({storage, names: this.names})
  }

  /** @param {(data: Parameters<EvidencePage['show']>[0]) => void} show */
  evidence(show) {
    const meetings = this.#of(/** @type {Meetings | null} */ (null), '/meetings')
    const acts = this.#of(/** @type {ServerActs | null} */ (null), '/acts')
    const found = this.#of(/** @type {Audit | null} */ (null), '/audit')
    const audit = found?.meeting === this.#audit ? found : null
    if (meetings && acts) show({meetings, acts, audit, names: this.names})
  }

  /** @param {string | null} busy @param {(data: {services: ServiceKeys, webhooks: Webhooks, busy: string | null}) => void} show */
  services(busy, show) {
    const services = this.#of(/** @type {ServiceKeys | null} */ (null), '/services')
    const webhooks = this.#of(/** @type {Webhooks | null} */ (null), '/webhooks')
    if (services && webhooks) show({services, webhooks, busy})
  }

  /** @param {(data: HealthState) => void} show */
  health(show) {
    const health = this.#of(/** @type {HealthState | null} */ (null), '/health')
    if (health) show(health)
  }
}
