/** @import {Texts} from './words.js' */

/** Français. Phrases courtes, au présent, la lectrice est « vous ». @type {Texts} */
export const texts = {
  brand: 'Gatekeeper',
  'brand.home': 'Gatekeeper, page d’accueil',
  'promise.link': 'Ce que Gatekeeper promet',
  'foot.imprint': 'Mentions légales',
  'foot.privacy': 'Confidentialité',
  'language.label': 'Langue',
  'language.failed':
    '{name} n’est pas arrivé ici. Vérifiez votre connexion, puis choisissez la langue à nouveau.',
  'skip.join': 'Aller au bouton pour entrer',

  'start.title': 'Se réunir. Rien n’est capté sans le oui de tous',
  'start.lead':
    'L’enregistrement, la transcription, le résumé et les brouillons par IA ne tournent que tant que chacun dans la salle les autorise. Dire non ne coûte à personne sa place, sa voix ou son image.',
  'start.open': 'Ouvrir une salle',
  'start.name': 'De quoi parle la réunion ?',
  'start.features': 'Que peut-on demander dans cette salle ?',
  'start.features.note':
    'Proposer n’est pas lancer : chaque personne est interrogée, et l’absence de réponse vaut non. Une salle peut ne rien proposer.',
  'start.knock': 'Faire entrer les gens un par un',
  'start.knock.note': 'Qui arrive attend que vous le fassiez entrer.',
  'start.submit': 'Ouvrir la salle',
  'start.submitting': 'Ouverture de la salle',
  'start.join': 'Rejoindre une réunion',
  'start.link': 'Lien d’invitation',
  'start.link.go': 'Aller à la réunion',
  'start.link.wrong': 'Ce n’est pas un lien d’invitation. Il ressemble à {example}.',
  'start.name.missing': 'Donnez un titre à la salle.',
  'start.failed': 'La salle n’a pas pu être ouverte. Vérifiez votre connexion, puis réessayez.',
  'sign-in.needed':
    'Sur ce serveur, il faut se connecter pour ouvrir une salle. Pour entrer dans une salle, ce n’est pas nécessaire.',
  'sign-in.ended':
    'Votre session est terminée. Connectez-vous à nouveau : ce que vous avez écrit est encore là.',
  'sign-in.token': 'Clé d’accès',
  'sign-in.token.missing': 'Saisissez la clé d’accès reçue des responsables de ce serveur.',
  'sign-in.go': 'Se connecter',
  'sign-in.going': 'Connexion en cours',
  'sign-in.in': 'La connexion est faite.',
  'sign-in.as': 'Connexion au nom de {name}',
  'sign-in.with': 'Connexion avec la clé d’accès « {name} »',
  'sign-in.out': 'Se déconnecter',
  'sign-in.gone': 'La déconnexion est faite.',
  'created.title': 'La salle est ouverte',
  'created.lead': '{title} · toute personne qui a le lien d’invitation peut entrer.',
  'created.lead.knock':
    '{title} · toute personne qui a le lien d’invitation peut demander à entrer. C’est vous qui la faites entrer.',
  'created.invite': 'Lien d’invitation, pour tous',
  'created.enter': 'Entrer comme hôte',
  'created.host.note':
    'L’hôte peut demander une fonction à tous, l’arrêter, et mettre fin à la réunion. Sa voix compte comme celle de chacun, et l’hôte ne voit le choix de personne.',
  'created.another': 'Ouvrir une autre salle',
  'qr.title': 'Code QR',
  'qr.alt': 'Code QR du lien d’invitation',
  'qr.note': 'Un téléphone pointé vers lui ouvre l’invitation.',
  'qr.enlarge': 'Voir en grand',
  'qr.save': 'Enregistrer',
  'qr.save.label': 'Enregistrer le code QR',
  'calendar.title': 'Pour votre agenda',
  'calendar.note':
    'Un fichier avec l’invitation et ce qui peut être demandé dans cette salle. Votre lien d’hôte n’y figure pas. La salle attend jusqu’à {when} que quelqu’un vienne. Quand tout le monde en est reparti, elle ferme.',
  'calendar.day': 'Jour',
  'calendar.time': 'Début',
  'calendar.length': 'Durée',
  'calendar.zone': 'Dans votre fuseau horaire : {zone}',
  'calendar.save': 'Enregistrer le fichier d’agenda',
  'calendar.saving': 'Préparation du fichier d’agenda',
  'calendar.saved': 'Enregistré sous {name}',
  'calendar.unset': 'Choisissez un jour et une heure.',
  'calendar.past': 'Cette heure est passée',
  'calendar.past.text': 'Choisissez une heure à venir.',
  'calendar.late': 'La salle n’existe plus à cette date',
  'calendar.late.text':
    'Si personne ne vient, la salle disparaît après {when}. Choisissez une date plus proche, ou ouvrez une salle peu avant le jour.',
  'calendar.failed':
    'Le fichier d’agenda n’a pas pu être créé. Vérifiez votre connexion, puis réessayez.',
  'invite.join': 'Voici l’entrée de la réunion :',
  'invite.asked': 'Ce qui peut vous être demandé dans cette salle :',
  'invite.choose':
    'Vous choisissez dans la salle, avec le texte entier sous les yeux. Un clic suffit pour changer d’avis, à tout moment.',
  copy: 'Copier',
  'copy.link': 'Copier le lien d’invitation',
  'copy.about': 'Copier : {label}',
  copied: 'Copié',
  comma: '{before}, {after}',

  'lobby.title': 'Prêt à entrer ?',
  'lobby.opened': 'Ouverte {when}',
  'lobby.host': 'Vous entrez comme hôte.',
  'lobby.preview': 'L’image de votre caméra',
  'lobby.name': 'Votre nom',
  'lobby.name.missing': 'Saisissez le nom que les autres voient.',
  'lobby.forget': 'M’oublier dans ce navigateur',
  'lobby.forgotten': 'Votre nom et vos appareils sont oubliés ici. Vos reçus restent.',
  'lobby.join': 'Entrer dans la salle',
  'lobby.joining': 'Entrée dans la salle',
  'wait.told':
    '*Vous attendez à l’entrée.* L’hôte est prévenu, et vous entrez sans rien faire dès qu’il vous ouvre. Jusque-là, personne ne vous voit ni ne vous entend.',
  'wait.cut':
    '*Connexion perdue.* Nouvel essai pour joindre la salle. Ensuite, l’hôte apprend encore une fois que vous attendez.',
  'wait.stop': 'Ne plus attendre',
  'lobby.join.note': 'Vous pouvez entrer avec n’importe quel choix, ou sans choix.',
  'lobby.no-calls':
    '*Ce navigateur ne passe pas d’appels :* WebRTC manque ou est désactivé. Vous pouvez entrer, écrire dans le chat et choisir. Personne ne vous voit ni ne vous entend. Vous ne voyez et n’entendez personne, et rien de vous ne peut être dans un enregistrement.',
  'cannot.title': 'Vous ne pouvez pas entrer depuis cette page',
  'cannot.insecure':
    'Elle a été ouverte par http, sans chiffrement. Les navigateurs ne donnent alors à une page ni micro, ni caméra, ni clé pour signer vos choix.',
  'cannot.insecure.you':
    '*Ce que vous pouvez faire :* ouvrez la salle par son adresse https, ou demandez-la à qui vous a invité.',
  'cannot.insecure.admin':
    '*Si vous gérez ce serveur :* placez devant lui un proxy avec TLS. Sur la machine même, localhost convient aussi.',
  'cannot.keyless': 'Ce navigateur ne crée pas de clé pour signer vos choix : Web Crypto manque.',
  'cannot.keyless.you': '*Ce que vous pouvez faire :* ouvrez la salle dans un autre navigateur.',
  'lobby.choices': 'Vos choix',
  'lobby.choices.note':
    'Une fonction ne tourne que tant que chacun dans la salle l’autorise. L’absence de réponse vaut non. Dire non ne change rien d’autre : vous gardez votre place, votre voix et votre image.',
  'lobby.nothing': 'Cette salle ne propose rien qui capte la réunion. Il n’y a rien à choisir.',
  'lobby.all.group': 'Toutes les fonctions à la fois',
  'lobby.all': 'Tout autoriser',
  'lobby.none': 'Ne rien autoriser',
  'honest.secret': 'Personne ne voit qui a dit non',
  'honest.secret.text':
    'Ni l’hôte, ni {controller}, ni un journal. À deux dans une salle, il n’y a pas de secret, et à trois presque pas.',
  'honest.operator': 'les responsables de ce serveur',
  'honest.cannot': 'Ce que ceci ne peut pas faire',
  'honest.cannot.text':
    'N’importe qui peut filmer son propre écran avec un téléphone. Gatekeeper ne décide que de ce que ce serveur capte.',

  'device.microphone': 'Micro',
  'device.camera': 'Caméra',
  'device.speaker': 'Haut-parleur',
  'device.default': 'Par défaut',
  'device.none': 'Aucun appareil trouvé',
  'device.unnamed': '{kind} {number}',
  'device.level': 'Niveau du micro',
  'device.level.quiet': 'faible',
  'device.level.good': 'bon',
  'device.level.off': 'coupé',
  'sound.title': 'Essayer le haut-parleur et le micro',
  'sound.play': 'Jouer un son',
  'sound.record': 'Enregistrer une phrase',
  'sound.stop': 'Arrêter',
  'sound.tone.waiting': 'Il sort du haut-parleur que vous avez choisi.',
  'sound.tone.playing': 'L’entendez-vous ?',
  'sound.tone.ok':
    'L’avez-vous entendu ? Sinon, montez le volume, ou choisissez un autre haut-parleur.',
  'sound.tone.failed': 'Le son n’est pas sorti. Choisissez un autre haut-parleur, puis réessayez.',
  'sound.voice.idle': 'Dites quelque chose, puis écoutez-vous.',
  'sound.voice.opening': 'Le micro démarre.',
  'sound.voice.recording': 'Parlez maintenant.',
  'sound.voice.playing': 'Voici comment on vous entend.',
  'sound.voice.over':
    'Vous êtes-vous entendu ? Sinon, choisissez un autre micro ou un autre haut-parleur.',
  'sound.voice.failed':
    'Rien n’est venu du micro. Regardez si votre navigateur le donne, puis réessayez.',
  'sound.kept': 'Votre voix reste dans cette page, et disparaît une fois entendue.',
  'sound.unheard':
    'Personne d’autre ne l’entend : pendant ce temps, votre micro est coupé pour les autres. Votre voix reste dans cette page, et disparaît une fois entendue.',
  'device.off.camera': 'Votre caméra est coupée',
  'device.turn-on': 'Allumer la caméra et le micro',
  'device.asks': 'Les deux sont coupés. Quand vous appuyez, votre navigateur vous demande.',
  'device.starting': 'Démarrage de la caméra',
  'device.microphone.turn-on': 'Allumer le micro',
  'device.microphone.turn-off': 'Couper le micro',
  'device.camera.turn-on': 'Allumer la caméra',
  'device.camera.turn-off': 'Couper la caméra',
  'device.retry': 'Réessayer',
  'device.without': 'Vous pouvez entrer sans, et l’allumer plus tard.',
  'device.fault.microphone.missing': 'Aucun micro trouvé. Branchez-en un, puis réessayez.',
  'device.fault.camera.missing': 'Aucune caméra trouvée. Branchez-en une, puis réessayez.',
  'device.fault.microphone.busy':
    'Un autre programme utilise le micro. Fermez ce programme, puis réessayez.',
  'device.fault.camera.busy':
    'Un autre programme utilise la caméra. Fermez ce programme, puis réessayez.',
  'device.fault.microphone.refused':
    'Le navigateur bloque le micro pour cette page. Ouvrez les réglages à côté de l’adresse, autorisez le micro, puis réessayez.',
  'device.fault.camera.refused':
    'Le navigateur bloque la caméra pour cette page. Ouvrez les réglages à côté de l’adresse, autorisez la caméra, puis réessayez.',
  'device.fault.microphone.insecure':
    'Les navigateurs ne donnent le micro qu’aux pages sécurisées. Ouvrez cette page par son adresse https.',
  'device.fault.camera.insecure':
    'Les navigateurs ne donnent la caméra qu’aux pages sécurisées. Ouvrez cette page par son adresse https.',
  'device.fault.microphone.unplugged':
    'Le micro n’est plus là : il a été débranché, ou le navigateur l’a repris. Rebranchez-le et il repart tout seul, ou choisissez-en un autre sous Appareils.',
  'device.fault.camera.unplugged':
    'La caméra n’est plus là : elle a été débranchée, ou le navigateur l’a reprise. Rebranchez-la et elle repart toute seule, ou choisissez-en une autre sous Appareils.',
  'device.fault.microphone.failed': 'Le micro n’a pas démarré. Vérifiez son câble, puis réessayez.',
  'device.fault.camera.failed': 'La caméra n’a pas démarré. Vérifiez son câble, puis réessayez.',
  'device.fault.screen.failed':
    'L’écran n’a pas pu être partagé. Réessayez, ou choisissez une seule fenêtre.',

  'fact.captured': 'Ce qui est capté',
  'fact.purpose': 'Pour quoi faire',
  'fact.processor': 'Qui traite cela',
  'fact.recipients': 'Qui le reçoit',
  'fact.retention': 'Conservé',
  'fact.withdrawal': 'Changer d’avis',
  'fact.machine': 'À qui est la machine qui le reçoit en direct',
  'change.agreed': 'Ce qui a changé depuis que vous l’avez autorisé',
  'change.seen': 'Ce qui a changé depuis que vous l’avez lu',
  'change.note': 'Barré : retiré. Souligné : nouveau. Le texte entier est plus bas.',
  'change.out': 'retiré',
  'change.in': 'nouveau',
  'change.name': 'Nom',
  'change.object': 'Nom dans la question',
  'change.meaning': 'Ce que fait la fonction',

  'answer.label': 'Votre choix',
  'answer.on': 'pour {object} :',
  'answer.allow': '*Autoriser* {object}',
  'answer.dont': '*Ne pas autoriser* {object}',
  'answer.unset': 'Sans réponse',
  'answer.granted': 'Vous autorisez',
  'answer.declined': 'Vous n’autorisez pas',
  'answer.pending': 'Mise par écrit en cours',

  'sign.label': 'En cours',
  'sign.on': '*{name} : en marche* depuis {time}',
  'sign.on.now': '*{name} : en marche*',
  'sign.off': '{name} : à l’arrêt',
  'sign.unknown': '{name} : état inconnu',
  'sign.dont': 'Ne pas autoriser',
  'sign.dont.label': 'Ne pas autoriser {object}',
  'lamp.on': 'En marche depuis {time}',
  'lamp.on.now': 'En marche',
  'lamp.off': 'À l’arrêt',
  'lamp.unknown': 'Inconnu',

  'room.people': {
    one: '{count} personne',
    many: '{count} de personnes',
    other: '{count} personnes',
  },
  'room.waiting': {
    one: '{count} attend à l’entrée',
    many: '{count} attendent à l’entrée',
    other: '{count} attendent à l’entrée',
  },
  'room.stage': 'Personnes dans la réunion',
  'room.panel': 'Panneau latéral',
  'room.controls': 'Commandes de la réunion',
  'room.reconnecting':
    '*Connexion perdue.* Nouvel essai pour joindre la salle. Ce qui y est en marche ne se voit pas d’ici. En attendant, cette page ne donne au serveur ni image ni son. Il se peut que les autres vous voient et vous entendent encore.',
  'room.no-calls':
    '*Ce navigateur ne passe pas d’appels :* WebRTC manque ou est désactivé. Personne ici ne vous voit ni ne vous entend, et vous ne voyez et n’entendez personne. Le chat et les choix marchent. Un autre navigateur peut convenir.',
  'room.unheard':
    '*Rien de vous n’y arrive : {names}.* La fonction est en marche, mais votre son et votre image ne trouvent pas de chemin vers le serveur. Essayez un autre réseau. Si vous gérez ce serveur, laissez-lui passer UDP, ou installez un serveur TURN.',
  'room.unheard.no-calls':
    '*Rien de vous ne peut y être : {names}.* La fonction est en marche, mais ce navigateur ne passe pas d’appels.',
  'room.unreached':
    '*Aucun chemin vers {names}.* Vous ne vous voyez ni ne vous entendez. Soit un réseau entre vous ne laisse passer aucun appel, soit le navigateur d’en face n’en passe pas. Les responsables de ce serveur peuvent installer un serveur TURN pour cela.',
  'room.unproved':
    '*Tous les oui ne sont pas prouvés : {names}.* Votre navigateur ne trouve pas un oui valable de chaque personne présente, et ne donne donc rien de vous au serveur pour cela. Personne n’a forcément dit non : le serveur ne peut pas montrer ce qu’il prétend. Demandez à qui l’exploite.',
  'room.forged':
    '*La connexion avec {names} n’était pas la bonne.* Ce qui est arrivé n’était pas signé de leur part ; votre navigateur y a mis fin. Vous ne vous voyez ni ne vous entendez. Il se peut que l’exploitant de ce serveur se tienne entre vous.',
  'room.alone': 'Il n’y a que vous ici. Copiez le lien d’invitation et envoyez-le aux autres.',
  'room.sound': 'Activer le son',
  'room.sound.text': 'Le navigateur retient le son de cette page.',
  'room.sharing': 'Vous partagez votre écran',
  'room.sharing.behind':
    'Vous partagez votre écran. Celui de {name} est plus récent et s’affiche en grand ; le vôtre est en petit à côté.',
  'room.sharing.stop': 'Arrêter le partage',
  'room.sharing.sound': 'Le son est partagé aussi',
  'room.sharing.sound.stop': 'Arrêter le son',
  'room.sharing.sound.off': 'Le son n’est plus partagé',
  'room.sign-on': '*{name} : en marche.* À partir de maintenant, avec le oui de tous.',
  'room.withheld': '*{name}* : plus proposé pour l’instant',
  'room.offered': '*{name}* : peut de nouveau être demandé',
  'room.on-again': '*{name} : en marche* depuis {time}, avec le oui de tous.',
  'room.sign-off': '*{name} : à l’arrêt.* La réunion continue.',
  'room.erased': '*{name} : votre part est effacée.*',
  'room.removed': '*L’hôte a fait sortir {name}.*',
  'room.host-over': '*Vous n’êtes plus hôte.* Un hôte a changé le lien d’hôte.',
  'room.turned-away': '*L’hôte n’a pas fait entrer {name}.*',
  'room.close': 'Fermer',
  'room.dismiss': 'Retirer',

  'tile.you': 'Vous',
  'tile.host': '{name} (hôte)',
  'tile.screen': '{name} partage un écran',
  'tile.screen.show': 'Afficher en grand l’écran de {name}',
  'tile.screen.own': 'Votre écran, tel que les autres le voient',
  'tile.speaking': ', parle',
  'tile.muted': ', micro coupé',
  'tile.hand': 'Main levée',
  'tile.away': 'Connexion perdue',
  'tile.camera-off': ', caméra coupée',
  'pin.person': 'Garder {name} en grand',
  'pin.you': 'Garder ma propre image en grand',
  'pin.screen': 'Garder en grand l’écran de {name}',
  'self.hide': 'Masquer ma propre image',
  'self.show': 'Afficher ma propre image',
  'self.filmed': 'Votre caméra est active',
  'self.filmed.show': 'Votre caméra est active. Afficher ma propre image',
  'full.enter': 'Afficher en plein écran',
  'full.leave': 'Quitter le plein écran',

  'dock.microphone.on': 'Micro actif',
  'dock.microphone.off': 'Micro coupé',
  'dock.camera.on': 'Caméra active',
  'dock.camera.off': 'Caméra coupée',
  'dock.share': 'Partager',
  'dock.share.stop': 'Arrêter le partage',
  'dock.hand': 'Main',
  'dock.react': 'Réagir',
  'dock.small': 'Petite fenêtre',
  'dock.chat': 'Chat',
  'dock.people': 'Personnes',
  'dock.gate': 'Porte',
  'dock.notes': 'Notes',
  'dock.settings': 'Réglages',
  'dock.more': 'Plus',
  'dock.leave': 'Sortir',
  'dock.shortcut': '{label} (touche {key})',
  'dock.unread': {
    one: '{count} nouveau message',
    many: '{count} de nouveaux messages',
    other: '{count} nouveaux messages',
  },
  'line.good': 'Connexion : bonne',
  'line.fair': 'Connexion : moyenne',
  'line.poor': 'Connexion : mauvaise',
  'line.spared': 'Image non reçue, pour économiser les données',
  'line.of': '{name} : {line}',
  'line.why': '{line}. {why}',
  'line.why.loss': 'Une partie se perd en route.',
  'line.why.delay': 'Tout arrive avec retard.',
  'line.why.sound': 'Le son a des trous.',
  'line.why.still': 'L’image se fige par moments.',
  'line.why.narrow': 'Peu de données passent.',
  'line.why.busy': 'Cet appareil est surchargé.',
  'line.own':
    'Votre connexion est devenue mauvaise. {line} Dans les réglages, vous pouvez économiser les données.',
  'settings.title': 'Réglages',
  'settings.devices': 'Appareils',
  'settings.seeing': 'Voir',
  'prefer.view': 'Affichage',
  'prefer.view.grid': 'Tout le monde en même taille',
  'prefer.view.speaker': 'La personne qui parle en grand',
  'prefer.self-view': 'Afficher ma propre image',
  'prefer.noise': 'Retirer les bruits',
  'prefer.echo': 'Retirer l’écho',
  'prefer.gain': 'Égaliser le volume de ma voix',
  'settings.music': 'Pour la musique ou l’interprétation, coupez-les et mettez un casque.',
  'settings.sounds': 'Sons',
  'prefer.sounds': 'Un son doux quand quelqu’un arrive, lève la main ou écrit',
  'settings.line': 'Mauvaise connexion',
  'prefer.save-data': 'Économiser les données : images reçues',
  'prefer.save-data.off': 'Toutes',
  'prefer.save-data.speaker': 'Seulement qui parle, et les écrans partagés',
  'prefer.save-data.audio': 'Aucune, seulement le son',
  'settings.keys': 'Touches',
  'key.space': 'Espace',
  'settings.key.space': 'Maintenir pour parler quand le micro est coupé',
  'talk.held': 'Les autres vous entendent tant que vous maintenez *Espace*',
  'settings.captions': 'Sous-titres',
  'prefer.caption-size': 'Taille',
  'prefer.caption-size.normal': 'Normale',
  'prefer.caption-size.large': 'Grande',
  'prefer.caption-size.largest': 'Très grande',
  'prefer.caption-contrast': 'Contraste',
  'prefer.caption-contrast.plain': 'Simple',
  'prefer.caption-contrast.strong': 'Fort',
  'prefer.caption-place': 'Emplacement',
  'prefer.caption-place.below': 'Sous les images',
  'prefer.caption-place.above': 'Au-dessus des images',
  'settings.keys.list': 'Liste des touches',
  'prefer.keys': 'Touches d’un seul signe, comme M',
  'keys.speaking': 'Parler et montrer',
  'keys.seeing': 'Voir et lire',
  'keys.going': 'Aller à',
  'settings.key.m': 'Micro actif ou coupé',
  'settings.key.v': 'Caméra active ou coupée',
  'settings.key.s': 'Partager un écran ou arrêter',
  'settings.key.h': 'Lever ou baisser la main',
  'settings.key.c': 'Sous-titres actifs ou non',
  'settings.key.a': 'Porte : vos choix',
  'settings.key.list': 'Cette liste',
  'settings.key.g': 'Tout le monde en même taille, ou la personne qui parle en grand',
  'settings.key.f': 'Plein écran ou non',
  'settings.key.escape': 'Fermer ce qui est ouvert. Dans une question : Ne pas autoriser',
  'leave.title': 'Sortir de la réunion',
  'leave.self': 'Sortir, les autres restent',
  'leave.end': 'Terminer pour tous',

  'reaction.agree': 'D’accord',
  'reaction.applause': 'Applaudissements',
  'reaction.laugh': 'Rire',
  'reaction.heart': 'Cœur',
  'reaction.surprise': 'Surprise',

  'gate.tab': 'Porte',
  'gate.intro':
    'Chaque fonction ne tourne que tant que chacun ici l’autorise. Votre choix n’est montré à personne.',
  'gate.intro.host':
    'Vous êtes l’hôte de cette salle. Votre choix compte comme celui de chacun, et le choix des autres ne vous est pas montré.',
  'gate.intro.nothing': 'Cette salle ne propose rien qui capte la réunion.',
  'gate.withheld': 'Pas proposé sur ce serveur en ce moment. Personne ne peut le demander.',
  'gate.what': 'Ce que fait la fonction',
  'gate.agreed': 'Ce que vous avez autorisé',
  'gate.about': '{what} : {name}',
  'gate.marked': 'L’hôte a demandé à nouveau. Votre réponse tient jusqu’à ce que vous la changiez.',
  'proof.checked': 'Vérifié par votre navigateur : le oui de tout le monde ({count} sur {count})',
  'proof.checking': 'Votre navigateur vérifie le oui de tout le monde.',
  'proof.unproved':
    '*Pas prouvé.* Votre navigateur ne trouve pas un oui valable de chaque personne présente, et ne donne donc rien de vous au serveur pour ceci. Personne n’a forcément dit non : le serveur ne peut pas montrer ce qu’il prétend.',
  'proof.about':
    'Votre navigateur a vérifié lui-même chaque signature : pour cette salle, et pour des textes en vigueur. Il n’a pas cru le serveur.',
  'proof.person': 'texte {words}, clé {key}',
  'proof.code': 'Code de la salle : {code}',
  'proof.code.note':
    'Il est le même pour tous ceux qui voient les mêmes personnes. Lisez-le-vous à voix haute pour en être sûrs.',
  'gate.receipt': 'Reçu',
  'gate.receipts': 'Reçus',
  'gate.receipts.all': 'Vos reçus ({count})',
  'gate.ask': 'Demander à tous d’autoriser {object}',
  'gate.stop': 'Arrêter {object} pour tous',
  'gate.again': 'Demandé à {asked}. Vous pouvez redemander à {time}',
  'gate.again.only': 'Vous pouvez redemander à {time}',
  'ends.title': 'Vous avez cessé d’autoriser {object} à {time}',
  'ends.what': 'Plus rien n’est capté. Et ce qui précède ?',
  'ends.since': 'Plus rien n’est capté. Et le temps depuis {since} ?',
  'ends.keep': '*Arrêter dès maintenant* Ce qui existe reste jusqu’à la fin de sa durée.',
  'ends.erase': '*Arrêter et effacer ma part* Ce qu’il y a de vous est retiré.',
  'ends.note':
    'Répondez maintenant, plus tard, ou jamais. L’absence de réponse veut dire : arrêter dès maintenant.',

  'knock.title': 'En attente à l’entrée',
  'knock.count': 'En attente à l’entrée, {count}',
  'knock.said': '{name} demande à entrer.',
  'knock.removed': 'L’hôte l’a déjà fait sortir',
  'knock.admit': 'Faire entrer',
  'knock.turn-away': 'Ne pas faire entrer',
  'knock.about': '{label} : {name}',
  'door.title': 'Qui peut entrer',
  'door.knock': 'Demander avant de faire entrer',
  'door.knock.note': 'Qui arrive attend que vous le fassiez entrer.',
  'door.locked': 'Verrouiller la réunion',
  'door.locked.note':
    'Plus personne de nouveau n’entre. Qui était ici peut revenir, sauf si l’hôte l’a fait sortir.',
  'door.is.locked': 'La réunion est verrouillée : plus personne de nouveau n’entre.',
  'door.is.knock': 'L’hôte fait entrer les gens un par un.',
  'host-link.title': 'Lien d’hôte',
  'host-link.note':
    'Qui l’a peut faire ici ce que vous pouvez. Si quelqu’un l’a à tort, créez-en un nouveau : l’ancien s’arrête aussitôt, et qui est venu avec lui n’est plus hôte. Vous restez hôte.',
  'host-link.renew': 'Créer un nouveau lien d’hôte',
  'host-link.made': 'L’ancien lien d’hôte ne marche plus. Voici le nouveau.',
  'host-link.link': 'Nouveau lien d’hôte',
  'remove.open': 'Faire sortir {name}',
  'remove.title': 'Faire sortir {name} de la réunion ?',
  'remove.what':
    '{name} sort aussitôt et doit demander pour revenir. Ses reçus lui restent. Les questions ouvertes prennent fin, et une pause de {pause} précède la suivante.',
  'remove.yes': 'Faire sortir',
  'remove.no': 'Ne pas faire sortir',

  'people.tab': 'Personnes',
  'people.count': 'Personnes, {count}',
  'machines.count': 'Machines, {count}',
  'people.you': '{name} (vous)',
  'people.host': 'Hôte',
  'people.microphone.on': 'Micro actif',
  'people.microphone.off': 'Micro coupé',
  'people.speaking': 'Parle',
  'people.hand': 'Main levée',
  'people.away': 'Connexion perdue',
  'people.screen': 'Partage un écran',
  'people.screen.sound': 'Partage un écran avec le son',
  'people.note': 'Une machine figure ici tant qu’elle tourne. Un oui ou un non n’y figure jamais.',
  'machine.recording': 'Enregistreur',
  'machine.recording.does': 'Filme tout le monde, ici depuis {time}',
  'machine.transcript': 'Transcripteur',
  'machine.transcript.does': 'Écoute tout le monde, ici depuis {time}',
  'machine.summary': 'Rédacteur du résumé',
  'machine.summary.does': 'Lit la transcription, ici depuis {time}',
  'machine.compose': 'Rédacteur de brouillons',
  'machine.compose.does': 'Lit les nouveaux messages du chat, ici depuis {time}',
  'machine.other': '{name}',
  'machine.other.does': 'Tourne ici depuis {time}',
  'machine.fed.does': 'Pour {service}, ici depuis {time}',

  'chat.tab': 'Chat',
  'chat.message': 'Message à tous',
  'chat.send': 'Envoyer',
  'chat.empty':
    'Rien n’est encore écrit. Les messages arrivent à ceux qui sont dans la salle maintenant.',
  'chat.since': '*{name} : en marche depuis {time}.* Seuls les messages à partir d’ici sont lus.',
  'chat.waiting': 'En attente de la connexion',
  'chat.waiting.log': 'Messages pas encore envoyés',
  'chat.log': 'Messages',
  'chat.you': ' (vous)',
  'chat.mention': 'À qui pensez-vous ?',
  'chat.mention.count': {
    one: '{count} personne. Les flèches choisissent, Entrée valide.',
    many: '{count} de personnes. Les flèches choisissent, Entrée valide.',
    other: '{count} personnes. Les flèches choisissent, Entrée valide.',
  },

  'captions.tool': 'Sous-titres',
  'captions.off': 'Les sous-titres viennent tant que la transcription est en marche.',
  'captions.wait': 'Une ligne apparaît quand quelqu’un fait une pause.',
  'captions.turn-on': 'Activer les sous-titres',
  'captions.turn-off': 'Couper les sous-titres',
  'small.asked': 'On vous pose une question : {object}.',
  'small.answer': 'Répondre dans la réunion',
  'title.mentioned': '{number} pour vous',
  'title.hands': {
    one: '{count} main levée',
    many: '{count} de mains levées',
    other: '{count} mains levées',
  },
  'title.on': '{name} : actif',
  'title.unknown': 'Ce qui est actif n’est pas connu',

  'notes.tab': 'Notes',
  'notes.log': 'Transcription',
  'notes.since':
    '*{name} : en marche depuis {time}.* Ce qui est dit à partir d’ici apparaît en texte.',
  'notes.off':
    '*{name} : à l’arrêt.* En marche, ce qui est dit apparaît ici en texte. Ce qui a été écrit avant est sous « Ce qui a été conservé ».',
  'notes.unknown': '*{name} : état inconnu.* La connexion est perdue.',
  'notes.only':
    'Cette salle ne propose pas de transcription, il n’y a donc pas de lignes à lire ici.',
  'notes.ask': '{name} jusqu’ici',
  'notes.ask.off':
    '*{name} : à l’arrêt.* En marche, vous pouvez demander ici ce qui a été dit jusque-là.',
  'notes.working': 'Préparation en cours. Vous pouvez continuer pendant ce temps.',
  'notes.progress': '{name} : préparé jusqu’ici',
  'notes.percent': '{percent} pour cent',
  'notes.ready': '{name} : prêt à lire.',
  'notes.read': 'Lire',
  'notes.back': 'Retour à la transcription',
  'notes.close': 'Ranger',
  'notes.copy': 'Copier en texte',
  'notes.yours': 'Personne d’autre ne le voit. Il disparaît quand ceci s’arrête : {name}.',

  'draft.open': 'Demander un brouillon : {name}',
  'draft.open.recap': 'Demander un rappel du chat',
  'draft.prompt': 'Que doit dire le brouillon ?',
  'draft.prompt.missing': 'Dites en quelques mots de quoi parle le brouillon.',
  'draft.tone': 'Ton',
  'draft.tone.neutral': 'Neutre',
  'draft.tone.friendly': 'Amical',
  'draft.tone.formal': 'Formel',
  'draft.tone.direct': 'Direct',
  'draft.length': 'Longueur',
  'draft.length.short': 'Court',
  'draft.length.medium': 'Moyen',
  'draft.length.long': 'Long',
  'draft.submit': 'Rédiger',
  'draft.recap': 'Insérer le rappel',
  'draft.reads': 'Il lit ce qui a été écrit dans le chat depuis {time}, et n’envoie rien.',
  'draft.off': '*{name} : à l’arrêt.* En marche, vous pouvez demander un brouillon ici.',
  'draft.title': 'Brouillon, pas envoyé',
  'draft.label': 'Brouillon de {name}, pas envoyé',
  'draft.yours': 'Personne d’autre ne le voit',
  'draft.asked': 'Vous avez demandé : {prompt}',
  'draft.asked.recap': 'Vous avez demandé un rappel du chat',
  'draft.text': 'Texte du brouillon',
  'draft.waiting': 'En attente des premiers mots',
  'draft.stop': 'Arrêter la rédaction',
  'draft.use': 'Utiliser le brouillon',
  'draft.shorten': 'Raccourcir',
  'draft.again': 'Réessayer',
  'draft.discard': 'Jeter',
  'draft.stopped': 'Vous l’avez arrêté ici.',
  'draft.cut': 'Il s’interrompt ici, car il a atteint sa longueur maximale.',
  'draft.rest': 'Ce qui précède reste utilisable.',
  'draft.ready': 'Le brouillon est prêt. {text}',
  'draft.dropped': '*{name} : à l’arrêt, et le brouillon a disparu.* La réunion continue.',

  'summary.model': 'Résumé par IA',
  'summary.model.here':
    'Écrit par {model} sur ce serveur, de {from} à {to}. Il fait des erreurs : chaque ligne montre les mots sur lesquels elle repose.',
  'summary.model.host':
    'Écrit par {model} chez {host}, de {from} à {to}. Il fait des erreurs : chaque ligne montre les mots sur lesquels elle repose.',
  'summary.model.unnamed': 'un modèle',
  'summary.model.topics': 'Sujets',
  'summary.model.decisions': 'Décidé',
  'summary.model.todos': 'À faire',
  'summary.model.questions': 'Encore ouvert',
  'summary.model.points': 'À lire',
  'summary.rules': 'Extraits (sans modèle d’IA : citations choisies par des règles ; à vérifier)',
  'summary.rules.source':
    'Tiré de ce qui a été dit entre {from} et {to}. Les règles laissent passer des choses et en choisissent d’autres à tort.',
  'summary.rules.topics': 'Sujets',
  'summary.rules.decisions': 'Décisions possibles',
  'summary.rules.todos': 'Tâches possibles',
  'summary.rules.questions': 'Questions ouvertes',
  'summary.rules.points': 'À lire',
  'summary.empty': 'Rien n’a été trouvé pour ce résumé.',
  'summary.masked':
    'Quelqu’un a repris sa part. Là où d’autres ont dit son nom, il est remplacé autant que possible. Des mots peuvent encore y faire penser.',
  'summary.quote': '« {text} »',
  'summary.said': '{name}, {time}',
  'summary.somebody': 'Quelqu’un',
  'summary.owner': 'Qui',
  'summary.due': 'Pour quand',
  'summary.go': 'Aller au moment : {by}',
  'summary.wrong': 'C’est faux',
  'summary.wrong.label': 'C’est faux : {text}',
  'summary.wrong.does': 'Retire cette ligne pour tous',

  'gpc.title': 'Pas demandé ici : {names}',
  'gpc.text':
    'Votre navigateur envoie Global Privacy Control, et ici des mots quitteraient ce serveur. L’absence de réponse vaut non. Pour l’autoriser quand même, utilisez le panneau Porte dans la salle.',
  'gpc.mark':
    'L’hôte le demande. Votre navigateur envoie Global Privacy Control, aucune question ne s’ouvre donc. Vous pouvez répondre ici.',
  'gpc.nothing': 'Il n’y a rien à choisir avant d’entrer.',
  'feature.outside': 'Des mots quittent ce serveur',
  'feature.missing': 'Ne peut pas tourner ici : {names}',
  'feature.withheld': 'Pas proposé en ce moment : {name}',
  'feature.unavailable': 'Ce serveur ne peut pas la faire tourner.',

  'prompt.who': 'L’hôte demande à tous dans la salle',
  'prompt.title': 'Autoriser {object} dans cette salle ?',
  'prompt.everyone': 'La fonction ne tourne que tant que chacun ici l’autorise.',
  'prompt.note':
    'Prenez le temps qu’il vous faut. Échap veut dire *Ne pas autoriser*, et l’absence de réponse aussi. Dans tous les cas vous restez dans la réunion, et votre choix n’est montré à personne.',

  'receipts.title': 'Vos reçus',
  'receipts.note': 'Chaque oui que vous avez donné ou repris, mot pour mot. Ils sont à vous.',
  'receipts.none':
    'Pas encore de reçu. Vous en recevez un quand une fonction démarre avec votre oui, et un quand vous le reprenez.',
  'receipts.back': 'Retour à la porte',
  'receipt.title': 'Reçu',
  'receipt.granted': '{name} : vous avez autorisé',
  'receipt.withdrawn': '{name} : vous avez retiré votre autorisation',
  'receipt.said': 'Vous avez dit',
  'receipt.when': 'Quand',
  'receipt.controller': 'Responsable',
  'receipt.entry': 'Entrée {number}',
  'receipt.signed': 'Signé avec',
  'receipt.signed.text': 'Une clé créée dans votre navigateur pour cette réunion',
  'receipt.save': 'Enregistrer le reçu',
  'receipt.save.label': 'Enregistrer le reçu : {name}, {time}',
  'receipt.proof': 'Signé par la porte',
  'receipt.proof.text': 'Le fichier contient la signature. Il se vérifie aussi sans ce serveur.',

  'end.left': 'Vous avez quitté la réunion',
  'end.ended': 'La réunion est terminée',
  'end.left.lead': '{title} continue sans vous. Plus rien de vous n’est capté.',
  'end.ended.lead': '{title} est terminé pour tous. Plus rien n’est capté.',
  'end.replaced': 'Vous êtes dans cette réunion dans un autre onglet',
  'end.replaced.lead':
    '{title} continue là-bas, à votre place. Cet onglet ne capte plus rien de vous.',
  'end.removed': 'L’hôte vous a fait sortir de cette réunion',
  'end.removed.lead':
    '{title} continue sans vous. Plus rien de vous n’est capté. Vos reçus restent à vous, et l’accès à ce qui a été conservé aussi.',
  'end.refused': 'Vous n’êtes plus dans la réunion',
  'end.unwaited': 'Vous n’attendez plus',
  'end.unwaited.lead': 'Vous n’avez pas rejoint {title}. Votre caméra et votre micro sont coupés.',
  'end.waits-elsewhere': 'Vous attendez dans un autre onglet',
  'end.waits-elsewhere.lead':
    'Là-bas, vous entrez dans {title} dès que l’hôte vous ouvre. Dans cet onglet, votre caméra et votre micro sont coupés.',
  'end.ask-back': 'Demander à revenir',
  'end.rejoin': 'Entrer à nouveau',
  'end.here': 'Continuer plutôt dans cet onglet',
  'end.new': 'Ouvrir une nouvelle salle',
  'end.receipts.note':
    'Ce navigateur les garde pour vous. Enregistrez-les pour les avoir aussi ailleurs.',
  'end.receipts.none': 'Aucune fonction n’a tourné avec votre oui, il n’y a donc pas de reçu.',

  'elsewhere.title': 'Que peut-on capter ?',
  'elsewhere.what':
    'Vous vous réunissez ailleurs. Ici, vous dites ce qui peut y être capté, et vous le changez à tout moment.',
  'elsewhere.join': 'Continuer',
  'elsewhere.joining': 'Entrée en cours',
  'elsewhere.join.note':
    'Vous pouvez continuer avec n’importe quel choix, ou sans choix. Cela ne change rien à la réunion elle-même.',
  'elsewhere.wait':
    '*Vous attendez à l’entrée.* L’hôte est prévenu, et vous entrez sans rien faire dès qu’il vous ouvre. Jusque-là, tout est à l’arrêt ici pour vous.',
  'elsewhere.asked': 'Chacun ici est interrogé',
  'elsewhere.cannot':
    'N’importe qui peut filmer ou enregistrer là où vous vous réunissez. Gatekeeper dit quand il est permis de capter ; qui capte doit s’y tenir.',
  'elsewhere.stay':
    'Laissez ceci ouvert tant que vous participez. Tant que quelqu’un ne peut plus être interrogé, tout reste à l’arrêt.',
  'elsewhere.lost':
    '*Connexion perdue.* Nouvel essai pour joindre la salle. Ce qui y est en marche ne se voit pas d’ici. Tant que quelqu’un ne peut être joint, tout reste à l’arrêt.',
  'elsewhere.left': 'On ne vous demande plus rien ici',
  'elsewhere.left.lead':
    '{title} continue ailleurs. Si vous y restez, ce que les autres autorisent peut vous capter : sortez-en aussi, ou revenez ici.',
  'elsewhere.ended': 'C’est terminé',
  'elsewhere.ended.lead':
    'Plus personne n’est interrogé pour {title}, et plus rien n’est autorisé.',
  'elsewhere.replaced': 'Vous êtes ici à un autre endroit',
  'elsewhere.replaced.lead':
    'Vos choix pour {title} sont maintenant là-bas : dans un autre onglet, ou dans une autre partie d’une page.',
  'elsewhere.removed': 'L’hôte vous a fait sortir de cette salle',
  'elsewhere.unwaited.lead': 'Vous n’avez pas rejoint {title}.',
  'elsewhere.waits.lead': 'Là-bas, vous entrez dans {title} dès que l’hôte vous ouvre.',

  'frame.unfold': 'Vos choix',
  'frame.asked': 'On vous demande quelque chose : répondre ici',
  'frame.unseen':
    'Cet appui n’a rien fait : les deux réponses doivent d’abord être entièrement visibles un instant.',
  'frame.unkept':
    'Ce navigateur ne garde rien pour une page placée dans une autre : après un rechargement, vous arrivez comme une nouvelle personne, et on vous interroge à nouveau.',
  'frame.open': 'Ouvrir vos choix',
  'frame.open.text':
    'Vous choisissez dans une fenêtre à part : là, aucune autre page ne peut couvrir les réponses.',
  'frame.opened':
    'Vos choix sont dans leur propre fenêtre. Laissez-la ouverte tant que vous participez.',
  'frame.opened.asked': 'On vous demande quelque chose : répondez dans cette fenêtre.',
  'frame.there': 'Aller à cette fenêtre',
  'frame.blocked':
    'Le navigateur a retenu la fenêtre. Autorisez cette page à ouvrir des fenêtres, puis essayez à nouveau.',

  'problem.unknown-room': 'Cette salle n’existe pas',
  'problem.unknown-room.text': 'Vérifiez le lien, ou ouvrez une nouvelle salle.',
  'problem.room-ended': 'Cette réunion est terminée',
  'problem.room-ended.text': 'Ouvrez une nouvelle salle pour vous revoir.',
  'problem.other': 'La salle est injoignable',
  'problem.other.text': 'Vérifiez votre connexion, puis réessayez.',
  'problem.retry': 'Réessayer',

  'fault.title': 'Cela n’a pas marché',
  'fault.link-over':
    'Ce lien n’est plus valable. Tout ce qui pouvait figurer sur sa page a fait son temps et est supprimé.',
  'fault.malformed':
    'Cette page a envoyé quelque chose que le serveur ne comprend pas. Rechargez la page.',
  'fault.too-large': 'C’est trop long. Raccourcissez, puis réessayez.',
  'fault.rate-limited': 'Trop à la fois. Attendez un moment, puis réessayez.',
  'fault.out-of-order':
    'Cela n’est pas possible à ce moment. Rechargez la page et entrez à nouveau.',
  'fault.unknown-room': 'Cette salle n’existe pas. Vérifiez le lien, ou ouvrez une nouvelle salle.',
  'fault.room-ended': 'Cette réunion est terminée.',
  'fault.room-full': 'La salle est pleine. Réessayez quand quelqu’un sera sorti.',
  'fault.room-locked':
    'L’hôte a verrouillé cette réunion. Demandez-lui de la déverrouiller, puis réessayez.',
  'fault.not-let-in': 'L’hôte ne vous a pas fait entrer. Vous pouvez redemander après une minute.',
  'fault.entry-needed':
    'On entre dans cette salle depuis le service auquel elle appartient, et cet accès a déjà servi ou il est trop ancien. Retournez-y et ouvrez-la de nouveau.',
  'fault.media-elsewhere': 'L’image, le son et le chat de cette salle se trouvent ailleurs.',
  'fault.consent-required': 'Cela n’a pas le oui de tous dans la salle.',
  'fault.removed': 'L’hôte vous a fait sortir de cette réunion.',
  'fault.knock-gone': 'Cette personne n’attend plus à l’entrée.',
  'fault.unknown-participant': 'Cette personne n’est plus dans la salle.',
  'fault.unknown-feature': 'Cette salle ne propose pas cette fonction.',
  'fault.unknown-opening': 'Cette fonction est déjà à l’arrêt.',
  'fault.name-unusable':
    'Ce nom ne convient pas : rien n’en est visible, ou une partie en est invisible. Saisissez-le à nouveau.',
  'fault.not-host': 'Seul l’hôte peut faire cela.',
  'fault.not-allowed':
    'Le lien d’hôte n’est pas celui de cette salle. Entrez sans lui, ou redemandez le lien d’hôte.',
  'fault.notice-outdated':
    'Le texte a changé. Rechargez la page, lisez le nouveau texte, puis choisissez.',
  'fault.forged-statement':
    'Votre choix n’a pas pu être prouvé, il ne compte donc pas. Choisissez à nouveau.',
  'fault.statement-outdated':
    'Cette réunion a redémarré sur le serveur depuis ce choix. Choisissez à nouveau.',
  'fault.replayed-statement': 'Ce choix a déjà servi. Choisissez à nouveau.',
  'fault.resume-unknown': 'Votre place n’est plus gardée. Entrez à nouveau.',
  'fault.already-present': 'Vous êtes dans cette salle dans un autre onglet. Sortez-en d’abord.',
  'fault.ledger-unavailable':
    'Le serveur ne peut pas écrire de preuve en ce moment, rien ne peut donc être autorisé. La réunion continue.',
  'fault.clock-jumped':
    'L’horloge de ce serveur a été réglée, tout ce qui était en marche est donc à l’arrêt. Ce qui a été conservé est en sûreté, et la réunion continue. L’hôte peut redemander.',
  'fault.disk-low':
    'Le disque de ce serveur est presque plein, rien n’est donc enregistré. Ce qui a été enregistré est en sûreté, et la réunion continue.',
  'fault.disk-share':
    'Cette salle a enregistré autant qu’une salle le peut sur ce serveur, plus rien n’est donc enregistré. Ce qui a été enregistré est en sûreté, et la réunion continue.',
  'fault.tap-limit':
    'Votre appareil envoie plus que ce serveur ne prend, il ne prend donc plus rien de vous pour cela. Ce qui a été conservé est en sûreté, et la réunion continue.',
  'fault.sink-unavailable':
    'Le serveur ne peut pas faire tourner cette fonction en ce moment. La réunion continue.',
  'fault.answered-too-often':
    'Vous avez dit oui bien des fois à l’instant. Attendez un peu, puis redites-le.',
  'fault.opened-too-often':
    'Cela a démarré et s’est arrêté très souvent à l’instant, cela reste donc à l’arrêt. La réunion continue.',
  'fault.erase-failed': 'Votre part n’a pas pu être effacée à l’instant. Réessayez dans un moment.',
  'fault.feature-unavailable': 'Ce serveur n’a rien pour faire tourner cette fonction.',
  'fault.speech-unavailable':
    'Le moteur vocal de ce serveur s’est arrêté, rien n’est donc mis par écrit. Ce qui a été écrit est en sûreté, et la réunion continue. Redemandez dans un moment.',
  'fault.words-unreadable':
    'Le serveur ne peut pas lire ce qui a été écrit, rien ne peut donc être résumé en ce moment. La réunion continue.',
  'fault.other-host': 'Ce serveur ne porte pas ce nom. Vérifiez le lien.',
  'fault.other-site':
    'Une autre page l’a demandé, cela n’a donc pas été fait. Utilisez les pages de ce serveur.',
  'fault.too-slow': 'Cela a mis trop de temps à arriver. Vérifiez votre connexion, puis réessayez.',
  'fault.sign-in': 'Utilisez le lien reçu à la fin de la réunion.',
  'fault.not-signed-in':
    'Aucune session n’est ouverte. Connectez-vous sur la page d’accueil pour ouvrir une salle.',
  'fault.token-unknown':
    'Ce serveur ne connaît pas cette clé d’accès. Vérifiez-la, ou demandez-en une autre.',
  'fault.untrusted-proxy':
    'Ce serveur ne se fie pas à l’origine de votre connexion. Adressez-vous à ses responsables.',
  'fault.not-admitted':
    'On sait qui vous êtes, mais vous ne pouvez pas ouvrir de salles sur ce serveur. Adressez-vous à ses responsables.',
  'fault.sign-in-failed': 'La connexion n’a pas abouti. Réessayez.',
  'fault.provider-unavailable':
    'Le service de connexion ne répond pas comme il doit. Réessayez dans un moment.',
  'fault.nothing-there': 'Ce fichier n’existe pas, ou il a été supprimé.',
  'fault.nothing-said':
    'Rien n’a encore été dit ou écrit pendant que c’était en marche. Réessayez après cela.',
  'fault.drafts-need-model':
    'La rédaction demande un modèle. Les responsables de ce serveur peuvent régler [ai] base_url et [ai] model.',
  'fault.model-failed': 'Le serveur du modèle a eu une panne. Réessayez dans un moment.',
  'fault.model-key-refused':
    'Le serveur du modèle a refusé la clé. Les responsables de ce serveur peuvent vérifier [ai] key_file.',
  'fault.model-unknown':
    'Le serveur du modèle ne connaît pas ce modèle. Les responsables de ce serveur peuvent vérifier [ai] base_url et [ai] model.',
  'fault.model-busy': 'Le modèle est occupé en ce moment. Réessayez dans une minute.',
  'fault.model-unreachable':
    'Le serveur du modèle est injoignable. Réessayez bientôt, ou prévenez les responsables de ce serveur.',
  'fault.model-slow':
    'Le modèle a mis trop de temps. Réessayez, ou demandez quelque chose de plus court.',
  'fault.model-broken': 'La réponse du modèle s’est interrompue. Réessayez.',
  'fault.model-redirected':
    'Le serveur du modèle a voulu passer les mots à une autre adresse. Personne n’a autorisé cela, rien n’y a donc été envoyé. Les responsables de ce serveur peuvent vérifier [ai] base_url.',
  'fault.model-input-too-long':
    'C’est plus que le modèle ne peut lire à la fois. Les responsables de ce serveur peuvent vérifier [ai] context_tokens.',
  'fault.model-answer-unusable': 'La réponse du modèle n’est pas utilisable. Réessayez.',
  'fault.model-answer-too-large':
    'La réponse du modèle était bien trop longue, elle a donc été écartée. Réessayez.',
  'fault.connection-lost': 'La connexion s’est perdue en route. Réessayez.',
  'fault.unreached': 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.',
  'fault.socket-blocked':
    'Le serveur répond, mais aucune connexion durable (WebSocket) ne s’ouvre vers lui. Un proxy, un filtre ou une extension du navigateur la retient peut-être. Essayez un autre réseau. Si vous gérez ce serveur, laissez passer WebSocket par son proxy.',
  'fault.keyless':
    'Ce navigateur ne crée pas de clé pour signer vos choix. Ouvrez la salle dans un autre navigateur.',
  'fault.other': 'Quelque chose n’a pas marché : {detail}',

  'end.after': 'Ce qui a été conservé',
  'end.after.note':
    'Film, transcription et résumé, pour autant qu’ils étaient en marche, et le droit d’effacer votre part. Le lien est à vous seul, et ce navigateur le retient.',

  'after.place': 'Après la réunion',
  'after.untitled': 'Une réunion',
  'after.skip': 'Aller au film',
  'after.skip.summary': 'Aller au résumé',
  'after.skip.transcript': 'Aller à la transcription',
  'after.when': '{day}, de {from} à {to}.',
  'after.when.open': '{day}, depuis {from}. La réunion continue.',
  'after.there': 'Vous avez ce à quoi vous avez assisté.',
  'after.same': 'Chaque personne captée reçoit la même chose : {what}.',
  'after.same.recording': 'le film',
  'after.same.transcript': 'la transcription',
  'after.same.summary': 'le résumé',
  'after.kept': 'Conservé jusqu’au {day}',
  'after.part': 'Arrêter, ou effacer ma part',
  'after.lost': 'Le serveur est injoignable en ce moment. Cette page réessaie toute seule.',
  'fetched.title': 'Qui l’a récupéré',
  'fetched.note':
    'Dès que quelqu’un ouvre ou enregistre un contenu où vous êtes, c’est noté ici avant qu’il le reçoive. Ces lignes disparaissent quand ce qui a été conservé est supprimé.',
  'fetched.none': 'Personne n’a encore rien récupéré.',
  'fetched.earlier': 'Avant',
  'fetched.line': '{who} : {what}',
  'fetched.times': {
    one: 'une fois',
    many: '{count} de fois',
    other: '{count} fois',
  },
  'fetched.film': 'le film',
  'fetched.track': 'la piste seule de {name}',
  'fetched.transcript': 'la transcription',
  'fetched.summary': 'le résumé',
  'fetched.export': 'tout, avec sa preuve',
  'fetched.copy': 'tout ce qui est conservé sur vous',
  'fetched.console': 'Qui gère le serveur',
  'link.title': 'Votre lien vers cette page',
  'link.note':
    'Qui l’a voit ce que vous voyez. Si quelqu’un d’autre l’a, créez-en un nouveau : tous les anciens s’arrêtent, et chaque page ouverte avec l’un d’eux aussi.',
  'link.renew': 'Créer un nouveau lien',
  'link.made': 'Les anciens liens ne marchent plus. Voici le nouveau.',
  'link.failed': 'Cela n’a pas marché. Réessayez.',
  'link.value': 'Votre nouveau lien',
  'after.out': 'Oublier le lien dans ce navigateur',
  'after.out.note':
    'Sur un ordinateur que d’autres utilisent, oubliez le lien quand vous aurez fini.',
  'after.receipts.none':
    'Ce navigateur ne contient aucun reçu de cette réunion. Ils sont dans le navigateur avec lequel vous y étiez.',
  'after.receipts.note':
    'Chaque oui que vous avez donné ou repris, mot pour mot. Ce navigateur les garde, personne d’autre.',
  'after.evidence':
    'Le serveur supprime sa propre preuve de cette réunion le {day}. Un reçu que vous avez enregistré reste valable : il porte la signature du serveur.',

  'film.title': 'Film',
  'film.none': 'Il n’y a pas de film',
  'film.none.text':
    'L’enregistrement n’était pas en marche pendant que vous étiez là, aucune image et aucun son n’est donc conservé pour vous.',
  'film.empty': 'Rien n’a été enregistré',
  'film.empty.text':
    'L’enregistrement était en marche pendant que vous étiez là, mais ni image ni son de ce temps n’a atteint le serveur.',
  'film.empty.fell.text':
    'L’enregistrement était en marche pendant que vous étiez là, et le serveur est tombé en panne. Rien de ce temps n’a pu être sauvé.',
  'film.unmade': 'Aucun film n’en est fait',
  'film.unmade.text':
    'De ce qui a été capté, rien de nouveau n’est fait en ce moment. Vous trouvez les pistes séparées sous Téléchargements.',
  'film.deleted': 'Le film est supprimé',
  'film.deleted.text':
    'L’enregistrement était en marche. Sa durée s’est terminée le {day}, et tout ce qui en était conservé a été supprimé.',
  'film.emptied': 'Il ne reste rien de l’enregistrement',
  'film.emptied.text':
    'L’enregistrement était en marche pendant que vous étiez là. Tout ce qui était conservé de ce temps a été supprimé.',
  'film.nothing': 'Rien de vous n’a été capté',
  'film.nothing.text':
    'De cette réunion, aucune image, aucun son et aucun mot de vous n’est conservé.',
  'film.without':
    'Rien de {names} n’y est : il n’en est venu ni son ni image, ou cela n’a pas atteint le serveur.',
  'film.without.you':
    'Rien de vous n’y est : vous n’avez envoyé ni son ni image, ou cela n’a pas atteint le serveur.',
  'film.without.fell':
    'Rien de {names} n’y est : le serveur est tombé en panne, et rien n’a pu en être sauvé.',
  'film.without.fell.you':
    'Rien de vous n’y est : le serveur est tombé en panne, et rien de vous n’a pu être sauvé.',
  'film.without.part':
    'Dans une partie, on ne voit et n’entend rien de {names} : il n’en venait alors ni son ni image, ou cela n’a pas atteint le serveur.',
  'film.without.part.you':
    'Dans une partie, on ne voit et n’entend rien de vous : vous n’envoyiez alors ni son ni image, ou cela n’a pas atteint le serveur.',
  'film.without.part.fell':
    'Dans une partie, on ne voit et n’entend rien de {names} : le serveur y est tombé en panne, et rien n’a pu en être sauvé.',
  'film.without.part.fell.you':
    'Dans une partie, on ne voit et n’entend rien de vous : le serveur y est tombé en panne, et rien de vous n’a pu être sauvé.',
  'film.later': 'Le film vient après la réunion',
  'film.later.text':
    'Le film est fait une fois la réunion terminée. Vous le trouvez alors ici, sur cette page.',
  'film.later.now': 'Faire le film de ce qu’il y a jusqu’ici',
  'film.stop': 'Arrêter de faire le film',
  'film.waiting': 'Le film est le prochain',
  'film.waiting.text':
    'Le serveur fait un film après l’autre. Vous pouvez fermer cette page en attendant.',
  'film.making': 'Le film est en cours de création',
  'film.making.text':
    'Les images et les voix sont assemblées. Vous pouvez fermer cette page en attendant.',
  'film.stopped': 'Le film n’est pas fini',
  'film.stopped.text':
    'La création du film a été arrêtée. Ce qui en est fait sert quand elle reprend.',
  'film.stopped.again': 'Continuer le film',
  'film.failed': 'Le film n’a pas pu être fait',
  'film.failed.text':
    'Les pistes séparées sont entières : vous les trouvez sous Téléchargements. Refaites le film ; si cela échoue encore, écrivez aux responsables de ce serveur.',
  'film.failed.again': 'Refaire le film',
  'film.progress': 'Part du film déjà faite',
  'film.percent': '{percent} pour cent',
  'film.ready': 'Le film est prêt.',
  'film.another': 'C’est un autre film qu’avant : ce qu’il montre a changé.',
  'film.gone': 'Le film qui était ici a été supprimé.',
  'film.gone.comes':
    'Le film qui était ici a été supprimé : ce qu’il montre a changé. Un autre est en cours de création.',
  'film.left': 'Pas dans le film, car illisible : {what}.',
  'film.left.item': '{name} : {source}',
  'film.fault': 'Le serveur n’a pas pris cela en charge. Vérifiez votre connexion, puis réessayez.',

  'player.controls': 'Commandes du film',
  'player.play': 'Lire',
  'player.pause': 'Pause',
  'player.seek': 'Position dans le film',
  'player.time': '{now} sur {all}',
  'player.clock': 'filmé à {clock}',
  'player.at': '{now} sur {all}, {clock} dans la réunion',
  'player.mute': 'Couper le son',
  'player.unmute': 'Activer le son',
  'player.volume': 'Volume',
  'player.captions': 'Sous-titres',
  'player.full': 'Plein écran',
  'player.unfull': 'Quitter le plein écran',
  'player.key': '{label} (touche {key})',
  'player.chapters': 'Chapitres',
  'player.chapter': 'De {from} à {to}',
  'player.fault':
    'Le film ne se lit pas ici. Enregistrez-le depuis Téléchargements, puis ouvrez-le de là.',

  'when.title': 'Ce qui était en marche, et quand',
  'when.note': 'Entre les barres rien n’a été capté, et rien n’en peut revenir.',
  'when.fell':
    'Là où le serveur est tombé en panne, une barre finit avec la dernière chose connue.',
  'when.jump': 'Appuyez sur une barre pour aller à ce moment du film.',
  'when.span': 'de {from} à {to}',
  'when.span.fell':
    'de {from} à {to} au moins (le serveur est tombé en panne ; à l’arrêt à {latest} au plus tard)',
  'when.since': 'depuis {from}',
  'when.on': '{name} en marche : {times}',
  'when.go': '{name} en marche, {time} : aller à ce moment du film',
  'when.in': '{name} y figure : {times}',
  'when.somebody': 'Quelqu’un',

  'sum.title': 'Résumé',
  'sum.later': 'Le résumé vient après la réunion',
  'sum.later.text':
    'Il est écrit une fois la réunion terminée. Dans la salle, tant qu’il est en marche, vous pouvez en demander un jusque-là.',
  'sum.waiting': 'Le résumé est le prochain',
  'sum.writing': 'Le résumé est en cours d’écriture',
  'sum.writing.text': 'Vous pouvez fermer cette page en attendant.',
  'sum.progress': 'Part du résumé déjà écrite',
  'sum.failed': 'Le résumé n’a pas pu être écrit',
  'sum.failed.text': 'Refaites-le ; si cela échoue encore, écrivez aux responsables de ce serveur.',
  'sum.again': 'Le réécrire',
  'sum.stand-in':
    'En attendant un résumé, des extraits le remplacent. Aucun modèle d’IA ne les a écrits.',
  'sum.ready': 'Le résumé est prêt.',
  'sum.empty': 'Il n’y a rien à résumer',
  'sum.empty.text': 'Rien n’a été entendu pendant qu’il était en marche.',
  'sum.loading': 'Le résumé est en route vers cette page',
  'sum.lost': 'Le résumé n’arrive pas à cette page en ce moment',
  'sum.lost.text': 'Cette page réessaie toute seule.',
  'sum.to-film': 'Aller à ce moment du film : {by}',
  'sum.to-line': 'Aller à cet endroit de la transcription : {by}',
  'sum.wrong.note': '« C’est faux » retire une ligne pour tous. Personne ne peut la rétablir.',
  'sum.gone': 'La ligne est retirée, pour tous.',
  'sum.wrong-failed':
    'La ligne est encore là : le serveur ne l’a pas retirée. Vérifiez votre connexion, puis réessayez.',
  'sum.copy': 'Copier en Markdown',
  'sum.copy-failed': 'La copie n’a pas marché ici. Enregistrez le résumé comme fichier.',
  'sum.save': 'Enregistrer en {format}',

  'script.title': 'Transcription',
  'script.span': {
    one: '{count} ligne, de {from} à {to}.',
    many: '{count} de lignes, de {from} à {to}.',
    other: '{count} lignes, de {from} à {to}.',
  },
  'script.jump': 'Appuyez sur une heure pour entendre ce moment dans le film.',
  'script.engine': 'Écrit par {engine}. Il fait des erreurs.',
  'script.play': 'Lire le film à partir de {time}',
  'script.gone': '[retiré]',
  'script.gap': 'À l’arrêt de {from} à {to}',
  'script.empty': 'Rien n’a été entendu pendant qu’elle était en marche.',
  'script.empty.open': 'Rien n’a encore été entendu pendant qu’elle était en marche.',
  'script.loading': 'La transcription est en route vers cette page.',
  'script.lost':
    'La transcription n’arrive pas à cette page en ce moment. Cette page réessaie toute seule.',
  'script.find': 'Chercher dans la transcription',
  'script.found': 'Lignes : {count} sur {all}',
  'script.found.none': 'Aucune ligne ne contient ces mots.',
  'mine.title': 'Tout ce qui est conservé sur vous',
  'mine.note':
    'Vos pistes, vos mots, votre nom, vos reçus et les entrées qui vous concernent, en une archive. Rien de quelqu’un d’autre n’y est.',
  'mine.save': 'Tout enregistrer',
  'mine.erase': 'Effacer tout ce qui me concerne',
  'mine.ask': 'Effacer tout ce qui vous concerne ?',
  'mine.goes': 'Vos pistes, vos mots et votre nom sont supprimés.',
  'mine.again': 'Les films et le résumé sont refaits sans vous, pour tous.',
  'mine.stays':
    'Restent les entrées qui prouvent ce qui a été autorisé, avec un long mot au hasard à la place de votre nom. Vos reçus restent valables.',
  'mine.undo': 'Cela ne peut pas être annulé.',
  'mine.yes': 'Tout effacer',
  'mine.no': 'Tout garder',

  'part.title': 'Votre part',
  'part.several': 'Chaque fonction a son propre choix. L’un ne change rien aux autres.',
  'part.note':
    'Votre image, votre voix et tout écran partagé par vous, avec le son. Décidez quand vous voulez, jusqu’au {day}.',
  'part.note.open':
    'Votre image, votre voix et tout écran partagé par vous, avec le son. Décidez maintenant, ou une fois la réunion terminée.',
  'part.note.transcript':
    'Vos mots, avec votre nom et l’heure. Décidez quand vous voulez, jusqu’au {day}.',
  'part.note.transcript.open':
    'Vos mots, avec votre nom et l’heure. Décidez maintenant, ou une fois la réunion terminée.',
  'part.note.summary':
    'Ce que le résumé cite de vous et dit de vous. Décidez quand vous voulez, jusqu’au {day}.',
  'part.note.summary.open':
    'Ce que le résumé cite de vous et dit de vous. Décidez maintenant, ou une fois la réunion terminée.',
  'part.stop':
    '*Arrêter* Rien de nouveau n’est fait avec ma part. Ce qui existe reste jusqu’au {day}.',
  'part.stop.open':
    '*Arrêter* Rien de nouveau n’est fait avec ma part. Ce qui existe reste jusqu’à la fin de sa durée.',
  'part.erase':
    '*Arrêter et effacer ma part* Mes pistes sont supprimées, et le film est refait sans moi.',
  'part.erase.both':
    '*Arrêter et effacer ma part* Mes mots quittent la transcription et le résumé ; le résumé est réécrit.',
  'part.erase.transcript': '*Arrêter et effacer ma part* Mes mots quittent la transcription.',
  'part.erase.summary':
    '*Arrêter et effacer ma part* Mes mots quittent le résumé, et il est réécrit.',
  'part.stopped':
    '*Arrêté.* Rien de nouveau n’est fait avec votre part. Ce qui existe reste jusqu’au {day}.',
  'part.stopped.open':
    '*Arrêté.* Rien de nouveau n’est fait avec votre part. La réunion continue : pour l’arrêter là-bas, appuyez sur Ne pas autoriser dans la salle.',
  'part.resume':
    '*Revenir là-dessus* De nouvelles choses peuvent à nouveau être faites avec ma part.',
  'part.stop.failed': 'Cela n’a pas atteint le serveur. Réessayez.',
  'part.confirm': 'Effacer votre part ?',
  'part.confirm.tracks': {
    one: 'Votre piste est supprimée ({count}) : {size} d’image et de son.',
    many: 'Vos {count} de pistes sont supprimées : {size} d’image et de son.',
    other: 'Vos {count} pistes sont supprimées : {size} d’image et de son.',
  },
  'part.confirm.film': 'Le film est refait sans vous, pour tous.',
  'part.confirm.transcript':
    'Vos mots quittent la transcription. « [retiré] » reste, avec l’heure.',
  'part.confirm.captions': 'Ils quittent aussi les sous-titres du film.',
  'part.confirm.summary': 'Le résumé est réécrit sans vos mots, pour tous.',
  'part.confirm.name': 'Votre nom dans ce que d’autres ont dit est remplacé autant que possible.',
  'part.confirm.undo':
    'Personne ne peut la rétablir, et les copies que quelqu’un a enregistrées restent où elles sont.',
  'part.confirm.yes': 'Effacer ma part',
  'part.confirm.no': 'Garder ma part',
  'part.sending': 'Transmission en cours',
  'part.erasing': 'Votre part est en train d’être effacée',
  'part.erasing.text': 'Vos pistes sont supprimées, et le film est refait sans vous.',
  'part.erasing.both': 'Vos mots quittent la transcription et le résumé, et le résumé est réécrit.',
  'part.erasing.transcript': 'Vos mots quittent la transcription.',
  'part.erasing.summary': 'Vos mots quittent le résumé, et il est réécrit.',
  'part.erased': 'Votre part est effacée',
  'part.erased.text':
    'Vos images, votre voix et vos écrans sont supprimés. Le film est fait sans vous. Vos reçus restent à vous.',
  'part.erased.both':
    'Vos mots sont sortis de la transcription et du résumé. Votre nom dans ce que d’autres ont dit est remplacé autant que possible. Vos reçus restent à vous.',
  'part.erased.transcript':
    'Vos mots sont sortis de la transcription. Votre nom dans ce que d’autres ont dit est remplacé autant que possible. Vos reçus restent à vous.',
  'part.erased.summary':
    'Vos mots sont sortis du résumé. Votre nom dans ce que d’autres ont dit est remplacé autant que possible. Vos reçus restent à vous.',

  'down.title': 'Téléchargements',
  'down.film': 'Film',
  'down.captions': 'Sous-titres',
  'down.transcript': 'Transcription',
  'down.summary': 'Résumé',
  'down.highlights': 'Extraits',
  'down.text': 'Texte',
  'down.receipts': 'Mes reçus',
  'down.receipts.count': {
    one: '{count} reçu',
    many: '{count} de reçus',
    other: '{count} reçus',
  },
  'down.proof': 'Preuve pour mes reçus',
  'down.proof.note': 'tirée du registre des sceaux',
  'down.export': 'Tout, avec sa preuve',
  'down.export.note': 'vérifiable hors ligne',
  'down.tracks': 'Pistes séparées',
  'down.tracks.note':
    'Telles qu’elles ont été captées, un fichier par micro, caméra et écran, et pour le son de l’écran.',
  'down.tracks.count': {
    one: '{count} piste, {size}',
    many: '{count} de pistes, {size}',
    other: '{count} pistes, {size}',
  },
  'down.source.microphone': 'Micro',
  'down.source.camera': 'Caméra',
  'down.source.screen': 'Écran partagé',
  'down.source.screen-audio': 'Son de l’écran partagé',
  'down.track': '{source}, {time}',
  'down.recovered': 'Récupéré après une panne ; la fin manque peut-être.',
  'down.none': 'Il n’y a rien à télécharger.',

  'door.sign-in': 'Cette page est pour ceux qui étaient là',
  'door.sign-in.text':
    'Ouvrez-la dans le navigateur avec lequel vous étiez dans la réunion, ou utilisez le lien « Ce qui a été conservé » de la fin de la réunion.',
  'door.cookies': 'Ce navigateur ne garde pas de cookie pour cette page',
  'door.cookies.text':
    'La page en a besoin pour montrer ce qui a été conservé. Autorisez les données de site pour cette adresse, puis utilisez encore une fois le lien « Ce qui a été conservé ».',
  'door.wrong': 'Ce lien ne convient pas',
  'door.wrong.text':
    'Chaque personne a un lien à elle, et il marche en entier ou pas du tout. Copiez encore une fois « Ce qui a été conservé » de la fin de la réunion.',
  'door.gone': 'Plus rien de cette réunion n’est conservé',
  'door.gone.text':
    'Ce qui a été capté est supprimé à la fin de sa durée. Les reçus sont à vous et vous restent.',
  'door.gone.on':
    'Ce qui a été capté a été supprimé le {day}. Les reçus sont à vous et vous restent.',
  'door.out': 'Le lien est oublié ici',
  'door.out.text':
    'Pour revenir, utilisez le lien « Ce qui a été conservé » de la fin de la réunion.',
  'door.unreachable': 'Le serveur est injoignable',
  'door.unreachable.text': 'Rien n’est perdu. Vérifiez votre connexion, puis réessayez.',

  'promise.title': 'Ce que Gatekeeper promet',
  'promise.lead':
    'Dans une réunion, rien n’est enregistré, résumé ou rédigé par IA sans le oui de chacun dans la salle. Dire non ne coûte rien à personne. Chaque oui se prouve.',
  'promise.always': 'Ce qui vaut toujours',
  'promise.unanimity': 'Tous, ou pas du tout',
  'promise.unanimity.text':
    'Une fonction ne tourne que tant que chaque personne dans la salle l’autorise, dans le texte en vigueur. L’hôte compte comme chacun. Un téléphone aussi, et un appareil aussi.',
  'promise.silence': 'Pas de réponse, c’est non',
  'promise.silence.text':
    'Fermer la question, Échap, recharger, une connexion perdue : tout cela vaut non.',
  'promise.free': 'Dire non ne coûte rien',
  'promise.free.text':
    'Vous gardez votre place, votre voix, votre image et votre chat, quel que soit votre choix.',
  'promise.at-once': 'Le non agit aussitôt',
  'promise.at-once.text':
    'Une pression sur « Ne pas autoriser » arrête la fonction pour tous. Elle n’attend rien. Un oui attend d’être mis par écrit.',
  'promise.before': 'D’abord arrêter, ensuite faire entrer',
  'promise.before.text':
    'Quand une nouvelle personne n’a pas dit oui, la fonction s’arrête avant son entrée. Rien de ses mots ou de ses images n’y arrive.',
  'promise.off': 'À l’arrêt, rien n’est écrit',
  'promise.off.text':
    'Tant qu’une fonction est à l’arrêt, le serveur n’en reçoit ni image ni son. Ce qui a été dit alors n’y entre jamais après coup.',
  'promise.secret': 'Votre choix est secret',
  'promise.secret.text':
    'Personne ne voit qui a dit non ou n’a pas répondu : ni l’hôte, ni les responsables du serveur, ni un journal. Un non n’est jamais écrit. Toutes les causes d’un arrêt se ressemblent.',
  'promise.receipt': 'Votre oui est à vous',
  'promise.receipt.text':
    'Votre navigateur le signe avec une clé créée pour cette réunion, personne ne peut donc l’inventer. Vous recevez un reçu, et un autre quand vous le reprenez.',
  'promise.erase': 'Votre part peut être effacée',
  'promise.erase.text':
    'Jusqu’à la fin de sa durée, vous pouvez effacer votre part, dans la salle ou après. Vos pistes et vos mots sont supprimés, votre nom aussi. Le film et le résumé sont refaits sans vous.',
  'promise.ask': 'Demandé une fois',
  'promise.ask.text':
    'Une question vient une fois. Quand l’hôte redemande, qui a dit non reçoit une marque discrète, pas une deuxième question. Un texte changé est demandé à nouveau.',
  'promise.limits': 'Ce que cela ne peut pas faire',
  'promise.camera': 'N’importe qui peut filmer un écran',
  'promise.camera.text':
    'Un téléphone devant un écran, ou un programme sur l’ordinateur de quelqu’un, est hors d’atteinte. Gatekeeper ne décide que de ce que ce serveur capte.',
  'promise.few': 'Peu de gens, peu de secret',
  'promise.few.text':
    'À deux dans une salle, il n’y a pas de secret sur qui a dit non, et à trois presque pas.',
  'promise.copies': 'Les copies restent où elles sont',
  'promise.copies.text':
    'Ce que quelqu’un a enregistré sur son propre ordinateur ne peut plus être repris.',
  'promise.sent': 'Les mots partis ailleurs',
  'promise.sent.text':
    'Quand une fonction utilise un modèle sur un autre serveur, sa carte le dit. Ce qui y a été envoyé ne peut pas être rappelé d’ici.',
  'promise.others': 'Ce que d’autres disent de vous',
  'promise.others.text':
    'Quand vous effacez votre part, votre nom dans ce que d’autres ont dit est remplacé autant que possible. Leurs mots restent les leurs.',
  'promise.wrong': 'Les machines entendent mal',
  'promise.wrong.text':
    'La transcription et le résumé font des erreurs. Chaque ligne d’un résumé montre les mots sur lesquels elle repose, et une pression retire une ligne fausse pour tous.',
  'promise.who': 'Cela ne voit pas qui est à côté de vous',
  'promise.who.text':
    'Une deuxième personne devant votre caméra n’est pas interrogée. Demandez-lui vous-même avant de dire oui.',
  'promise.back': 'Ouvrir une salle ou y entrer',

  'allow.link': 'Ce qui se passe quand vous appuyez sur « Autoriser »',
  'steps.yes': 'Si vous l’autorisez',
  'steps.signed': 'Votre navigateur signe votre oui. Personne d’autre ne peut le faire pour vous.',
  'steps.waits': 'Il attend que tout le monde ici dise oui. Personne ne voit qui l’a déjà dit.',
  'steps.written': 'Le serveur note chaque oui. Vous recevez un reçu.',
  'steps.sent':
    'Votre navigateur envoie au serveur une copie de ce qu’il lui faut. Tout le monde voit le signe.',
  'steps.stops': 'Appuyez sur « Ne pas autoriser », et tout s’arrête aussitôt, pour tous.',
  'steps.no': 'Si vous ne l’autorisez pas, ou n’appuyez sur rien',
  'steps.same': 'Vous gardez votre place, votre voix, votre image et votre chat.',
  'steps.off': 'La fonction reste à l’arrêt pour tous.',
  'steps.untold': 'Personne ne l’apprend. Un non n’est jamais écrit.',
  'steps.later': 'Vous pouvez dire oui plus tard, puis non, autant que vous voulez.',
  'steps.more': 'Tout lire sur une page',
  'allow.title': 'Ce qui se passe quand vous appuyez sur « Autoriser »',
  'allow.lead':
    'Votre pression seule ne lance rien. Une fonction démarre quand la dernière personne dans la salle a dit oui, et s’arrête au premier non.',
  'allow.yes': 'Si vous appuyez sur « Autoriser »',
  'allow.signed': 'Votre navigateur signe',
  'allow.signed.text':
    'Il signe votre oui à cette fonction, dans cette salle et dans ce texte, avec une clé qui ne quitte jamais votre navigateur. Personne ne peut dire oui à votre place.',
  'allow.waits': 'Votre oui attend tout le monde',
  'allow.waits.text':
    'Tant qu’une personne n’a pas dit oui, rien ne démarre. Personne ne voit qui a répondu et qui n’a pas répondu.',
  'allow.written': 'C’est d’abord mis par écrit',
  'allow.written.text':
    'Avant que rien ne démarre, chaque oui est dans un registre où aucun changement ne passe inaperçu. Vous recevez un reçu que vous pouvez enregistrer.',
  'allow.starts': 'Le signe s’allume',
  'allow.starts.text':
    'Tout le monde voit le signe, tant que la fonction tourne. C’est seulement alors que votre navigateur envoie au serveur une copie de ce qu’il faut à la fonction, et de rien d’autre.',
  'allow.newcomer': 'Quelqu’un arrive',
  'allow.newcomer.text':
    'Si cette personne n’a pas déjà dit oui, la fonction s’arrête avant son entrée.',
  'allow.stopped': 'Vous changez d’avis',
  'allow.stopped.text':
    'Une pression sur « Ne pas autoriser » arrête la fonction pour tous, aussitôt et à tout moment. Ensuite vous choisissez si ce qu’il y a de vous reste ou est effacé.',
  'allow.after': 'Après',
  'allow.after.text':
    'Vous avez une page à vous, sans compte : ce qui a été conservé pendant que vous étiez là, jusqu’à quand, vos reçus, et un moyen d’effacer votre part.',
  'allow.no': 'Si vous appuyez sur « Ne pas autoriser », ou sur rien',
  'allow.same': 'Tout le reste demeure comme avant',
  'allow.same.text':
    'Vous gardez votre place, votre voix, votre image et votre chat. La réunion continue ; la fonction reste à l’arrêt.',
  'allow.untold': 'Personne ne l’apprend',
  'allow.untold.text':
    'Ni l’hôte, ni les autres, ni les responsables du serveur. Un non n’est jamais écrit. À deux dans une salle, l’autre personne peut toutefois le deviner.',
  'allow.later': 'Vous pouvez décider autrement plus tard',
  'allow.later.text':
    'Votre réglage reste dans la salle, dans les deux sens, aussi souvent que vous voulez. La question, elle, ne revient pas toute seule.',

  'asked.title': 'Ce qui peut être demandé dans cette réunion',
  'asked.lead':
    'Rien de cela ne tourne tant que tout le monde dans la salle n’a pas dit oui à ces mots précis. Dire non ne change rien d’autre.',
  'asked.here': 'Ce serveur s’en charge.',
  'asked.elsewhere':
    'Un autre programme s’en charge. Il ne le peut que tant que tout le monde est d’accord : ce serveur le lui permet chaque fois pour un court moment.',
  'asked.none': 'Rien n’est demandé dans cette réunion.',
  'asked.meeting': 'Vers la réunion, où chaque personne choisit',

  'check.link': 'Vérifier caméra, micro et connexion',
  'check.title': 'Caméra, micro et connexion',
  'check.lead':
    'Cette page regarde si on vous verra et vous entendra. Image et son restent sur votre machine, et personne n’apprend ce qu’elle trouve.',
  'check.state.waiting': 'reste à voir',
  'check.state.ok': 'bon',
  'check.state.bad': 'demande quelque chose',
  'check.sum.waiting': 'Certaines choses restent à voir.',
  'check.sum.ok': 'Tout est bon. Vous pouvez fermer cette page et entrer.',
  'check.sum.bad': 'Quelque chose demande votre attention.',
  'check.browser': 'Navigateur',
  'check.browser.ok': 'Il sait faire ce qu’il faut pour une réunion.',
  'check.browser.insecure':
    'Cette page a été ouverte sans chiffrement, le navigateur ne donne donc ni caméra ni clés. Ouvrez l’adresse avec https://.',
  'check.browser.keyless':
    'Il ne crée pas de clé pour signer vos choix. Utilisez un autre navigateur.',
  'check.browser.callless':
    'Il ne passe pas d’appels : WebRTC manque ou est désactivé. Activez-le dans les réglages ou les extensions, ou utilisez un autre navigateur.',
  'check.server': 'Serveur',
  'check.server.waiting': 'On l’interroge.',
  'check.server.ok': 'Il répond, aux requêtes et par la connexion qu’utilise une réunion.',
  'check.server.unreachable': 'Il ne répond pas. Vérifiez votre réseau, puis rechargez cette page.',
  'check.server.socket-blocked':
    'Il répond, mais la connexion qu’utilise une réunion (un WebSocket) ne s’établit pas. Coupez un VPN, un proxy ou un filtre, essayez un autre réseau, ou prévenez les responsables de ce serveur.',
  'check.loop': 'Appels',
  'check.loop.waiting': 'Le navigateur s’appelle lui-même.',
  'check.loop.ok':
    'Le navigateur passe des appels : il s’est joint lui-même. C’est dans la salle qu’on voit s’il joint les autres, car les relais ne lui sont indiqués que là.',
  'check.loop.failed':
    'Le navigateur ne peut même pas s’appeler lui-même. Une extension, un pare-feu sur cette machine ou un réglage bloque WebRTC. Désactivez cela, ou utilisez un autre navigateur.',
  'check.device.off': 'Cet appareil est coupé. Allumez-le à côté de l’image.',
  'check.device.waiting': 'Le navigateur vous le demande peut-être. Autorisez-le là.',
  'check.microphone': 'Micro',
  'check.microphone.silent':
    'Dites quelque chose. Si rien ne bouge, choisissez un autre micro, ou regardez s’il est coupé.',
  'check.microphone.ok': 'On vous entend.',
  'check.camera': 'Caméra',
  'check.camera.ok': 'On vous voit.',
  'check.speaker': 'Haut-parleur',
  'check.speaker.play': 'Jouer un son',
  'check.speaker.waiting': 'Jouez le son. L’entendez-vous ?',
  'check.speaker.ok':
    'Le son a été joué. Si vous ne l’avez pas entendu, montez le volume, ou choisissez un autre haut-parleur.',
  'check.speaker.failed':
    'Le son n’a pas pu être joué. Choisissez un autre haut-parleur, puis réessayez.',
  'verify.link': 'Vérifier un reçu',
  'verify.title': 'Vérifier ce que l’on a reçu',
  'verify.lead':
    'En mots simples : ce que prouve un reçu, une preuve ou un autre fichier, et ce qu’il ne prouve pas.',
  'verify.local': 'Rien n’est envoyé. Une fois chargée, cette page fonctionne sans réseau.',
  'verify.files': 'Fichiers',
  'verify.drop': 'Déposez des fichiers ici, ou choisissez-les',
  'verify.drop.note':
    'Reçus, réunions avec leur preuve, films, preuves et états du registre, rapports d’audit, clés publiques. Déposez ensemble ce qui va ensemble.',
  'verify.paste': 'Ou collez son texte',
  'verify.paste.check': 'Vérifier le texte',
  'verify.pasted': 'Texte collé',
  'verify.again': 'Recommencer',
  'verify.results': 'Résultat',
  'verify.busy': 'Vérification en cours.',
  'verify.sum.good': 'Tout est valable.',
  'verify.sum.bad': 'Tout n’est pas valable.',
  'verify.sum.unknown': 'Tout ne peut pas être vérifié.',
  'verify.state.good': 'valable',
  'verify.state.bad': 'non valable',
  'verify.state.unknown': 'invérifiable',
  'verify.kind.receipt': 'Reçu',
  'verify.kind.audit': 'Rapport d’audit',
  'verify.kind.proof': 'Preuve du registre',
  'verify.kind.checkpoint': 'État du registre',
  'verify.kind.log-keys': 'Clés d’un registre',
  'verify.kind.gate-keys': 'Clés d’une porte',
  'verify.kind.file': 'Fichier',
  'verify.kind.feed': 'Ce qui a été repris',
  'verify.proves.feed':
    'Jusqu’à ces jours, le serveur a dit à tous quels fichiers ne doivent plus être utilisés. Il ne peut pas revenir là-dessus sans que cela se voie.',
  'verify.lacks.feed':
    'Pourquoi, ni à qui ils étaient. Ni ce qui a été repris après son dernier jour.',
  'verify.feed.days': 'Cela va du {first} au {last}.',
  'verify.export.until':
    'Rien n’en a été repris jusqu’à la fin du {day}. La suite n’est pas connue ici.',
  'verify.kind.export': 'Réunion avec sa preuve',
  'verify.kind.own-copy': 'Votre propre copie',
  'verify.kind.media': 'Film ou piste',
  'verify.proves': 'Ce que cela prouve',
  'verify.proves.receipt':
    'La personne qui avait la clé créée par un navigateur pour cette réunion a dit cela, à propos de ces mots précis. La porte l’a consigné.',
  'verify.proves.audit':
    'La porte a signé ce qui était activé, quand, et que tant de personnes avaient signé un oui à ces mots.',
  'verify.proves.proof':
    'Ce qu’elle nomme figure dans une réunion scellée, et celle-ci dans le registre. Le serveur ne peut pas le retirer sans que cela se voie.',
  'verify.proves.checkpoint': 'Le registre a signé qu’il avait cette taille et ce contenu.',
  'verify.proves.export':
    'Chaque personne sur une piste avait signé un oui à cela précisément, en ces mots précis, pendant la captation. Un film, dit la porte, est fait de ces pistes et de rien d’autre.',
  'verify.proves.own-copy':
    'Les reçus qu’elle contient sont valables, et ses fichiers sont ceux dont parle la copie du journal.',
  'verify.proves.media':
    'C’est, en entier, ce dont parle l’export à côté. Chaque personne y avait signé un oui à cela précisément.',
  'verify.proves.keys': 'Rien par elles-mêmes. D’autres fichiers sont vérifiés avec elles.',
  'verify.lacks': 'Ce que cela ne prouve pas',
  'verify.lacks.receipt':
    'Qui est cette personne, ni qu’elle a lu les mots. Ni que cela n’a jamais été repris : cela a son propre reçu.',
  'verify.lacks.audit':
    'Les signatures des personnes, qui n’y sont pas : c’est la parole de la porte. Ni qui elles sont.',
  'verify.lacks.proof':
    'Ce que disent les entrées, ni de quelle réunion elles sont : déposez les reçus à côté. Ni que tout le monde voit le même registre.',
  'verify.lacks.checkpoint':
    'Ce que contient le registre. Gardez-le : qui le possède pourra montrer que le registre a été modifié.',
  'verify.lacks.export':
    'Qui sont les personnes, que nul autre n’y est vu ou entendu, ni que rien n’a été repris depuis.',
  'verify.lacks.own-copy': 'Que rien n’a été omis : dans son ensemble, personne ne l’a signée.',
  'verify.lacks.media': 'Qui sont les personnes, ni que rien n’a été repris depuis.',
  'verify.lacks.keys':
    'À qui elles sont. Prenez-les sur le serveur tant que vous lui faites confiance.',
  'verify.signer.named': 'Signé avec une des clés que vous avez nommées.',
  'verify.signer.here':
    'Signé avec la clé de ce serveur, telle qu’il l’a donnée au chargement de la page.',
  'verify.signer.other':
    'Signé avec la clé {kid}. À qui elle est, cette page ne peut le dire : comparez-la à ce que publie le serveur de la réunion.',
  'verify.log': 'Il figure dans le registre {origin}, entrée {index} sur {size}.',
  'verify.log.none':
    'S’il figure dans le registre des sceaux : déposez à côté la preuve de la page d’après.',
  'verify.state': 'Le registre {origin} avait {size} entrées.',
  'verify.audit.meeting': 'Réunion {meeting}, calculée le {day}.',
  'verify.audit.opening': '{name} : de {from} à {to}. Personnes : {people}.',
  'verify.audit.on': 'maintenant',
  'verify.export.since': 'Si quelque chose a été repris depuis {day}, on ne le sait pas ici.',
  'verify.export.film':
    'Dans le film de {from} à {to} : pistes de {people} personnes, selon la parole signée de la porte.',
  'verify.copy.files':
    'Reçus valables : voir plus haut. Fichiers tels que le dit la copie du journal : {files}.',
  'verify.about': 'Il s’agit de : {where}',
  'verify.code': 'Code : {code}',
  'verify.print': 'Imprimer',
  'verify.save': 'Enregistrer',
  'verify.save.readable': 'Enregistrer en JSON',
  'verify.open': 'Lire en pleine page',
  'verify.open.label': 'Lire en pleine page : {name}, {time}',
  'verify.elsewhere': 'Sans cette page',
  'verify.elsewhere.text':
    'Les mêmes vérifications tiennent en un fichier, pour toute machine qui a Python, sans réseau :',
  'verify.elsewhere.file': 'Enregistrer le fichier',
  'verify.elsewhere.keys': 'Clés de la porte de ce serveur',
  'verify.elsewhere.log': 'Clés de son registre',
  'verify.elsewhere.note':
    'Enregistrez les clés tant que vous faites confiance au serveur. Elles n’ont rien de secret.',
  'verify.fault.kind-unknown':
    'Ce n’est aucun des fichiers vérifiables ici. Un journal entier se vérifie avec la commande du serveur.',
  'verify.fault.too-large': 'C’est trop grand pour être ce que ce devrait être.',
  'verify.fault.key-needed': 'La clé de signature manque : déposez les clés publiques à côté.',
  'verify.fault.jws-malformed': 'Ce n’est pas un texte signé de la bonne forme.',
  'verify.fault.header-invalid': 'Son en-tête n’est pas celui de ce que signe une porte.',
  'verify.fault.key-invalid': 'La clé est inutilisable, ou n’est pas celle qu’elle nomme.',
  'verify.fault.key-foreign': 'Aucune des clés nommées ne l’a signé.',
  'verify.fault.signature-invalid': 'Il a été modifié après avoir été signé par la porte.',
  'verify.fault.json-invalid': 'Ce qui a été signé est illisible.',
  'verify.fault.not-canonical': 'Ce qui a été signé n’a pas la seule forme qui compte.',
  'verify.fault.member-invalid':
    'Il y manque quelque chose, il y a quelque chose de trop, ou ce n’est pas de la bonne forme.',
  'verify.fault.participant-key-invalid': 'La clé de la personne n’engage personne.',
  'verify.fault.grant-malformed': 'Le oui n’a pas la bonne forme.',
  'verify.fault.grant-signature-invalid':
    'Le oui a été modifié après signature, ou quelqu’un d’autre l’a signé.',
  'verify.fault.grant-subject-foreign':
    'Le oui nomme quelqu’un d’autre que la personne qui l’a signé.',
  'verify.fault.grant-other': 'Le oui concerne une autre réunion, fonction ou réponse.',
  'verify.fault.withdrawal-malformed': 'Le retrait n’a pas la bonne forme.',
  'verify.fault.withdrawal-signature-invalid':
    'Le retrait a été modifié après signature, ou quelqu’un d’autre l’a signé.',
  'verify.fault.withdrawal-subject-foreign':
    'Le retrait nomme quelqu’un d’autre que la personne qui l’a signé.',
  'verify.fault.withdrawal-other': 'Le retrait concerne une autre réunion, fonction ou réponse.',
  'verify.fault.wording-other': 'Le oui portait sur d’autres mots que ceux-ci.',
  'verify.fault.event-contradicted': 'Il est d’un oui, et porte son propre retrait.',
  'verify.fault.record-contradicted': 'Son enregistrement contredit le reste.',
  'verify.fault.copy-differs': 'Ce que l’on y lit n’est pas ce qui a été signé.',
  'verify.fault.proof-malformed': 'Ce n’est pas une preuve de la bonne forme.',
  'verify.fault.proof-empty': 'Elle ne parle de rien.',
  'verify.fault.places-malformed': 'Ce qu’elle dit de la réunion n’a pas la bonne forme.',
  'verify.fault.log-key-invalid': 'Ce n’est pas la clé d’un registre.',
  'verify.fault.note-malformed': 'L’état du registre n’a pas la bonne forme.',
  'verify.fault.note-unsigned': 'Personne dont la clé soit connue n’a signé l’état du registre.',
  'verify.fault.note-signature-invalid': 'L’état du registre a été modifié après signature.',
  'verify.fault.checkpoint-malformed': 'Ce n’est pas l’état d’un registre.',
  'verify.fault.checkpoint-foreign': 'C’est l’état d’un autre registre.',
  'verify.fault.checkpoints-contradict':
    'Deux états d’un registre se contredisent : un autre a été montré à quelqu’un.',
  'verify.fault.meeting-other': 'La preuve est d’une autre réunion.',
  'verify.fault.entry-other': 'La preuve concerne d’autres entrées.',
  'verify.fault.inclusion-invalid': 'La preuve mène à un autre registre.',
  'verify.fault.audit-contradicted': 'Ce qu’il dit se contredit.',
  'verify.fault.feed-malformed': 'Ce n’est pas une liste de ce qui a été repris.',
  'verify.fault.feed-gap': 'Ses pages ne se suivent pas : il en manque.',
  'verify.fault.taken-back': 'Cela a été repris, et ne doit plus être utilisé.',
  'verify.fault.export-needed':
    'La réunion avec sa preuve manque : déposez son archive à côté du film ou de la piste.',
  'verify.fault.archive-invalid': 'L’archive est illisible.',
  'verify.fault.archive-contradicted': 'Ce que contient l’archive se contredit.',
  'verify.fault.export-unlisted': 'Il contient un fichier que sa liste ne nomme pas.',
  'verify.fault.export-missing': 'Un fichier que sa liste nomme n’y est pas.',
  'verify.fault.export-changed': 'Un fichier n’est pas celui qui a été exporté.',
  'verify.fault.account-contradicted': 'Ce qu’elle dit d’une partie de la réunion se contredit.',
  'verify.fault.account-missing':
    'Un fichier y est dont l’enregistrement de la réunion ne dit rien.',
  'verify.fault.leaves-invalid': 'Une piste diffère de ce qui est consigné.',
  'verify.fault.edits-contradicted': 'Un film montrerait ce qu’aucun oui ne couvre.',
  'verify.fault.film-unknown':
    'Ce n’est ni le film ni une piste entière de cette réunion. Un extrait de piste se vérifie avec la commande du serveur.',
  'verify.fault.audit-faulty':
    'La porte elle-même dit que l’enregistrement de cette réunion n’est pas valable.',
}
