/**
 * A person's papers from a meeting, kept in their own browser for the page afterwards.
 *
 * Rule: a browser that keeps nothing (a private window, a full disk) costs nobody anything;
 * the papers are then in the open page alone, and the link from the end still works.
 */
import {BrowserPaperStore} from '../browser/store.js'
import {together, wordsOf} from '../kept/papers.js'

/** @import {Papers} from '../kept/papers.js' */
/** @import {Session} from '../room/session.js' */

const store = new BrowserPaperStore()

/** @param {string} room @returns {Promise<Papers | null>} */
export const loadPapers = room => store.load(room)

/** Another way to the page; of who keeps no papers here it is in the open page alone. @param {string} room @param {string} after */
export async function keepLink(room, after) {
  const papers = await loadPapers(room)
  if (papers) await store.save(room, {...papers, after})
}

/** Forget the way to the page; the receipts stay the person's own. @param {string} room */
export async function forgetLink(room) {
  const papers = await loadPapers(room)
  if (papers) await store.save(room, {...papers, after: ''})
}

/** From the welcome on, as they come. @param {string} room @param {Session} session */
export function keepPapers(room, session) {
  let seen = {after: '', receipts: session.view.receipts}
  /** One after another, so that an older state never overwrites a newer one. */
  let writing = Promise.resolve()
  const look = () => {
    const {after, receipts} = session.view
    if (after === seen.after && receipts === seen.receipts) return
    seen = {after, receipts}
    const papers = {after, receipts, words: wordsOf(session.facts)}
    writing = writing.then(async () => store.save(room, together(await loadPapers(room), papers)))
  }
  session.addEventListener('change', look)
  look()
}
