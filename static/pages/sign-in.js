/** Signing in and out, as far as pages need it; and what one has typed meanwhile. */
import {tabShelf} from '../browser/shelf.js'
import {at} from '../site/place.js'
import {stranger, visitorOf} from '../site/visitor.js'

/** @import {Draft} from '../elements/start/open-room.js' */
/** @import {OpenTo, Visitor} from '../site/visitor.js' */

const ADDRESS = at('api/sign-in')
const KEPT = 'gatekeeper.draft'

/** @param {OpenTo} openTo @returns {Promise<Visitor>} */
export async function fetchVisitor(openTo) {
  if (openTo === 'anybody') return stranger(openTo)
  try {
    const answer = await fetch(ADDRESS)
    return visitorOf(openTo, answer.ok ? await answer.json() : null)
  } catch {
    return stranger(openTo)
  }
}

/** @param {string} token @returns {Promise<string | null>} the code of what is wrong */
export async function signIn(token) {
  try {
    const answer = await fetch(ADDRESS, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({token}),
    })
    return answer.ok ? null : String((await answer.json()).code)
  } catch {
    return 'unreachable'
  }
}

/** @returns {Promise<{done: boolean, next: string | null}>} whether one is out, and where to go on to */
export async function signOut() {
  try {
    const answer = await fetch(ADDRESS, {method: 'DELETE'})
    if (!answer.ok) return {done: false, next: null}
    const {next} = await answer.json()
    return {done: true, next: typeof next === 'string' ? next : null}
  } catch {
    return {done: false, next: null}
  }
}

/** Remember what is typed, in this tab, until one is back. @param {Draft} draft */
export const keepDraft = draft => tabShelf.set(KEPT, JSON.stringify(draft))

/** What was typed before one left; once. @returns {Draft | null} */
export function takeDraft() {
  const kept = tabShelf.get(KEPT)
  tabShelf.forget(KEPT)
  if (kept === null) return null
  try {
    const {title, language, features, knock} = JSON.parse(kept)
    return {
      title: String(title),
      language: String(language),
      features: [...features].map(String),
      knock: knock === true,
    }
  } catch {
    return null
  }
}
