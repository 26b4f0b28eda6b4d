/** @import {Texts} from './words.js' */

/** Deutsch. Kurze Hauptsätze, Gegenwart, die Leserin ist „du“. @type {Texts} */
export const texts = {
  brand: 'Gatekeeper',
  'brand.home': 'Gatekeeper, Startseite',
  'promise.link': 'Was Gatekeeper verspricht',
  'foot.imprint': 'Impressum',
  'foot.privacy': 'Datenschutz',
  'language.label': 'Sprache',
  'language.failed':
    '{name} kam hier nicht an. Prüfe die Verbindung und wähle die Sprache dann noch einmal.',
  'skip.join': 'Zum Beitreten springen',

  'start.title': 'Besprechen. Erfasst wird nur, was alle erlauben',
  'start.lead':
    'Aufzeichnung, Mitschrift, Zusammenfassung und KI-Entwürfe laufen nur, solange alle im Raum sie erlauben. Ein Nein kostet niemanden Platz, Stimme oder Bild.',
  'start.open': 'Einen Raum öffnen',
  'start.name': 'Worum geht es?',
  'start.features': 'Was darf in diesem Raum angefragt werden?',
  'start.features.note':
    'Anbieten heißt nicht starten: Jede Person wird gefragt, und keine Antwort zählt als Nein. Ein Raum kann auch nichts anbieten.',
  'start.knock': 'Personen einzeln einlassen',
  'start.knock.note': 'Wer kommt, wartet, bis du einlässt.',
  'start.submit': 'Raum öffnen',
  'start.submitting': 'Der Raum wird geöffnet',
  'start.join': 'An einer Besprechung teilnehmen',
  'start.link': 'Einladungslink',
  'start.link.go': 'Zur Besprechung',
  'start.link.wrong': 'Das ist kein Einladungslink. Er sieht so aus: {example}',
  'start.name.missing': 'Gib dem Raum einen Titel.',
  'start.failed':
    'Der Raum ließ sich nicht öffnen. Prüfe die Verbindung und versuche es noch einmal.',
  'sign-in.needed':
    'Auf diesem Server meldest du dich an, um einen Raum zu öffnen. Beitreten geht ohne Anmeldung.',
  'sign-in.ended':
    'Du bist nicht mehr angemeldet. Melde dich wieder an: Was du geschrieben hast, ist noch da.',
  'sign-in.token': 'Zugangsschlüssel',
  'sign-in.token.missing':
    'Gib den Zugangsschlüssel ein, den du von den Betreibern dieses Servers hast.',
  'sign-in.go': 'Anmelden',
  'sign-in.going': 'Anmeldung läuft',
  'sign-in.in': 'Du bist angemeldet.',
  'sign-in.as': 'Angemeldet als {name}',
  'sign-in.with': 'Angemeldet mit dem Zugangsschlüssel „{name}“',
  'sign-in.out': 'Abmelden',
  'sign-in.gone': 'Du bist abgemeldet.',
  'created.title': 'Der Raum ist offen',
  'created.lead': '{title} · alle mit dem Einladungslink können beitreten.',
  'created.lead.knock':
    '{title} · alle mit dem Einladungslink können um Einlass bitten. Du lässt sie ein.',
  'created.invite': 'Einladungslink, für alle',
  'created.enter': 'Als Gastgeber eintreten',
  'created.host.note':
    'Wer Gastgeber ist, kann alle nach einer Funktion fragen, sie stoppen und die Besprechung beenden. Die eigene Stimme zählt wie jede andere, und niemandes Wahl ist zu sehen.',
  'created.another': 'Noch einen Raum öffnen',
  'qr.title': 'QR-Code',
  'qr.alt': 'QR-Code des Einladungslinks',
  'qr.note': 'Ein Handy, das darauf gerichtet wird, öffnet die Einladung.',
  'qr.enlarge': 'Groß zeigen',
  'qr.save': 'Speichern',
  'qr.save.label': 'QR-Code speichern',
  'calendar.title': 'Für den Kalender',
  'calendar.note':
    'Eine Datei mit der Einladung und mit dem, was in diesem Raum angefragt werden kann. Dein Gastgeberlink steht nicht darin. Der Raum wartet bis {when} darauf, dass jemand kommt. Sind dann alle wieder gegangen, schließt er.',
  'calendar.day': 'Tag',
  'calendar.time': 'Beginn',
  'calendar.length': 'Dauer',
  'calendar.zone': 'In deiner Zeitzone: {zone}',
  'calendar.save': 'Kalenderdatei speichern',
  'calendar.saving': 'Die Kalenderdatei entsteht',
  'calendar.saved': 'Gespeichert als {name}',
  'calendar.unset': 'Wähle einen Tag und eine Uhrzeit.',
  'calendar.past': 'Diese Zeit ist vorbei',
  'calendar.past.text': 'Wähle eine Zeit, die noch kommt.',
  'calendar.late': 'Dann gibt es den Raum nicht mehr',
  'calendar.late.text':
    'Kommt niemand, gibt es den Raum nach {when} nicht mehr. Wähle eine frühere Zeit, oder öffne einen Raum näher am Tag.',
  'calendar.failed':
    'Die Kalenderdatei ließ sich nicht erstellen. Prüfe die Verbindung und versuche es noch einmal.',
  'invite.join': 'Hier geht es in die Besprechung:',
  'invite.asked': 'Das kann in diesem Raum angefragt werden:',
  'invite.choose':
    'Du entscheidest im Raum und hast dabei den ganzen Wortlaut vor dir. Mit einem Klick änderst du deine Wahl, jederzeit.',
  copy: 'Kopieren',
  'copy.link': 'Einladungslink kopieren',
  'copy.about': 'Kopieren: {label}',
  copied: 'Kopiert',
  comma: '{before}, {after}',

  'lobby.title': 'Bereit?',
  'lobby.opened': 'Geöffnet {when}',
  'lobby.host': 'Du trittst als Gastgeber ein.',
  'lobby.preview': 'Dein Kamerabild',
  'lobby.name': 'Dein Name',
  'lobby.name.missing': 'Gib den Namen ein, den die anderen sehen.',
  'lobby.forget': 'In diesem Browser vergessen',
  'lobby.forgotten': 'Dein Name und deine Geräte sind hier vergessen. Deine Belege bleiben.',
  'lobby.join': 'Raum betreten',
  'lobby.joining': 'Du trittst ein',
  'wait.told':
    '*Du wartest auf Einlass.* Der Gastgeber weiß Bescheid, und du kommst von selbst hinein, sobald er dich einlässt. Bis dahin sieht und hört dich niemand.',
  'wait.cut':
    '*Verbindung verloren.* Der Raum wird wieder gesucht. Dann erfährt der Gastgeber noch einmal, dass du wartest.',
  'wait.stop': 'Nicht mehr warten',
  'lobby.join.note': 'Du kannst mit jeder Wahl eintreten, auch ohne.',
  'lobby.no-calls':
    '*Dieser Browser kann keine Anrufe:* WebRTC fehlt oder ist ausgeschaltet. Du kannst eintreten, im Chat schreiben und wählen. Niemand sieht oder hört dich, du siehst und hörst niemanden, und in einer Aufzeichnung kann nichts von dir sein.',
  'cannot.title': 'Von dieser Seite aus kannst du nicht eintreten',
  'cannot.insecure':
    'Sie wurde über http geöffnet, ohne Verschlüsselung. Browser geben einer Seite dann weder Mikrofon noch Kamera noch einen Schlüssel, der deine Wahl unterschreibt.',
  'cannot.insecure.you':
    '*Was du tun kannst:* Öffne den Raum über seine https-Adresse, oder frage die Person danach, die dich eingeladen hat.',
  'cannot.insecure.admin':
    '*Wenn du diesen Server betreibst:* Stelle einen Proxy mit TLS davor. Auf dem Rechner selbst geht auch localhost.',
  'cannot.keyless':
    'Dieser Browser macht keinen Schlüssel, der deine Wahl unterschreibt: Web Crypto fehlt.',
  'cannot.keyless.you': '*Was du tun kannst:* Öffne den Raum in einem anderen Browser.',
  'lobby.choices': 'Deine Wahl',
  'lobby.choices.note':
    'Eine Funktion läuft nur, solange alle im Raum sie erlauben. Keine Antwort zählt als Nein. Ein Nein ändert sonst nichts: Du behältst Platz, Stimme und Bild.',
  'lobby.nothing':
    'Dieser Raum bietet nichts an, was die Besprechung erfasst. Es gibt nichts zu wählen.',
  'lobby.all.group': 'Alle Funktionen auf einmal',
  'lobby.all': 'Alles erlauben',
  'lobby.none': 'Nichts erlauben',
  'honest.secret': 'Niemand erfährt, wer Nein gesagt hat',
  'honest.secret.text':
    'Nicht der Gastgeber, nicht {controller}, kein Protokoll. Zu zweit gibt es kein Geheimnis, zu dritt kaum eines.',
  'honest.operator': 'die Betreiber dieses Servers',
  'honest.cannot': 'Was das hier nicht kann',
  'honest.cannot.text':
    'Jeder kann ein Telefon vor den eigenen Bildschirm halten. Gatekeeper bestimmt nur, was dieser Server erfasst.',

  'device.microphone': 'Mikrofon',
  'device.camera': 'Kamera',
  'device.speaker': 'Lautsprecher',
  'device.default': 'Standard',
  'device.none': 'Nichts gefunden',
  'device.unnamed': '{kind} {number}',
  'device.level': 'Mikrofonpegel',
  'device.level.quiet': 'leise',
  'device.level.good': 'gut',
  'device.level.off': 'aus',
  'sound.title': 'Lautsprecher und Mikrofon testen',
  'sound.play': 'Ton abspielen',
  'sound.record': 'Einen Satz aufnehmen',
  'sound.stop': 'Anhalten',
  'sound.tone.waiting': 'Er kommt aus dem Lautsprecher, den du gewählt hast.',
  'sound.tone.playing': 'Hörst du ihn?',
  'sound.tone.ok':
    'Hast du ihn gehört? Wenn nicht, mach lauter, oder wähle einen anderen Lautsprecher.',
  'sound.tone.failed':
    'Der Ton kam nicht. Wähle einen anderen Lautsprecher und versuche es noch einmal.',
  'sound.voice.idle': 'Sag etwas, und hör dann, wie du klingst.',
  'sound.voice.opening': 'Das Mikrofon startet.',
  'sound.voice.recording': 'Sprich jetzt.',
  'sound.voice.playing': 'So klingst du.',
  'sound.voice.over':
    'Hast du dich gehört? Wenn nicht, wähle ein anderes Mikrofon oder einen anderen Lautsprecher.',
  'sound.voice.failed':
    'Vom Mikrofon kam nichts. Sieh nach, ob dein Browser es freigibt, und versuche es noch einmal.',
  'sound.kept': 'Deine Stimme bleibt in dieser Seite und ist weg, wenn du sie gehört hast.',
  'sound.unheard':
    'Sonst hört es niemand: Für die anderen ist dein Mikrofon so lange aus. Deine Stimme bleibt in dieser Seite und ist weg, wenn du sie gehört hast.',
  'device.off.camera': 'Deine Kamera ist aus',
  'device.turn-on': 'Kamera und Mikrofon einschalten',
  'device.asks': 'Beide sind aus. Wenn du drückst, fragt dich dein Browser.',
  'device.starting': 'Die Kamera startet',
  'device.microphone.turn-on': 'Mikrofon einschalten',
  'device.microphone.turn-off': 'Mikrofon ausschalten',
  'device.camera.turn-on': 'Kamera einschalten',
  'device.camera.turn-off': 'Kamera ausschalten',
  'device.retry': 'Noch einmal',
  'device.without': 'Du kannst ohne eintreten und es später einschalten.',
  'device.fault.microphone.missing':
    'Kein Mikrofon gefunden. Schließe eines an und versuche es noch einmal.',
  'device.fault.camera.missing':
    'Keine Kamera gefunden. Schließe eine an und versuche es noch einmal.',
  'device.fault.microphone.busy':
    'Ein anderes Programm nutzt das Mikrofon. Schließe es und versuche es noch einmal.',
  'device.fault.camera.busy':
    'Ein anderes Programm nutzt die Kamera. Schließe es und versuche es noch einmal.',
  'device.fault.microphone.refused':
    'Der Browser sperrt das Mikrofon für diese Seite. Öffne die Einstellungen neben der Adresse, erlaube das Mikrofon und versuche es noch einmal.',
  'device.fault.camera.refused':
    'Der Browser sperrt die Kamera für diese Seite. Öffne die Einstellungen neben der Adresse, erlaube die Kamera und versuche es noch einmal.',
  'device.fault.microphone.insecure':
    'Browser geben das Mikrofon nur sicheren Seiten. Öffne diese Seite über ihre https-Adresse.',
  'device.fault.camera.insecure':
    'Browser geben die Kamera nur sicheren Seiten. Öffne diese Seite über ihre https-Adresse.',
  'device.fault.microphone.unplugged':
    'Das Mikrofon ist weg: Es wurde ausgesteckt, oder der Browser hat es weggenommen. Stecke es wieder ein, dann geht es von selbst weiter, oder wähle unter Geräte ein anderes.',
  'device.fault.camera.unplugged':
    'Die Kamera ist weg: Sie wurde ausgesteckt, oder der Browser hat sie weggenommen. Stecke sie wieder ein, dann geht es von selbst weiter, oder wähle unter Geräte eine andere.',
  'device.fault.microphone.failed':
    'Das Mikrofon startet nicht. Prüfe das Kabel und versuche es noch einmal.',
  'device.fault.camera.failed':
    'Die Kamera startet nicht. Prüfe das Kabel und versuche es noch einmal.',
  'device.fault.screen.failed':
    'Der Bildschirm ließ sich nicht teilen. Versuche es noch einmal, oder wähle ein Fenster.',

  'fact.captured': 'Was erfasst wird',
  'fact.purpose': 'Wofür',
  'fact.processor': 'Wer verarbeitet',
  'fact.recipients': 'Wer es bekommt',
  'fact.retention': 'Aufbewahrt',
  'fact.withdrawal': 'Wahl ändern',
  'fact.machine': 'Wessen Maschine es live bekommt',

  'change.agreed': 'Was sich geändert hat, seit du es erlaubt hast',
  'change.seen': 'Was sich geändert hat, seit du es gelesen hast',
  'change.note': 'Durchgestrichen: entfallen. Unterstrichen: neu. Der ganze Text steht darunter.',
  'change.out': 'entfallen',
  'change.in': 'neu',
  'change.name': 'Name',
  'change.object': 'Name in der Frage',
  'change.meaning': 'Was es tut',

  'answer.label': 'Deine Wahl',
  'answer.on': 'zu {object}:',
  'answer.allow': '{object} *erlauben*',
  'answer.dont': '{object} *nicht erlauben*',
  'answer.unset': 'Nicht beantwortet',
  'answer.granted': 'Du erlaubst',
  'answer.declined': 'Du erlaubst nicht',
  'answer.pending': 'Wird festgehalten',

  'sign.label': 'Auf Sendung',
  'sign.on': '*{name} an* seit {time}',
  'sign.on.now': '*{name} an*',
  'sign.off': '{name} aus',
  'sign.unknown': '{name}: unbekannt',
  'sign.dont': 'Nicht erlauben',
  'sign.dont.label': '{object} nicht erlauben',
  'lamp.on': 'An seit {time}',
  'lamp.on.now': 'An',
  'lamp.off': 'Aus',
  'lamp.unknown': 'Unbekannt',

  'room.people': {
    one: '{count} Person',
    other: '{count} Personen',
  },
  'room.waiting': {
    one: '{count} wartet auf Einlass',
    other: '{count} warten auf Einlass',
  },
  'room.stage': 'Personen in der Besprechung',
  'room.panel': 'Seitenleiste',
  'room.controls': 'Steuerung',
  'room.reconnecting':
    '*Verbindung verloren.* Der Raum wird wieder gesucht. Was dort an ist, ist von hier nicht zu sehen. Diese Seite gibt dem Server so lange weder Bild noch Ton; die anderen sehen und hören dich vielleicht noch.',
  'room.no-calls':
    '*Dieser Browser kann keine Anrufe:* WebRTC fehlt oder ist ausgeschaltet. Niemand hier sieht oder hört dich, und du siehst und hörst niemanden. Chat und Wahl gehen. Ein anderer Browser kann helfen.',
  'room.unheard':
    '*Nichts von dir kommt hier an: {names}.* Es ist an, aber dein Ton und dein Bild finden keinen Weg zum Server. Versuche es in einem anderen Netz. Wenn du diesen Server betreibst, lass UDP zu ihm durch, oder richte einen TURN-Server ein.',
  'room.unheard.no-calls':
    '*Nichts von dir kann hier dabei sein: {names}.* Es ist an, aber dieser Browser kann keine Anrufe.',
  'room.unreached':
    '*Kein Weg zu {names}.* Ihr seht und hört euch nicht. Ein Netz zwischen euch lässt keinen Anruf durch, oder der Browser dort kann keine. Wer diesen Server betreibt, kann dafür einen TURN-Server einrichten.',
  'room.unproved':
    '*Nicht jedes Ja ist belegt: {names}.* Dein Browser findet nicht von allen hier ein gültiges Ja und gibt dem Server dafür nichts von dir. Niemand muss Nein gesagt haben: Der Server kann nicht zeigen, was er behauptet. Frag, wer ihn betreibt.',
  'room.forged':
    '*Die Verbindung zu {names} war nicht von dort.* Was dafür kam, war nicht von dort signiert; dein Browser hat sie beendet. Ihr seht und hört euch nicht. Vielleicht steht zwischen euch, wer diesen Server betreibt.',
  'room.alone': 'Du bist allein hier. Kopiere den Einladungslink und schicke ihn den anderen.',
  'room.sound': 'Ton einschalten',
  'room.sound.text': 'Der Browser hält den Ton dieser Seite zurück.',
  'room.sharing': 'Du teilst deinen Bildschirm',
  'room.sharing.behind':
    'Du teilst deinen Bildschirm. Der von {name} ist neuer und wird groß gezeigt, deiner klein daneben.',
  'room.sharing.stop': 'Teilen beenden',
  'room.sharing.sound': 'Sein Ton ist mit dabei',
  'room.sharing.sound.stop': 'Ton beenden',
  'room.sharing.sound.off': 'Sein Ton ist aus',
  'room.sign-on': '*{name} ist an.* Ab jetzt, mit dem Ja von allen.',
  'room.withheld': '*{name}* wird zurzeit nicht mehr angeboten',
  'room.offered': 'Nach *{name}* kann wieder gefragt werden',
  'room.on-again': '*{name} ist an* seit {time}, mit dem Ja von allen.',
  'room.sign-off': '*{name} ist aus.* Die Besprechung geht weiter.',
  'room.erased': '*{name}: dein Teil ist gelöscht.*',
  'room.removed': '*{name} wurde vom Gastgeber entfernt.*',
  'room.host-over': '*Du bist nicht mehr Gastgeber.* Ein Gastgeber hat den Gastgeberlink geändert.',
  'room.turned-away': '*{name} wurde vom Gastgeber nicht eingelassen.*',
  'room.close': 'Schließen',
  'room.dismiss': 'Ausblenden',

  'tile.you': 'Du',
  'tile.host': '{name} (Gastgeber)',
  'tile.screen': '{name} teilt den Bildschirm',
  'tile.screen.show': 'Bildschirm von {name} groß zeigen',
  'tile.screen.own': 'Dein Bildschirm, wie ihn die anderen sehen',
  'tile.speaking': ', spricht',
  'tile.muted': ', Mikrofon aus',
  'tile.hand': 'Hand gehoben',
  'tile.away': 'Verbindung verloren',
  'tile.camera-off': ', Kamera aus',
  'pin.person': '{name} groß lassen',
  'pin.you': 'Dich selbst groß lassen',
  'pin.screen': 'Bildschirm von {name} groß lassen',
  'self.hide': 'Mein eigenes Bild verbergen',
  'self.show': 'Mein eigenes Bild zeigen',
  'self.filmed': 'Deine Kamera ist an',
  'self.filmed.show': 'Deine Kamera ist an. Mein eigenes Bild zeigen',
  'full.enter': 'Ganzen Bildschirm nutzen',
  'full.leave': 'Ganzen Bildschirm verlassen',

  'dock.microphone.on': 'Mikro an',
  'dock.microphone.off': 'Mikro aus',
  'dock.camera.on': 'Kamera an',
  'dock.camera.off': 'Kamera aus',
  'dock.share': 'Teilen',
  'dock.share.stop': 'Teilen aus',
  'dock.hand': 'Hand',
  'dock.react': 'Reagieren',
  'dock.small': 'Kleines Fenster',
  'dock.chat': 'Chat',
  'dock.people': 'Personen',
  'dock.gate': 'Tor',
  'dock.notes': 'Notizen',
  'dock.settings': 'Einstellungen',
  'dock.more': 'Mehr',
  'dock.leave': 'Verlassen',
  'dock.shortcut': '{label} (Taste {key})',
  'dock.unread': {
    one: '{count} neue Nachricht',
    other: '{count} neue Nachrichten',
  },
  'line.good': 'Verbindung: gut',
  'line.fair': 'Verbindung: mäßig',
  'line.poor': 'Verbindung: schlecht',
  'line.spared': 'Bild weggelassen, um Daten zu sparen',
  'line.of': '{name}: {line}',
  'line.why': '{line}. {why}',
  'line.why.loss': 'Ein Teil geht unterwegs verloren.',
  'line.why.delay': 'Es dauert lange, bis etwas ankommt.',
  'line.why.sound': 'Der Ton hat Lücken.',
  'line.why.still': 'Das Bild bleibt manchmal stehen.',
  'line.why.narrow': 'Es kommt wenig durch.',
  'line.why.busy': 'Dieses Gerät hat zu viel zu tun.',
  'line.own':
    'Deine eigene Verbindung ist schlecht geworden. {line} In den Einstellungen kannst du Daten sparen.',
  'settings.title': 'Einstellungen',
  'settings.devices': 'Geräte',
  'settings.seeing': 'Sehen',
  'prefer.view': 'Ansicht',
  'prefer.view.grid': 'Alle gleich groß',
  'prefer.view.speaker': 'Wer spricht, groß',
  'prefer.self-view': 'Mein eigenes Bild zeigen',
  'prefer.noise': 'Geräusche herausnehmen',
  'prefer.echo': 'Echo herausnehmen',
  'prefer.gain': 'Meine Lautstärke ausgleichen',
  'settings.music': 'Für Musik oder zum Dolmetschen: Schalte das aus und trage Kopfhörer.',
  'settings.sounds': 'Töne',
  'prefer.sounds': 'Ein leiser Ton, wenn jemand kommt, die Hand hebt oder schreibt',
  'settings.line': 'Schlechte Verbindung',
  'prefer.save-data': 'Daten sparen: geholte Bilder',
  'prefer.save-data.off': 'Alle',
  'prefer.save-data.speaker': 'Nur wer spricht, und geteilte Bildschirme',
  'prefer.save-data.audio': 'Keine, nur Ton',
  'settings.keys': 'Tasten',
  'key.space': 'Leertaste',
  'settings.key.space': 'Halten, um zu sprechen, wenn das Mikrofon aus ist',
  'talk.held': 'Die anderen hören dich, solange du die *Leertaste* hältst',
  'settings.captions': 'Untertitel',
  'prefer.caption-size': 'Größe',
  'prefer.caption-size.normal': 'Normal',
  'prefer.caption-size.large': 'Groß',
  'prefer.caption-size.largest': 'Sehr groß',
  'prefer.caption-contrast': 'Kontrast',
  'prefer.caption-contrast.plain': 'Schlicht',
  'prefer.caption-contrast.strong': 'Stark',
  'prefer.caption-place': 'Ort',
  'prefer.caption-place.below': 'Unter den Bildern',
  'prefer.caption-place.above': 'Über den Bildern',
  'settings.keys.list': 'Liste der Tasten',
  'prefer.keys': 'Tasten aus einem Zeichen, wie M',
  'keys.speaking': 'Sprechen und zeigen',
  'keys.seeing': 'Sehen und lesen',
  'keys.going': 'Gehen zu',
  'settings.key.m': 'Mikrofon an oder aus',
  'settings.key.v': 'Kamera an oder aus',
  'settings.key.s': 'Bildschirm teilen oder damit aufhören',
  'settings.key.h': 'Hand heben oder senken',
  'settings.key.c': 'Untertitel an oder aus',
  'settings.key.a': 'Tor: deine Antworten',
  'settings.key.list': 'Diese Liste',
  'settings.key.g': 'Alle gleich groß, oder wer spricht, groß',
  'settings.key.f': 'Ganzer Bildschirm an oder aus',
  'settings.key.escape': 'Offenes schließen. Bei einer Frage: Nicht erlauben',
  'leave.title': 'Besprechung verlassen',
  'leave.self': 'Verlassen, die anderen bleiben',
  'leave.end': 'Für alle beenden',

  'reaction.agree': 'Zustimmung',
  'reaction.applause': 'Applaus',
  'reaction.laugh': 'Lachen',
  'reaction.heart': 'Herz',
  'reaction.surprise': 'Staunen',

  'gate.tab': 'Tor',
  'gate.intro':
    'Jede Funktion läuft nur, solange alle hier sie erlauben. Deine Wahl wird niemandem gezeigt.',
  'gate.intro.host':
    'Du bist Gastgeber. Deine eigene Wahl zählt wie jede andere, und niemandes Wahl wird dir gezeigt.',
  'gate.intro.nothing': 'Dieser Raum bietet nichts an, was die Besprechung erfasst.',
  'gate.withheld': 'Auf diesem Server zurzeit nicht angeboten. Niemand kann danach fragen.',
  'gate.what': 'Was sie tut',
  'gate.agreed': 'Was du erlaubt hast',
  'gate.about': '{what}: {name}',
  'gate.marked': 'Der Gastgeber hat wieder gefragt. Deine Antwort gilt, bis du sie änderst.',
  'proof.checked': 'Von deinem Browser geprüft: das Ja von allen ({count} von {count})',
  'proof.checking': 'Dein Browser prüft das Ja von allen.',
  'proof.unproved':
    '*Nicht belegt.* Dein Browser findet nicht von allen hier ein gültiges Ja und gibt dem Server hierfür nichts von dir. Niemand muss Nein gesagt haben: Der Server kann nicht zeigen, was er behauptet.',
  'proof.about':
    'Dein Browser hat jede Unterschrift selbst geprüft: für diesen Raum und für Worte, die gelten. Dem Server hat er nicht geglaubt.',
  'proof.person': 'Worte {words}, Schlüssel {key}',
  'proof.code': 'Raumcode: {code}',
  'proof.code.note':
    'Er ist bei allen gleich, die dieselben Leute sehen. Lest ihn einander vor, um sicher zu sein.',
  'gate.receipt': 'Beleg',
  'gate.receipts': 'Belege',
  'gate.receipts.all': 'Deine Belege ({count})',
  'gate.ask': 'Alle fragen: {object} erlauben',
  'gate.stop': '{object} für alle stoppen',
  'gate.again': 'Um {asked} gefragt. Wieder möglich um {time}',
  'gate.again.only': 'Wieder möglich um {time}',
  'ends.title': '{object}: Du erlaubst das seit {time} nicht mehr',
  'ends.what': 'Ab jetzt wird nichts mehr erfasst. Was ist mit der Zeit davor?',
  'ends.since': 'Ab jetzt wird nichts mehr erfasst. Was ist mit der Zeit seit {since}?',
  'ends.keep': '*Ab jetzt stoppen* Was es gibt, bleibt bis zum Ende seiner Frist.',
  'ends.erase': '*Stoppen und meinen Teil löschen* Was es von dir gibt, wird entfernt.',
  'ends.note': 'Antworte jetzt, später oder nie. Keine Antwort heißt: ab jetzt stoppen.',

  'knock.title': 'Warten auf Einlass',
  'knock.count': 'Warten auf Einlass, {count}',
  'knock.said': '{name} bittet um Einlass.',
  'knock.removed': 'Wurde schon einmal entfernt',
  'knock.admit': 'Einlassen',
  'knock.turn-away': 'Nicht einlassen',
  'knock.about': '{label}: {name}',
  'door.title': 'Wer hereinkommt',
  'door.knock': 'Vor dem Einlassen fragen',
  'door.knock.note': 'Wer kommt, wartet, bis du einlässt.',
  'door.locked': 'Besprechung abschließen',
  'door.locked.note':
    'Niemand Neues kommt herein. Wer hier war und nicht entfernt wurde, kann wiederkommen.',
  'door.is.locked': 'Die Besprechung ist abgeschlossen: Niemand Neues kommt herein.',
  'door.is.knock': 'Der Gastgeber lässt Personen einzeln ein.',
  'host-link.title': 'Gastgeberlink',
  'host-link.note':
    'Wer ihn hat, kann hier, was du kannst. Hat ihn jemand, der ihn nicht haben soll, dann mach einen neuen: Der alte gilt sofort nicht mehr, und wer mit ihm kam, ist nicht mehr Gastgeber. Du bleibst es.',
  'host-link.renew': 'Neuen Gastgeberlink machen',
  'host-link.made': 'Der alte Gastgeberlink gilt nicht mehr. Das ist der neue.',
  'host-link.link': 'Neuer Gastgeberlink',
  'remove.open': '{name} entfernen',
  'remove.title': '{name} aus der Besprechung entfernen?',
  'remove.what':
    '{name} ist sofort draußen und muss um Einlass bitten, um wiederzukommen. Die Belege bleiben dort. Offene Fragen enden, und vor der nächsten liegt eine Pause von {pause}.',
  'remove.yes': 'Entfernen',
  'remove.no': 'Nicht entfernen',

  'people.tab': 'Personen',
  'people.count': 'Personen, {count}',
  'machines.count': 'Maschinen, {count}',
  'people.you': '{name} (du)',
  'people.host': 'Gastgeber',
  'people.microphone.on': 'Mikrofon an',
  'people.microphone.off': 'Mikrofon aus',
  'people.speaking': 'Spricht',
  'people.hand': 'Hand gehoben',
  'people.away': 'Verbindung verloren',
  'people.screen': 'Teilt den Bildschirm',
  'people.screen.sound': 'Teilt den Bildschirm mit Ton',
  'people.note':
    'Eine Maschine steht hier, solange sie läuft. Ein Ja oder ein Nein steht nie hier.',
  'machine.recording': 'Aufzeichner',
  'machine.recording.does': 'Filmt alle, hier seit {time}',
  'machine.transcript': 'Mitschreiber',
  'machine.transcript.does': 'Hört allen zu, hier seit {time}',
  'machine.summary': 'Zusammenfasser',
  'machine.summary.does': 'Liest die Mitschrift, hier seit {time}',
  'machine.compose': 'Entwurfsschreiber',
  'machine.compose.does': 'Liest neue Chatnachrichten, hier seit {time}',
  'machine.other': '{name}',
  'machine.other.does': 'Läuft hier seit {time}',
  'machine.fed.does': 'Für {service}, hier seit {time}',

  'chat.tab': 'Chat',
  'chat.message': 'Nachricht an alle',
  'chat.send': 'Senden',
  'chat.empty': 'Noch ist nichts geschrieben. Nachrichten erreichen alle, die jetzt im Raum sind.',
  'chat.since': '*{name} an seit {time}.* Gelesen werden nur Nachrichten ab hier.',
  'chat.waiting': 'Wartet auf die Verbindung',
  'chat.waiting.log': 'Nachrichten, die noch nicht gesendet sind',
  'chat.log': 'Nachrichten',
  'chat.you': ' (du)',
  'chat.mention': 'Wen meinst du?',
  'chat.mention.count': {
    one: '{count} Person. Pfeiltasten wählen, Enter übernimmt.',
    other: '{count} Personen. Pfeiltasten wählen, Enter übernimmt.',
  },

  'captions.tool': 'Untertitel',
  'captions.off': 'Untertitel kommen, solange die Mitschrift an ist.',
  'captions.wait': 'Eine Zeile erscheint, wenn jemand eine Pause macht.',
  'captions.turn-on': 'Untertitel einschalten',
  'captions.turn-off': 'Untertitel ausschalten',
  'small.asked': 'Du wirst gefragt: {object}.',
  'small.answer': 'In der Besprechung antworten',
  'title.mentioned': '{number} für dich',
  'title.hands': {
    one: '{count} Hand gehoben',
    other: '{count} Hände gehoben',
  },
  'title.on': '{name} an',
  'title.unknown': 'Nicht bekannt, was an ist',

  'notes.tab': 'Notizen',
  'notes.log': 'Mitschrift',
  'notes.since': '*{name} an seit {time}.* Was ab hier gesagt wird, erscheint als Text.',
  'notes.off':
    '*{name} aus.* Solange sie an ist, erscheint hier als Text, was gesagt wird. Früher Mitgeschriebenes steht unter „Was aufbewahrt wird“.',
  'notes.unknown': '*{name}: unbekannt.* Die Verbindung ist weg.',
  'notes.only': 'Dieser Raum bietet keine Mitschrift an, darum gibt es hier keine Zeilen.',
  'notes.ask': '{name} bis jetzt',
  'notes.ask.off':
    '*{name} aus.* Solange das an ist, kannst du hier abrufen, was bisher gesagt wurde.',
  'notes.working': 'Das entsteht gerade. Du kannst so lange weitermachen.',
  'notes.progress': '{name}: bisher fertig',
  'notes.percent': '{percent} Prozent',
  'notes.ready': '{name}: bereit zum Lesen.',
  'notes.read': 'Lesen',
  'notes.back': 'Zurück zur Mitschrift',
  'notes.close': 'Weglegen',
  'notes.copy': 'Als Text kopieren',
  'notes.yours': 'Nur du siehst das. Geht {name} aus, verschwindet es.',

  'draft.open': 'Entwurf anfordern: {name}',
  'draft.open.recap': 'Rückblick auf den Chat anfordern',
  'draft.prompt': 'Was soll im Entwurf stehen?',
  'draft.prompt.missing': 'Sag in wenigen Worten, worum es im Entwurf geht.',
  'draft.tone': 'Ton',
  'draft.tone.neutral': 'Sachlich',
  'draft.tone.friendly': 'Freundlich',
  'draft.tone.formal': 'Förmlich',
  'draft.tone.direct': 'Direkt',
  'draft.length': 'Länge',
  'draft.length.short': 'Kurz',
  'draft.length.medium': 'Mittel',
  'draft.length.long': 'Lang',
  'draft.submit': 'Entwerfen',
  'draft.recap': 'Rückblick einfügen',
  'draft.reads': 'Gelesen wird der Chat ab {time}, und gesendet wird nichts.',
  'draft.off': '*{name} aus.* Solange das an ist, kannst du hier einen Entwurf anfordern.',
  'draft.title': 'Entwurf, nicht gesendet',
  'draft.label': 'Entwurf von {name}, nicht gesendet',
  'draft.yours': 'Nur du siehst ihn',
  'draft.asked': 'Dein Wunsch: {prompt}',
  'draft.asked.recap': 'Dein Wunsch: ein Rückblick auf den Chat',
  'draft.text': 'Text des Entwurfs',
  'draft.waiting': 'Die ersten Worte kommen noch',
  'draft.stop': 'Entwerfen stoppen',
  'draft.use': 'Entwurf nehmen',
  'draft.shorten': 'Kürzen',
  'draft.again': 'Noch einmal',
  'draft.discard': 'Verwerfen',
  'draft.stopped': 'Hier hast du gestoppt.',
  'draft.cut': 'Hier bricht er ab, denn seine Länge ist aufgebraucht.',
  'draft.rest': 'Was schon da ist, bleibt brauchbar.',
  'draft.ready': 'Der Entwurf ist fertig. {text}',
  'draft.dropped': '*{name} ging aus, und der Entwurf ist weg.* Die Besprechung geht weiter.',

  'summary.model': 'KI-Zusammenfassung',
  'summary.model.here':
    'Geschrieben von {model} auf diesem Server, von {from} bis {to}. Sie macht Fehler: Jede Zeile zeigt die Worte, auf denen sie beruht.',
  'summary.model.host':
    'Geschrieben von {model} bei {host}, von {from} bis {to}. Sie macht Fehler: Jede Zeile zeigt die Worte, auf denen sie beruht.',
  'summary.model.unnamed': 'einem Modell',
  'summary.model.topics': 'Themen',
  'summary.model.decisions': 'Beschlossen',
  'summary.model.todos': 'Zu tun',
  'summary.model.questions': 'Noch offen',
  'summary.model.points': 'Lesenswert',
  'summary.rules': 'Auszüge (kein KI-Modell: Zitate, nach Regeln gewählt; prüfe sie)',
  'summary.rules.source':
    'Aus dem, was zwischen {from} und {to} gesagt wurde. Regeln übersehen manches und greifen auch daneben.',
  'summary.rules.topics': 'Themen',
  'summary.rules.decisions': 'Mögliche Beschlüsse',
  'summary.rules.todos': 'Mögliche Aufgaben',
  'summary.rules.questions': 'Offene Fragen',
  'summary.rules.points': 'Lesenswert',
  'summary.empty': 'Es fand sich nichts, was hierher passt.',
  'summary.masked':
    'Jemand hat den eigenen Teil zurückgenommen. Wo andere den Namen nannten, ist er ersetzt, so gut es geht. Worte können trotzdem darauf hindeuten.',
  'summary.quote': '„{text}“',
  'summary.said': '{name}, {time}',
  'summary.somebody': 'Jemand',
  'summary.owner': 'Wer',
  'summary.due': 'Bis wann',
  'summary.go': 'Zu diesem Augenblick: {by}',
  'summary.wrong': 'Das stimmt nicht',
  'summary.wrong.label': 'Das stimmt nicht: {text}',
  'summary.wrong.does': 'Nimmt diese Zeile für alle heraus',

  'gpc.title': 'Hier nicht gefragt: {names}',
  'gpc.text':
    'Dein Browser sendet Global Privacy Control, und hier gingen Worte aus diesem Server hinaus. Keine Antwort zählt als Nein. Willst du es trotzdem erlauben, nimm im Raum das Feld „Tor“.',
  'gpc.mark':
    'Der Gastgeber fragt danach. Dein Browser sendet Global Privacy Control, darum öffnet sich keine Frage. Du kannst hier antworten.',
  'gpc.nothing': 'Vor dem Eintreten gibt es nichts zu wählen.',
  'feature.outside': 'Worte verlassen diesen Server',
  'feature.missing': 'Läuft hier nicht: {names}',
  'feature.withheld': 'Zurzeit nicht angeboten: {name}',
  'feature.unavailable': 'Dieser Server kann das nicht ausführen. Für die Betreiber, auf Englisch:',

  'prompt.who': 'Der Gastgeber fragt alle im Raum',
  'prompt.title': '{object} in diesem Raum erlauben?',
  'prompt.everyone': 'Das läuft nur, solange alle hier es erlauben.',
  'prompt.note':
    'Nimm dir Zeit. Escape heißt *Nicht erlauben*, keine Antwort auch. Du bleibst in jedem Fall in der Besprechung, und deine Wahl wird niemandem gezeigt.',

  'receipts.title': 'Deine Belege',
  'receipts.note': 'Jedes Ja, gegeben oder zurückgenommen, Wort für Wort. Sie gehören dir.',
  'receipts.none':
    'Noch keine Belege. Du bekommst einen, wenn eine Funktion mit deinem Ja startet, und einen, wenn du es zurücknimmst.',
  'receipts.back': 'Zurück zum Tor',
  'receipt.title': 'Beleg',
  'receipt.granted': '{name}: von dir erlaubt',
  'receipt.withdrawn': '{name}: von dir zurückgenommen',
  'receipt.said': 'Deine Wahl',
  'receipt.when': 'Wann',
  'receipt.controller': 'Betrieben von',
  'receipt.entry': 'Eintrag {number}',
  'receipt.signed': 'Unterschrieben mit',
  'receipt.signed.text': 'Einem Schlüssel aus deinem Browser, nur für diese Besprechung',
  'receipt.save': 'Beleg speichern',
  'receipt.save.label': 'Beleg speichern: {name}, {time}',
  'receipt.proof': 'Vom Tor unterschrieben',
  'receipt.proof.text':
    'Die Datei enthält die Unterschrift. Sie lässt sich ohne diesen Server prüfen.',

  'end.left': 'Du hast die Besprechung verlassen',
  'end.ended': 'Die Besprechung ist beendet',
  'end.left.lead': '{title} geht ohne dich weiter. Von dir wird nichts mehr erfasst.',
  'end.ended.lead': '{title} ist für alle vorbei. Es wird nichts mehr erfasst.',
  'end.replaced': 'Du bist in einem anderen Tab in dieser Besprechung',
  'end.replaced.lead':
    '{title} geht dort weiter, auf deinem Platz. In diesem Tab wird von dir nichts mehr erfasst.',
  'end.removed': 'Der Gastgeber hat dich aus dieser Besprechung entfernt',
  'end.removed.lead':
    '{title} geht ohne dich weiter. Von dir wird nichts mehr erfasst. Deine Belege bleiben deine, und der Weg zu dem, was aufbewahrt wird, auch.',
  'end.refused': 'Du bist nicht mehr in der Besprechung',
  'end.unwaited': 'Du wartest nicht mehr',
  'end.unwaited.lead': 'Du bist nicht in {title} eingetreten. Kamera und Mikrofon sind aus.',
  'end.waits-elsewhere': 'Du wartest in einem anderen Tab',
  'end.waits-elsewhere.lead':
    'Dort kommst du in {title}, sobald der Gastgeber dich einlässt. In diesem Tab sind Kamera und Mikrofon aus.',
  'end.ask-back': 'Um Einlass bitten',
  'end.here': 'Lieber in diesem Tab weitermachen',
  'end.rejoin': 'Wieder eintreten',
  'end.new': 'Neuen Raum öffnen',
  'end.receipts.note':
    'Dieser Browser bewahrt sie für dich auf. Speichere sie, um sie auch anderswo zu haben.',
  'end.receipts.none': 'Keine Funktion lief mit deinem Ja, darum gibt es keinen Beleg.',

  'elsewhere.title': 'Was darf erfasst werden?',
  'elsewhere.what':
    'Ihr trefft euch an anderer Stelle. Hier sagst du, was dort erfasst werden darf, und änderst es jederzeit.',
  'elsewhere.join': 'Weiter',
  'elsewhere.joining': 'Du kommst herein',
  'elsewhere.join.note':
    'Du kannst mit jeder Wahl weitergehen, auch ohne. An der Besprechung selbst ändert das nichts.',
  'elsewhere.wait':
    '*Du wartest auf Einlass.* Der Gastgeber weiß Bescheid, und du kommst von selbst hinein, sobald er dich einlässt. Bis dahin ist hier für dich alles aus.',
  'elsewhere.asked': 'Alle hier werden gefragt',
  'elsewhere.cannot':
    'Filmen oder aufnehmen kann jeder dort, wo ihr euch trefft. Gatekeeper sagt, wann Erfassen erlaubt ist; daran halten muss sich, wer erfasst.',
  'elsewhere.stay':
    'Lass dies offen, solange du dabei bist. Wer nicht mehr gefragt werden kann, hält alles aus.',
  'elsewhere.lost':
    '*Verbindung verloren.* Der Raum wird wieder gesucht. Was dort an ist, ist von hier nicht zu sehen. Wer nicht erreichbar ist, hält alles aus.',
  'elsewhere.left': 'Du wirst hier nicht mehr gefragt',
  'elsewhere.left.lead':
    '{title} geht an anderer Stelle weiter. Bleibst du dort, kann dich erfassen, was die anderen erlauben: Geh auch dort, oder komm hierher zurück.',
  'elsewhere.ended': 'Es ist vorbei',
  'elsewhere.ended.lead': 'Für {title} wird niemand mehr gefragt, und nichts ist mehr erlaubt.',
  'elsewhere.replaced': 'Du bist an anderer Stelle hier',
  'elsewhere.replaced.lead':
    'Deine Wahl für {title} ist jetzt dort: in einem anderen Tab oder in einem anderen Teil einer Seite.',
  'elsewhere.removed': 'Der Gastgeber hat dich aus diesem Raum entfernt',
  'elsewhere.unwaited.lead': 'Du bist nicht in {title} eingetreten.',
  'elsewhere.waits.lead': 'Dort kommst du in {title}, sobald der Gastgeber dich einlässt.',

  'frame.unfold': 'Deine Wahl',
  'frame.asked': 'Du wirst etwas gefragt: hier antworten',
  'frame.unseen':
    'Dieser Druck hat nichts bewirkt: Beide Antworten müssen zuerst einen Moment lang ganz zu sehen sein.',
  'frame.unkept':
    'Dieser Browser behält nichts für eine Seite in einer anderen: Nach dem Neuladen kommst du als jemand Neues und wirst wieder gefragt.',
  'frame.open': 'Deine Wahl öffnen',
  'frame.open.text':
    'Du wählst in einem eigenen Fenster: Dort kann keine andere Seite die Antworten verdecken.',
  'frame.opened': 'Deine Wahl ist in einem eigenen Fenster. Lass es offen, solange du dabei bist.',
  'frame.opened.asked': 'Du wirst etwas gefragt: antworte in jenem Fenster.',
  'frame.there': 'Zu diesem Fenster',
  'frame.blocked':
    'Der Browser hat das Fenster zurückgehalten. Erlaube dieser Seite, Fenster zu öffnen, und versuche es noch einmal.',

  'problem.unknown-room': 'Diesen Raum gibt es nicht',
  'problem.unknown-room.text': 'Prüfe den Link, oder öffne einen neuen Raum.',
  'problem.room-ended': 'Diese Besprechung ist beendet',
  'problem.room-ended.text': 'Öffne einen neuen Raum für die nächste Besprechung.',
  'problem.other': 'Der Raum ist nicht erreichbar',
  'problem.other.text': 'Prüfe die Verbindung und versuche es noch einmal.',
  'problem.retry': 'Noch einmal',

  'fault.title': 'Das hat nicht geklappt',
  'fault.link-over':
    'Dieser Link gilt nicht mehr. Alles, was auf seiner Seite stehen konnte, hat seine Zeit gehabt und ist gelöscht.',
  'fault.malformed': 'Diese Seite hat etwas gesendet, was der Server nicht versteht. Lade sie neu.',
  'fault.too-large': 'Das ist zu lang. Kürze es und versuche es noch einmal.',
  'fault.rate-limited': 'Zu viel auf einmal. Warte kurz und versuche es noch einmal.',
  'fault.out-of-order': 'Das passt hier nicht. Lade die Seite neu und tritt wieder ein.',
  'fault.unknown-room': 'Diesen Raum gibt es nicht. Prüfe den Link, oder öffne einen neuen.',
  'fault.room-ended': 'Diese Besprechung ist beendet.',
  'fault.room-full': 'Der Raum ist voll. Versuche es wieder, wenn jemand gegangen ist.',
  'fault.room-locked':
    'Der Gastgeber hat diese Besprechung abgeschlossen. Frag ihn, ob er aufschließt, und versuche es dann noch einmal.',
  'fault.not-let-in':
    'Der Gastgeber hat dich nicht eingelassen. Nach einer Minute kannst du wieder um Einlass bitten.',
  'fault.entry-needed':
    'Dieser Raum wird von dort betreten, wohin er gehört, und dieser Weg hinein wurde schon benutzt oder ist zu alt. Geh dorthin zurück und öffne ihn noch einmal.',
  'fault.media-elsewhere': 'Bild, Ton und Chat dieses Raums sind woanders.',
  'fault.consent-required': 'Nicht alle im Raum haben dem zugestimmt.',
  'fault.removed': 'Der Gastgeber hat dich aus dieser Besprechung entfernt.',
  'fault.knock-gone': 'Diese Person wartet nicht mehr auf Einlass.',
  'fault.unknown-participant': 'Diese Person ist nicht mehr im Raum.',
  'fault.unknown-feature': 'Diese Funktion bietet der Raum nicht an.',
  'fault.unknown-opening': 'Diese Funktion ist inzwischen aus.',
  'fault.name-unusable':
    'Dieser Name geht nicht: Nichts davon ist sichtbar, oder etwas darin ist unsichtbar. Tippe ihn neu.',
  'fault.not-host': 'Das kann nur der Gastgeber.',
  'fault.not-allowed':
    'Der Gastgeberlink passt nicht zu diesem Raum. Nimm ohne ihn teil, oder lass dir den Gastgeberlink noch einmal geben.',
  'fault.notice-outdated':
    'Der Wortlaut hat sich geändert. Lade die Seite neu, lies ihn und wähle dann.',
  'fault.forged-statement':
    'Deine Wahl ließ sich nicht beweisen und zählt darum nicht. Wähle noch einmal.',
  'fault.statement-outdated':
    'Diese Besprechung wurde seit dieser Wahl auf dem Server neu gestartet. Wähle noch einmal.',
  'fault.replayed-statement': 'Diese Wahl wurde schon benutzt. Wähle noch einmal.',
  'fault.resume-unknown': 'Dein Platz ist nicht mehr frei gehalten. Tritt wieder ein.',
  'fault.already-present': 'Du bist in einem anderen Tab in diesem Raum. Verlasse ihn dort zuerst.',
  'fault.ledger-unavailable':
    'Der Server kann gerade keinen Nachweis festhalten, darum lässt sich nichts erlauben. Die Besprechung geht weiter.',
  'fault.clock-jumped':
    'Die Uhr dieses Servers wurde gestellt, darum ist alles aus, was an war. Was aufgehoben wurde, ist sicher, und die Besprechung geht weiter. Wer sie leitet, kann noch einmal fragen.',
  'fault.disk-low':
    'Die Platte dieses Servers ist fast voll, darum wird nicht aufgezeichnet. Was aufgezeichnet wurde, ist sicher, und die Besprechung geht weiter.',
  'fault.disk-share':
    'Aus diesem Raum ist so viel aufgezeichnet, wie ein Raum auf diesem Server darf, darum wird nicht weiter aufgezeichnet. Was aufgezeichnet wurde, ist sicher, und die Besprechung geht weiter.',
  'fault.tap-limit':
    'Dein Gerät sendet mehr, als dieser Server annimmt. Darum nimmt er hierfür nichts mehr von dir an. Was er schon hat, ist sicher, und die Besprechung geht weiter.',
  'fault.sink-unavailable':
    'Der Server kann diese Funktion gerade nicht ausführen. Die Besprechung geht weiter.',
  'fault.answered-too-often':
    'Du hast gerade sehr oft Ja gesagt. Warte ein wenig und sag es dann noch einmal.',
  'fault.opened-too-often':
    'Das ist gerade sehr oft an- und ausgegangen, darum bleibt es aus. Die Besprechung geht weiter.',
  'fault.erase-failed': 'Dein Teil ließ sich gerade nicht löschen. Versuche es gleich noch einmal.',
  'fault.feature-unavailable': 'Dieser Server hat nichts, womit er diese Funktion ausführen kann.',
  'fault.speech-unavailable':
    'Die Spracherkennung dieses Servers ist stehen geblieben, darum wird nichts mitgeschrieben. Was da ist, ist sicher, und die Besprechung geht weiter. Frage gleich noch einmal.',
  'fault.words-unreadable':
    'Der Server kann nicht lesen, was mitgeschrieben wurde, darum lässt sich gerade nichts zusammenfassen. Die Besprechung geht weiter.',
  'fault.other-host': 'Dieser Server heißt nicht so. Prüfe den Link.',
  'fault.other-site':
    'Eine andere Seite wollte das, darum ist nichts geschehen. Nimm die Seiten dieses Servers.',
  'fault.too-slow': 'Das kam zu langsam an. Prüfe deine Verbindung und versuche es noch einmal.',
  'fault.sign-in': 'Nimm den Link, den du am Ende der Besprechung bekommen hast.',
  'fault.not-signed-in':
    'Du bist nicht angemeldet. Melde dich auf der Startseite an, um einen Raum zu öffnen.',
  'fault.token-unknown':
    'Dieser Server kennt den Zugangsschlüssel nicht. Prüfe ihn, oder lass dir einen anderen geben.',
  'fault.untrusted-proxy':
    'Dieser Server vertraut der Stelle nicht, von der deine Anmeldung kommt. Frag die Betreiber.',
  'fault.not-admitted':
    'Du bist bekannt, darfst auf diesem Server aber keine Räume öffnen. Frag die Betreiber.',
  'fault.sign-in-failed': 'Die Anmeldung wurde nicht abgeschlossen. Versuche es noch einmal.',
  'fault.provider-unavailable':
    'Der Anmeldedienst antwortet nicht, wie er soll. Versuche es gleich noch einmal.',
  'fault.nothing-there': 'Diese Datei gibt es nicht, oder sie wurde gelöscht.',
  'fault.nothing-said':
    'Solange das an war, wurde noch nichts gesagt oder geschrieben. Versuche es danach noch einmal.',
  'fault.drafts-need-model':
    'Entwürfe brauchen ein Modell. Die Betreiber dieses Servers können [ai] base_url und [ai] model setzen.',
  'fault.model-failed':
    'Der Server des Modells hat selbst einen Fehler. Versuche es gleich noch einmal.',
  'fault.model-key-refused':
    'Der Server des Modells hat den Schlüssel abgelehnt. Die Betreiber dieses Servers können [ai] key_file prüfen.',
  'fault.model-unknown':
    'Der Server des Modells kennt dieses Modell nicht. Die Betreiber dieses Servers können [ai] base_url und [ai] model prüfen.',
  'fault.model-busy': 'Das Modell ist gerade beschäftigt. Versuche es in einer Minute noch einmal.',
  'fault.model-unreachable':
    'Der Server des Modells ist nicht erreichbar. Versuche es bald noch einmal, oder sag den Betreibern dieses Servers Bescheid.',
  'fault.model-slow':
    'Das Modell hat zu lange gebraucht. Versuche es noch einmal, oder wünsche dir etwas Kürzeres.',
  'fault.model-broken': 'Die Antwort des Modells ist abgerissen. Versuche es noch einmal.',
  'fault.model-redirected':
    'Der Server des Modells wollte die Worte an eine andere Adresse weitergeben. Dem hat niemand zugestimmt, darum ging nichts dorthin. Die Betreiber dieses Servers können [ai] base_url prüfen.',
  'fault.model-input-too-long':
    'Das ist mehr, als das Modell auf einmal lesen kann. Die Betreiber dieses Servers können [ai] context_tokens prüfen.',
  'fault.model-answer-unusable':
    'Die Antwort des Modells war nicht zu gebrauchen. Versuche es noch einmal.',
  'fault.model-answer-too-large':
    'Die Antwort des Modells war viel zu lang und wurde weggeworfen. Versuche es noch einmal.',
  'fault.connection-lost': 'Unterwegs riss die Verbindung ab. Versuche es noch einmal.',
  'fault.unreached':
    'Der Server antwortet nicht. Prüfe die Verbindung und versuche es noch einmal.',
  'fault.socket-blocked':
    'Der Server antwortet, aber eine dauernde Verbindung (WebSocket) zu ihm kommt nicht zustande. Ein Proxy, ein Filter oder eine Erweiterung des Browsers hält sie vielleicht auf. Versuche es in einem anderen Netz. Wenn du diesen Server betreibst, lass WebSocket durch seinen Proxy.',
  'fault.keyless':
    'Dieser Browser macht keinen Schlüssel, der deine Wahl unterschreibt. Öffne den Raum in einem anderen Browser.',
  'fault.other': 'Etwas ging schief: {detail}',

  'end.after': 'Was aufbewahrt wird',
  'end.after.note':
    'Film, Transkript und Zusammenfassung, soweit sie an waren, und das Recht, deinen Teil zu löschen. Der Link gehört nur dir, und dieser Browser merkt ihn sich.',

  'after.place': 'Nach der Besprechung',
  'after.untitled': 'Eine Besprechung',
  'after.skip': 'Zum Film springen',
  'after.skip.summary': 'Zur Zusammenfassung springen',
  'after.skip.transcript': 'Zum Transkript springen',
  'after.when': '{day}, {from} bis {to}.',
  'after.when.open': '{day}, seit {from}. Die Besprechung läuft noch.',
  'after.there': 'Du hast hier, wobei du dabei warst.',
  'after.same': 'Alle, die erfasst wurden, bekommen {what}.',
  'after.same.recording': 'denselben Film',
  'after.same.transcript': 'dasselbe Transkript',
  'after.same.summary': 'dieselbe Zusammenfassung',
  'after.kept': 'Aufbewahrt bis {day}',
  'after.part': 'Stoppen oder meinen Teil löschen',
  'after.lost':
    'Der Server ist gerade nicht erreichbar. Diese Seite versucht es von selbst wieder.',
  'fetched.title': 'Wer es abgerufen hat',
  'fetched.note':
    'Sobald jemand etwas öffnet oder sichert, in dem du vorkommst, steht es hier, bevor es ausgeliefert wird. Das verschwindet, wenn das Aufbewahrte gelöscht wird.',
  'fetched.none': 'Noch hat niemand etwas abgerufen.',
  'fetched.earlier': 'Früheres',
  'fetched.line': '{who}: {what}',
  'fetched.times': {
    one: 'einmal',
    other: '{count}-mal',
  },
  'fetched.film': 'den Film',
  'fetched.track': 'die einzelne Spur von {name}',
  'fetched.transcript': 'das Transkript',
  'fetched.summary': 'die Zusammenfassung',
  'fetched.export': 'alles mit seinem Nachweis',
  'fetched.copy': 'alles, was von dir da ist',
  'fetched.console': 'Wer den Server betreibt',
  'link.title': 'Dein Link zu dieser Seite',
  'link.note':
    'Wer ihn hat, sieht, was du siehst. Hat ihn jemand anders, dann mach einen neuen: Alle älteren gelten nicht mehr, und auch keine Seite, die mit einem davon geöffnet wurde.',
  'link.renew': 'Neuen Link machen',
  'link.made': 'Ältere Links gelten nicht mehr. Das ist dein neuer.',
  'link.failed': 'Das hat nicht geklappt. Versuch es noch einmal.',
  'link.value': 'Dein neuer Link',
  'after.out': 'Den Link in diesem Browser vergessen',
  'after.out.note':
    'Nutzen auch andere diesen Rechner? Dann vergiss den Link, wenn du fertig bist.',
  'after.receipts.none':
    'Dieser Browser hat keine Belege dieser Besprechung. Sie liegen in dem Browser, mit dem du dabei warst.',
  'after.receipts.note':
    'Jedes Ja, gegeben oder zurückgenommen, Wort für Wort. Dieser Browser bewahrt sie auf, sonst niemand.',

  'after.evidence':
    'Am {day} löscht der Server, was er selbst als Beleg dieser Besprechung hat. Ein Beleg, den du gesichert hast, bleibt gültig: Er trägt die Unterschrift des Servers.',

  'film.title': 'Film',
  'film.none': 'Es gibt keinen Film',
  'film.none.text':
    'Während du da warst, war die Aufzeichnung nicht an, darum gibt es für dich weder Bild noch Ton.',
  'film.empty': 'Es wurde nichts aufgezeichnet',
  'film.empty.text':
    'Während du da warst, war die Aufzeichnung an, doch aus dieser Zeit kam weder Bild noch Ton beim Server an.',
  'film.empty.fell.text':
    'Während du da warst, war die Aufzeichnung an, und der Server fiel aus. Aus dieser Zeit ließ sich nichts retten.',
  'film.unmade': 'Daraus wird kein Film',
  'film.unmade.text':
    'Aus dem, was erfasst wurde, entsteht gerade nichts Neues. Die einzelnen Spuren findest du unter Downloads.',
  'film.deleted': 'Der Film ist gelöscht',
  'film.deleted.text':
    'Es wurde aufgezeichnet. Am {day} war die Frist vorbei, und alles davon wurde gelöscht.',
  'film.emptied': 'Von der Aufzeichnung ist nichts mehr da',
  'film.emptied.text':
    'Während du da warst, wurde aufgezeichnet. Was aus dieser Zeit aufbewahrt war, ist gelöscht.',
  'film.nothing': 'Von dir wurde nichts erfasst',
  'film.nothing.text':
    'Kein Bild, kein Ton und kein Wort von dir ist von dieser Besprechung aufbewahrt.',
  'film.without':
    'Von {names} ist nichts darin: Es wurde weder Ton noch Bild gesendet, oder nichts kam beim Server an.',
  'film.without.you':
    'Von dir ist nichts darin: Du hast weder Ton noch Bild gesendet, oder nichts kam beim Server an.',
  'film.without.fell':
    'Von {names} ist nichts darin: Der Server fiel aus, und davon ließ sich nichts retten.',
  'film.without.fell.you':
    'Von dir ist nichts darin: Der Server fiel aus, und von dir ließ sich nichts retten.',
  'film.without.part':
    'In einem Teil davon ist von {names} nichts zu sehen und zu hören: Es wurde weder Ton noch Bild gesendet, oder nichts kam beim Server an.',
  'film.without.part.you':
    'In einem Teil davon ist von dir nichts zu sehen und zu hören: Du hast weder Ton noch Bild gesendet, oder nichts kam beim Server an.',
  'film.without.part.fell':
    'In einem Teil davon ist von {names} nichts zu sehen und zu hören: Dort fiel der Server aus, und davon ließ sich nichts retten.',
  'film.without.part.fell.you':
    'In einem Teil davon ist von dir nichts zu sehen und zu hören: Dort fiel der Server aus, und von dir ließ sich nichts retten.',
  'film.later': 'Der Film kommt nach der Besprechung',
  'film.later.text':
    'Der Film entsteht, wenn die Besprechung vorbei ist. Dann findest du ihn hier, auf dieser Seite.',
  'film.later.now': 'Film von dem machen, was bisher da ist',
  'film.stop': 'Film nicht weiter erstellen',
  'film.waiting': 'Der Film ist als nächster dran',
  'film.waiting.text':
    'Der Server macht einen Film nach dem anderen. Du kannst diese Seite inzwischen schließen.',
  'film.making': 'Der Film entsteht',
  'film.making.text':
    'Bilder und Stimmen werden zusammengefügt. Du kannst diese Seite inzwischen schließen.',
  'film.stopped': 'Der Film ist nicht fertig',
  'film.stopped.text':
    'Das Erstellen wurde gestoppt. Was schon fertig ist, wird beim Weitermachen genutzt.',
  'film.stopped.again': 'Film weiter erstellen',
  'film.failed': 'Der Film ließ sich nicht erstellen',
  'film.failed.text':
    'Die einzelnen Spuren sind heil: du findest sie unter Downloads. Erstelle den Film noch einmal; klappt auch das nicht, schreib den Betreibern dieses Servers.',
  'film.failed.again': 'Film noch einmal erstellen',
  'film.progress': 'So weit ist der Film',
  'film.percent': '{percent} Prozent',
  'film.ready': 'Der Film ist fertig.',
  'film.another': 'Das ist ein anderer Film als zuvor: Was er zeigt, hat sich geändert.',
  'film.gone': 'Der Film, der hier war, wurde gelöscht.',
  'film.gone.comes':
    'Der Film, der hier war, wurde gelöscht: Was er zeigt, hat sich geändert. Ein anderer entsteht.',
  'film.left': 'Nicht im Film, weil es sich nicht abspielen lässt: {what}.',
  'film.left.item': '{name}: {source}',
  'film.fault':
    'Der Server hat das nicht angenommen. Prüfe die Verbindung und versuche es noch einmal.',

  'player.controls': 'Steuerung des Films',
  'player.play': 'Abspielen',
  'player.pause': 'Anhalten',
  'player.seek': 'Stelle im Film',
  'player.time': '{now} von {all}',
  'player.clock': 'gefilmt um {clock}',
  'player.at': '{now} von {all}, {clock} in der Besprechung',
  'player.mute': 'Ton ausschalten',
  'player.unmute': 'Ton einschalten',
  'player.volume': 'Lautstärke',
  'player.captions': 'Untertitel',
  'player.full': 'Vollbild',
  'player.unfull': 'Vollbild verlassen',
  'player.key': '{label} (Taste {key})',
  'player.chapters': 'Kapitel',
  'player.chapter': '{from} bis {to}',
  'player.fault':
    'Der Film läuft hier nicht. Speichere ihn unter Downloads und öffne ihn von dort.',

  'when.title': 'Was wann an war',
  'when.note': 'Zwischen den Balken wurde nichts erfasst, und nichts davon kann zurückkommen.',
  'when.fell': 'Wo der Server ausfiel, endet ein Balken mit dem Letzten, das bekannt ist.',
  'when.jump': 'Drücke auf einen Balken, um im Film dorthin zu springen.',
  'when.span': '{from} bis {to}',
  'when.span.fell':
    '{from} bis mindestens {to} (der Server fiel aus; spätestens um {latest} war es aus)',
  'when.since': 'seit {from}',
  'when.on': '{name} an: {times}',
  'when.go': '{name} an, {time}: im Film dorthin',
  'when.in': '{name} dabei: {times}',
  'when.somebody': 'Jemand',

  'sum.title': 'Zusammenfassung',
  'sum.later': 'Die Zusammenfassung kommt nach der Besprechung',
  'sum.later.text':
    'Sie wird geschrieben, wenn die Besprechung vorbei ist. Im Raum kannst du nach einer vorläufigen fragen, solange sie an ist.',
  'sum.waiting': 'Die Zusammenfassung ist als nächste dran',
  'sum.writing': 'Die Zusammenfassung wird geschrieben',
  'sum.writing.text': 'Du kannst diese Seite inzwischen schließen.',
  'sum.progress': 'So weit ist die Zusammenfassung',
  'sum.failed': 'Die Zusammenfassung ließ sich nicht schreiben',
  'sum.failed.text':
    'Lass sie noch einmal schreiben; klappt auch das nicht, schreib den Betreibern dieses Servers.',
  'sum.again': 'Noch einmal schreiben',
  'sum.stand-in':
    'Bis es eine Zusammenfassung gibt, stehen hier Auszüge. Kein KI-Modell hat sie geschrieben.',
  'sum.ready': 'Die Zusammenfassung ist fertig.',
  'sum.empty': 'Es gibt nichts zusammenzufassen',
  'sum.empty.text': 'Solange sie an war, war nichts zu hören.',
  'sum.loading': 'Die Zusammenfassung ist unterwegs zu dieser Seite',
  'sum.lost': 'Die Zusammenfassung erreicht diese Seite gerade nicht',
  'sum.lost.text': 'Diese Seite versucht es von selbst wieder.',
  'sum.to-film': 'Im Film dorthin: {by}',
  'sum.to-line': 'Im Transkript dorthin: {by}',
  'sum.wrong.note':
    '„Das stimmt nicht“ nimmt eine Zeile für alle heraus. Niemand kann sie zurückholen.',
  'sum.gone': 'Die Zeile ist weg, für alle.',
  'sum.wrong-failed':
    'Die Zeile ist noch da: der Server hat sie nicht herausgenommen. Prüfe die Verbindung und versuche es noch einmal.',
  'sum.copy': 'Als Markdown kopieren',
  'sum.copy-failed': 'Kopieren klappte hier nicht. Speichere die Zusammenfassung als Datei.',
  'sum.save': 'Als {format} speichern',

  'script.title': 'Transkript',
  'script.span': {
    one: 'Eine Zeile, {from} bis {to}.',
    other: '{count} Zeilen, {from} bis {to}.',
  },
  'script.jump': 'Drücke auf eine Uhrzeit, um es im Film zu hören.',
  'script.engine': 'Geschrieben von {engine}. Es macht Fehler.',
  'script.play': 'Film ab {time} abspielen',
  'script.gone': '[zurückgenommen]',
  'script.gap': 'Aus von {from} bis {to}',
  'script.empty': 'Solange es an war, war nichts zu hören.',
  'script.empty.open': 'Bisher war nichts zu hören, solange es an war.',
  'script.loading': 'Das Transkript ist unterwegs zu dieser Seite.',
  'script.lost':
    'Das Transkript erreicht diese Seite gerade nicht. Sie versucht es von selbst wieder.',
  'script.find': 'Im Transkript suchen',
  'script.found': '{count} von {all} Zeilen',
  'script.found.none': 'Keine Zeile enthält diese Worte.',

  'mine.title': 'Alles, was von dir da ist',
  'mine.note':
    'Deine Spuren, deine Worte, dein Name, deine Belege und die Einträge über dich, in einem Archiv. Von anderen ist nichts darin.',
  'mine.save': 'Alles sichern',
  'mine.erase': 'Alles von mir löschen',
  'mine.ask': 'Alles von dir löschen?',
  'mine.goes': 'Deine Spuren, deine Worte und dein Name werden gelöscht.',
  'mine.again': 'Filme und Zusammenfassung entstehen neu ohne dich, für alle.',
  'mine.stays':
    'Einträge bleiben, die belegen, was erlaubt war, mit einem langen Zufallswort statt deines Namens. Deine Belege bleiben gültig.',
  'mine.undo': 'Das lässt sich nicht rückgängig machen.',
  'mine.yes': 'Alles löschen',
  'mine.no': 'Alles behalten',
  'part.title': 'Dein Teil',
  'part.several': 'Jede Funktion hat ihre eigene Wahl. Die eine ändert an den anderen nichts.',
  'part.note':
    'Dein Bild, deine Stimme und jeder Bildschirm, den du geteilt hast, mit seinem Ton. Entscheide an jedem Tag bis {day}.',
  'part.note.open':
    'Dein Bild, deine Stimme und jeder Bildschirm, den du geteilt hast, mit seinem Ton. Entscheide jetzt oder nach der Besprechung.',
  'part.note.transcript':
    'Deine Worte, mit deinem Namen und der Uhrzeit. Entscheide an jedem Tag bis {day}.',
  'part.note.transcript.open':
    'Deine Worte, mit deinem Namen und der Uhrzeit. Entscheide jetzt oder nach der Besprechung.',
  'part.note.summary':
    'Was die Zusammenfassung von dir zitiert und über dich sagt. Entscheide an jedem Tag bis {day}.',
  'part.note.summary.open':
    'Was die Zusammenfassung von dir zitiert und über dich sagt. Entscheide jetzt oder nach der Besprechung.',
  'part.stop': '*Stoppen* Aus meinem Teil entsteht nichts Neues. Was es gibt, bleibt bis {day}.',
  'part.stop.open':
    '*Stoppen* Aus meinem Teil entsteht nichts Neues. Was es gibt, bleibt bis zum Ende seiner Frist.',
  'part.erase':
    '*Stoppen und meinen Teil löschen* Meine Spuren werden gelöscht, und der Film entsteht neu ohne mich.',
  'part.erase.both':
    '*Stoppen und meinen Teil löschen* Meine Worte verschwinden aus Transkript und Zusammenfassung; sie wird neu geschrieben.',
  'part.erase.transcript':
    '*Stoppen und meinen Teil löschen* Meine Worte verschwinden aus dem Transkript.',
  'part.erase.summary':
    '*Stoppen und meinen Teil löschen* Meine Worte verschwinden aus der Zusammenfassung, und sie wird neu geschrieben.',
  'part.stopped':
    '*Gestoppt.* Aus deinem Teil entsteht nichts Neues. Was es gibt, bleibt bis {day}.',
  'part.stopped.open':
    '*Gestoppt.* Aus deinem Teil entsteht nichts Neues. Die Besprechung läuft noch: Um dort zu stoppen, drücke auf „Nicht erlauben“.',
  'part.resume': '*Das zurücknehmen* Aus meinem Teil darf wieder Neues entstehen.',
  'part.stop.failed': 'Das hat den Server nicht erreicht. Versuche es noch einmal.',
  'part.confirm': 'Deinen Teil löschen?',
  'part.confirm.tracks': {
    one: 'Deine {count} Spur wird gelöscht: {size} Bild und Ton.',
    other: 'Deine {count} Spuren werden gelöscht: {size} Bild und Ton.',
  },
  'part.confirm.film': 'Der Film entsteht neu ohne dich, für alle.',
  'part.confirm.transcript':
    'Deine Worte verschwinden aus dem Transkript. „[zurückgenommen]“ bleibt, mit der Uhrzeit.',
  'part.confirm.captions': 'Auch aus den Untertiteln des Films verschwinden sie.',
  'part.confirm.summary': 'Die Zusammenfassung wird ohne deine Worte neu geschrieben, für alle.',
  'part.confirm.name': 'Dein Name in den Worten anderer wird ersetzt, so gut es geht.',
  'part.confirm.undo':
    'Niemand kann das zurückholen, und Kopien, die jemand gespeichert hat, bleiben, wo sie sind.',
  'part.confirm.yes': 'Meinen Teil löschen',
  'part.confirm.no': 'Meinen Teil behalten',
  'part.sending': 'Wird weitergegeben',
  'part.erasing': 'Dein Teil wird gelöscht',
  'part.erasing.text': 'Deine Spuren werden gelöscht, und der Film entsteht neu ohne dich.',
  'part.erasing.both':
    'Deine Worte verschwinden aus Transkript und Zusammenfassung, und sie wird neu geschrieben.',
  'part.erasing.transcript': 'Deine Worte verschwinden aus dem Transkript.',
  'part.erasing.summary':
    'Deine Worte verschwinden aus der Zusammenfassung, und sie wird neu geschrieben.',
  'part.erased': 'Dein Teil ist gelöscht',
  'part.erased.text':
    'Bild, Stimme und Bildschirme von dir sind gelöscht. Der Film entsteht ohne dich. Deine Belege bleiben deine.',
  'part.erased.both':
    'Deine Worte sind aus Transkript und Zusammenfassung gelöscht. Dein Name in den Worten anderer ist ersetzt, so gut es ging. Deine Belege bleiben deine.',
  'part.erased.transcript':
    'Deine Worte sind aus dem Transkript gelöscht. Dein Name in den Worten anderer ist ersetzt, so gut es ging. Deine Belege bleiben deine.',
  'part.erased.summary':
    'Deine Worte sind aus der Zusammenfassung gelöscht. Dein Name in den Worten anderer ist ersetzt, so gut es ging. Deine Belege bleiben deine.',

  'down.title': 'Downloads',
  'down.film': 'Film',
  'down.captions': 'Untertitel',
  'down.transcript': 'Transkript',
  'down.summary': 'Zusammenfassung',
  'down.highlights': 'Auszüge',
  'down.text': 'Text',
  'down.receipts': 'Meine Belege',
  'down.receipts.count': {
    one: '{count} Beleg',
    other: '{count} Belege',
  },
  'down.proof': 'Nachweis zu meinen Belegen',
  'down.proof.note': 'aus dem Verzeichnis der Siegel',
  'down.export': 'Alles mit seinem Nachweis',
  'down.export.note': 'offline prüfbar',
  'down.tracks': 'Einzelne Spuren',
  'down.tracks.note':
    'So, wie sie erfasst wurden: eine Datei für jedes Mikrofon, jede Kamera, jeden Bildschirm und seinen Ton.',
  'down.tracks.count': {
    one: '{count} Spur, {size}',
    other: '{count} Spuren, {size}',
  },
  'down.source.microphone': 'Mikrofon',
  'down.source.camera': 'Kamera',
  'down.source.screen': 'Geteilter Bildschirm',
  'down.source.screen-audio': 'Ton des geteilten Bildschirms',
  'down.track': '{source}, {time}',
  'down.recovered': 'Nach einem Absturz gerettet; das Ende kann fehlen.',
  'down.none': 'Es gibt nichts herunterzuladen.',

  'door.sign-in': 'Diese Seite ist für alle, die dabei waren',
  'door.sign-in.text':
    'Öffne sie in dem Browser, mit dem du dabei warst. Oder nimm den Link „Was aufbewahrt wird“ vom Ende der Besprechung.',
  'door.cookies': 'Dieser Browser behält für diese Seite kein Cookie',
  'door.cookies.text':
    'Die Seite braucht eines, um zu zeigen, was aufbewahrt ist. Erlaube Websitedaten für diese Adresse und nimm dann noch einmal den Link „Was aufbewahrt wird“.',
  'door.wrong': 'Dieser Link passt nicht',
  'door.wrong.text':
    'Jede Person hat ihren eigenen Link, und er gilt nur als Ganzes. Kopiere „Was aufbewahrt wird“ vom Ende der Besprechung noch einmal.',
  'door.gone': 'Von dieser Besprechung ist nichts mehr da',
  'door.gone.text':
    'Was erfasst wurde, wird am Ende seiner Frist gelöscht. Belege gehören dir und bleiben bei dir.',
  'door.gone.on':
    'Was erfasst wurde, ist am {day} gelöscht worden. Belege gehören dir und bleiben bei dir.',
  'door.out': 'Der Link ist hier vergessen',
  'door.out.text': 'Mit dem Link „Was aufbewahrt wird“ vom Ende der Besprechung kommst du zurück.',
  'door.unreachable': 'Der Server ist nicht erreichbar',
  'door.unreachable.text': 'Verloren ist nichts. Prüfe die Verbindung und versuche es noch einmal.',

  'promise.title': 'Was Gatekeeper verspricht',
  'promise.lead':
    'Nichts in einer Besprechung wird aufgezeichnet, zusammengefasst oder von KI entworfen, außer alle im Raum sagen Ja. Ein Nein kostet niemanden etwas. Jedes Ja lässt sich beweisen.',
  'promise.always': 'Was immer gilt',
  'promise.unanimity': 'Alle, oder gar nicht',
  'promise.unanimity.text':
    'Eine Funktion läuft nur, solange jede Person im Raum sie erlaubt, im gültigen Wortlaut. Der Gastgeber zählt wie alle. Ein Telefon oder ein Gerät auch.',
  'promise.silence': 'Keine Antwort ist ein Nein',
  'promise.silence.text':
    'Die Frage schließen, Escape, neu laden, Verbindung verloren: alles zählt als Nein.',
  'promise.free': 'Ein Nein kostet nichts',
  'promise.free.text': 'Du behältst Platz, Stimme, Bild und Chat, was immer du wählst.',
  'promise.at-once': 'Ein Nein gilt sofort',
  'promise.at-once.text':
    'Ein Druck auf „Nicht erlauben“ stoppt die Funktion für alle. Er wartet auf nichts. Ein Ja wartet, bis es festgehalten ist.',
  'promise.before': 'Erst anhalten, dann einlassen',
  'promise.before.text':
    'Hat jemand Neues nicht Ja gesagt, stoppt die Funktion, bevor die Person eintritt. Kein Wort und kein Bild von ihr kommt hinein.',
  'promise.off': 'Aus heißt: nichts wird geschrieben',
  'promise.off.text':
    'Ist eine Funktion aus, bekommt der Server dafür weder Bild noch Ton. Was dann gesagt wird, kommt auch später nicht hinein.',
  'promise.secret': 'Deine Wahl ist geheim',
  'promise.secret.text':
    'Niemand erfährt, wer Nein gesagt oder nicht geantwortet hat: nicht der Gastgeber, nicht die Betreiber, kein Protokoll. Ein Nein wird nie aufgeschrieben. Jeder Grund für „aus“ sieht gleich aus.',
  'promise.receipt': 'Dein Ja gehört dir',
  'promise.receipt.text':
    'Dein Browser unterschreibt es mit einem Schlüssel nur für diese Besprechung, niemand kann es erfinden. Du bekommst einen Beleg, und noch einen, wenn du es zurücknimmst.',
  'promise.erase': 'Dein Teil kann weg',
  'promise.erase.text':
    'Bis die Zeit um ist, kannst du deinen Teil löschen, im Raum oder danach. Deine Spuren und deine Worte verschwinden, dein Name auch. Film und Zusammenfassung entstehen neu ohne dich.',
  'promise.ask': 'Einmal gefragt',
  'promise.ask.text':
    'Eine Frage kommt einmal. Fragt der Gastgeber wieder, sieht, wer Nein gesagt hat, nur ein stilles Zeichen. Ein neuer Wortlaut wird neu gefragt.',
  'promise.limits': 'Was es nicht kann',
  'promise.camera': 'Jeder kann einen Bildschirm filmen',
  'promise.camera.text':
    'Ein Telefon vor dem Bildschirm oder ein Programm auf einem fremden Rechner ist außer Reichweite. Gatekeeper bestimmt nur, was dieser Server erfasst.',
  'promise.few': 'Wenige Leute, wenig Geheimnis',
  'promise.few.text': 'Zu zweit ist kein Geheimnis, wer Nein gesagt hat, zu dritt kaum eines.',
  'promise.copies': 'Kopien bleiben, wo sie sind',
  'promise.copies.text':
    'Was jemand auf dem eigenen Rechner gespeichert hat, lässt sich dort nicht zurückholen.',
  'promise.sent': 'Worte, die anderswohin gingen',
  'promise.sent.text':
    'Nutzt eine Funktion ein Modell auf einem anderen Server, steht das auf ihrer Karte. Was dorthin ging, lässt sich von hier nicht zurückholen.',
  'promise.others': 'Was andere über dich sagen',
  'promise.others.text':
    'Löschst du deinen Teil, wird dein Name in den Worten anderer ersetzt, so gut es geht. Ihre Worte bleiben ihre.',
  'promise.wrong': 'Maschinen verhören sich',
  'promise.wrong.text':
    'Transkript und Zusammenfassung machen Fehler. Jede Zeile der Zusammenfassung zeigt, worauf sie beruht, und ein Druck nimmt eine falsche für alle heraus.',
  'promise.who': 'Es sieht nicht, wer neben dir sitzt',
  'promise.who.text':
    'Eine zweite Person vor deiner Kamera wird nicht gefragt. Frag sie selbst, bevor du Ja sagst.',
  'promise.back': 'Raum öffnen oder beitreten',

  // ---- Was geschieht, wenn man auf „Erlauben“ drückt ------------------------------
  'allow.link': 'Was geschieht, wenn du auf „Erlauben“ drückst',
  'steps.yes': 'Wenn du es erlaubst',
  'steps.signed': 'Dein Browser unterschreibt dein Ja. Sonst kann das niemand für dich.',
  'steps.waits': 'Es wartet, bis alle hier Ja sagen. Niemand sieht, wer es schon getan hat.',
  'steps.written': 'Der Server schreibt jedes Ja auf. Du bekommst einen Beleg.',
  'steps.sent':
    'Dein Browser schickt dem Server eine Kopie von dem, was er braucht. Alle sehen das Zeichen.',
  'steps.stops': 'Drück auf „Nicht erlauben“, und es hört sofort auf, für alle.',
  'steps.no': 'Wenn du es nicht erlaubst oder nichts drückst',
  'steps.same': 'Du behältst deinen Platz, deine Stimme, dein Bild und deinen Chat.',
  'steps.off': 'Die Funktion bleibt für alle aus.',
  'steps.untold': 'Niemand erfährt es. Ein Nein wird nie aufgeschrieben.',
  'steps.later': 'Du kannst später Ja sagen und wieder Nein, so oft du willst.',
  'steps.more': 'Alles auf einer Seite lesen',
  'allow.title': 'Was geschieht, wenn du auf „Erlauben“ drückst',
  'allow.lead':
    'Dein Druck allein startet nichts. Eine Funktion läuft erst, wenn auch die letzte Person im Raum Ja gesagt hat, und sie endet mit dem ersten Nein.',
  'allow.yes': 'Wenn du auf „Erlauben“ drückst',
  'allow.signed': 'Dein Browser unterschreibt',
  'allow.signed.text':
    'Er unterschreibt dein Ja zu dieser Funktion, in diesem Raum und in diesem Wortlaut, mit einem Schlüssel, der deinen Browser nie verlässt. Niemand kann für dich Ja sagen.',
  'allow.waits': 'Dein Ja wartet auf alle',
  'allow.waits.text':
    'Solange eine Person nicht Ja gesagt hat, startet nichts. Niemand sieht, wer geantwortet hat und wer nicht.',
  'allow.written': 'Zuerst wird es festgehalten',
  'allow.written.text':
    'Bevor etwas startet, steht jedes Ja in einem Verzeichnis, in dem keine Änderung unbemerkt bleibt. Du bekommst einen Beleg, den du speichern kannst.',
  'allow.starts': 'Das Zeichen geht an',
  'allow.starts.text':
    'Alle sehen das Zeichen, solange die Funktion läuft. Erst jetzt schickt dein Browser dem Server eine Kopie dessen, was die Funktion braucht, und sonst nichts.',
  'allow.newcomer': 'Jemand kommt dazu',
  'allow.newcomer.text':
    'Wer nicht schon Ja gesagt hat, kommt erst herein, wenn die Funktion angehalten hat.',
  'allow.stopped': 'Du überlegst es dir anders',
  'allow.stopped.text':
    'Ein Druck auf „Nicht erlauben“ beendet die Funktion für alle, sofort und jederzeit. Dann wählst du, ob das, was es von dir gibt, bleibt oder gelöscht wird.',
  'allow.after': 'Danach',
  'allow.after.text':
    'Du hast eine eigene Seite, ohne Konto: was aufgehoben wurde, während du da warst, bis wann, deine Belege und einen Weg, deinen Teil zu löschen.',
  'allow.no': 'Wenn du auf „Nicht erlauben“ drückst, oder auf nichts',
  'allow.same': 'Alles andere bleibt, wie es ist',
  'allow.same.text':
    'Du behältst deinen Platz, deine Stimme, dein Bild und deinen Chat. Die Besprechung geht weiter; die Funktion bleibt aus.',
  'allow.untold': 'Niemand erfährt es',
  'allow.untold.text':
    'Weder der Gastgeber noch die anderen, noch wer den Server betreibt. Ein Nein wird nie aufgeschrieben. Zu zweit kann es sich die andere Person allerdings denken.',
  'allow.later': 'Du kannst dich später anders entscheiden',
  'allow.later.text':
    'Dein Schalter bleibt im Raum, in beide Richtungen, so oft du willst. Die Frage selbst kommt nicht von allein wieder.',

  'asked.title': 'Wonach in dieser Besprechung gefragt werden kann',
  'asked.lead':
    'Nichts davon läuft, solange nicht alle im Raum zu genau diesem Wortlaut Ja sagen. Ein Nein ändert sonst nichts.',
  'asked.here': 'Dieser Server führt es aus.',
  'asked.elsewhere':
    'Ein anderes Programm führt es aus, solange alle zustimmen: Dieser Server erlaubt es ihm für jeweils einen Moment.',
  'asked.none': 'In dieser Besprechung wird nach nichts gefragt.',
  'asked.meeting': 'Zur Besprechung, in der jede Person selbst wählt',

  // ---- Check ---------------------------------------------------------------------
  'check.link': 'Kamera, Mikrofon und Verbindung prüfen',
  'check.title': 'Kamera, Mikrofon und Verbindung',
  'check.lead':
    'Diese Seite sieht nach, ob du zu sehen und zu hören sein wirst. Bild und Ton bleiben auf deinem Gerät, und niemand erfährt, was sie findet.',
  'check.state.waiting': 'noch offen',
  'check.state.ok': 'gut',
  'check.state.bad': 'braucht etwas',
  'check.sum.waiting': 'Einiges ist noch offen.',
  'check.sum.ok': 'Alles ist gut. Du kannst diese Seite schließen und beitreten.',
  'check.sum.bad': 'Etwas braucht deine Aufmerksamkeit.',
  'check.browser': 'Browser',
  'check.browser.ok': 'Er kann, was eine Besprechung braucht.',
  'check.browser.insecure':
    'Diese Seite wurde ohne Verschlüsselung geöffnet, deshalb gibt der Browser weder Kamera noch Schlüssel. Öffne die Adresse mit https://.',
  'check.browser.keyless':
    'Er macht keinen Schlüssel, mit dem du deine Wahl unterschreiben kannst. Nimm einen anderen Browser.',
  'check.browser.callless':
    'Er macht keine Anrufe: WebRTC fehlt oder ist abgeschaltet. Schalte es in den Einstellungen oder Erweiterungen ein, oder nimm einen anderen Browser.',
  'check.server': 'Server',
  'check.server.waiting': 'Er wird gefragt.',
  'check.server.ok':
    'Er antwortet, auf Anfragen und über die Verbindung, die eine Besprechung braucht.',
  'check.server.unreachable': 'Er antwortet nicht. Prüfe dein Netz und lade diese Seite neu.',
  'check.server.socket-blocked':
    'Er antwortet, aber die Verbindung, die eine Besprechung braucht (ein WebSocket), kommt nicht zustande. Schalte VPN, Proxy oder Filter ab, versuche ein anderes Netz, oder sag es denen, die diesen Server betreiben.',
  'check.loop': 'Anrufe',
  'check.loop.waiting': 'Der Browser ruft sich selbst an.',
  'check.loop.ok':
    'Der Browser macht Anrufe: Er hat sich selbst erreicht. Ob er die anderen erreicht, zeigt sich im Raum, denn erst dort erfährt er von Relais.',
  'check.loop.failed':
    'Der Browser kann nicht einmal sich selbst anrufen. Eine Erweiterung, eine Firewall auf diesem Gerät oder eine Einstellung sperrt WebRTC. Schalte das ab, oder nimm einen anderen Browser.',
  'check.device.off': 'Es ist aus. Schalte es neben dem Bild ein.',
  'check.device.waiting': 'Vielleicht fragt dich der Browser danach. Erlaube es dort.',
  'check.microphone': 'Mikrofon',
  'check.microphone.silent':
    'Sag etwas. Bewegt sich nichts, wähle ein anderes Mikrofon, oder sieh nach, ob es stumm ist.',
  'check.microphone.ok': 'Du bist zu hören.',
  'check.camera': 'Kamera',
  'check.camera.ok': 'Du bist zu sehen.',
  'check.speaker': 'Lautsprecher',
  'check.speaker.play': 'Ton abspielen',
  'check.speaker.waiting': 'Spiele den Ton ab. Hörst du ihn?',
  'check.speaker.ok':
    'Der Ton wurde abgespielt. Hast du ihn nicht gehört, mach lauter, oder wähle einen anderen Lautsprecher.',
  'check.speaker.failed':
    'Der Ton ließ sich nicht abspielen. Wähle einen anderen Lautsprecher und versuche es noch einmal.',
  'verify.link': 'Beleg prüfen',
  'verify.title': 'Prüfen, was man bekommen hat',
  'verify.lead':
    'In einfachen Worten: was ein Beleg, ein Nachweis oder eine andere Datei beweist, und was nicht.',
  'verify.local': 'Nichts wird hochgeladen. Ist diese Seite geladen, braucht sie kein Netz mehr.',
  'verify.files': 'Dateien',
  'verify.drop': 'Dateien hier ablegen oder auswählen',
  'verify.drop.note':
    'Belege, Besprechungen mit Nachweis, Filme, Nachweise und Stände des Verzeichnisses, Prüfberichte, öffentliche Schlüssel. Was zusammengehört, zusammen ablegen.',
  'verify.paste': 'Oder den Text einfügen',
  'verify.paste.check': 'Text prüfen',
  'verify.pasted': 'Eingefügter Text',
  'verify.again': 'Von vorn beginnen',
  'verify.results': 'Ergebnis',
  'verify.busy': 'Es wird geprüft.',
  'verify.sum.good': 'Alles hält.',
  'verify.sum.bad': 'Nicht alles hält.',
  'verify.sum.unknown': 'Nicht alles lässt sich prüfen.',
  'verify.state.good': 'hält',
  'verify.state.bad': 'hält nicht',
  'verify.state.unknown': 'nicht prüfbar',
  'verify.kind.receipt': 'Beleg',
  'verify.kind.audit': 'Prüfbericht',
  'verify.kind.proof': 'Nachweis des Verzeichnisses',
  'verify.kind.checkpoint': 'Stand des Verzeichnisses',
  'verify.kind.log-keys': 'Schlüssel eines Verzeichnisses',
  'verify.kind.gate-keys': 'Schlüssel eines Tors',
  'verify.kind.file': 'Datei',
  'verify.kind.feed': 'Was zurückgenommen wurde',
  'verify.proves.feed':
    'Bis zu diesen Tagen hat der Server allen gesagt, welche Dateien nicht mehr verwendet werden dürfen. Unbemerkt zurücknehmen kann er das nicht.',
  'verify.lacks.feed':
    'Warum oder wessen sie waren. Auch nicht, was nach dem letzten Tag zurückgenommen wurde.',
  'verify.feed.days': 'Es reicht vom {first} bis zum {last}.',
  'verify.export.until':
    'Bis Ende {day} wurde nichts davon zurückgenommen. Was seither war, ist hier nicht bekannt.',
  'verify.kind.export': 'Besprechung mit Nachweis',
  'verify.kind.own-copy': 'Deine eigene Kopie',
  'verify.kind.media': 'Film oder Spur',
  'verify.proves': 'Was das beweist',
  'verify.proves.receipt':
    'Jemand hat das zu genau diesen Worten gesagt, mit dem Schlüssel, den ein Browser für diese Besprechung gemacht hat. Das Tor hat es aufgeschrieben.',
  'verify.proves.audit':
    'Das Tor hat unterschrieben, was wann lief und dass so viele Menschen ein Ja zu diesen Worten unterschrieben hatten.',
  'verify.proves.proof':
    'Was er nennt, steht in einer versiegelten Besprechung, und die im Verzeichnis. Der Server kann es nicht unbemerkt wieder entfernen.',
  'verify.proves.checkpoint':
    'Das Verzeichnis hat unterschrieben, dass es so groß war und diesen Inhalt hatte.',
  'verify.proves.export':
    'Alle auf einer Spur hatten ein Ja zu genau dem unterschrieben, in genau diesen Worten, während sie aufgenommen wurde. Ein Film besteht, so sagt das Tor, aus diesen Spuren und sonst nichts.',
  'verify.proves.own-copy':
    'Die Belege darin halten, und ihre Dateien sind die, von denen die Kopie des Protokolls darin spricht.',
  'verify.proves.media':
    'Das ist als Ganzes, wovon der Export daneben spricht. Alle darin hatten ein Ja zu genau dem unterschrieben.',
  'verify.proves.keys': 'Für sich nichts. Andere Dateien werden damit geprüft.',
  'verify.lacks': 'Was das nicht beweist',
  'verify.lacks.receipt':
    'Wer dieser Mensch ist oder ob die Worte gelesen wurden. Auch nicht, dass es nie zurückgenommen wurde: Dafür gibt es einen eigenen Beleg.',
  'verify.lacks.audit':
    'Die Unterschriften der Menschen, die nicht darin stehen: Es ist das Wort des Tors. Auch nicht, wer sie sind.',
  'verify.lacks.proof':
    'Was die Einträge sagen oder zu welcher Besprechung sie gehören: Leg die Belege dazu. Auch nicht, dass alle dasselbe Verzeichnis sehen.',
  'verify.lacks.checkpoint':
    'Was im Verzeichnis steht. Bewahr ihn auf: Wer ihn hat, kann später zeigen, dass das Verzeichnis verändert wurde.',
  'verify.lacks.export':
    'Wer die Menschen sind, dass sonst niemand zu sehen oder zu hören ist oder dass seither nichts zurückgenommen wurde.',
  'verify.lacks.own-copy':
    'Dass nichts weggelassen wurde: Als Ganzes hat sie niemand unterschrieben.',
  'verify.lacks.media': 'Wer die Menschen sind oder dass seither nichts zurückgenommen wurde.',
  'verify.lacks.keys': 'Wem sie gehören. Hol sie vom Server, solange du ihm vertraust.',
  'verify.signer.named': 'Unterschrieben mit einem der Schlüssel, die du genannt hast.',
  'verify.signer.here':
    'Unterschrieben mit dem Schlüssel dieses Servers, wie er ihn beim Laden der Seite nannte.',
  'verify.signer.other':
    'Unterschrieben mit dem Schlüssel {kid}. Wem der gehört, kann diese Seite nicht sagen: Vergleich ihn mit dem, was der Server der Besprechung veröffentlicht.',
  'verify.log': 'Er steht im Verzeichnis {origin}, als Eintrag {index} von {size}.',
  'verify.log.none':
    'Ob er im Verzeichnis der Siegel steht: Leg den Nachweis von der Seite danach dazu.',
  'verify.state': 'Das Verzeichnis {origin} hatte {size} Einträge.',
  'verify.audit.meeting': 'Besprechung {meeting}, berechnet am {day}.',
  'verify.audit.opening': '{name}: {from} bis {to}. Menschen: {people}.',
  'verify.audit.on': 'jetzt',
  'verify.export.since': 'Ob seit {day} etwas zurückgenommen wurde, ist hier nicht bekannt.',
  'verify.export.film':
    'Im Film {from} bis {to}: Spuren von {people} Menschen, nach dem unterschriebenen Wort des Tors.',
  'verify.copy.files':
    'Belege, die halten: siehe oben. Dateien, wie die Kopie des Protokolls sagt: {files}.',
  'verify.about': 'Es geht um: {where}',
  'verify.code': 'Kennung: {code}',
  'verify.print': 'Drucken',
  'verify.save': 'Speichern',
  'verify.save.readable': 'Als JSON speichern',
  'verify.open': 'Als Seite lesen',
  'verify.open.label': 'Als Seite lesen: {name}, {time}',
  'verify.elsewhere': 'Ohne diese Seite',
  'verify.elsewhere.text':
    'Dieselben Prüfungen stehen in einer Datei, für jeden Rechner mit Python und ohne Netz:',
  'verify.elsewhere.file': 'Datei speichern',
  'verify.elsewhere.keys': 'Schlüssel des Tors dieses Servers',
  'verify.elsewhere.log': 'Schlüssel seines Verzeichnisses',
  'verify.elsewhere.note':
    'Speichere die Schlüssel, solange du dem Server vertraust. Geheim ist daran nichts.',
  'verify.fault.kind-unknown':
    'Es ist keine der Dateien, die sich hier prüfen lassen. Ein ganzes Protokoll prüft der Befehl des Servers.',
  'verify.fault.too-large': 'Es ist zu groß für das, was es sein soll.',
  'verify.fault.key-needed': 'Der Schlüssel dazu fehlt: Leg die öffentlichen Schlüssel dazu.',
  'verify.fault.jws-malformed': 'Es ist kein unterschriebener Text in der richtigen Form.',
  'verify.fault.header-invalid': 'Sein Kopf gehört zu nichts, was ein Tor unterschreibt.',
  'verify.fault.key-invalid': 'Der Schlüssel taugt nicht oder ist nicht der, den er nennt.',
  'verify.fault.key-foreign': 'Keiner der genannten Schlüssel hat es unterschrieben.',
  'verify.fault.signature-invalid': 'Es wurde verändert, nachdem das Tor es unterschrieben hatte.',
  'verify.fault.json-invalid': 'Was unterschrieben wurde, ist nicht lesbar.',
  'verify.fault.not-canonical': 'Was unterschrieben wurde, hat nicht die eine Form, die zählt.',
  'verify.fault.member-invalid': 'Darin fehlt etwas, ist etwas zu viel oder nicht in seiner Form.',
  'verify.fault.participant-key-invalid': 'Der Schlüssel der Person bindet niemanden.',
  'verify.fault.grant-malformed': 'Das Ja hat nicht die richtige Form.',
  'verify.fault.grant-signature-invalid':
    'Das Ja wurde nach dem Unterschreiben verändert, oder jemand anders hat unterschrieben.',
  'verify.fault.grant-subject-foreign':
    'Das Ja nennt jemand anders als die Person, die unterschrieben hat.',
  'verify.fault.grant-other': 'Das Ja gilt einer anderen Besprechung, Funktion oder Antwort.',
  'verify.fault.withdrawal-malformed': 'Die Rücknahme hat nicht die richtige Form.',
  'verify.fault.withdrawal-signature-invalid':
    'Die Rücknahme wurde nach dem Unterschreiben verändert, oder jemand anders hat unterschrieben.',
  'verify.fault.withdrawal-subject-foreign':
    'Die Rücknahme nennt jemand anders als die Person, die unterschrieben hat.',
  'verify.fault.withdrawal-other':
    'Die Rücknahme gilt einer anderen Besprechung, Funktion oder Antwort.',
  'verify.fault.wording-other': 'Das Ja galt anderen Worten als diesen.',
  'verify.fault.event-contradicted': 'Er ist von einem Ja und trägt dessen Rücknahme.',
  'verify.fault.record-contradicted': 'Seine Aufzeichnung widerspricht dem Rest.',
  'verify.fault.copy-differs': 'Was darin zu lesen ist, ist nicht, was unterschrieben wurde.',
  'verify.fault.proof-malformed': 'Es ist kein Nachweis in der richtigen Form.',
  'verify.fault.proof-empty': 'Er sagt über nichts etwas.',
  'verify.fault.places-malformed': 'Was er über die Besprechung sagt, hat nicht die richtige Form.',
  'verify.fault.log-key-invalid': 'Es ist kein Schlüssel eines Verzeichnisses.',
  'verify.fault.note-malformed': 'Der Stand des Verzeichnisses hat nicht die richtige Form.',
  'verify.fault.note-unsigned':
    'Niemand, dessen Schlüssel bekannt ist, hat den Stand des Verzeichnisses unterschrieben.',
  'verify.fault.note-signature-invalid':
    'Der Stand des Verzeichnisses wurde nach dem Unterschreiben verändert.',
  'verify.fault.checkpoint-malformed': 'Es ist kein Stand eines Verzeichnisses.',
  'verify.fault.checkpoint-foreign': 'Es ist der Stand eines anderen Verzeichnisses.',
  'verify.fault.checkpoints-contradict':
    'Zwei Stände eines Verzeichnisses widersprechen sich: Jemandem wurde ein anderes gezeigt.',
  'verify.fault.meeting-other': 'Der Nachweis ist von einer anderen Besprechung.',
  'verify.fault.entry-other': 'Der Nachweis gilt anderen Einträgen.',
  'verify.fault.inclusion-invalid': 'Der Nachweis führt zu einem anderen Verzeichnis.',
  'verify.fault.audit-contradicted': 'Was er sagt, widerspricht sich.',
  'verify.fault.feed-malformed': 'Es ist keine Liste von Zurückgenommenem.',
  'verify.fault.feed-gap': 'Ihre Seiten folgen nicht aufeinander: Es fehlen welche.',
  'verify.fault.taken-back': 'Es wurde zurückgenommen und darf nicht mehr verwendet werden.',
  'verify.fault.export-needed':
    'Die Besprechung mit Nachweis fehlt: Leg ihr Archiv zum Film oder zur Spur.',
  'verify.fault.archive-invalid': 'Das Archiv ist nicht lesbar.',
  'verify.fault.archive-contradicted': 'Was im Archiv steht, widerspricht sich.',
  'verify.fault.export-unlisted': 'Darin liegt eine Datei, die seine Liste nicht nennt.',
  'verify.fault.export-missing': 'Eine Datei, die seine Liste nennt, fehlt.',
  'verify.fault.export-changed': 'Eine Datei ist nicht die, die ausgegeben wurde.',
  'verify.fault.account-contradicted':
    'Was es über einen Teil der Besprechung sagt, widerspricht sich.',
  'verify.fault.account-missing':
    'Darin liegt eine Datei, von der die Aufzeichnung der Besprechung nichts sagt.',
  'verify.fault.leaves-invalid': 'Eine Spur weicht von dem ab, was aufgeschrieben ist.',
  'verify.fault.edits-contradicted': 'Von einem Film wird gesagt, er zeige, was kein Ja deckt.',
  'verify.fault.film-unknown':
    'Es ist weder der Film noch eine ganze Spur dieser Besprechung. Einen Ausschnitt einer Spur prüft der Befehl des Servers.',
  'verify.fault.audit-faulty':
    'Das Tor sagt selbst, dass die Aufzeichnung dieser Besprechung nicht hält.',
}
