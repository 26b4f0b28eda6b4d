/** @import {Texts} from './words.js' */

/** Español. Frases cortas, en presente, quien lee es «usted». @type {Texts} */
export const texts = {
  brand: 'Gatekeeper',
  'brand.home': 'Gatekeeper, página de inicio',
  'promise.link': 'Lo que promete Gatekeeper',
  'foot.imprint': 'Aviso legal',
  'foot.privacy': 'Privacidad',
  'language.label': 'Idioma',
  'language.failed': '{name} no llegó aquí. Compruebe su conexión y elija el idioma otra vez.',
  'skip.join': 'Ir al botón para entrar',

  'start.title': 'Reunirse. Solo se capta lo que todos permiten',
  'start.lead':
    'La grabación, la transcripción, el resumen y los borradores por IA solo funcionan mientras todos en la sala los permiten. Decir que no a nadie le cuesta su sitio, su voz ni su imagen.',
  'start.open': 'Abrir una sala',
  'start.name': '¿De qué trata la reunión?',
  'start.features': '¿Qué se puede pedir en esta sala?',
  'start.features.note':
    'Ofrecer no es empezar: se pregunta a cada persona, y la falta de respuesta cuenta como un no. Una sala puede no ofrecer nada.',
  'start.knock': 'Dejar entrar a la gente de una en una',
  'start.knock.note': 'Quien llega espera a que usted le deje entrar.',
  'start.submit': 'Abrir la sala',
  'start.submitting': 'Abriendo la sala',
  'start.join': 'Entrar en una reunión',
  'start.link': 'Enlace de invitación',
  'start.link.go': 'Ir a la reunión',
  'start.link.wrong': 'Esto no es un enlace de invitación. Se parece a {example}.',
  'start.name.missing': 'Ponga un título a la sala.',
  'start.failed': 'La sala no se pudo abrir. Compruebe su conexión e inténtelo otra vez.',
  'sign-in.needed':
    'En este servidor hay que iniciar sesión para abrir una sala. Para entrar en una no hace falta.',
  'sign-in.ended': 'Su sesión ha terminado. Iníciela otra vez: lo que escribió sigue aquí.',
  'sign-in.token': 'Clave de acceso',
  'sign-in.token.missing':
    'Escriba la clave de acceso que le dieron los responsables de este servidor.',
  'sign-in.go': 'Iniciar sesión',
  'sign-in.going': 'Iniciando sesión',
  'sign-in.in': 'La sesión está iniciada.',
  'sign-in.as': 'Sesión iniciada como {name}',
  'sign-in.with': 'Sesión iniciada con la clave de acceso «{name}»',
  'sign-in.out': 'Cerrar sesión',
  'sign-in.gone': 'La sesión está cerrada.',
  'created.title': 'La sala está abierta',
  'created.lead': '{title} · puede entrar quien tenga el enlace de invitación.',
  'created.lead.knock':
    '{title} · quien tenga el enlace de invitación puede pedir entrar. Usted le deja entrar.',
  'created.invite': 'Enlace de invitación, para todos',
  'created.enter': 'Entrar como anfitrión',
  'created.host.note':
    'El anfitrión puede pedir a todos una función, pararla y terminar la reunión. Su voz cuenta como la de cualquiera, y no ve la decisión de nadie.',
  'created.another': 'Abrir otra sala',
  'qr.title': 'Código QR',
  'qr.alt': 'Código QR del enlace de invitación',
  'qr.note': 'Un teléfono que apunta hacia él abre la invitación.',
  'qr.enlarge': 'Ver en grande',
  'qr.save': 'Guardar',
  'qr.save.label': 'Guardar el código QR',
  'calendar.title': 'Para su calendario',
  'calendar.note':
    'Un archivo con la invitación y con lo que se puede pedir en esta sala. Su enlace de anfitrión no está en él. La sala espera hasta el {when} a que alguien venga. Cuando todos se hayan ido otra vez, se cierra.',
  'calendar.day': 'Día',
  'calendar.time': 'Comienzo',
  'calendar.length': 'Duración',
  'calendar.zone': 'En su zona horaria: {zone}',
  'calendar.save': 'Guardar el archivo de calendario',
  'calendar.saving': 'Creando el archivo de calendario',
  'calendar.saved': 'Guardado como {name}',
  'calendar.unset': 'Elija un día y una hora.',
  'calendar.past': 'Esa hora ya ha pasado',
  'calendar.past.text': 'Elija una hora que aún esté por venir.',
  'calendar.late': 'Para entonces la sala ya no existe',
  'calendar.late.text':
    'Si nadie viene, la sala desaparece después del {when}. Elija una hora anterior, o abra una sala cuando falten menos días.',
  'calendar.failed':
    'El archivo de calendario no se pudo crear. Compruebe su conexión e inténtelo otra vez.',
  'invite.join': 'Por aquí se entra en la reunión:',
  'invite.asked': 'Esto se le puede pedir en esta sala:',
  'invite.choose':
    'Usted decide en la sala, con el texto completo a la vista. Con un clic cambia de opinión, en cualquier momento.',
  copy: 'Copiar',
  'copy.link': 'Copiar el enlace de invitación',
  'copy.about': 'Copiar: {label}',
  copied: 'Copiado',
  comma: '{before}, {after}',

  'lobby.title': '¿Todo listo para entrar?',
  'lobby.opened': 'Abierta el {when}',
  'lobby.host': 'Entra como anfitrión.',
  'lobby.preview': 'La imagen de su cámara',
  'lobby.name': 'Su nombre',
  'lobby.name.missing': 'Escriba el nombre que ven los demás.',
  'lobby.forget': 'Olvidarme en este navegador',
  'lobby.forgotten':
    'Aquí ya no se recuerdan su nombre ni sus dispositivos. Sus recibos se quedan.',
  'lobby.join': 'Entrar en la sala',
  'lobby.joining': 'Entrando en la sala',
  'wait.told':
    '*Espera a que le dejen entrar.* El anfitrión ya lo sabe, y usted entra sin hacer nada en cuanto le abra. Hasta entonces nadie le ve ni le oye.',
  'wait.cut':
    '*Conexión perdida.* Intentando llegar otra vez a la sala. Después, el anfitrión sabrá de nuevo que usted espera.',
  'wait.stop': 'Dejar de esperar',
  'lobby.join.note': 'Puede entrar con cualquier decisión, o sin ninguna.',
  'lobby.no-calls':
    '*Este navegador no hace llamadas:* WebRTC falta o está desactivado. Puede entrar, escribir en el chat y decidir. Nadie le ve ni le oye. Usted no ve ni oye a nadie, y en una grabación no puede haber nada suyo.',
  'cannot.title': 'No puede entrar desde esta página',
  'cannot.insecure':
    'Se abrió por http, sin cifrado. Entonces los navegadores no dan a una página micrófono, cámara ni clave con la que firmar sus decisiones.',
  'cannot.insecure.you':
    '*Lo que puede hacer:* abra la sala por su dirección https, o pídala a quien le invitó.',
  'cannot.insecure.admin':
    '*Si usted lleva este servidor:* ponga delante un proxy con TLS. En la propia máquina también sirve localhost.',
  'cannot.keyless':
    'Este navegador no crea una clave con la que firmar sus decisiones: falta Web Crypto.',
  'cannot.keyless.you': '*Lo que puede hacer:* abra la sala en otro navegador.',
  'lobby.choices': 'Sus decisiones',
  'lobby.choices.note':
    'Una función solo está en marcha mientras todos en la sala la permiten. La falta de respuesta cuenta como un no. Negarse deja todo lo demás igual: conserva su sitio, su voz y su imagen.',
  'lobby.nothing': 'Esta sala no ofrece nada que capte la reunión. No hay nada que decidir.',
  'lobby.all.group': 'Todas las funciones a la vez',
  'lobby.all': 'Permitir todo',
  'lobby.none': 'No permitir nada',
  'honest.secret': 'A nadie se le muestra quién se negó',
  'honest.secret.text':
    'Ni al anfitrión, ni a {controller}, ni a un registro. Con dos personas en una sala no hay secreto, y con tres apenas.',
  'honest.operator': 'los responsables de este servidor',
  'honest.cannot': 'Lo que esto no puede hacer',
  'honest.cannot.text':
    'Cualquiera puede filmar su propia pantalla con un teléfono. Gatekeeper solo decide lo que capta este servidor.',

  'device.microphone': 'Micrófono',
  'device.camera': 'Cámara',
  'device.speaker': 'Altavoz',
  'device.default': 'Predeterminado',
  'device.none': 'No se encontró ninguno',
  'device.unnamed': '{kind} {number}',
  'device.level': 'Nivel del micrófono',
  'device.level.quiet': 'bajo',
  'device.level.good': 'bueno',
  'device.level.off': 'apagado',
  'sound.title': 'Probar el altavoz y el micrófono',
  'sound.play': 'Reproducir un tono',
  'sound.record': 'Grabar una frase',
  'sound.stop': 'Parar',
  'sound.tone.waiting': 'Sale del altavoz que usted ha elegido.',
  'sound.tone.playing': '¿Lo oye?',
  'sound.tone.ok': '¿Lo oyó? Si no, suba el volumen, o elija otro altavoz.',
  'sound.tone.failed': 'El tono no sonó. Elija otro altavoz e inténtelo otra vez.',
  'sound.voice.idle': 'Diga algo y luego oiga cómo suena.',
  'sound.voice.opening': 'Encendiendo el micrófono.',
  'sound.voice.recording': 'Hable ahora.',
  'sound.voice.playing': 'Así suena usted.',
  'sound.voice.over': '¿Se oyó? Si no, elija otro micrófono u otro altavoz.',
  'sound.voice.failed':
    'Del micrófono no llegó nada. Mire si su navegador lo da e inténtelo otra vez.',
  'sound.kept': 'Su voz se queda en esta página y se borra cuando la ha oído.',
  'sound.unheard':
    'Nadie más lo oye: mientras tanto, su micrófono está apagado para los demás. Su voz se queda en esta página y se borra cuando la ha oído.',
  'device.off.camera': 'Su cámara está apagada',
  'device.turn-on': 'Encender la cámara y el micrófono',
  'device.asks': 'Los dos están apagados. Cuando pulse, su navegador le pregunta.',
  'device.starting': 'Encendiendo la cámara',
  'device.microphone.turn-on': 'Encender el micrófono',
  'device.microphone.turn-off': 'Apagar el micrófono',
  'device.camera.turn-on': 'Encender la cámara',
  'device.camera.turn-off': 'Apagar la cámara',
  'device.retry': 'Intentar otra vez',
  'device.without': 'Puede entrar sin ello y encenderlo más tarde.',
  'device.fault.microphone.missing':
    'No se encontró ningún micrófono. Conecte uno e inténtelo otra vez.',
  'device.fault.camera.missing': 'No se encontró ninguna cámara. Conecte una e inténtelo otra vez.',
  'device.fault.microphone.busy':
    'Otro programa usa el micrófono. Cierre ese programa e inténtelo otra vez.',
  'device.fault.camera.busy':
    'Otro programa usa la cámara. Cierre ese programa e inténtelo otra vez.',
  'device.fault.microphone.refused':
    'El navegador bloquea el micrófono para esta página. Abra los ajustes junto a la dirección, permita el micrófono e inténtelo otra vez.',
  'device.fault.camera.refused':
    'El navegador bloquea la cámara para esta página. Abra los ajustes junto a la dirección, permita la cámara e inténtelo otra vez.',
  'device.fault.microphone.insecure':
    'Los navegadores solo dan el micrófono a páginas seguras. Abra esta página por su dirección https.',
  'device.fault.camera.insecure':
    'Los navegadores solo dan la cámara a páginas seguras. Abra esta página por su dirección https.',
  'device.fault.microphone.unplugged':
    'El micrófono ya no está: se desconectó, o el navegador lo retiró. Conéctelo otra vez y sigue solo, o elija otro en Dispositivos.',
  'device.fault.camera.unplugged':
    'La cámara ya no está: se desconectó, o el navegador la retiró. Conéctela otra vez y sigue sola, o elija otra en Dispositivos.',
  'device.fault.microphone.failed':
    'El micrófono no se encendió. Compruebe su cable e inténtelo otra vez.',
  'device.fault.camera.failed':
    'La cámara no se encendió. Compruebe su cable e inténtelo otra vez.',
  'device.fault.screen.failed':
    'La pantalla no se pudo compartir. Inténtelo otra vez, o elija una sola ventana.',

  'fact.captured': 'Qué se capta',
  'fact.purpose': 'Para qué',
  'fact.processor': 'Quién lo trata',
  'fact.recipients': 'Quién lo recibe',
  'fact.retention': 'Se guarda',
  'fact.withdrawal': 'Cambiar de opinión',
  'fact.machine': 'De quién es la máquina que lo recibe en directo',
  'change.agreed': 'Lo que ha cambiado desde que usted lo permitió',
  'change.seen': 'Lo que ha cambiado desde que usted lo leyó',
  'change.note': 'Tachado: quitado. Subrayado: nuevo. El texto entero está más abajo.',
  'change.out': 'quitado',
  'change.in': 'nuevo',
  'change.name': 'Nombre',
  'change.object': 'Nombre en la pregunta',
  'change.meaning': 'Qué hace',

  'answer.label': 'Su decisión',
  'answer.on': 'sobre {object}:',
  'answer.allow': '*Permitir* {object}',
  'answer.dont': '*No permitir* {object}',
  'answer.unset': 'Sin responder',
  'answer.granted': 'Usted permite',
  'answer.declined': 'Usted no permite',
  'answer.pending': 'Se está anotando',

  'sign.label': 'En marcha ahora',
  'sign.on': '*{name}: en marcha* desde las {time}',
  'sign.on.now': '*{name}: en marcha*',
  'sign.off': '{name}: no está en marcha',
  'sign.unknown': '{name}: no se sabe',
  'sign.dont': 'No permitir',
  'sign.dont.label': 'No permitir {object}',
  'lamp.on': 'En marcha desde las {time}',
  'lamp.on.now': 'En marcha',
  'lamp.off': 'No está en marcha',
  'lamp.unknown': 'No se sabe',

  'room.people': {
    one: '{count} persona',
    many: '{count} de personas',
    other: '{count} personas',
  },
  'room.waiting': {
    one: '{count} espera para entrar',
    many: '{count} esperan para entrar',
    other: '{count} esperan para entrar',
  },
  'room.stage': 'Personas en la reunión',
  'room.panel': 'Panel lateral',
  'room.controls': 'Controles de la reunión',
  'room.reconnecting':
    '*Conexión perdida.* Intentando llegar otra vez a la sala. Desde aquí no se ve qué está en marcha allí. Entretanto esta página no da al servidor imagen ni sonido. Los demás quizá le ven y le oyen todavía.',
  'room.no-calls':
    '*Este navegador no hace llamadas:* WebRTC falta o está desactivado. Aquí nadie le ve ni le oye, y usted no ve ni oye a nadie. El chat y las decisiones funcionan. Otro navegador puede servir.',
  'room.unheard':
    '*Nada suyo llega: {names}.* Está en marcha, pero su sonido y su imagen no encuentran camino al servidor. Pruebe otra red. Si usted lleva este servidor, deje pasar UDP hasta él, o ponga un servidor TURN.',
  'room.unheard.no-calls':
    '*Nada suyo puede estar ahí: {names}.* Está en marcha, pero este navegador no hace llamadas.',
  'room.unreached':
    '*No hay camino hasta {names}.* Ni se ven ni se oyen. O una red entre ustedes no deja pasar llamadas, o el navegador del otro lado no las hace. Los responsables de este servidor pueden poner un servidor TURN para eso.',
  'room.unproved':
    '*No está probado el sí de todos: {names}.* Tu navegador no encuentra un sí válido de cada persona presente, así que no da al servidor nada tuyo para ello. Nadie tiene por qué haber dicho que no: el servidor no puede mostrar lo que afirma. Pregunta a quien lo gestiona.',
  'room.forged':
    '*La conexión con {names} no era la suya.* Lo que llegó no venía firmado por su parte, así que tu navegador la ha terminado. No os veis ni os oís. Puede que quien gestiona este servidor esté en medio.',
  'room.alone':
    'Usted es la única persona aquí. Copie el enlace de invitación y envíelo a los demás.',
  'room.sound': 'Activar el sonido',
  'room.sound.text': 'El navegador retiene el sonido de esta página.',
  'room.sharing': 'Usted comparte su pantalla',
  'room.sharing.behind':
    'Usted comparte su pantalla. La de {name} es más reciente y se muestra en grande; la suya está en pequeño al lado.',
  'room.sharing.stop': 'Dejar de compartir',
  'room.sharing.sound': 'También se comparte el sonido',
  'room.sharing.sound.stop': 'Parar el sonido',
  'room.sharing.sound.off': 'El sonido ya no se comparte',
  'room.sign-on': '*{name}: en marcha.* Desde ahora, con el sí de todos.',
  'room.withheld': '*{name}*: por ahora ya no se ofrece',
  'room.offered': '*{name}*: se puede pedir otra vez',
  'room.on-again': '*{name}: en marcha* desde las {time}, con el sí de todos.',
  'room.sign-off': '*{name}: no está en marcha.* La reunión sigue.',
  'room.erased': '*{name}: su parte está borrada.*',
  'room.removed': '*El anfitrión sacó a {name}.*',
  'room.host-over': '*Ya no es anfitrión.* Un anfitrión cambió el enlace de anfitrión.',
  'room.turned-away': '*El anfitrión no dejó entrar a {name}.*',
  'room.close': 'Cerrar',
  'room.dismiss': 'Quitar',

  'tile.you': 'Usted',
  'tile.host': '{name} (anfitrión)',
  'tile.screen': '{name} comparte una pantalla',
  'tile.screen.show': 'Mostrar en grande la pantalla de {name}',
  'tile.speaking': ', habla',
  'tile.muted': ', micrófono apagado',
  'tile.hand': 'Mano levantada',
  'tile.away': 'Conexión perdida',
  'tile.camera-off': ', cámara apagada',

  'dock.microphone.on': 'Micro activo',
  'dock.microphone.off': 'Micro apagado',
  'dock.camera.on': 'Cámara activa',
  'dock.camera.off': 'Cámara apagada',
  'dock.share': 'Compartir',
  'dock.share.stop': 'Dejar de compartir',
  'dock.hand': 'Mano',
  'dock.react': 'Reaccionar',
  'dock.small': 'Ventana pequeña',
  'dock.chat': 'Chat',
  'dock.people': 'Personas',
  'dock.gate': 'Puerta',
  'dock.notes': 'Notas',
  'dock.settings': 'Ajustes',
  'dock.more': 'Más',
  'dock.leave': 'Salir',
  'dock.shortcut': '{label} (tecla {key})',
  'dock.unread': {
    one: '{count} mensaje nuevo',
    many: '{count} de mensajes nuevos',
    other: '{count} mensajes nuevos',
  },
  'line.good': 'Conexión: buena',
  'line.fair': 'Conexión: regular',
  'line.poor': 'Conexión: mala',
  'line.spared': 'Imagen no recibida, para ahorrar datos',
  'line.of': '{name}: {line}',
  'line.why': '{line}. {why}',
  'line.why.loss': 'Una parte se pierde por el camino.',
  'line.why.delay': 'Todo llega con retraso.',
  'line.why.sound': 'El sonido tiene cortes.',
  'line.why.still': 'La imagen se queda quieta a ratos.',
  'line.why.narrow': 'Pasan pocos datos.',
  'line.why.busy': 'Este dispositivo tiene demasiado que hacer.',
  'line.own': 'Su conexión se ha vuelto mala. {line} En los ajustes puede ahorrar datos.',
  'settings.title': 'Ajustes',
  'settings.devices': 'Dispositivos',
  'settings.seeing': 'Ver',
  'prefer.view': 'Vista',
  'prefer.view.grid': 'Todas las personas igual',
  'prefer.view.speaker': 'Quien habla, en grande',
  'prefer.self-view': 'Mostrar mi propia imagen',
  'prefer.noise': 'Quitar el ruido',
  'prefer.echo': 'Quitar el eco',
  'prefer.gain': 'Igualar el volumen de mi voz',
  'settings.music': 'Para música, o para interpretar, apáguelos y use auriculares.',
  'settings.sounds': 'Sonidos',
  'prefer.sounds': 'Un sonido suave cuando alguien llega, levanta la mano o escribe',
  'settings.line': 'Mala conexión',
  'prefer.save-data': 'Ahorrar datos: imágenes que se reciben',
  'prefer.save-data.off': 'Todas',
  'prefer.save-data.speaker': 'Solo quien habla y las pantallas compartidas',
  'prefer.save-data.audio': 'Ninguna, solo el sonido',
  'settings.keys': 'Teclas',
  'key.space': 'Espacio',
  'settings.key.space': 'Mantener para hablar con el micrófono apagado',
  'talk.held': 'Los demás le oyen mientras mantiene *Espacio*',
  'settings.captions': 'Subtítulos',
  'prefer.caption-size': 'Tamaño',
  'prefer.caption-size.normal': 'Normales',
  'prefer.caption-size.large': 'Grandes',
  'prefer.caption-size.largest': 'Muy grandes',
  'prefer.caption-contrast': 'Contraste',
  'prefer.caption-contrast.plain': 'Sencillo',
  'prefer.caption-contrast.strong': 'Fuerte',
  'prefer.caption-place': 'Lugar',
  'prefer.caption-place.below': 'Debajo de las imágenes',
  'prefer.caption-place.above': 'Encima de las imágenes',
  'settings.keys.list': 'Lista de teclas',
  'prefer.keys': 'Teclas de un solo signo, como M',
  'keys.speaking': 'Hablar y mostrar',
  'keys.seeing': 'Ver y leer',
  'keys.going': 'Ir a',
  'settings.key.m': 'Encender o apagar el micrófono',
  'settings.key.v': 'Encender o apagar la cámara',
  'settings.key.s': 'Compartir una pantalla o dejar de hacerlo',
  'settings.key.h': 'Levantar o bajar la mano',
  'settings.key.c': 'Subtítulos sí o no',
  'settings.key.a': 'Puerta: sus decisiones',
  'settings.key.list': 'Esta lista',
  'settings.key.escape': 'Cerrar lo que está abierto. En una pregunta: No permitir',
  'leave.title': 'Salir de la reunión',
  'leave.self': 'Salir, los demás se quedan',
  'leave.end': 'Terminar para todos',

  'reaction.agree': 'De acuerdo',
  'reaction.applause': 'Aplauso',
  'reaction.laugh': 'Risa',
  'reaction.heart': 'Corazón',
  'reaction.surprise': 'Sorpresa',

  'gate.tab': 'Puerta',
  'gate.intro':
    'Cada función solo está en marcha mientras todos aquí la permiten. Su decisión no se muestra a nadie.',
  'gate.intro.host':
    'Usted es el anfitrión de esta sala. Su decisión cuenta como la de cualquiera, y no se le muestra la de los demás.',
  'gate.intro.nothing': 'Esta sala no ofrece nada que capte la reunión.',
  'gate.withheld': 'Ahora mismo no se ofrece en este servidor. Nadie lo puede pedir.',
  'gate.what': 'Qué hace',
  'gate.agreed': 'Lo que usted permitió',
  'gate.about': '{what}: {name}',
  'gate.marked': 'El anfitrión preguntó otra vez. Su respuesta vale hasta que usted la cambie.',
  'proof.checked': 'Comprobado por tu navegador: el sí de todos ({count} de {count})',
  'proof.checking': 'Tu navegador está comprobando el sí de todos.',
  'proof.unproved':
    '*No está probado.* Tu navegador no encuentra un sí válido de cada persona presente, así que no da al servidor nada tuyo para esto. Nadie tiene por qué haber dicho que no: el servidor no puede mostrar lo que afirma.',
  'proof.about':
    'Tu navegador ha verificado por sí mismo cada firma: para esta sala y para textos en vigor. No se ha fiado del servidor.',
  'proof.person': 'texto {words}, clave {key}',
  'proof.code': 'Código de la sala: {code}',
  'proof.code.note':
    'Es el mismo para todos los que ven a las mismas personas. Leéoslo en voz alta para estar seguros.',
  'gate.receipt': 'Recibo',
  'gate.receipts': 'Recibos',
  'gate.receipts.all': 'Sus recibos ({count})',
  'gate.ask': 'Pedir a todos que permitan {object}',
  'gate.stop': 'Parar {object} para todos',
  'gate.again': 'Pedido a las {asked}. Puede pedirlo otra vez a las {time}',
  'gate.again.only': 'Puede pedirlo otra vez a las {time}',
  'ends.title': 'Dejó de permitir {object} a las {time}',
  'ends.what': 'Ya no se capta nada. ¿Y el tiempo de antes?',
  'ends.since': 'Ya no se capta nada. ¿Y el tiempo desde las {since}?',
  'ends.keep': '*Parar desde ahora* Lo que existe se queda hasta que acabe su plazo.',
  'ends.erase': '*Parar y borrar mi parte* Lo que hay de usted se quita.',
  'ends.note': 'Responda ahora, más tarde o nunca. No responder significa: parar desde ahora.',

  'knock.title': 'Esperan para entrar',
  'knock.count': 'Esperan para entrar, {count}',
  'knock.said': '{name} pide entrar.',
  'knock.removed': 'El anfitrión ya le sacó antes',
  'knock.admit': 'Dejar entrar',
  'knock.turn-away': 'No dejar entrar',
  'knock.about': '{label}: {name}',
  'door.title': 'Quién puede entrar',
  'door.knock': 'Preguntar antes de dejar entrar',
  'door.knock.note': 'Quien llega espera a que usted le deje entrar.',
  'door.locked': 'Bloquear la reunión',
  'door.locked.note':
    'No entra nadie nuevo. Quien estuvo aquí puede volver, salvo si el anfitrión le sacó.',
  'door.is.locked': 'La reunión está bloqueada: no entra nadie nuevo.',
  'door.is.knock': 'El anfitrión deja entrar a la gente de una en una.',
  'host-link.title': 'Enlace de anfitrión',
  'host-link.note':
    'Quien lo tiene puede hacer aquí lo que usted puede. Si lo tiene quien no debe, cree uno nuevo: el antiguo se anula en el acto, y quien entró con él ya no es anfitrión. Usted sigue siendo anfitrión.',
  'host-link.renew': 'Crear un enlace de anfitrión nuevo',
  'host-link.made': 'El antiguo enlace de anfitrión ya no funciona. Este es el nuevo.',
  'host-link.link': 'Nuevo enlace de anfitrión',
  'remove.open': 'Sacar a {name}',
  'remove.title': '¿Sacar a {name} de la reunión?',
  'remove.what':
    '{name} sale en el acto y tiene que pedir volver. Conserva sus recibos. Las preguntas abiertas terminan, y antes de la siguiente hay una pausa de {pause}.',
  'remove.yes': 'Sacar',
  'remove.no': 'No sacar',

  'people.tab': 'Personas',
  'people.count': 'Personas, {count}',
  'machines.count': 'Máquinas, {count}',
  'people.you': '{name} (usted)',
  'people.host': 'Anfitrión',
  'people.microphone.on': 'Micrófono encendido',
  'people.microphone.off': 'Micrófono apagado',
  'people.speaking': 'Habla',
  'people.hand': 'Mano levantada',
  'people.away': 'Conexión perdida',
  'people.screen': 'Comparte una pantalla',
  'people.screen.sound': 'Comparte una pantalla con sonido',
  'people.note': 'Una máquina aparece aquí mientras está en marcha. Un sí o un no nunca aparece.',
  'machine.recording': 'Grabadora',
  'machine.recording.does': 'Filma a todos, aquí desde las {time}',
  'machine.transcript': 'Transcriptor',
  'machine.transcript.does': 'Escucha a todos, aquí desde las {time}',
  'machine.summary': 'Redactor del resumen',
  'machine.summary.does': 'Lee la transcripción, aquí desde las {time}',
  'machine.compose': 'Redactor de borradores',
  'machine.compose.does': 'Lee los mensajes nuevos del chat, aquí desde las {time}',
  'machine.other': '{name}',
  'machine.other.does': 'En marcha aquí desde las {time}',
  'machine.fed.does': 'Para {service}, aquí desde las {time}',

  'chat.tab': 'Chat',
  'chat.message': 'Mensaje para todos',
  'chat.send': 'Enviar',
  'chat.empty':
    'Todavía no hay nada escrito. Los mensajes llegan a quienes están en la sala ahora.',
  'chat.since': '*{name}: en marcha desde las {time}.* Solo lee los mensajes a partir de aquí.',
  'chat.waiting': 'Esperando la conexión',
  'chat.waiting.log': 'Mensajes que aún no se enviaron',
  'chat.log': 'Mensajes',
  'chat.you': ' (usted)',
  'chat.mention': '¿A quién se refiere?',
  'chat.mention.count': {
    one: '{count} persona. Las flechas eligen, Intro acepta.',
    many: '{count} de personas. Las flechas eligen, Intro acepta.',
    other: '{count} personas. Las flechas eligen, Intro acepta.',
  },

  'captions.tool': 'Subtítulos',
  'captions.off': 'Los subtítulos vienen mientras la transcripción está en marcha.',
  'captions.wait': 'Una línea aparece cuando alguien hace una pausa.',
  'captions.turn-on': 'Activar los subtítulos',
  'captions.turn-off': 'Apagar los subtítulos',
  'small.asked': 'Se le pregunta por: {object}.',
  'small.answer': 'Responder en la reunión',
  'title.mentioned': '{number} para usted',
  'title.hands': {
    one: '{count} mano levantada',
    many: '{count} de manos levantadas',
    other: '{count} manos levantadas',
  },
  'title.on': '{name}: en marcha',
  'title.unknown': 'No se sabe qué está en marcha',

  'notes.tab': 'Notas',
  'notes.log': 'Transcripción',
  'notes.since':
    '*{name}: en marcha desde las {time}.* Lo que se dice a partir de aquí aparece como texto.',
  'notes.off':
    '*{name}: no está en marcha.* Cuando lo está, lo que se dice aparece aquí como texto. Lo anotado antes está en «Lo que se guardó».',
  'notes.unknown': '*{name}: no se sabe.* La conexión se perdió.',
  'notes.only': 'Esta sala no ofrece transcripción, así que aquí no hay líneas que leer.',
  'notes.ask': '{name} hasta ahora',
  'notes.ask.off':
    '*{name}: no está en marcha.* Cuando lo está, puede pedir aquí lo dicho hasta el momento.',
  'notes.working': 'Se está haciendo. Entretanto puede seguir.',
  'notes.progress': '{name}: hecho hasta ahora',
  'notes.percent': '{percent} por ciento',
  'notes.ready': '{name}: se puede leer.',
  'notes.read': 'Leer',
  'notes.back': 'Volver a la transcripción',
  'notes.close': 'Cerrar',
  'notes.copy': 'Copiar como texto',
  'notes.yours': 'Solo usted lo ve. Desaparece cuando esto se para: {name}.',

  'draft.open': 'Pedir un borrador: {name}',
  'draft.open.recap': 'Pedir un repaso del chat',
  'draft.prompt': '¿Qué debe decir el borrador?',
  'draft.prompt.missing': 'Diga en pocas palabras de qué trata el borrador.',
  'draft.tone': 'Tono',
  'draft.tone.neutral': 'Neutro',
  'draft.tone.friendly': 'Amable',
  'draft.tone.formal': 'Formal',
  'draft.tone.direct': 'Directo',
  'draft.length': 'Longitud',
  'draft.length.short': 'Corto',
  'draft.length.medium': 'Medio',
  'draft.length.long': 'Largo',
  'draft.submit': 'Redactar',
  'draft.recap': 'Insertar el repaso',
  'draft.reads': 'Lee lo escrito en el chat desde las {time}, y no envía nada.',
  'draft.off': '*{name}: no está en marcha.* Cuando lo está, puede pedir un borrador aquí.',
  'draft.title': 'Borrador, sin enviar',
  'draft.label': 'Borrador de {name}, sin enviar',
  'draft.yours': 'Solo usted lo ve',
  'draft.asked': 'Usted pidió: {prompt}',
  'draft.asked.recap': 'Usted pidió un repaso del chat',
  'draft.text': 'Texto del borrador',
  'draft.waiting': 'Esperando las primeras palabras',
  'draft.stop': 'Parar el borrador',
  'draft.use': 'Usar el borrador',
  'draft.shorten': 'Acortar',
  'draft.again': 'Intentar otra vez',
  'draft.discard': 'Descartar',
  'draft.stopped': 'Usted lo paró aquí.',
  'draft.cut': 'Se corta aquí, porque llegó a su longitud máxima.',
  'draft.rest': 'Lo anterior se puede usar.',
  'draft.ready': 'El borrador está listo. {text}',
  'draft.dropped': '*{name}: ya no está en marcha, y el borrador desapareció.* La reunión sigue.',

  'summary.model': 'Resumen por IA',
  'summary.model.here':
    'Escrito por {model} en este servidor, de {from} a {to}. Comete errores: cada línea muestra las palabras en que se apoya.',
  'summary.model.host':
    'Escrito por {model} en {host}, de {from} a {to}. Comete errores: cada línea muestra las palabras en que se apoya.',
  'summary.model.unnamed': 'un modelo',
  'summary.model.topics': 'Temas',
  'summary.model.decisions': 'Decidido',
  'summary.model.todos': 'Por hacer',
  'summary.model.questions': 'Aún abierto',
  'summary.model.points': 'Para leer',
  'summary.rules': 'Selección de citas (sin modelo de IA: elegidas por reglas; compruébelas)',
  'summary.rules.source':
    'De lo dicho entre las {from} y las {to}. Las reglas pasan cosas por alto y eligen otras por error.',
  'summary.rules.topics': 'Temas',
  'summary.rules.decisions': 'Posibles decisiones',
  'summary.rules.todos': 'Posibles tareas',
  'summary.rules.questions': 'Preguntas abiertas',
  'summary.rules.points': 'Para leer',
  'summary.empty': 'No se encontró nada para este resumen.',
  'summary.masked':
    'Alguien retiró su parte. Donde otros dijeron su nombre, se sustituyó lo mejor posible. Algunas palabras aún pueden apuntar a ello.',
  'summary.quote': '«{text}»',
  'summary.said': '{name}, {time}',
  'summary.somebody': 'Alguien',
  'summary.owner': 'Quién',
  'summary.due': 'Para cuándo',
  'summary.go': 'Ir al momento: {by}',
  'summary.wrong': 'Esto es incorrecto',
  'summary.wrong.label': 'Esto es incorrecto: {text}',
  'summary.wrong.does': 'Quita esta línea para todos',

  'gpc.title': 'No se pregunta aquí: {names}',
  'gpc.text':
    'Su navegador envía Global Privacy Control, y aquí las palabras saldrían de este servidor. La falta de respuesta cuenta como un no. Para permitirlo de todos modos, use el panel Puerta en la sala.',
  'gpc.mark':
    'El anfitrión lo pide. Su navegador envía Global Privacy Control, así que no se abre ninguna pregunta. Puede responder aquí.',
  'gpc.nothing': 'No hay nada que decidir antes de entrar.',
  'feature.outside': 'Las palabras salen de este servidor',
  'feature.missing': 'No puede funcionar aquí: {names}',
  'feature.withheld': 'Ahora no se ofrece: {name}',
  'feature.unavailable': 'Este servidor no puede ponerlo en marcha.',

  'prompt.who': 'El anfitrión pregunta a todos en la sala',
  'prompt.title': '¿Permitir {object} en esta sala?',
  'prompt.everyone': 'La función solo está en marcha mientras todos aquí la permiten.',
  'prompt.note':
    'Tómese el tiempo que necesite. Escape significa *No permitir*, y no responder también. En los dos casos usted se queda en la reunión, y su decisión no se muestra a nadie.',

  'receipts.title': 'Sus recibos',
  'receipts.note': 'Cada sí que usted dio o retiró, palabra por palabra. Son suyos.',
  'receipts.none':
    'Aún no hay recibos. Recibe uno cuando una función empieza con su sí, y otro cuando lo retira.',
  'receipts.back': 'Volver a la puerta',
  'receipt.title': 'Recibo',
  'receipt.granted': '{name}: usted lo permitió',
  'receipt.withdrawn': '{name}: usted retiró su permiso',
  'receipt.said': 'Usted dijo',
  'receipt.when': 'Cuándo',
  'receipt.controller': 'Responsable',
  'receipt.entry': 'Entrada {number}',
  'receipt.signed': 'Firmado con',
  'receipt.signed.text': 'Una clave creada en su navegador para esta reunión',
  'receipt.save': 'Guardar el recibo',
  'receipt.save.label': 'Guardar el recibo: {name}, {time}',
  'receipt.proof': 'Firmado por la puerta',
  'receipt.proof.text': 'El archivo contiene la firma. Se puede comprobar sin este servidor.',

  'end.left': 'Usted salió de la reunión',
  'end.ended': 'La reunión ha terminado',
  'end.left.lead': '{title} sigue sin usted. Ya no se capta nada suyo.',
  'end.ended.lead': '{title} ha terminado para todos. Ya no se capta nada.',
  'end.replaced': 'Está en esta reunión en otra pestaña',
  'end.replaced.lead': '{title} sigue allí, desde su sitio. Esta pestaña ya no capta nada suyo.',
  'end.removed': 'El anfitrión le sacó de esta reunión',
  'end.removed.lead':
    '{title} sigue sin usted. Ya no se capta nada suyo. Sus recibos siguen siendo suyos, y también el acceso a lo que se guardó.',
  'end.refused': 'Ya no está en la reunión',
  'end.unwaited': 'Ya no espera',
  'end.unwaited.lead': 'No llegó a entrar en {title}. Su cámara y su micrófono están apagados.',
  'end.waits-elsewhere': 'Espera en otra pestaña',
  'end.waits-elsewhere.lead':
    'Allí entra en {title} en cuanto el anfitrión le deje. En esta pestaña su cámara y su micrófono están apagados.',
  'end.ask-back': 'Pedir volver',
  'end.rejoin': 'Entrar otra vez',
  'end.here': 'Seguir mejor en esta pestaña',
  'end.new': 'Abrir una sala nueva',
  'end.receipts.note':
    'Este navegador los guarda para usted. Guárdelos como archivo para tenerlos también en otro sitio.',
  'end.receipts.none': 'Ninguna función se puso en marcha con su sí, así que no hay recibo.',

  'elsewhere.title': '¿Qué se puede captar?',
  'elsewhere.what':
    'Usted se reúne en otro lugar. Aquí dice qué se puede captar allí, y puede cambiarlo en cualquier momento.',
  'elsewhere.join': 'Seguir',
  'elsewhere.joining': 'Entrando',
  'elsewhere.join.note':
    'Puede seguir con cualquier decisión, o sin ninguna. No cambia nada de la reunión.',
  'elsewhere.wait':
    '*Espera a que le dejen entrar.* El anfitrión ya lo sabe, y usted entra sin hacer nada en cuanto le abra. Hasta entonces, aquí no hay nada en marcha para usted.',
  'elsewhere.asked': 'Se pregunta a todos aquí',
  'elsewhere.cannot':
    'Cualquiera puede filmar o grabar donde usted se reúne. Gatekeeper dice cuándo está permitido captar; quien capta tiene que cumplirlo.',
  'elsewhere.stay':
    'Deje esto abierto mientras participe. Mientras no se pueda preguntar a alguien, nada está en marcha.',
  'elsewhere.lost':
    '*Conexión perdida.* Intentando llegar otra vez a la sala. Desde aquí no se ve qué está en marcha allí. Mientras no se llegue a alguien, nada está en marcha.',
  'elsewhere.left': 'Aquí ya no se le pregunta',
  'elsewhere.left.lead':
    '{title} sigue en otro lugar. Si se queda allí, lo que los demás permiten puede captarle: salga también de allí, o vuelva aquí.',
  'elsewhere.ended': 'Ha terminado',
  'elsewhere.ended.lead': 'Ya no se pregunta a nadie por {title}, y ya no se permite nada.',
  'elsewhere.replaced': 'Está aquí en otro sitio',
  'elsewhere.replaced.lead':
    'Sus decisiones para {title} están ahora allí: en otra pestaña, o en otra parte de una página.',
  'elsewhere.removed': 'El anfitrión le sacó de esta sala',
  'elsewhere.unwaited.lead': 'No llegó a entrar en {title}.',
  'elsewhere.waits.lead': 'Allí entra en {title} en cuanto el anfitrión le deje.',

  'frame.unfold': 'Sus decisiones',
  'frame.asked': 'Se le pregunta algo: responder aquí',
  'frame.unseen':
    'Esa pulsación no hizo nada: antes, las dos respuestas tienen que verse enteras un momento.',
  'frame.unkept':
    'Este navegador no guarda nada para una página dentro de otra: tras recargar llega como alguien nuevo, y se le pregunta otra vez.',
  'frame.open': 'Abrir sus decisiones',
  'frame.open.text':
    'Usted elige en una ventana propia: allí ninguna otra página puede tapar las respuestas.',
  'frame.opened': 'Sus decisiones están en su propia ventana. Déjela abierta mientras participe.',
  'frame.opened.asked': 'Se le pregunta algo: responda en esa ventana.',
  'frame.there': 'Ir a esa ventana',
  'frame.blocked':
    'El navegador retuvo la ventana. Permita que esta página abra ventanas e inténtelo otra vez.',

  'problem.unknown-room': 'Esa sala no existe',
  'problem.unknown-room.text': 'Compruebe el enlace, o abra una sala nueva.',
  'problem.room-ended': 'Esta reunión ha terminado',
  'problem.room-ended.text': 'Abra una sala nueva para verse otra vez.',
  'problem.other': 'No se puede llegar a la sala',
  'problem.other.text': 'Compruebe su conexión e inténtelo otra vez.',
  'problem.retry': 'Intentar otra vez',

  'fault.title': 'No salió bien',
  'fault.link-over':
    'Este enlace ya no sirve. Todo lo que podía haber en su página ha cumplido su plazo y está borrado.',
  'fault.malformed':
    'Esta página envió algo que el servidor no entiende. Vuelva a cargar la página.',
  'fault.too-large': 'Es demasiado largo. Acórtelo e inténtelo otra vez.',
  'fault.rate-limited': 'Demasiado a la vez. Espere un momento e inténtelo otra vez.',
  'fault.out-of-order':
    'Eso no encaja en este momento. Vuelva a cargar la página y entre otra vez.',
  'fault.unknown-room': 'Esa sala no existe. Compruebe el enlace, o abra una sala nueva.',
  'fault.room-ended': 'Esta reunión ha terminado.',
  'fault.room-full': 'La sala está llena. Inténtelo otra vez cuando alguien haya salido.',
  'fault.room-locked':
    'El anfitrión bloqueó esta reunión. Pídale que la desbloquee e inténtelo otra vez.',
  'fault.not-let-in': 'El anfitrión no le dejó entrar. Puede pedirlo otra vez dentro de un minuto.',
  'fault.entry-needed':
    'A esta sala se entra desde el servicio al que pertenece, y este acceso ya se usó o es demasiado antiguo. Vuelva allí y ábrala otra vez.',
  'fault.media-elsewhere': 'La imagen, el sonido y el chat de esta sala están en otro lugar.',
  'fault.consent-required': 'No todos en la sala han dicho que sí a esto.',
  'fault.removed': 'El anfitrión le sacó de esta reunión.',
  'fault.knock-gone': 'Esa persona ya no espera para entrar.',
  'fault.unknown-participant': 'Esa persona ya no está en la sala.',
  'fault.unknown-feature': 'Esta sala no ofrece esa función.',
  'fault.unknown-opening': 'Esa función ya no está en marcha.',
  'fault.name-unusable':
    'Ese nombre no se puede usar: nada en él se ve, o algo en él es invisible. Escríbalo de nuevo.',
  'fault.not-host': 'Solo el anfitrión puede hacer eso.',
  'fault.not-allowed':
    'El enlace de anfitrión no es el de esta sala. Entre sin él, o pida otra vez el enlace de anfitrión.',
  'fault.notice-outdated':
    'El texto ha cambiado. Vuelva a cargar la página, lea el texto nuevo y decida.',
  'fault.forged-statement': 'Su decisión no se pudo probar, así que no cuenta. Decida otra vez.',
  'fault.statement-outdated':
    'Esta reunión empezó de nuevo en el servidor después de esa decisión. Decida otra vez.',
  'fault.replayed-statement': 'Esa decisión ya se usó. Decida otra vez.',
  'fault.resume-unknown': 'Su sitio ya no está guardado. Entre otra vez.',
  'fault.already-present': 'Está en esta sala en otra pestaña. Salga primero de allí.',
  'fault.ledger-unavailable':
    'El servidor no puede anotar pruebas ahora mismo, así que no se puede permitir nada. La reunión sigue.',
  'fault.clock-jumped':
    'Alguien ajustó el reloj de este servidor, así que se paró todo lo que estaba en marcha. Lo guardado está a salvo, y la reunión sigue. El anfitrión puede pedirlo otra vez.',
  'fault.disk-low':
    'El disco de este servidor está casi lleno, así que no se graba nada. Lo grabado está a salvo, y la reunión sigue.',
  'fault.disk-share':
    'Esta sala ha grabado tanto como puede una sala en este servidor, así que no se graba nada más. Lo grabado está a salvo, y la reunión sigue.',
  'fault.tap-limit':
    'Su dispositivo envía más de lo que este servidor acepta, así que no acepta nada más suyo para esto. Lo guardado está a salvo, y la reunión sigue.',
  'fault.sink-unavailable':
    'El servidor no puede poner en marcha esa función ahora mismo. La reunión sigue.',
  'fault.answered-too-often':
    'Ha dicho que sí muchas veces hace un momento. Espere un poco y dígalo otra vez.',
  'fault.opened-too-often':
    'Esto empezó y se paró muy a menudo hace un momento, así que se queda parado. La reunión sigue.',
  'fault.erase-failed':
    'Su parte no se pudo borrar ahora mismo. Inténtelo otra vez dentro de un momento.',
  'fault.feature-unavailable': 'Este servidor no tiene con qué poner en marcha esa función.',
  'fault.speech-unavailable':
    'El motor de voz de este servidor se paró, así que no se anota nada. Lo anotado está a salvo, y la reunión sigue. Pídalo otra vez dentro de un momento.',
  'fault.words-unreadable':
    'El servidor no puede leer lo anotado, así que no se puede resumir nada ahora mismo. La reunión sigue.',
  'fault.other-host': 'Este servidor no se llama así. Compruebe el enlace.',
  'fault.other-site': 'Lo pidió otra página, así que no se hizo. Use las páginas de este servidor.',
  'fault.too-slow': 'Eso tardó demasiado en llegar. Compruebe su conexión e inténtelo otra vez.',
  'fault.sign-in': 'Use el enlace que recibió al final de la reunión.',
  'fault.not-signed-in':
    'No ha iniciado sesión. Iníciela en la página de inicio para abrir una sala.',
  'fault.token-unknown': 'Este servidor no conoce esa clave de acceso. Compruébela, o pida otra.',
  'fault.untrusted-proxy':
    'Este servidor no se fía del lugar del que vino su sesión. Pregunte a sus responsables.',
  'fault.not-admitted':
    'Se sabe quién es usted, pero no puede abrir salas en este servidor. Pregunte a sus responsables.',
  'fault.sign-in-failed': 'El inicio de sesión no se completó. Inténtelo otra vez.',
  'fault.provider-unavailable':
    'El servicio de inicio de sesión no responde como debe. Inténtelo otra vez dentro de un momento.',
  'fault.nothing-there': 'Ese archivo no existe, o se ha borrado.',
  'fault.nothing-said':
    'Aún no se dijo ni escribió nada mientras estaba en marcha. Inténtelo otra vez después.',
  'fault.drafts-need-model':
    'Los borradores necesitan un modelo. Los responsables de este servidor pueden poner [ai] base_url y [ai] model.',
  'fault.model-failed':
    'El servidor del modelo tuvo un fallo propio. Inténtelo otra vez dentro de un momento.',
  'fault.model-key-refused':
    'El servidor del modelo rechazó la clave. Los responsables de este servidor pueden comprobar [ai] key_file.',
  'fault.model-unknown':
    'El servidor del modelo no conoce este modelo. Los responsables de este servidor pueden comprobar [ai] base_url y [ai] model.',
  'fault.model-busy': 'El modelo está ocupado ahora mismo. Inténtelo otra vez dentro de un minuto.',
  'fault.model-unreachable':
    'No se puede llegar al servidor del modelo. Inténtelo pronto otra vez, o avise a los responsables de este servidor.',
  'fault.model-slow': 'El modelo tardó demasiado. Inténtelo otra vez, o pida algo más corto.',
  'fault.model-broken': 'La respuesta del modelo se cortó. Inténtelo otra vez.',
  'fault.model-redirected':
    'El servidor del modelo quiso pasar las palabras a otra dirección. Nadie permitió eso, así que allí no se envió nada. Los responsables de este servidor pueden comprobar [ai] base_url.',
  'fault.model-input-too-long':
    'Es más de lo que el modelo puede leer a la vez. Los responsables de este servidor pueden comprobar [ai] context_tokens.',
  'fault.model-answer-unusable': 'La respuesta del modelo no se pudo usar. Inténtelo otra vez.',
  'fault.model-answer-too-large':
    'La respuesta del modelo era demasiado larga, así que se descartó. Inténtelo otra vez.',
  'fault.connection-lost': 'La conexión se perdió por el camino. Inténtelo otra vez.',
  'fault.unreached': 'El servidor no responde. Compruebe su conexión e inténtelo otra vez.',
  'fault.socket-blocked':
    'El servidor responde, pero no se abre una conexión duradera (WebSocket) con él. Puede que la retenga un proxy, un filtro o una extensión del navegador. Pruebe otra red. Si usted lleva este servidor, deje pasar WebSocket por su proxy.',
  'fault.keyless':
    'Este navegador no crea una clave con la que firmar sus decisiones. Abra la sala en otro navegador.',
  'fault.other': 'Algo salió mal: {detail}',

  'end.after': 'Lo que se guardó',
  'end.after.note':
    'Vídeo, transcripción y resumen, en la medida en que estuvieron en marcha, y el derecho a borrar su parte. El enlace es solo suyo, y este navegador lo recuerda.',

  'after.place': 'Después de la reunión',
  'after.untitled': 'Una reunión',
  'after.skip': 'Ir al vídeo',
  'after.skip.summary': 'Ir al resumen',
  'after.skip.transcript': 'Ir a la transcripción',
  'after.when': '{day}, de {from} a {to}.',
  'after.when.open': '{day}, desde las {from}. La reunión sigue.',
  'after.there': 'Usted tiene aquello en lo que estuvo presente.',
  'after.same': 'Cada persona captada recibe lo mismo: {what}.',
  'after.same.recording': 'el vídeo',
  'after.same.transcript': 'la transcripción',
  'after.same.summary': 'el resumen',
  'after.kept': 'Se guarda hasta el {day}',
  'after.part': 'Parar, o borrar mi parte',
  'after.lost': 'No se puede llegar al servidor ahora mismo. Esta página lo intenta sola otra vez.',
  'fetched.title': 'Quién lo ha obtenido',
  'fetched.note':
    'Cuando alguien abre o guarda algo en lo que usted aparece, queda escrito aquí antes de que lo reciba. Estas líneas se borran con lo que se guardó.',
  'fetched.none': 'Nadie ha obtenido nada todavía.',
  'fetched.earlier': 'Antes',
  'fetched.line': '{who}: {what}',
  'fetched.times': {
    one: 'una vez',
    many: '{count} de veces',
    other: '{count} veces',
  },
  'fetched.film': 'el vídeo',
  'fetched.track': 'la pista individual de {name}',
  'fetched.transcript': 'la transcripción',
  'fetched.summary': 'el resumen',
  'fetched.export': 'todo, con su prueba',
  'fetched.copy': 'todo lo que hay guardado de usted',
  'fetched.console': 'Quien administra el servidor',
  'link.title': 'Su enlace a esta página',
  'link.note':
    'Quien lo tiene ve lo que usted ve. Si lo tiene otra persona, cree uno nuevo: se anulan todos los antiguos, y también cada página que se abrió con uno.',
  'link.renew': 'Crear un enlace nuevo',
  'link.made': 'Los enlaces antiguos ya no funcionan. Este es el nuevo.',
  'link.failed': 'No salió bien. Inténtelo otra vez.',
  'link.value': 'Su nuevo enlace',
  'after.out': 'Olvidar el enlace en este navegador',
  'after.out.note': 'En un ordenador que usan otros, olvide el enlace cuando termine.',
  'after.receipts.none':
    'Este navegador no tiene recibos de esta reunión. Están en el navegador con el que usted estuvo allí.',
  'after.receipts.note':
    'Cada sí que usted dio o retiró, palabra por palabra. Este navegador los guarda, nadie más.',
  'after.evidence':
    'El servidor borra su propia prueba de esta reunión el {day}. Un recibo que usted guardó sigue valiendo: lleva la firma del servidor.',

  'film.title': 'Vídeo',
  'film.none': 'No hay vídeo',
  'film.none.text':
    'La grabación no estuvo en marcha mientras usted estaba presente, así que no se guarda imagen ni sonido para usted.',
  'film.empty': 'No se grabó nada',
  'film.empty.text':
    'La grabación estuvo en marcha mientras usted estaba presente, pero de ese tiempo no llegó al servidor imagen ni sonido.',
  'film.empty.fell.text':
    'La grabación estuvo en marcha mientras usted estaba presente, y el servidor falló. De ese tiempo no se pudo salvar nada.',
  'film.unmade': 'No se hace vídeo de ello',
  'film.unmade.text':
    'Con lo que se captó no se hace nada nuevo por ahora. Las pistas sueltas las encuentra en Descargas.',
  'film.deleted': 'El vídeo está borrado',
  'film.deleted.text':
    'La grabación estuvo en marcha. Su plazo acabó el {day}, y todo lo que se guardaba de ella se borró.',
  'film.emptied': 'No queda nada de la grabación',
  'film.emptied.text':
    'La grabación estuvo en marcha mientras usted estaba presente. Todo lo que se guardaba de ese tiempo se ha borrado.',
  'film.nothing': 'No se captó nada suyo',
  'film.nothing.text': 'De esta reunión no se guarda imagen, sonido ni palabra suya.',
  'film.without': 'No hay nada de {names}: no se envió sonido ni imagen, o no llegó al servidor.',
  'film.without.you': 'No hay nada suyo: usted no envió sonido ni imagen, o no llegó al servidor.',
  'film.without.fell':
    'No hay nada de {names}: el servidor falló, y de ello no se pudo salvar nada.',
  'film.without.fell.you': 'No hay nada suyo: el servidor falló, y no se pudo salvar nada suyo.',
  'film.without.part':
    'En una parte no se ve ni se oye nada de {names}: entonces no se envió sonido ni imagen, o no llegó al servidor.',
  'film.without.part.you':
    'En una parte no se ve ni se oye nada suyo: entonces usted no envió sonido ni imagen, o no llegó al servidor.',
  'film.without.part.fell':
    'En una parte no se ve ni se oye nada de {names}: el servidor falló entonces, y de ello no se pudo salvar nada.',
  'film.without.part.fell.you':
    'En una parte no se ve ni se oye nada suyo: el servidor falló entonces, y no se pudo salvar nada suyo.',
  'film.later': 'El vídeo llega después de la reunión',
  'film.later.text':
    'El vídeo se hace cuando la reunión ha terminado. Entonces lo encuentra aquí, en esta página.',
  'film.later.now': 'Hacer el vídeo de lo que hay hasta ahora',
  'film.stop': 'Dejar de hacer el vídeo',
  'film.waiting': 'El vídeo es el siguiente',
  'film.waiting.text': 'El servidor hace un vídeo tras otro. Entretanto puede cerrar esta página.',
  'film.making': 'El vídeo se está haciendo',
  'film.making.text': 'Se juntan imágenes y voces. Entretanto puede cerrar esta página.',
  'film.stopped': 'El vídeo no está terminado',
  'film.stopped.text': 'Se dejó de hacer. Lo que ya está hecho se aprovecha cuando se sigue.',
  'film.stopped.again': 'Seguir haciendo el vídeo',
  'film.failed': 'El vídeo no se pudo hacer',
  'film.failed.text':
    'Las pistas sueltas están enteras: las encuentra en Descargas. Haga el vídeo otra vez; si también falla, escriba a los responsables de este servidor.',
  'film.failed.again': 'Hacer el vídeo otra vez',
  'film.progress': 'Parte del vídeo ya hecha',
  'film.percent': '{percent} por ciento',
  'film.ready': 'El vídeo está listo.',
  'film.another': 'Este es otro vídeo que el de antes: lo que muestra ha cambiado.',
  'film.gone': 'El vídeo que estaba aquí se ha borrado.',
  'film.gone.comes':
    'El vídeo que estaba aquí se ha borrado: lo que muestra ha cambiado. Se está haciendo otro.',
  'film.left': 'No está en el vídeo, porque no se puede reproducir: {what}.',
  'film.left.item': '{name}: {source}',
  'film.fault': 'El servidor no lo aceptó. Compruebe su conexión e inténtelo otra vez.',

  'player.controls': 'Controles del vídeo',
  'player.play': 'Reproducir',
  'player.pause': 'Pausa',
  'player.seek': 'Posición en el vídeo',
  'player.time': '{now} de {all}',
  'player.clock': 'grabado a las {clock}',
  'player.at': '{now} de {all}, {clock} en la reunión',
  'player.mute': 'Apagar el sonido',
  'player.unmute': 'Activar el sonido',
  'player.volume': 'Volumen',
  'player.captions': 'Subtítulos',
  'player.full': 'Pantalla completa',
  'player.unfull': 'Salir de la pantalla completa',
  'player.key': '{label} (tecla {key})',
  'player.chapters': 'Capítulos',
  'player.chapter': 'De {from} a {to}',
  'player.fault': 'El vídeo no se reproduce aquí. Guárdelo desde Descargas y ábralo desde allí.',

  'when.title': 'Qué estuvo en marcha, y cuándo',
  'when.note': 'Entre las barras no se captó nada, y nada de eso puede volver.',
  'when.fell': 'Donde falló el servidor, una barra termina con lo último que se sabe.',
  'when.jump': 'Pulse una barra para ir a ese momento del vídeo.',
  'when.span': 'de {from} a {to}',
  'when.span.fell':
    'de {from} a {to} por lo menos (el servidor falló; se paró a las {latest} a más tardar)',
  'when.since': 'desde las {from}',
  'when.on': '{name} en marcha: {times}',
  'when.go': '{name} en marcha, {time}: ir a ese momento del vídeo',
  'when.in': '{name} presente: {times}',
  'when.somebody': 'Alguien',

  'sum.title': 'Resumen',
  'sum.later': 'El resumen viene después de la reunión',
  'sum.later.text':
    'Se escribe cuando la reunión termina. En la sala, mientras está en marcha, puede pedir uno hasta el momento.',
  'sum.waiting': 'El resumen es el siguiente',
  'sum.writing': 'El resumen se está escribiendo',
  'sum.writing.text': 'Entretanto puede cerrar esta página.',
  'sum.progress': 'Parte del resumen ya escrita',
  'sum.failed': 'El resumen no se pudo escribir',
  'sum.failed.text':
    'Escríbalo otra vez; si también falla, escriba a los responsables de este servidor.',
  'sum.again': 'Escribirlo otra vez',
  'sum.stand-in':
    'Mientras no hay resumen, una selección de citas lo sustituye. Ningún modelo de IA la escribió.',
  'sum.ready': 'El resumen está listo.',
  'sum.empty': 'No hay nada que resumir',
  'sum.empty.text': 'No se oyó nada mientras estaba en marcha.',
  'sum.loading': 'El resumen está en camino a esta página',
  'sum.lost': 'El resumen no llega a esta página ahora mismo',
  'sum.lost.text': 'Esta página lo intenta sola otra vez.',
  'sum.to-film': 'Ir a ese momento del vídeo: {by}',
  'sum.to-line': 'Ir a ese lugar de la transcripción: {by}',
  'sum.wrong.note': '«Esto es incorrecto» quita una línea para todos. Nadie puede recuperarla.',
  'sum.gone': 'La línea se quitó, para todos.',
  'sum.wrong-failed':
    'La línea sigue ahí: el servidor no la quitó. Compruebe su conexión e inténtelo otra vez.',
  'sum.copy': 'Copiar como Markdown',
  'sum.copy-failed': 'Aquí no se pudo copiar. Guarde el resumen como archivo.',
  'sum.save': 'Guardar como {format}',

  'script.title': 'Transcripción',
  'script.span': {
    one: '{count} línea, de {from} a {to}.',
    many: '{count} de líneas, de {from} a {to}.',
    other: '{count} líneas, de {from} a {to}.',
  },
  'script.jump': 'Pulse una hora para oír ese momento en el vídeo.',
  'script.engine': 'Escrito por {engine}. Comete errores.',
  'script.play': 'Reproducir el vídeo desde las {time}',
  'script.gone': '[retirado]',
  'script.gap': 'No estuvo en marcha de {from} a {to}',
  'script.empty': 'No se oyó nada mientras estaba en marcha.',
  'script.empty.open': 'Aún no se ha oído nada mientras está en marcha.',
  'script.loading': 'La transcripción está en camino a esta página.',
  'script.lost':
    'La transcripción no llega a esta página ahora mismo. Esta página lo intenta sola otra vez.',
  'script.find': 'Buscar en la transcripción',
  'script.found': 'Líneas: {count} de {all}',
  'script.found.none': 'Ninguna línea tiene estas palabras.',
  'mine.title': 'Todo lo que hay guardado de usted',
  'mine.note':
    'Sus pistas, sus palabras, su nombre, sus recibos y las entradas sobre usted, en un archivo. No contiene nada de otras personas.',
  'mine.save': 'Guardar todo',
  'mine.erase': 'Borrar todo lo mío',
  'mine.ask': '¿Borrar todo lo suyo?',
  'mine.goes': 'Se borran sus pistas, sus palabras y su nombre.',
  'mine.again': 'Los vídeos y el resumen se hacen otra vez sin usted, para todos.',
  'mine.stays':
    'Quedan las entradas que prueban lo que se permitió, con una palabra larga al azar en lugar de su nombre. Sus recibos siguen valiendo.',
  'mine.undo': 'Esto no se puede deshacer.',
  'mine.yes': 'Borrar todo',
  'mine.no': 'Conservar todo',

  'part.title': 'Su parte',
  'part.several': 'Cada función tiene su propia decisión. Una no cambia nada en las otras.',
  'part.note':
    'Su imagen, su voz y cualquier pantalla que compartió, con su sonido. Decida cualquier día hasta el {day}.',
  'part.note.open':
    'Su imagen, su voz y cualquier pantalla que compartió, con su sonido. Decida ahora, o cuando la reunión termine.',
  'part.note.transcript':
    'Sus palabras, con su nombre y la hora. Decida cualquier día hasta el {day}.',
  'part.note.transcript.open':
    'Sus palabras, con su nombre y la hora. Decida ahora, o cuando la reunión termine.',
  'part.note.summary':
    'Lo que el resumen cita de usted y dice de usted. Decida cualquier día hasta el {day}.',
  'part.note.summary.open':
    'Lo que el resumen cita de usted y dice de usted. Decida ahora, o cuando la reunión termine.',
  'part.stop': '*Parar* No se hace nada nuevo con mi parte. Lo que existe se queda hasta el {day}.',
  'part.stop.open':
    '*Parar* No se hace nada nuevo con mi parte. Lo que existe se queda hasta que acabe su plazo.',
  'part.erase':
    '*Parar y borrar mi parte* Mis pistas se borran, y el vídeo se hace otra vez sin mí.',
  'part.erase.both':
    '*Parar y borrar mi parte* Mis palabras salen de la transcripción y del resumen; el resumen se escribe de nuevo.',
  'part.erase.transcript': '*Parar y borrar mi parte* Mis palabras salen de la transcripción.',
  'part.erase.summary':
    '*Parar y borrar mi parte* Mis palabras salen del resumen, y se escribe de nuevo.',
  'part.stopped':
    '*Parado.* No se hace nada nuevo con su parte. Lo que existe se queda hasta el {day}.',
  'part.stopped.open':
    '*Parado.* No se hace nada nuevo con su parte. La reunión sigue: para pararlo allí, pulse No permitir en la sala.',
  'part.resume': '*Deshacer eso* Se pueden hacer otra vez cosas nuevas con mi parte.',
  'part.stop.failed': 'Eso no llegó al servidor. Inténtelo otra vez.',
  'part.confirm': '¿Borrar su parte?',
  'part.confirm.tracks': {
    one: 'Se borra su pista ({count}): {size} de imagen y sonido.',
    many: 'Se borran sus {count} de pistas: {size} de imagen y sonido.',
    other: 'Se borran sus {count} pistas: {size} de imagen y sonido.',
  },
  'part.confirm.film': 'El vídeo se hace otra vez sin usted, para todos.',
  'part.confirm.transcript':
    'Sus palabras salen de la transcripción. Queda «[retirado]», con la hora.',
  'part.confirm.captions': 'Salen también de los subtítulos del vídeo.',
  'part.confirm.summary': 'El resumen se escribe de nuevo sin sus palabras, para todos.',
  'part.confirm.name': 'Su nombre en lo que dijeron otros se sustituye lo mejor posible.',
  'part.confirm.undo':
    'Nadie puede recuperarla, y las copias que alguien guardó se quedan donde están.',
  'part.confirm.yes': 'Borrar mi parte',
  'part.confirm.no': 'Conservar mi parte',
  'part.sending': 'Transmitiendo',
  'part.erasing': 'Su parte se está borrando',
  'part.erasing.text': 'Sus pistas se borran, y el vídeo se hace otra vez sin usted.',
  'part.erasing.both':
    'Sus palabras salen de la transcripción y del resumen, y el resumen se escribe de nuevo.',
  'part.erasing.transcript': 'Sus palabras salen de la transcripción.',
  'part.erasing.summary': 'Sus palabras salen del resumen, y se escribe de nuevo.',
  'part.erased': 'Su parte está borrada',
  'part.erased.text':
    'Su imagen, su voz y sus pantallas están borradas. El vídeo se hace sin usted. Sus recibos siguen siendo suyos.',
  'part.erased.both':
    'Sus palabras ya no están en la transcripción ni en el resumen. Su nombre en lo que dijeron otros se sustituyó lo mejor posible. Sus recibos siguen siendo suyos.',
  'part.erased.transcript':
    'Sus palabras ya no están en la transcripción. Su nombre en lo que dijeron otros se sustituyó lo mejor posible. Sus recibos siguen siendo suyos.',
  'part.erased.summary':
    'Sus palabras ya no están en el resumen. Su nombre en lo que dijeron otros se sustituyó lo mejor posible. Sus recibos siguen siendo suyos.',

  'down.title': 'Descargas',
  'down.film': 'Vídeo',
  'down.captions': 'Subtítulos',
  'down.transcript': 'Transcripción',
  'down.summary': 'Resumen',
  'down.highlights': 'Selección de citas',
  'down.text': 'Texto',
  'down.receipts': 'Mis recibos',
  'down.receipts.count': {
    one: '{count} recibo',
    many: '{count} de recibos',
    other: '{count} recibos',
  },
  'down.proof': 'Prueba de mis recibos',
  'down.proof.note': 'del registro de sellos',
  'down.export': 'Todo, con su prueba',
  'down.export.note': 'se puede comprobar sin conexión',
  'down.tracks': 'Pistas sueltas',
  'down.tracks.note':
    'Tal como se captaron, un archivo por micrófono, cámara y pantalla, y por su sonido.',
  'down.tracks.count': {
    one: '{count} pista, {size}',
    many: '{count} de pistas, {size}',
    other: '{count} pistas, {size}',
  },
  'down.source.microphone': 'Micrófono',
  'down.source.camera': 'Cámara',
  'down.source.screen': 'Pantalla compartida',
  'down.source.screen-audio': 'Sonido de la pantalla compartida',
  'down.track': '{source}, {time}',
  'down.recovered': 'Recuperado después de un fallo; puede que falte el final.',
  'down.none': 'No hay nada que descargar.',

  'door.sign-in': 'Esta página es para quienes estuvieron allí',
  'door.sign-in.text':
    'Ábrala en el navegador con el que estuvo en la reunión, o use el enlace «Lo que se guardó» del final de la reunión.',
  'door.cookies': 'Este navegador no guarda cookies para esta página',
  'door.cookies.text':
    'La página necesita una para mostrar lo que se guardó. Permita los datos de sitio para esta dirección y use otra vez el enlace «Lo que se guardó».',
  'door.wrong': 'Este enlace no encaja',
  'door.wrong.text':
    'Cada persona tiene un enlace propio, y funciona entero o no funciona. Copie otra vez «Lo que se guardó» del final de la reunión.',
  'door.gone': 'Ya no se guarda nada de esta reunión',
  'door.gone.text':
    'Lo captado se borra cuando acaba su plazo. Los recibos son suyos y se quedan con usted.',
  'door.gone.on': 'Lo captado se borró el {day}. Los recibos son suyos y se quedan con usted.',
  'door.out': 'El enlace está olvidado aquí',
  'door.out.text': 'Para volver, use el enlace «Lo que se guardó» del final de la reunión.',
  'door.unreachable': 'No se puede llegar al servidor',
  'door.unreachable.text': 'No se ha perdido nada. Compruebe su conexión e inténtelo otra vez.',

  'promise.title': 'Lo que promete Gatekeeper',
  'promise.lead':
    'En una reunión solo se graba, se resume o se redacta con IA si todos en la sala dicen que sí. Decir que no a nadie le cuesta nada. Cada sí se puede probar.',
  'promise.always': 'Lo que vale siempre',
  'promise.unanimity': 'Todos, o nada',
  'promise.unanimity.text':
    'Una función solo está en marcha mientras cada persona en la sala la permite, con el texto vigente. El anfitrión cuenta como cualquiera. También un teléfono, y también un aparato.',
  'promise.silence': 'No responder es no',
  'promise.silence.text':
    'Cerrar la pregunta, Escape, volver a cargar, perder la conexión: todo eso cuenta como no.',
  'promise.free': 'Decir que no no cuesta nada',
  'promise.free.text':
    'Usted conserva su sitio, su voz, su imagen y su chat, decida lo que decida.',
  'promise.at-once': 'El no es inmediato',
  'promise.at-once.text':
    'Pulsar una vez «No permitir» para la función para todos. No espera a nada. Un sí espera hasta que queda anotado.',
  'promise.before': 'Primero parar, luego dejar entrar',
  'promise.before.text':
    'Cuando alguien nuevo no ha dicho que sí, la función se para antes de que entre. Ninguna de sus palabras o imágenes llega a ella.',
  'promise.off': 'Si no está en marcha, no se escribe nada',
  'promise.off.text':
    'Mientras una función no está en marcha, el servidor no recibe imagen ni sonido para ella. Lo dicho entonces no entra más tarde.',
  'promise.secret': 'Su decisión es secreta',
  'promise.secret.text':
    'A nadie se le muestra quién dijo que no o no respondió: ni al anfitrión, ni a los responsables del servidor, ni a un registro. Un no nunca se anota. Toda causa de una parada tiene el mismo aspecto.',
  'promise.receipt': 'Su sí es suyo',
  'promise.receipt.text':
    'Su navegador lo firma con una clave creada para esta reunión, así que nadie puede inventarlo. Usted recibe un recibo, y otro cuando lo retira.',
  'promise.erase': 'Su parte se puede borrar',
  'promise.erase.text':
    'Hasta que acabe su plazo puede borrar su parte, en la sala o después. Se borran sus pistas y sus palabras, y también su nombre. El vídeo y el resumen se hacen otra vez sin usted.',
  'promise.ask': 'Se pregunta una vez',
  'promise.ask.text':
    'Una pregunta viene una vez. Cuando el anfitrión pregunta de nuevo, quien dijo que no recibe una marca discreta, no una segunda pregunta. Un texto cambiado se pregunta de nuevo.',
  'promise.limits': 'Lo que no puede hacer',
  'promise.camera': 'Cualquiera puede filmar una pantalla',
  'promise.camera.text':
    'Un teléfono delante de una pantalla, o un programa en el ordenador de alguien, está fuera de alcance. Gatekeeper solo decide lo que capta este servidor.',
  'promise.few': 'Poca gente, poco secreto',
  'promise.few.text':
    'Con dos personas en una sala no hay secreto sobre quién dijo que no, y con tres apenas.',
  'promise.copies': 'Las copias se quedan donde están',
  'promise.copies.text':
    'Lo que alguien ha guardado en su propio ordenador no se puede retirar de allí.',
  'promise.sent': 'Palabras que fueron a otro sitio',
  'promise.sent.text':
    'Cuando una función usa un modelo en otro servidor, su tarjeta lo dice. Lo que se envió allí no se puede recuperar desde aquí.',
  'promise.others': 'Lo que otros dicen de usted',
  'promise.others.text':
    'Cuando borra su parte, su nombre en lo que dijeron otros se sustituye lo mejor posible. Las palabras de ellos siguen siendo suyas.',
  'promise.wrong': 'Las máquinas oyen mal',
  'promise.wrong.text':
    'La transcripción y el resumen cometen errores. Cada línea de un resumen muestra las palabras en que se apoya, y una pulsación quita para todos una línea incorrecta.',
  'promise.who': 'No ve quién está a su lado',
  'promise.who.text':
    'A una segunda persona delante de su cámara no se le pregunta. Pregúntele usted antes de decir que sí.',
  'promise.back': 'Abrir una sala o entrar en una',

  'allow.link': 'Qué pasa cuando pulsa «Permitir»',
  'steps.yes': 'Si lo permite',
  'steps.signed': 'Su navegador firma su sí. Nadie más puede hacerlo por usted.',
  'steps.waits': 'Espera a que todos aquí digan que sí. Nadie ve quién lo ha dicho ya.',
  'steps.written': 'El servidor anota cada sí. Usted recibe un recibo.',
  'steps.sent':
    'Su navegador envía al servidor una copia de lo que le hace falta. Todos ven la señal.',
  'steps.stops': 'Pulse «No permitir», y se para en el acto, para todos.',
  'steps.no': 'Si no lo permite, o no pulsa nada',
  'steps.same': 'Conserva su sitio, su voz, su imagen y su chat.',
  'steps.off': 'La función sigue apagada para todos.',
  'steps.untold': 'Nadie se entera. Un no nunca se anota.',
  'steps.later': 'Puede decir que sí más tarde, y que no otra vez, cuantas veces quiera.',
  'steps.more': 'Leerlo todo en una página',
  'allow.title': 'Qué pasa cuando pulsa «Permitir»',
  'allow.lead':
    'Su pulsación, por sí sola, no pone nada en marcha. Una función empieza cuando la última persona en la sala ha dicho que sí, y se para con el primer no.',
  'allow.yes': 'Si pulsa «Permitir»',
  'allow.signed': 'Su navegador firma',
  'allow.signed.text':
    'Firma su sí a esta función, en esta sala y con este texto, con una clave que nunca sale de su navegador. Nadie puede decir que sí por usted.',
  'allow.waits': 'Su sí espera a todos',
  'allow.waits.text':
    'Mientras falte el sí de una persona, nada empieza. A nadie se le muestra quién ha respondido y quién falta.',
  'allow.written': 'Primero queda anotado',
  'allow.written.text':
    'Antes de que algo empiece, cada sí está en un registro en el que ningún cambio pasa sin verse. Usted recibe un recibo que puede guardar.',
  'allow.starts': 'La señal se enciende',
  'allow.starts.text':
    'Todos ven la señal mientras la función está en marcha. Solo entonces su navegador envía al servidor una copia de lo que la función necesita, y de nada más.',
  'allow.newcomer': 'Llega alguien nuevo',
  'allow.newcomer.text': 'Si no ha dicho ya que sí, la función se para antes de que entre.',
  'allow.stopped': 'Usted cambia de opinión',
  'allow.stopped.text':
    'Pulsar una vez «No permitir» para la función para todos, en el acto y en cualquier momento. Después elige si lo que hay de usted se queda o se borra.',
  'allow.after': 'Después',
  'allow.after.text':
    'Tiene una página propia, sin cuenta: lo que se guardó mientras estuvo, hasta cuándo, sus recibos y una manera de borrar su parte.',
  'allow.no': 'Si pulsa «No permitir», o nada',
  'allow.same': 'Todo lo demás se queda como está',
  'allow.same.text':
    'Conserva su sitio, su voz, su imagen y su chat. La reunión sigue; la función no se pone en marcha.',
  'allow.untold': 'Nadie se entera',
  'allow.untold.text':
    'Ni el anfitrión, ni los demás, ni los responsables del servidor. Un no nunca se anota. Con dos personas en una sala, eso sí, la otra puede deducirlo.',
  'allow.later': 'Puede decidir otra cosa más tarde',
  'allow.later.text':
    'Su interruptor se queda en la sala, en los dos sentidos, tantas veces como quiera. La pregunta no vuelve por sí sola.',

  'asked.title': 'Qué se puede pedir en esta reunión',
  'asked.lead':
    'Nada de esto se pone en marcha sin que todos en la sala digan que sí a estas mismas palabras. Negarse deja todo lo demás igual.',
  'asked.here': 'Lo hace este servidor.',
  'asked.elsewhere':
    'Lo hace otro programa. Solo puede mientras todos digan que sí: este servidor se lo permite cada vez por un momento.',
  'asked.none': 'En esta reunión no se pide nada.',
  'asked.meeting': 'A la reunión, donde cada persona decide',

  'check.link': 'Comprobar cámara, micrófono y conexión',
  'check.title': 'Cámara, micrófono y conexión',
  'check.lead':
    'Esta página mira si a usted se le verá y se le oirá. La imagen y el sonido se quedan en su máquina, y nadie se entera de lo que encuentra.',
  'check.state.waiting': 'por ver',
  'check.state.ok': 'bien',
  'check.state.bad': 'necesita algo',
  'check.sum.waiting': 'Algunas cosas están aún por ver.',
  'check.sum.ok': 'Todo está bien. Puede cerrar esta página y entrar.',
  'check.sum.bad': 'Algo necesita su atención.',
  'check.browser': 'Navegador',
  'check.browser.ok': 'Puede hacer lo que necesita una reunión.',
  'check.browser.insecure':
    'Esta página se abrió sin cifrado, así que el navegador no da cámara ni claves. Abra la dirección con https://.',
  'check.browser.keyless':
    'No crea una clave con la que firmar sus decisiones. Use otro navegador.',
  'check.browser.callless':
    'No hace llamadas: WebRTC falta o está desactivado. Actívelo en los ajustes o en las extensiones, o use otro navegador.',
  'check.server': 'Servidor',
  'check.server.waiting': 'Se le está preguntando.',
  'check.server.ok': 'Responde, a peticiones y por la conexión que usa una reunión.',
  'check.server.unreachable': 'No responde. Compruebe su red y vuelva a cargar esta página.',
  'check.server.socket-blocked':
    'Responde, pero la conexión que usa una reunión (un WebSocket) no se establece. Apague una VPN, un proxy o un filtro, pruebe otra red, o avise a los responsables de este servidor.',
  'check.loop': 'Llamadas',
  'check.loop.waiting': 'El navegador se llama a sí mismo.',
  'check.loop.ok':
    'El navegador hace llamadas: ha llegado a sí mismo. Si llega a los demás se ve en la sala, porque solo allí se le dan los repetidores.',
  'check.loop.failed':
    'El navegador ni siquiera puede llamarse a sí mismo. Una extensión, un cortafuegos en esta máquina o un ajuste bloquea WebRTC. Apáguelo, o use otro navegador.',
  'check.device.off': 'Este dispositivo está apagado. Enciéndalo junto a la imagen.',
  'check.device.waiting': 'Puede que el navegador se lo pida. Permítalo allí.',
  'check.microphone': 'Micrófono',
  'check.microphone.silent':
    'Diga algo. Si nada se mueve, elija otro micrófono, o mire si está silenciado.',
  'check.microphone.ok': 'Se le oye.',
  'check.camera': 'Cámara',
  'check.camera.ok': 'Se le ve.',
  'check.speaker': 'Altavoz',
  'check.speaker.play': 'Reproducir un tono',
  'check.speaker.waiting': 'Reproduzca el tono. ¿Lo oye?',
  'check.speaker.ok': 'El tono se reprodujo. Si no lo oyó, suba el volumen, o elija otro altavoz.',
  'check.speaker.failed': 'El tono no se pudo reproducir. Elija otro altavoz e inténtelo otra vez.',
  'verify.link': 'Comprobar un recibo',
  'verify.title': 'Comprobar lo que uno ha recibido',
  'verify.lead':
    'En palabras sencillas: qué demuestra un recibo, una prueba u otro archivo, y qué no.',
  'verify.local': 'No se envía nada. Una vez cargada, esta página funciona sin red.',
  'verify.files': 'Archivos',
  'verify.drop': 'Suelte archivos aquí o elíjalos',
  'verify.drop.note':
    'Recibos, reuniones con su prueba, películas, pruebas y estados del registro, informes de auditoría, claves públicas. Suelte junto lo que va junto.',
  'verify.paste': 'O pegue su texto',
  'verify.paste.check': 'Comprobar el texto',
  'verify.pasted': 'Texto pegado',
  'verify.again': 'Empezar de nuevo',
  'verify.results': 'Resultado',
  'verify.busy': 'Se está comprobando.',
  'verify.sum.good': 'Todo es válido.',
  'verify.sum.bad': 'No todo es válido.',
  'verify.sum.unknown': 'No todo se puede comprobar.',
  'verify.state.good': 'válido',
  'verify.state.bad': 'no válido',
  'verify.state.unknown': 'no comprobable',
  'verify.kind.receipt': 'Recibo',
  'verify.kind.audit': 'Informe de auditoría',
  'verify.kind.proof': 'Prueba del registro',
  'verify.kind.checkpoint': 'Estado del registro',
  'verify.kind.log-keys': 'Claves de un registro',
  'verify.kind.gate-keys': 'Claves de una puerta',
  'verify.kind.file': 'Archivo',
  'verify.kind.feed': 'Lo que se retiró',
  'verify.proves.feed':
    'Hasta estos días el servidor dijo a todos qué archivos ya no deben usarse. No puede desdecirse sin que se note.',
  'verify.lacks.feed': 'Por qué o de quién eran. Tampoco qué se retiró después de su último día.',
  'verify.feed.days': 'Va del {first} al {last}.',
  'verify.export.until':
    'Nada de ello se retiró hasta el final del {day}. Lo posterior aquí no se sabe.',
  'verify.kind.export': 'Reunión con su prueba',
  'verify.kind.own-copy': 'Su propia copia',
  'verify.kind.media': 'Película o pista',
  'verify.proves': 'Lo que demuestra',
  'verify.proves.receipt':
    'Quien tenía la clave que un navegador creó para esta reunión dijo esto, sobre exactamente estas palabras. La puerta lo anotó.',
  'verify.proves.audit':
    'La puerta firmó qué estuvo activo, cuándo, y que tantas personas habían firmado un sí a estas palabras.',
  'verify.proves.proof':
    'Lo que nombra está en una reunión sellada, y esta en el registro. El servidor no puede quitarlo sin que se note.',
  'verify.proves.checkpoint': 'El registro firmó que tenía este tamaño y este contenido.',
  'verify.proves.export':
    'Cada persona en una pista había firmado un sí justo a esto, con justo estas palabras, mientras se captaba. Una película, dice la puerta, se hizo de esas pistas y de nada más.',
  'verify.proves.own-copy':
    'Los recibos que contiene son válidos, y sus archivos son los que nombra la copia del registro.',
  'verify.proves.media':
    'Es, entero, lo que cuenta la exportación de al lado. Cada persona había firmado un sí justo a esto.',
  'verify.proves.keys': 'Nada por sí mismas. Con ellas se comprueban otros archivos.',
  'verify.lacks': 'Lo que no demuestra',
  'verify.lacks.receipt':
    'Quién es esa persona, ni que leyó las palabras. Tampoco que nunca se retirara: eso tiene su propio recibo.',
  'verify.lacks.audit':
    'Las firmas de las personas, que no están en él: es la palabra de la puerta. Tampoco quiénes son.',
  'verify.lacks.proof':
    'Qué dicen las entradas ni de qué reunión son: suelte los recibos al lado. Tampoco que todos vean el mismo registro.',
  'verify.lacks.checkpoint':
    'Qué hay en el registro. Guárdelo: quien lo tenga podrá mostrar que el registro fue modificado.',
  'verify.lacks.export':
    'Quiénes son las personas, que no se vea ni oiga a nadie más, ni que nada se retirara desde entonces.',
  'verify.lacks.own-copy': 'Que nada se omitiera: como conjunto no la firmó nadie.',
  'verify.lacks.media': 'Quiénes son las personas, ni que nada se retirara desde entonces.',
  'verify.lacks.keys': 'De quién son. Tómelas del servidor mientras confíe en él.',
  'verify.signer.named': 'Firmado con una de las claves que usted indicó.',
  'verify.signer.here':
    'Firmado con la clave de este servidor, tal como la dio al cargar la página.',
  'verify.signer.other':
    'Firmado con la clave {kid}. De quién es, esta página no lo sabe: compárela con lo que publica el servidor de la reunión.',
  'verify.log': 'Está en el registro {origin}, como entrada {index} de {size}.',
  'verify.log.none':
    'Si está en el registro de sellos: suelte al lado la prueba de la página posterior.',
  'verify.state': 'El registro {origin} tenía {size} entradas.',
  'verify.audit.meeting': 'Reunión {meeting}, calculada el {day}.',
  'verify.audit.opening': '{name}: de {from} a {to}. Personas: {people}.',
  'verify.audit.on': 'ahora',
  'verify.export.since': 'Si algo se retiró desde {day}, aquí no se sabe.',
  'verify.export.film':
    'En la película de {from} a {to}: pistas de {people} personas, según la palabra firmada de la puerta.',
  'verify.copy.files':
    'Recibos válidos: véase arriba. Archivos como dice la copia del registro: {files}.',
  'verify.about': 'Se trata de: {where}',
  'verify.code': 'Código: {code}',
  'verify.print': 'Imprimir',
  'verify.save': 'Guardar',
  'verify.save.readable': 'Guardar como JSON',
  'verify.open': 'Leer como página',
  'verify.open.label': 'Leer como página: {name}, {time}',
  'verify.elsewhere': 'Sin esta página',
  'verify.elsewhere.text':
    'Las mismas comprobaciones están en un archivo, para cualquier equipo con Python y sin red:',
  'verify.elsewhere.file': 'Guardar el archivo',
  'verify.elsewhere.keys': 'Claves de la puerta de este servidor',
  'verify.elsewhere.log': 'Claves de su registro',
  'verify.elsewhere.note':
    'Guarde las claves mientras confíe en el servidor. No tienen nada secreto.',
  'verify.fault.kind-unknown':
    'No es ninguno de los archivos que se pueden comprobar aquí. Un registro entero se comprueba con el comando del servidor.',
  'verify.fault.too-large': 'Es demasiado grande para ser lo que debería.',
  'verify.fault.key-needed': 'Falta la clave con que se firmó: suelte al lado las claves públicas.',
  'verify.fault.jws-malformed': 'No es un texto firmado con la forma debida.',
  'verify.fault.header-invalid': 'Su cabecera no es la de lo que firma una puerta.',
  'verify.fault.key-invalid': 'La clave no sirve, o no es la que nombra.',
  'verify.fault.key-foreign': 'Ninguna de las claves indicadas lo firmó.',
  'verify.fault.signature-invalid': 'Se modificó después de que la puerta lo firmara.',
  'verify.fault.json-invalid': 'Lo firmado no se puede leer.',
  'verify.fault.not-canonical': 'Lo firmado no tiene la única forma que vale.',
  'verify.fault.member-invalid': 'Falta algo, sobra algo, o algo no tiene su forma.',
  'verify.fault.participant-key-invalid': 'La clave de la persona no obliga a nadie.',
  'verify.fault.grant-malformed': 'El sí no tiene la forma debida.',
  'verify.fault.grant-signature-invalid':
    'El sí se modificó tras firmarse, o lo firmó otra persona.',
  'verify.fault.grant-subject-foreign': 'El sí nombra a otra persona que quien lo firmó.',
  'verify.fault.grant-other': 'El sí es de otra reunión, función o respuesta.',
  'verify.fault.withdrawal-malformed': 'La retirada no tiene la forma debida.',
  'verify.fault.withdrawal-signature-invalid':
    'La retirada se modificó tras firmarse, o la firmó otra persona.',
  'verify.fault.withdrawal-subject-foreign':
    'La retirada nombra a otra persona que quien la firmó.',
  'verify.fault.withdrawal-other': 'La retirada es de otra reunión, función o respuesta.',
  'verify.fault.wording-other': 'El sí era a otras palabras.',
  'verify.fault.event-contradicted': 'Es de un sí y lleva su propia retirada.',
  'verify.fault.record-contradicted': 'Su registro contradice el resto.',
  'verify.fault.copy-differs': 'Lo que se lee no es lo que se firmó.',
  'verify.fault.proof-malformed': 'No es una prueba con la forma debida.',
  'verify.fault.proof-empty': 'No habla de nada.',
  'verify.fault.places-malformed': 'Lo que dice de la reunión no tiene la forma debida.',
  'verify.fault.log-key-invalid': 'No es la clave de un registro.',
  'verify.fault.note-malformed': 'El estado del registro no tiene la forma debida.',
  'verify.fault.note-unsigned': 'Nadie cuya clave se conozca firmó el estado del registro.',
  'verify.fault.note-signature-invalid': 'El estado del registro se modificó tras firmarse.',
  'verify.fault.checkpoint-malformed': 'No es el estado de un registro.',
  'verify.fault.checkpoint-foreign': 'Es el estado de otro registro.',
  'verify.fault.checkpoints-contradict':
    'Dos estados de un registro se contradicen: a alguien se le mostró otro.',
  'verify.fault.meeting-other': 'La prueba es de otra reunión.',
  'verify.fault.entry-other': 'La prueba es de otras entradas.',
  'verify.fault.inclusion-invalid': 'La prueba lleva a otro registro.',
  'verify.fault.audit-contradicted': 'Lo que dice se contradice.',
  'verify.fault.feed-malformed': 'No es una lista de lo retirado.',
  'verify.fault.feed-gap': 'Sus páginas no se siguen: faltan algunas.',
  'verify.fault.taken-back': 'Se retiró y ya no debe usarse.',
  'verify.fault.export-needed':
    'Falta la reunión con su prueba: suelte su archivo junto a la película o la pista.',
  'verify.fault.archive-invalid': 'El archivo comprimido no se puede leer.',
  'verify.fault.archive-contradicted': 'Lo que contiene el archivo se contradice.',
  'verify.fault.export-unlisted': 'Contiene un archivo que su lista no nombra.',
  'verify.fault.export-missing': 'Falta un archivo que su lista nombra.',
  'verify.fault.export-changed': 'Un archivo no es el que se exportó.',
  'verify.fault.account-contradicted': 'Lo que dice de una parte de la reunión se contradice.',
  'verify.fault.account-missing':
    'Contiene un archivo del que el registro de la reunión no dice nada.',
  'verify.fault.leaves-invalid': 'Una pista difiere de lo anotado.',
  'verify.fault.edits-contradicted': 'De una película se dice que muestra lo que ningún sí cubre.',
  'verify.fault.film-unknown':
    'No es ni la película ni una pista entera de esa reunión. Un fragmento de pista se comprueba con el comando del servidor.',
  'verify.fault.audit-faulty':
    'La propia puerta dice que el registro de esta reunión no es válido.',
}
