/**
 * Whether this browser can run the page at all. If it cannot, the page ends here, and what stands in
 * its place says which browsers can, in the language of its person.
 *
 * Rule 1: it stands before all modules, and every browser since 2009 can read it (ECMAScript 5;
 * tests/js/old.test.js).
 * Rule 2: it asks for what the client cannot be without, never for a browser's name.
 * Rule 3: no script is added, which the policy of pages forbids; the words are fetched.
 */
;(function () {
  /** @typedef {{title: string, lead: string, these: string, later: string, update: string, other: string, yours: string}} Words */

  var NAMES = ['Chrome 123', 'Edge 123', 'Firefox 125', 'Safari 17.5']
  var own = document.getElementsByTagName('script')
  var last = own[own.length - 1]
  var place = last ? last.src.replace(/able\.js$/, '') : ''

  /** Each came to browsers in 2024, later than all else that the client needs. */
  function isAble() {
    return (
      'noModule' in document.createElement('script') &&
      'showPopover' in HTMLElement.prototype &&
      'checkVisibility' in Element.prototype &&
      CSS.supports('color', 'light-dark(#000, #fff)')
    )
  }

  function able() {
    try {
      return isAble()
    } catch (fault) {
      return false
    }
  }

  /** Nothing else of the page is read or run. */
  function end() {
    try {
      window.stop()
    } catch (fault) {
      // What cannot stop runs no modules either.
    }
    var request = new XMLHttpRequest()
    request.onreadystatechange = function () {
      if (request.readyState === 4 && request.status === 200) show(JSON.parse(request.responseText))
    }
    request.open('GET', place + 'texts.json')
    request.send()
  }

  /** A module that cannot be read: this browser lacks a word that the checks above do not ask for. */
  function misread(/** @type {ErrorEvent} */ event) {
    var empty = !document.querySelector('body > :not(noscript)')
    if (empty && /SyntaxError/.test(String(event.message))) end()
  }

  /** The one that was chosen here before, else the browser's. @param {{[tag: string]: Words}} texts */
  function language(texts) {
    /** @type {{languages?: readonly string[], language?: string, userLanguage?: string}} */
    var has = navigator
    var wishes = [kept()].concat(has.languages || [], has.language || has.userLanguage || '')
    for (var each = 0; each < wishes.length; each++) {
      var tag = String(wishes[each]).slice(0, 2).toLowerCase()
      if (texts.hasOwnProperty(tag)) return tag
    }
    return 'en'
  }

  function kept() {
    try {
      return localStorage.getItem('gatekeeper.language') || ''
    } catch (fault) {
      return ''
    }
  }

  /** @param {HTMLElement} parent @param {string} tag @param {string} text */
  function add(parent, tag, text) {
    var node = document.createElement(tag)
    if (text) node.appendChild(document.createTextNode(text))
    parent.appendChild(node)
    return node
  }

  function body() {
    if (document.body) return document.body
    return document.documentElement.appendChild(document.createElement('body'))
  }

  function styled() {
    var style = document.createElement('link')
    style.rel = 'stylesheet'
    style.href = place + 'old.css'
    ;(document.head || document.getElementsByTagName('head')[0]).appendChild(style)
  }

  /** @param {{[tag: string]: Words}} texts */
  function show(texts) {
    var tag = language(texts)
    var say = texts[tag]
    if (!say) return
    styled()
    document.documentElement.lang = tag
    document.documentElement.dir = tag === 'ar' ? 'rtl' : 'ltr'
    document.title = say.title
    var page = body()
    while (page.firstChild) page.removeChild(page.firstChild)
    var main = add(page, 'div', '')
    main.setAttribute('role', 'main')
    main.className = 'old'
    add(main, 'h1', say.title)
    add(main, 'p', say.lead)
    add(main, 'p', say.these)
    var list = add(main, 'ul', '')
    for (var each = 0; each < NAMES.length; each++)
      add(list, 'li', say.later.replace('{name}', NAMES[each] || ''))
    add(main, 'p', say.update)
    add(main, 'p', say.other)
    add(main, 'p', say.yours)
    add(main, 'p', navigator.userAgent).setAttribute('dir', 'ltr')
  }

  if (!able()) end()
  else window.addEventListener('error', misread)
})()
