/**
 * What is unfolded among the words of a question scrolls in the place that the words have: its
 * answers stay where they were (design.md, rule 16).
 *
 * Rule: which words are held is said by the styles alone: those whose height heeds `--gk-held`.
 */

/** So far above it there is room for the ring of the focus, in CSS px. */
const RING = 6

/** @param {Element} question @param {string} place  of its words, as a selector */
export function holdWords(question, place) {
  question.addEventListener('click', ({target}) => {
    const folded = target instanceof Element ? target.closest('summary')?.parentElement : null
    const words = folded?.closest(place)
    if (folded && words instanceof HTMLElement) hold(words, folded)
  })
}

/** @param {HTMLElement} words @param {Element} folded  is about to open, or to close */
function hold(words, folded) {
  const opens = !folded.hasAttribute('open')
  const {height} = words.getBoundingClientRect()
  words.style.setProperty('--gk-held', opens ? `${height}px` : 'none')
  if (opens && getComputedStyle(words).maxBlockSize !== 'none')
    requestAnimationFrame(() => bringUp(folded, words))
}

/**
 * There is more to read below: to the top of what is in view of the words, whatever page around this
 * one cuts them off.
 * @param {Element} node @param {Element} words
 */
function bringUp(node, words) {
  let scroller = node
  while (scroller !== words && scroller.scrollHeight <= scroller.clientHeight)
    scroller = scroller.parentElement ?? words
  new IntersectionObserver(([seen], observer) => {
    observer.disconnect()
    const {top} = seen?.isIntersecting ? seen.intersectionRect : scroller.getBoundingClientRect()
    scroller.scrollTop += node.getBoundingClientRect().top - top - RING
  }).observe(scroller)
}
