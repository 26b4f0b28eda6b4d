/**
 * What a person does with the summary: copy it, call an item wrong, have it written again.
 *
 * Rule: an item that is called wrong goes at once, and comes back only if the server keeps it.
 */

/** @import {SummaryAct} from '../elements/kept/summary-section.js' */

/** Milliseconds for which the button says that it has copied. */
const SAID_FOR = 3000

/**
 * @typedef {object} SummaryServer what the server is asked for
 * @property {(item: string) => Promise<boolean>} remove an item, for everybody
 * @property {() => Promise<boolean>} write it, again
 * @property {(url: string) => Promise<string>} text at an address of the page
 */

export class SummaryActs {
  #server
  #changed
  /** @type {ReadonlySet<string>} */
  #gone = new Set()
  /** @type {SummaryAct | null} */
  #act = null

  /** @param {SummaryServer} server @param {() => void} changed what is pressed, or came of it, is another */
  constructor(server, changed) {
    this.#server = server
    this.#changed = changed
  }

  get pressed() {
    return {gone: this.#gone, act: this.#act}
  }

  /** Whether it is gone, for everybody. @param {string} item */
  async remove(item) {
    if (this.#gone.has(item)) return false
    this.#gone = new Set([...this.#gone, item])
    this.#say(null)
    const removed = await this.#server.remove(item)
    if (!removed) this.#gone = new Set([...this.#gone].filter(each => each !== item))
    this.#say(removed ? 'gone' : 'wrong-failed')
    return removed
  }

  /** Whether the server took it on. */
  async write() {
    if (this.#act === 'sending') return false
    this.#say('sending')
    const taken = await this.#server.write()
    this.#say(taken ? null : 'write-failed')
    return taken
  }

  /** @param {string | null} url of the Markdown */
  async copy(url) {
    if (url === null) return
    try {
      await put(this.#server.text(url))
      this.#say('copied')
      setTimeout(() => this.#act === 'copied' && this.#say(null), SAID_FOR)
    } catch (error) {
      console.debug('not copied', error)
      this.#say('copy-failed')
    }
  }

  /** @param {SummaryAct | null} act */
  #say(act) {
    this.#act = act
    this.#changed()
  }
}

/**
 * Put a text on the clipboard that is still on its way: some browsers take only what is asked
 * for in the moment of the press, so the promise itself is handed over.
 * @param {Promise<string>} text
 */
async function put(text) {
  const {clipboard} = navigator
  if (!clipboard) throw new Error('this page has no clipboard')
  if (typeof ClipboardItem === 'undefined') return clipboard.writeText(await text)
  const blob = text.then(words => new Blob([words], {type: 'text/plain'}))
  return clipboard.write([new ClipboardItem({'text/plain': blob})])
}
