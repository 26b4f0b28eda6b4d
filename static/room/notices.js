/** What the server says of itself, and of a room before anybody joins it, and which wording is shown. */

import {noticeDigest} from '../proof/notice.js'

/**
 * @typedef {object} Notice the wording for one feature in one language (consent/notice.py)
 * @property {string} feature @property {string} language
 * @property {string} name a heading: "AI summary"
 * @property {string} object inside a sentence: "Allow *AI summary*"
 * @property {string} meaning one plain sentence
 * @property {string} captured @property {string} purpose @property {string} processor
 * @property {string} recipients @property {string} retention @property {string} withdrawal
 * @property {string} digest
 */
/** @typedef {{name: string, place: string, contact: string}} Controller */
/**
 * @typedef {object} OfferedFeature
 * @property {string} id @property {Readonly<Record<string, Notice>>} notices
 * @property {boolean} third_party words leave the server
 * @property {boolean} drafts of `compose`: there is a model; without one it quotes
 * @property {string | null} unavailable why it cannot run here, in English
 * @property {boolean} [offered] false while it is switched off on the whole server
 * @property {string | null} [service] whose machine gets it live, if a service's does
 */
/**
 * @typedef {object} Facts `GET /api/rooms/{room}`
 * @property {string} room @property {string} title @property {string} language
 * @property {'meeting' | 'gate'} mode `gate`: people see and hear each other somewhere else
 * @property {string} opened_at @property {Controller} controller
 * @property {readonly string[]} languages @property {readonly OfferedFeature[]} features
 * @property {number} ask_again minutes between two questions to everybody
 * @property {readonly string[]} framed_by sites whose pages may frame the room's gate
 * @property {boolean} framed_answers false: nobody answers in a frame, but in a window
 * @property {boolean} gpc this browser sends Global Privacy Control
 */
/**
 * @typedef {object} ServerFacts `GET /api/features`: what a room that is opened here can have
 * @property {Controller} controller @property {readonly string[]} languages
 * @property {string} open_to who may open rooms
 * @property {readonly {id: string, names: Readonly<Record<string, string>>, unavailable: string | null}[]} features
 */

/**
 * The facts with digests that are computed here of the very words: what is signed is what is shown,
 * whatever the server says that its digest is. Words about something else have none.
 * @param {Facts} facts @returns {Promise<Facts>}
 */
export async function digested(facts) {
  if (!globalThis.crypto?.subtle) return facts // nobody can sign anything on such a page
  const features = facts.features.map(async feature => {
    const notices = Object.entries(feature.notices).map(async ([language, notice]) => {
      const ours = notice.feature === feature.id && notice.language === language
      const {digest: _, ...wording} = notice
      return [language, {...notice, digest: ours ? await noticeDigest(wording) : ''}]
    })
    return {...feature, notices: Object.fromEntries(await Promise.all(notices))}
  })
  return {...facts, features: await Promise.all(features)}
}

/**
 * The notices of a room in one language. One that is missing is an error, never another
 * language's (fair-consent W5).
 * @param {Facts} facts @param {string} language @returns {readonly Notice[]}
 */
export const noticesIn = (facts, language) =>
  facts.features.map(({id, notices}) => {
    const notice = notices[language]
    if (!notice) throw new RangeError(`no notice for ${id} in ${language}`)
    return notice
  })

/**
 * @typedef {object} Change of a feature's wording, in the language in which it was read before
 * @property {Notice} from @property {Notice} to
 * @property {boolean} agreed `from` is what this person had agreed to
 */
/** @typedef {ReadonlyMap<string, Change>} Changes by feature */

/**
 * What a person is to be shown of words that have changed: since they agreed, else since they
 * were shown here before.
 * @param {Facts} facts in force @param {string} language
 * @param {ReadonlyMap<string, Notice>} agreed @param {Facts} before @returns {Changes}
 */
export function changesOf(facts, language, agreed, before) {
  /** @type {Map<string, Change>} */
  const changes = new Map()
  for (const {id, notices} of facts.features) {
    const own = agreed.get(id)
    const from = own ?? offered(before, id)?.notices[language]
    const to = from && notices[from.language]
    if (from && to && to.digest !== from.digest)
      changes.set(id, {from, to, agreed: own !== undefined})
  }
  return changes
}

/** The features whose wording here is not what is in force. @param {Facts} facts @param {Iterable<{feature: string, notices: readonly string[]}>} offerings */
export function outdated(facts, offerings) {
  const found = new Set()
  for (const {feature, notices} of offerings) {
    const here = Object.values(offered(facts, feature)?.notices ?? {}).map(({digest}) => digest)
    if (here.length > 0 && String([...here].sort()) !== String([...notices].sort()))
      found.add(feature)
  }
  return /** @type {ReadonlySet<string>} */ (found)
}

/** Every notice, by its digest. @param {Facts} facts @returns {ReadonlyMap<string, Notice>} */
export const byDigest = facts =>
  new Map(
    facts.features.flatMap(({notices}) =>
      Object.values(notices).map(notice => /** @type {const} */ ([notice.digest, notice])),
    ),
  )

/** What a room offers of a feature, if it does. @param {Facts} facts @param {string} feature @returns {OfferedFeature | null} */
export const offered = ({features}, feature) => features.find(({id}) => id === feature) ?? null

/** Whose machine gets it live, if a service's does. @param {Facts} facts @param {string} feature */
export const serviceOf = (facts, feature) => offered(facts, feature)?.service ?? null

/**
 * The features for which no question opens by itself: those that cannot run here, and with
 * Global Privacy Control those whose words leave the server. They can be answered in the gate
 * panel, and no answer is no.
 * @param {Facts} facts @returns {ReadonlySet<string>}
 */
export const unprompted = ({features, gpc}) =>
  new Set(features.filter(each => each.unavailable || (gpc && each.third_party)).map(({id}) => id))
