/**
 * For a browser that cannot run the pages: which ones can, in the language of its person.
 *
 * Rule 1: as able.js, it is read by browsers that can do next to nothing.
 * Rule 2: in another site's page it is short, and that page is told so as a gate would
 * (room/embedding.js). It says nothing of what is captured there: that is not this page's to know.
 */
;(function () {
  var NAMES = ['Chrome 123', 'Edge 123', 'Firefox 125', 'Safari 17.5']
  /** @type {{[tag: string]: {title: string, lead: string, unasked: string, unaskedLead: string, these: string, later: string, update: string, other: string, yours: string}}} */
  var TEXTS = {
    en: {
      title: 'This browser is too old for this page',
      lead: 'It lacks what the page needs to show itself, and to sign what you choose. Nothing of you is captured here.',
      unasked: 'This browser is too old to ask you here',
      unaskedLead:
        'It lacks what is needed to show you the questions, and to sign what you choose. So nobody asks you here, and you say yes to nothing.',
      these: 'These can show it:',
      later: '{name} or newer',
      update:
        'Look for an update of your browser or your device. On an iPhone or iPad, each browser is as new as iOS: it takes iOS 17.5.',
      other: 'Or open the invitation on another device.',
      yours: 'Your browser says of itself:',
    },
    de: {
      title: 'Dieser Browser ist zu alt für diese Seite',
      lead: 'Ihm fehlt, was die Seite braucht, um sich zu zeigen und um zu unterschreiben, was du wählst. Hier wird nichts von dir aufgenommen.',
      unasked: 'Dieser Browser ist zu alt, um dich hier zu fragen',
      unaskedLead:
        'Ihm fehlt, was es braucht, um dir die Fragen zu zeigen und zu unterschreiben, was du wählst. Also fragt dich hier niemand, und du sagst zu nichts Ja.',
      these: 'Diese können sie zeigen:',
      later: '{name} oder neuer',
      update:
        'Sieh nach, ob es für deinen Browser oder dein Gerät ein Update gibt. Auf iPhone und iPad ist jeder Browser so neu wie iOS: Es braucht iOS 17.5.',
      other: 'Oder öffne die Einladung auf einem anderen Gerät.',
      yours: 'Dein Browser sagt von sich:',
    },
    fr: {
      title: 'Ce navigateur est trop ancien pour cette page',
      lead: 'Il lui manque ce qu’il faut à la page pour s’afficher, et pour signer ce que vous choisissez. Rien de vous n’est capté ici.',
      unasked: 'Ce navigateur est trop ancien pour vous poser des questions ici',
      unaskedLead:
        'Il lui manque ce qu’il faut pour vous montrer les questions, et pour signer ce que vous choisissez. Personne ne vous demande donc rien ici, et vous ne dites oui à rien.',
      these: 'Ceux-ci peuvent l’afficher :',
      later: '{name} ou plus récent',
      update:
        'Cherchez une mise à jour de votre navigateur ou de votre appareil. Sur iPhone et iPad, chaque navigateur a l’âge d’iOS : il faut iOS 17.5.',
      other: 'Ou ouvrez l’invitation sur un autre appareil.',
      yours: 'Votre navigateur dit de lui-même :',
    },
    es: {
      title: 'Este navegador es demasiado antiguo para esta página',
      lead: 'Le falta lo que la página necesita para mostrarse, y para firmar lo que usted elige. Aquí no se capta nada de usted.',
      unasked: 'Este navegador es demasiado antiguo para preguntarle aquí',
      unaskedLead:
        'Le falta lo que hace falta para mostrarle las preguntas, y para firmar lo que usted elige. Aquí nadie le pregunta nada, y usted no dice sí a nada.',
      these: 'Estos pueden mostrarla:',
      later: '{name} o más nuevo',
      update:
        'Busque una actualización de su navegador o de su dispositivo. En un iPhone o iPad, cada navegador es tan nuevo como iOS: hace falta iOS 17.5.',
      other: 'O abra la invitación en otro dispositivo.',
      yours: 'Su navegador dice de sí mismo:',
    },
    ar: {
      title: 'هذا المتصفح أقدم من أن يعرض هذه الصفحة',
      lead: 'ينقصه ما تحتاجه الصفحة لتظهر، ولتوقيع ما تختاره. لا يُلتقط منك شيء هنا.',
      unasked: 'هذا المتصفح أقدم من أن يسألك هنا',
      unaskedLead:
        'ينقصه ما يلزم لعرض الأسئلة ولتوقيع ما تختاره. لا يسألك أحد هنا، ولا تقول نعم لشيء.',
      these: 'هذه تستطيع عرضها:',
      later: '{name} أو أحدث',
      update:
        'ابحث عن تحديث لمتصفحك أو لجهازك. على iPhone و iPad كل متصفح بعمر iOS: يلزم iOS 17.5.',
      other: 'أو افتح الدعوة على جهاز آخر.',
      yours: 'يقول متصفحك عن نفسه:',
    },
  }

  var isFramed = window.parent !== window

  /** The one that was chosen here before, else the one that the page around wishes for, else the browser's. */
  function language() {
    /** @type {{languages?: readonly string[], language?: string, userLanguage?: string}} */
    var has = navigator
    var wishes = [kept(), wished()].concat(
      has.languages || [],
      has.language || has.userLanguage || '',
    )
    for (var each = 0; each < wishes.length; each++) {
      var tag = String(wishes[each]).slice(0, 2).toLowerCase()
      if (TEXTS.hasOwnProperty(tag)) return tag
    }
    return 'en'
  }

  function wished() {
    var found = /[#&]language=([a-z]{2})/.exec(isFramed ? window.location.hash : '')
    return (found && found[1]) || ''
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

  function show() {
    var tag = language()
    var say = TEXTS[tag]
    if (!say) return
    document.documentElement.lang = tag
    document.documentElement.dir = tag === 'ar' ? 'rtl' : 'ltr'
    document.title = isFramed ? say.unasked : say.title
    var main = add(document.body, 'div', '')
    main.setAttribute('role', 'main')
    main.className = isFramed ? 'old framed' : 'old'
    add(main, 'h1', document.title)
    add(main, 'p', isFramed ? say.unaskedLead : say.lead)
    add(main, 'p', say.these)
    var list = add(main, 'ul', '')
    for (var each = 0; each < NAMES.length; each++)
      add(list, 'li', say.later.replace('{name}', NAMES[each] || ''))
    add(main, 'p', say.update)
    if (isFramed) return answer(main, say.unasked)
    add(main, 'p', say.other)
    add(main, 'p', say.yours)
    add(main, 'p', navigator.userAgent).setAttribute('dir', 'ltr')
  }

  /** Whoever greets this page hears why there is no gate, and how high these words are. @param {HTMLElement} main @param {string} why */
  function answer(main, why) {
    if (!window.addEventListener) return
    /** @type {string | null} */
    var origin = null
    function size() {
      if (origin !== null)
        window.parent.postMessage({gatekeeper: 'size', height: main.offsetHeight}, origin)
    }
    window.addEventListener('resize', size)
    window.addEventListener('message', function (event) {
      var said = event.data
      if (event.source !== window.parent || !said || said.gatekeeper !== 'hello') return
      origin = event.origin
      size()
      window.parent.postMessage({gatekeeper: 'fault', code: 'browser-too-old', text: why}, origin)
    })
  }

  show()
})()
