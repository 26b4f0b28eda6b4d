/** Making and changing nodes. Text is always text: nothing here parses HTML. */

import {file} from '../../site/place.js'

/** @typedef {Readonly<Record<string, string | number | boolean | null | undefined>>} Attributes */
/** @typedef {Node | string | null | undefined | false} Child */

/** @type {WeakSet<typeof Part>} */
const defined = new WeakSet()

const SVG = 'http://www.w3.org/2000/svg'
/** Beside this version of the client, wherever that lies. */
const ICONS = file('icons.svg').pathname

/**
 * Set, or for `false`, null and undefined remove. What is so already is not written again: whoever
 * watches the page would take it for a change (stir.js).
 * @template {Element} E
 * @param {E} node @param {Attributes} attributes @returns {E}
 */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const written = value === true ? '' : String(value)
    if (value === false || value === null || value === undefined) node.removeAttribute(name)
    else if (node.getAttribute(name) !== written) node.setAttribute(name, written)
  }
  return node
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Attributes} [attributes] @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  set(node, attributes)
  node.append(...present(children))
  return node
}

/** @param {readonly Child[]} children @returns {(Node | string)[]} */
export const present = children =>
  children.flatMap(child =>
    child === null || child === undefined || child === false ? [] : [child],
  )

/** A drawing from icons.svg; it always stands beside its word. @param {string} name @returns {SVGSVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('aria-hidden', 'true')
  svg.append(document.createElementNS(SVG, 'use'))
  return redraw(svg, name)
}

/** Show another drawing. @param {SVGSVGElement} svg @param {string} name @returns {SVGSVGElement} */
export function redraw(svg, name) {
  const use = svg.firstElementChild
  const href = `${ICONS}#${name}`
  if (use && use.getAttribute('href') !== href) use.setAttribute('href', href)
  return svg
}

/** Write text only when it differs, so that readers of live regions hear nothing twice. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/**
 * The words of a sentence, with `*…*` as `<b>`.
 * @param {string} text @param {string} plain tag of the unmarked parts @returns {Node[]}
 */
export function rich(text, plain = '') {
  return text.split('*').flatMap((part, index) => {
    if (part.trim() === '') return part === '' ? [] : [new Text(' ')]
    if (index % 2 === 1) return [make('b', {}, part)]
    return [plain === 'span' ? make('span', {}, part) : new Text(part)]
  })
}

/**
 * The one element at a selector, as what it must be.
 * @template {Element} E
 * @param {ParentNode} root @param {string} selector @param {new () => E} type @returns {E}
 */
export function one(root, selector, type) {
  const found = root.querySelector(selector)
  if (!(found instanceof type)) throw new TypeError(`no ${type.name} at ${selector}`)
  return found
}

/** What somebody or something is called: it keeps its direction to itself, and breaks. @param {...Child} name */
export const called = (...name) => make('bdi', {}, ...name)

/** Have the focus there; in another site's page, only if it is in this one already. @param {HTMLElement | null} node */
export function goTo(node) {
  if (parent === window || document.hasFocus()) node?.focus()
}

/**
 * What a page shows: another kind of thing is seen from its top, the same in other words goes on where
 * it was.
 * @param {Element} shown
 */
export function turnTo(shown) {
  const same = document.body.firstElementChild?.localName === shown.localName
  document.body.replaceChildren(shown)
  if (!same) scrollTo(0, 0)
}

/** Text for those who hear the page. @param {string} text @returns {HTMLElement} */
export const unseen = text => make('span', {class: 'unseen'}, text)

/** @param {string} label @param {Attributes} [attributes] @param {string} [drawing] @returns {HTMLButtonElement} */
export const button = (label, attributes = {}, drawing) =>
  make(
    'button',
    {type: 'button', class: 'button', ...attributes},
    drawing ? icon(drawing) : null,
    make('span', {}, label),
  )

/**
 * Keep one child per key, in the order of `keys`; nodes that stay are not touched, so
 * focus and playing video survive.
 * @template {Element} E
 * @param {Element} parent @param {readonly string[]} keys
 * @param {Map<string, E>} nodes @param {(key: string) => E} create
 */
export function keep(parent, keys, nodes, create) {
  for (const [key, node] of nodes) {
    if (keys.includes(key)) continue
    node.remove()
    nodes.delete(key)
  }
  keys.forEach((key, index) => {
    const node = nodes.get(key) ?? create(key)
    nodes.set(key, node)
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null)
  })
}

/**
 * A custom element of ours. It gets its tag when the first one is made, so a page defines what
 * it shows and nothing else; an embedder may give it another tag before that.
 */
export class Part extends HTMLElement {
  static tag = ''

  constructor() {
    new.target.define()
    super()
  }

  /** Once; what has a tag keeps it. */
  static define(tag = this.tag) {
    if (defined.has(this)) return
    customElements.define(tag, this)
    defined.add(this)
  }
}
