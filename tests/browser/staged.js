/**
 * What is wrong with the stage of a made-up room (`crowd.js`), from two to twelve people, with none to
 * two shared screens, in either view. `least`: the smallest tile that can be read, across and down.
 */
least => {
  const faults = []
  const box = node => node.getBoundingClientRect()
  const over = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1
  /** What of it is in view of the strip, if anything is: its letters, less what is above and below them. */
  const cut = name => {
    const range = document.createRange()
    range.selectNodeContents(name)
    const [around, own, inner] = [strip, name, range].map(box)
    const lead = own.height * 0.15
    const found = {
      left: Math.max(around.left, own.left, inner.left),
      right: Math.min(around.right, own.right, inner.right),
      top: Math.max(around.top, own.top + lead),
      bottom: Math.min(around.bottom, own.bottom - lead),
    }
    return found.right - found.left > 1 && found.bottom - found.top > 1 ? found : null
  }
  const body = document.querySelector('.stage-body')
  const strip = document.querySelector('.strip')
  const views = ['grid', 'speaker']
  for (const people of [2, 4, 6, 9, 12])
    for (const screens of [[], [0], [0, 1]]) {
      crowd.show({people, screens, speaker: null})
      for (const view of views) {
        crowd.prefer('view', view)
        const where = `${people} people, ${screens.length} screens, ${view}: `
        const tiles = [...document.querySelectorAll('video-tile')]
        const small = [...strip.querySelectorAll('video-tile:not([data-large]), screen-choice')]
        const large = document.querySelector('video-tile[data-large], shared-screen:not([hidden])')
        const shown = small.filter(each => each.getClientRects().length > 0)
        const sizes = new Set(shown.map(each => `${box(each).width} ${box(each).height}`))
        if (tiles.length !== people) faults.push(where + `${tiles.length} tiles`)
        if (sizes.size > 1) faults.push(where + [...sizes].join())
        const whole = {...box(body).toJSON()}
        const inside = each =>
          box(each).left >= whole.left - 1 && box(each).right <= whole.right + 1 &&
          box(each).top >= whole.top - 1 && box(each).bottom <= whole.bottom + 1
        const scrolls = strip.scrollWidth > strip.clientWidth + 1 ||
          strip.scrollHeight > strip.clientHeight + 1
        if (scrolls !== strip.hasAttribute('data-scroll')) faults.push(where + 'scrolls in secret')
        if (scrolls && strip.tabIndex !== 0) faults.push(where + 'out of reach')
        if (scrolls && !document.querySelector('.strip-end:not([hidden])'))
          faults.push(where + 'nothing says that there is more')
        if (scrolls) {
          const room = strip.scrollHeight - strip.clientHeight
          const along = strip.scrollWidth - strip.clientWidth
          const turned = getComputedStyle(strip).direction === 'rtl' ? -1 : 1
          for (const share of [0, 0.35, 0.7, 1]) {
            strip.scrollTo({top: room * share, left: turned * along * share, behavior: 'instant'})
            strip.dispatchEvent(new Event('scroll'))
            const ends = [...document.querySelectorAll('.strip-end:not([hidden])')]
            const names = [...strip.querySelectorAll(':is(figcaption, .screen-words) > span')]
            const seen = names.filter(name => !name.closest('[data-large]') && cut(name) !== null)
            const hit = ends.find(end => seen.some(name => over(box(end), cut(name))))
            if (hit) faults.push(where + `${hit.textContent} lies on a name at ${share}`)
          }
          strip.scrollTo({top: 0, left: 0, behavior: 'instant'})
        }
        if (!scrolls && !shown.every(inside)) faults.push(where + 'out of the stage')
        for (const each of shown)
          if (box(each).width < least[0] - 1 || box(each).height < least[1] - 1)
            faults.push(where + `too small: ${box(each).width} × ${box(each).height}`)
        if (large) {
          if (!inside(large)) faults.push(where + 'large is out of the stage')
          const area = each => box(each).width * box(each).height
          if (shown.some(each => area(each) > area(large))) faults.push(where + 'large is small')
          const clear = scrolls ? [strip] : shown
          if (clear.some(each => over(box(each), box(large)))) faults.push(where + 'on each other')
        } else if (screens.length > 0 || view === 'speaker') faults.push(where + 'nothing large')
        if (document.documentElement.scrollWidth > innerWidth) faults.push(where + 'too wide')
      }
      views.reverse() // whichever it is, it stays
    }
  return faults
}
