/**
 * The page that shows this one in a frame.
 *
 * Rule 1: it is heard, and told anything, if it is of a site that the room names, and the very
 * page around this one.
 * Rule 2: nothing that it says does more than `room/embedding.js` lists.
 * Rule 3: how high this page is tells of no answer (`Heights`), and of nothing that its person has
 * unfolded: it is measured without (styles/framed.css), and told when it is another height.
 */
import {Heights, wishOf} from '../room/embedding.js'

/** @import {Told, Wish} from '../room/embedding.js' */

export class Embedder {
  #wished
  /** @type {readonly string[]} */
  #origins = []
  /** @type {string | null} */
  #origin = null
  /** @type {Map<Told['gatekeeper'], Told>} what has been told last of each kind */
  #told = new Map()
  #heights = new Heights()

  /** @param {(wish: Wish) => void} wished */
  constructor(wished) {
    this.#wished = wished
    addEventListener('message', event => this.#hear(event))
    new ResizeObserver(() => this.#measure()).observe(document.body)
  }

  /** Of these sites; it says hello until it is answered. @param {readonly string[]} origins */
  trust(origins) {
    this.#origins = origins
  }

  /** @param {Told} told */
  tell(told) {
    if (told.gatekeeper === 'state' && this.#heights.hears(told.features)) this.#measure()
    this.#told.set(told.gatekeeper, told)
    if (this.#origin !== null) parent.postMessage(told, this.#origin)
  }

  /** @param {MessageEvent} event */
  #hear({source, origin, data}) {
    if (source !== parent || !this.#origins.includes(origin)) return
    const wish = wishOf(data)
    if (wish?.gatekeeper === 'hello') this.#meet(origin)
    else if (wish) this.#wished(wish)
  }

  /** @param {string} origin */
  #meet(origin) {
    this.#origin = origin
    parent.postMessage({gatekeeper: 'ready'}, origin)
    for (const told of this.#told.values()) parent.postMessage(told, origin)
  }

  /** One has come in: everybody can see that, and the lobby is over. */
  arrive() {
    requestAnimationFrame(() => {
      this.#heights.forget()
      this.#measure()
    })
  }

  #measure() {
    const shape = document.documentElement.dataset['shape'] ?? ''
    const height = this.#heights.told(shape, heightForAll())
    const before = this.#told.get('size')
    if (before?.gatekeeper !== 'size' || before.height !== height)
      this.tell({gatekeeper: 'size', height})
  }
}

/** Of what scrolls, and has less to scroll while it is measured. */
const SCROLLERS = ':root, .prompt-text, .card-words'

/** How high this page would be for anybody. Nothing of it is seen: it is as it was before the next frame. */
function heightForAll() {
  const {dataset} = document.documentElement
  const scrolled = [...document.querySelectorAll(SCROLLERS)]
    .map(node => ({node, top: node.scrollTop}))
    .filter(({top}) => top > 0)
  dataset['measured'] = ''
  const height = Math.ceil(document.body.getBoundingClientRect().height)
  delete dataset['measured']
  for (const {node, top} of scrolled) node.scrollTop = top
  return height
}
