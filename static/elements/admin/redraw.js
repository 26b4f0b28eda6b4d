/** To draw a part anew, and leave the focus where it was: controls have a key of their own. */

/** @param {Element} part @param {...(Node | string)} children */
export function redraw(part, ...children) {
  const focused = document.activeElement
  const key =
    focused instanceof HTMLElement && part.contains(focused) ? focused.dataset['key'] : undefined
  part.replaceChildren(...children)
  if (key === undefined) return
  const again = [...part.querySelectorAll('[data-key]')].find(
    each => each instanceof HTMLElement && each.dataset['key'] === key,
  )
  if (again instanceof HTMLElement) again.focus({preventScroll: true})
}

/** Whether what is shown is another thing than before; it is remembered. @param {Map<string, string>} known @param {string} name @param {unknown} data */
export function isNews(known, name, data) {
  const text = JSON.stringify(data)
  if (known.get(name) === text) return false
  known.set(name, text)
  return true
}
