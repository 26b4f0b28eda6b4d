/** What the console's API says: the models of `gatekeeper/web/admin/`. */

/** @import {Notice} from '../room/notices.js' */
/** @typedef {{way: string, signed_in: boolean, name: string | null, place: string}} Session */
/** @typedef {{began: string, rooms: number}} Hour */
/**
 * @typedef {object} Overview
 * @property {string} now @property {number} rooms @property {number} people
 * @property {number} offered @property {number} features @property {number} free
 * @property {readonly Hour[]} hours
 */
/** @typedef {Readonly<Record<string, string>>} Words */
/**
 * @typedef {Notice & {version: number, since: string, own: boolean, words: Words}} NoticeInForce
 */
/**
 * @typedef {object} FeatureState
 * @property {string} id
 * @property {'offered' | 'off' | 'off-by-file' | 'unavailable'} state
 * @property {string | null} off_since @property {string | null} unavailable
 * @property {boolean} third_party
 * @property {Readonly<Record<string, NoticeInForce>>} notices
 */
/** @typedef {{languages: readonly string[], features: readonly FeatureState[]}} Features */
/** @typedef {{feature: FeatureState, written: boolean}} Changed */
/** @typedef {{language: string | null, field: string | null, kind: string, text: string, words: string | null}} Mistake */
/** @typedef {{notices: Readonly<Record<string, Notice>>, mistakes: readonly Mistake[], unjudged: readonly string[]}} Draft */
/** @typedef {{room: string, opened_at: string, people: number, on: boolean}} LiveRoom */
/** @typedef {{rooms: readonly LiveRoom[], next: string | null}} LiveRooms */
/**
 * @typedef {object} StorageState
 * @property {number} total @property {number} free
 * @property {readonly {kind: 'films' | 'recordings' | 'words', bytes: number}[]} used
 * @property {readonly {feature: string, hours: number}[]} kept_for
 * @property {readonly {room: string, feature: string, state: 'waiting' | 'making' | 'stopped' | 'failed', done: number}[]} films
 * @property {readonly {room: string, feature: string, at: string}[]} due
 */
/** @typedef {{check: string, grade: 'ok' | 'warning' | 'fault' | 'skipped', cause: string, fix: string}} Found */
/** @typedef {{began: string | null, ended: string | null, running: readonly string[], found: readonly Found[]}} DoctorState */
/** @typedef {{at: string, applied: readonly string[], needs_restart: readonly string[], mistakes: readonly string[]}} ReloadState */
/** @typedef {{parts: readonly {name: string, well: boolean, fix: string, about: readonly string[]}[], doctor: DoctorState, reload: ReloadState | null, version: string}} HealthState */
/** @typedef {{meeting: string, opened_at: string, ended_at: string | null}} Meeting */
/** @typedef {{meetings: readonly Meeting[], next: string | null}} Meetings */
/** @typedef {{feature: string, began: string, ended: string | null, people: number, notices: readonly string[]}} OpeningProof */
/**
 * @typedef {object} AuditShape
 * @property {string} checked_at @property {boolean} begun @property {boolean} sealed
 * @property {string | null} head @property {string | null} fault
 * @property {readonly OpeningProof[]} openings
 * @property {Readonly<Record<string, Notice>>} notices
 * @property {readonly {feature: string, at: string}[]} deleted
 */
/** @typedef {Meeting & AuditShape} Audit */
/** @typedef {'rooms' | 'entries' | 'presence' | 'permits' | 'media' | 'events'} Scope */
/** @typedef {{id: string, name: string, scopes: readonly Scope[], origins: readonly string[], made_at: string, revoked_at: string | null, last_used_on: string | null}} ServiceKey */
/** @typedef {{open: boolean, scopes: readonly Scope[], keys: readonly ServiceKey[]}} ServiceKeys */
/** @typedef {'feature.on' | 'feature.off' | 'notice.changed' | 'film.ready' | 'meeting.sealed' | 'erasure.done'} EventKind */
/** @typedef {{id: string, key: string, url: string, events: readonly EventKind[], made_at: string, waiting: number, parked: number, said: string | null}} Webhook */
/** @typedef {{kinds: readonly EventKind[], webhooks: readonly Webhook[]}} Webhooks */
/** @typedef {{at: string, act: 'off' | 'on' | 'worded' | 'key', feature: string | null, by: 'console' | 'file' | 'command', key: 'receipt' | 'access' | 'log' | null}} ServerAct */
/** @typedef {{fault: string | null, acts: readonly ServerAct[]}} ServerActs */

/** @typedef {{meeting: string, person: string, opened_at: string | null, features: readonly string[]}} Subject */

export {}
