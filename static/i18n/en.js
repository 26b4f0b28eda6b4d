/** English. Short main clauses, present tense, the reader is "you". */
export const texts = {
  brand: 'Gatekeeper',
  'brand.home': 'Gatekeeper, start page',
  'promise.link': 'What Gatekeeper promises',
  'foot.imprint': 'Imprint',
  'foot.privacy': 'Privacy',
  'language.label': 'Language',
  'language.failed':
    '{name} did not arrive here. Check your connection, then choose the language again.',
  'skip.join': 'Skip to Join',

  'start.title': 'Meet. Nothing is captured unless everyone says yes',
  'start.lead':
    'Recording, transcript, summary and AI drafts run only while everyone in the room allows them. Saying no costs nobody their seat, their voice or their picture.',
  'start.open': 'Open a room',
  'start.name': 'What is the meeting about?',
  'start.features': 'What may be asked for in this room?',
  'start.features.note':
    'To offer is not to start: each person is asked, and no answer counts as no. A room can offer nothing.',
  'start.knock': 'Let people in one by one',
  'start.knock.note': 'Whoever comes waits until you let them in.',
  'start.submit': 'Open the room',
  'start.submitting': 'Opening the room',
  'start.join': 'Join a meeting',
  'start.link': 'Invitation link',
  'start.link.go': 'Go to the meeting',
  'start.link.wrong': 'This is not an invitation link. It looks like {example}.',
  'start.name.missing': 'Give the room a title.',
  'start.failed': 'The room could not be opened. Check your connection, then try again.',
  'sign-in.needed': 'On this server you sign in to open a room. Joining one needs no sign-in.',
  'sign-in.ended': 'You are not signed in any more. Sign in again: what you wrote is still here.',
  'sign-in.token': 'Access token',
  'sign-in.token.missing': 'Enter the access token that the people who run this server gave you.',
  'sign-in.go': 'Sign in',
  'sign-in.going': 'Signing in',
  'sign-in.in': 'You are signed in.',
  'sign-in.as': 'Signed in as {name}',
  'sign-in.with': 'Signed in with the access token “{name}”',
  'sign-in.out': 'Sign out',
  'sign-in.gone': 'You are signed out.',
  'created.title': 'The room is open',
  'created.lead': '{title} · everyone with the invitation link can join.',
  'created.lead.knock':
    '{title} · everyone with the invitation link can ask to come in. You let them in.',
  'created.invite': 'Invitation link, for everyone',
  'created.enter': 'Enter as host',
  'created.host.note':
    'The host can ask everyone for a feature, stop it, and end the meeting. A host has one voice like everyone and sees nobody’s choice.',
  'created.another': 'Open another room',
  'qr.title': 'QR code',
  'qr.alt': 'QR code of the invitation link',
  'qr.note': 'A phone that is pointed at it opens the invitation.',
  'qr.enlarge': 'Show large',
  'qr.save': 'Save',
  'qr.save.label': 'Save the QR code',
  'calendar.title': 'For your calendar',
  'calendar.note':
    'A file with the invitation, and with what can be asked for in this room. Your host link is not in it. The room waits until {when} for somebody to come. Once all have left again, it closes.',
  'calendar.day': 'Day',
  'calendar.time': 'Start',
  'calendar.length': 'Length',
  'calendar.zone': 'In your time zone: {zone}',
  'calendar.save': 'Save the calendar file',
  'calendar.saving': 'Making the calendar file',
  'calendar.saved': 'Saved as {name}',
  'calendar.unset': 'Choose a day and a time.',
  'calendar.past': 'That time has passed',
  'calendar.past.text': 'Choose a time that is still to come.',
  'calendar.late': 'The room is gone by then',
  'calendar.late.text':
    'If nobody comes, the room is gone after {when}. Choose an earlier time, or open a room closer to the day.',
  'calendar.failed': 'The calendar file could not be made. Check your connection, then try again.',
  'invite.join': 'Here is the way into the meeting:',
  'invite.asked': 'What you can be asked for in this room:',
  'invite.choose':
    'You choose in the room, with the whole wording in view. You change your mind with one click, whenever you like.',
  copy: 'Copy',
  'copy.link': 'Copy the invitation link',
  'copy.about': 'Copy: {label}',
  copied: 'Copied',
  comma: '{before}, {after}',

  'lobby.title': 'Ready to join?',
  'lobby.opened': 'Opened {when}',
  'lobby.host': 'You join as host.',
  'lobby.preview': 'Your camera picture',
  'lobby.name': 'Your name',
  'lobby.name.missing': 'Enter the name that the others see.',
  'lobby.forget': 'Forget me in this browser',
  'lobby.forgotten': 'Your name and devices are forgotten here. Your receipts stay.',
  'lobby.join': 'Join the room',
  'lobby.joining': 'Joining the room',
  'wait.told':
    '*You wait to be let in.* The host has been told, and you come in by yourself as soon as they let you in. Until then nobody sees or hears you.',
  'wait.cut':
    '*Connection lost.* Trying to reach the room again. Then the host is told once more that you wait.',
  'wait.stop': 'Stop waiting',
  'lobby.join.note': 'You can join with any choice, or none.',
  'lobby.no-calls':
    '*This browser makes no calls:* WebRTC is missing or turned off. You can join, write in the chat and choose. Nobody sees or hears you, you see and hear nobody, and nothing of you can be in a recording.',
  'cannot.title': 'You cannot join from this page',
  'cannot.insecure':
    'It was opened over http, without encryption. Browsers then give a page no microphone, no camera, and no key to sign your choices with.',
  'cannot.insecure.you':
    '*What you can do:* open the room by its https address, or ask whoever invited you for it.',
  'cannot.insecure.admin':
    '*If you run this server:* put a proxy with TLS in front of it. On the machine itself, localhost works too.',
  'cannot.keyless': 'This browser makes no key to sign your choices with: Web Crypto is missing.',
  'cannot.keyless.you': '*What you can do:* open the room in another browser.',
  'lobby.choices': 'Your choices',
  'lobby.choices.note':
    'A feature runs only while everyone in the room allows it. No answer counts as no. Saying no changes nothing else: you keep your seat, voice and picture.',
  'lobby.nothing':
    'This room offers nothing that captures the meeting. There is nothing to choose.',
  'lobby.all.group': 'All features at once',
  'lobby.all': 'Allow all',
  'lobby.none': 'Allow none',
  'honest.secret': 'Nobody is shown who said no',
  'honest.secret.text':
    'Not the host, not {controller}, not a log. With two people in a room there is no secret, and with three hardly one.',
  'honest.operator': 'the people who run this server',
  'honest.cannot': 'What this cannot do',
  'honest.cannot.text':
    'Anybody can point a phone at their own screen. Gatekeeper decides only what this server captures.',

  'device.microphone': 'Microphone',
  'device.camera': 'Camera',
  'device.speaker': 'Speaker',
  'device.default': 'Standard',
  'device.none': 'None found',
  'device.unnamed': '{kind} {number}',
  'device.level': 'Microphone level',
  'device.level.quiet': 'quiet',
  'device.level.good': 'good',
  'device.level.off': 'off',
  'sound.title': 'Try speaker and microphone',
  'sound.play': 'Play a tone',
  'sound.record': 'Record a sentence',
  'sound.stop': 'Stop',
  'sound.tone.waiting': 'It comes from the speaker that you have chosen.',
  'sound.tone.playing': 'Do you hear it?',
  'sound.tone.ok': 'Did you hear it? If not, turn the sound up, or choose another speaker.',
  'sound.tone.failed': 'The tone did not play. Choose another speaker, then try again.',
  'sound.voice.idle': 'Say something, then hear how you sound.',
  'sound.voice.opening': 'The microphone is starting.',
  'sound.voice.recording': 'Speak now.',
  'sound.voice.playing': 'This is how you sound.',
  'sound.voice.over': 'Did you hear yourself? If not, choose another microphone or speaker.',
  'sound.voice.failed':
    'Nothing came from the microphone. See whether your browser gives it, then try again.',
  'sound.kept': 'Your voice stays in this page, and is gone when you have heard it.',
  'sound.unheard':
    'Nobody else hears it: your microphone is off for the others meanwhile. Your voice stays in this page, and is gone when you have heard it.',
  'device.off.camera': 'Your camera is off',
  'device.turn-on': 'Turn on camera and microphone',
  'device.asks': 'Both are off. When you press, your browser asks you.',
  'device.starting': 'Starting the camera',
  'device.microphone.turn-on': 'Turn the microphone on',
  'device.microphone.turn-off': 'Turn the microphone off',
  'device.camera.turn-on': 'Turn the camera on',
  'device.camera.turn-off': 'Turn the camera off',
  'device.retry': 'Try again',
  'device.without': 'You can join without it and turn it on later.',
  'device.fault.microphone.missing': 'No microphone found. Plug one in, then try again.',
  'device.fault.camera.missing': 'No camera found. Plug one in, then try again.',
  'device.fault.microphone.busy':
    'Another program uses the microphone. Close that program, then try again.',
  'device.fault.camera.busy':
    'Another program uses the camera. Close that program, then try again.',
  'device.fault.microphone.refused':
    'The browser blocks the microphone for this page. Open the settings beside the address, allow the microphone, then try again.',
  'device.fault.camera.refused':
    'The browser blocks the camera for this page. Open the settings beside the address, allow the camera, then try again.',
  'device.fault.microphone.insecure':
    'Browsers give the microphone to secure pages only. Open this page by its https address.',
  'device.fault.camera.insecure':
    'Browsers give the camera to secure pages only. Open this page by its https address.',
  'device.fault.microphone.unplugged':
    'The microphone is gone: it was unplugged, or the browser took it away. Plug it in again and it goes on by itself, or choose another one under Devices.',
  'device.fault.camera.unplugged':
    'The camera is gone: it was unplugged, or the browser took it away. Plug it in again and it goes on by itself, or choose another one under Devices.',
  'device.fault.microphone.failed':
    'The microphone did not start. Check its cable, then try again.',
  'device.fault.camera.failed': 'The camera did not start. Check its cable, then try again.',
  'device.fault.screen.failed': 'The screen could not be shared. Try again, or choose one window.',

  'fact.captured': 'What is captured',
  'fact.purpose': 'What for',
  'fact.processor': 'Who processes it',
  'fact.recipients': 'Who gets it',
  'fact.retention': 'Kept',
  'fact.withdrawal': 'Change your mind',
  'fact.machine': 'Whose machine gets it, live',

  'change.agreed': 'What has changed since you allowed it',
  'change.seen': 'What has changed since you read it',
  'change.note': 'Struck through: taken out. Underlined: new. The whole text stands below.',
  'change.out': 'taken out',
  'change.in': 'new',
  'change.name': 'Name',
  'change.object': 'Name in the question',
  'change.meaning': 'What it does',

  'answer.label': 'Your choice',
  'answer.on': 'on {object}:',
  'answer.allow': '*Allow* {object}',
  'answer.dont': '*Don’t allow* {object}',
  'answer.unset': 'Not answered',
  'answer.granted': 'You allow',
  'answer.declined': 'You don’t allow',
  'answer.pending': 'Being written down',

  'sign.label': 'On air',
  'sign.on': '*{name} on* since {time}',
  'sign.on.now': '*{name} on*',
  'sign.off': '{name} off',
  'sign.unknown': '{name}: not known',
  'sign.dont': 'Don’t allow',
  'sign.dont.label': 'Don’t allow {object}',
  'lamp.on': 'On since {time}',
  'lamp.on.now': 'On',
  'lamp.off': 'Off',
  'lamp.unknown': 'Not known',

  'room.people': {
    one: '{count} person',
    other: '{count} people',
  },
  'room.waiting': {
    one: '{count} waits to come in',
    other: '{count} wait to come in',
  },
  'room.stage': 'People in the meeting',
  'room.panel': 'Side panel',
  'room.controls': 'Meeting controls',
  'room.reconnecting':
    '*Connection lost.* Trying to reach the room again. What is on there cannot be seen from here. This page gives the server no picture and no sound meanwhile; the others may still see and hear you.',
  'room.no-calls':
    '*This browser makes no calls:* WebRTC is missing or turned off. Nobody here sees or hears you, and you see and hear nobody. Chat and choices work. Another browser may do.',
  'room.unheard':
    '*Nothing of you reaches it: {names}.* It is on, but your sound and picture find no way to the server. Try another network. If you run this server, let UDP through to it, or set up a TURN server.',
  'room.unheard.no-calls':
    '*Nothing of you can be in it: {names}.* It is on, but this browser makes no calls.',
  'room.unreached':
    '*No way to {names}.* You neither see nor hear each other. Either a network between you lets no call through, or their browser makes none. Whoever runs this server can set up a TURN server for it.',
  'room.unproved':
    '*Not everyone’s yes is proved: {names}.* Your browser does not find a valid yes of everybody here, so it gives the server nothing of you for it. Nobody need have said no: the server cannot show what it claims. Ask whoever runs it.',
  'room.forged':
    '*The connection to {names} was not theirs.* What came for it was not signed by them, so your browser has ended it. You neither see nor hear each other. Whoever runs this server may stand between you.',
  'room.alone': 'You are the only one here. Copy the invitation link and send it to the others.',
  'room.sound': 'Turn sound on',
  'room.sound.text': 'The browser holds back the sound of this page.',
  'room.sharing': 'You share your screen',
  'room.sharing.behind':
    'You share your screen. {name}’s is newer and is shown large; yours is small beside it.',
  'room.sharing.stop': 'Stop sharing',
  'room.sharing.sound': 'Its sound is shared, too',
  'room.sharing.sound.stop': 'Stop the sound',
  'room.sharing.sound.off': 'Its sound is off',
  'room.sign-on': '*{name} is on.* Since now, with everyone’s yes.',
  'room.withheld': '*{name}* is not offered any more for now',
  'room.offered': '*{name}* can be asked for again',
  'room.on-again': '*{name} is on* since {time}, with everyone’s yes.',
  'room.sign-off': '*{name} is off.* The meeting goes on.',
  'room.erased': '*{name}: your part is erased.*',
  'room.removed': '*{name} was removed by the host.*',
  'room.host-over': '*You are no longer host.* A host has changed the host link.',
  'room.turned-away': '*{name} was not let in by the host.*',
  'room.close': 'Close',
  'room.dismiss': 'Dismiss',

  'tile.you': 'You',
  'tile.host': '{name} (host)',
  'tile.screen': '{name} shares a screen',
  'tile.screen.show': 'Show {name}’s screen large',
  'tile.speaking': ', speaking',
  'tile.muted': ', microphone off',
  'tile.hand': 'Hand raised',
  'tile.away': 'Connection lost',
  'tile.camera-off': ', camera off',

  'dock.microphone.on': 'Mic on',
  'dock.microphone.off': 'Mic off',
  'dock.camera.on': 'Camera on',
  'dock.camera.off': 'Camera off',
  'dock.share': 'Share',
  'dock.share.stop': 'Stop sharing',
  'dock.hand': 'Hand',
  'dock.react': 'React',
  'dock.chat': 'Chat',
  'dock.people': 'People',
  'dock.gate': 'Gate',
  'dock.notes': 'Notes',
  'dock.settings': 'Settings',
  'dock.more': 'More',
  'dock.leave': 'Leave',
  'dock.shortcut': '{label} (key {key})',
  'dock.unread': {
    one: '{count} new message',
    other: '{count} new messages',
  },
  'settings.title': 'Settings',
  'settings.devices': 'Devices',
  'settings.seeing': 'Seeing',
  'prefer.view': 'View',
  'prefer.view.grid': 'Everybody alike',
  'prefer.view.speaker': 'Who speaks, large',
  'prefer.self-view': 'Show my own picture',
  'prefer.noise': 'Take out noise',
  'prefer.echo': 'Take out echo',
  'prefer.gain': 'Even out how loud I am',
  'settings.music': 'For music, or to interpret, turn these off and wear headphones.',
  'settings.sounds': 'Sounds',
  'prefer.sounds': 'A soft sound when somebody comes, raises a hand or writes',
  'settings.keys': 'Keys',
  'key.space': 'Space',
  'settings.key.space': 'Hold to talk while the microphone is off',
  'talk.held': 'The others hear you while you hold *Space*',
  'settings.key.m': 'Microphone on or off',
  'settings.key.v': 'Camera on or off',
  'settings.key.escape': 'Close what is open. In a question: Don’t allow',
  'leave.title': 'Leave the meeting',
  'leave.self': 'Leave, the others stay',
  'leave.end': 'End for everyone',

  'reaction.agree': 'Agree',
  'reaction.applause': 'Applause',
  'reaction.laugh': 'Laugh',
  'reaction.heart': 'Heart',
  'reaction.surprise': 'Surprise',

  'gate.tab': 'Gate',
  'gate.intro':
    'Each feature runs only while everyone here allows it. Your choice is shown to nobody.',
  'gate.intro.host':
    'You host this room. Your own choice counts like everyone’s, and nobody’s choice is shown to you.',
  'gate.intro.nothing': 'This room offers nothing that captures the meeting.',
  'gate.withheld': 'Not offered on this server just now. Nobody can ask for it.',
  'gate.what': 'What it does',
  'gate.agreed': 'What you agreed to',
  'gate.about': '{what}: {name}',
  'gate.marked': 'The host asked again. Your answer stands until you change it.',
  'proof.checked': 'Checked by your browser: everyone’s yes ({count} of {count})',
  'proof.checking': 'Your browser is checking everyone’s yes.',
  'proof.unproved':
    '*Not proved.* Your browser does not find a valid yes of everybody here, so it gives the server nothing of you for this. Nobody need have said no: the server cannot show what it claims.',
  'proof.about':
    'Your browser has verified each signature itself: for this room, and for words that are in force. It has not believed the server.',
  'proof.person': 'words {words}, key {key}',
  'proof.code': 'Room code: {code}',
  'proof.code.note':
    'It is the same for all who see the same people. Read it to each other to be sure.',
  'gate.receipt': 'Receipt',
  'gate.receipts': 'Receipts',
  'gate.receipts.all': 'Your receipts ({count})',
  'gate.ask': 'Ask everyone to allow {object}',
  'gate.stop': 'Stop {object} for everyone',
  'gate.again': 'Asked at {asked}. You can ask again at {time}',
  'gate.again.only': 'You can ask again at {time}',
  'ends.title': 'You stopped allowing {object} at {time}',
  'ends.what': 'Nothing more is captured. What about the time before?',
  'ends.since': 'Nothing more is captured. What about the time since {since}?',
  'ends.keep': '*Stop from now* What exists stays until its time is over.',
  'ends.erase': '*Stop and erase my part* What there is of you is taken out.',
  'ends.note': 'Answer now, later, or never. No answer means: stop from now.',

  'knock.title': 'Waiting to be let in',
  'knock.count': 'Waiting to be let in, {count}',
  'knock.said': '{name} asks to come in.',
  'knock.removed': 'Was removed before',
  'knock.admit': 'Let in',
  'knock.turn-away': 'Don’t let in',
  'knock.about': '{label}: {name}',
  'door.title': 'Who may come in',
  'door.knock': 'Ask before letting people in',
  'door.knock.note': 'Whoever comes waits until you let them in.',
  'door.locked': 'Lock the meeting',
  'door.locked.note':
    'Nobody new comes in. Whoever was here can come back, unless they were removed.',
  'door.is.locked': 'The meeting is locked: nobody new comes in.',
  'door.is.knock': 'The host lets people in one by one.',
  'host-link.title': 'Host link',
  'host-link.note':
    'Whoever has it can do here what you can. If somebody has it who should not, make a new one: the old one stops at once, and whoever came by it is no longer host. You stay host.',
  'host-link.renew': 'Make a new host link',
  'host-link.made': 'The old host link no longer works. This is the new one.',
  'host-link.link': 'New host link',
  'remove.open': 'Remove {name}',
  'remove.title': 'Remove {name} from the meeting?',
  'remove.what':
    '{name} leaves at once and has to ask to come back. They keep their receipts. Questions that are open end, and a pause of {pause} lies before the next one.',
  'remove.yes': 'Remove',
  'remove.no': 'Don’t remove',

  'people.tab': 'People',
  'people.count': 'People, {count}',
  'machines.count': 'Machines, {count}',
  'people.you': '{name} (you)',
  'people.host': 'Host',
  'people.microphone.on': 'Microphone on',
  'people.microphone.off': 'Microphone off',
  'people.speaking': 'Speaking',
  'people.hand': 'Hand raised',
  'people.away': 'Connection lost',
  'people.screen': 'Shares a screen',
  'people.screen.sound': 'Shares a screen with sound',
  'people.note': 'A machine is listed for as long as it runs. A yes or a no is never listed.',
  'machine.recording': 'Recorder',
  'machine.recording.does': 'Films everyone, here since {time}',
  'machine.transcript': 'Transcriber',
  'machine.transcript.does': 'Listens to everyone, here since {time}',
  'machine.summary': 'Summary writer',
  'machine.summary.does': 'Reads the transcript, here since {time}',
  'machine.compose': 'Draft writer',
  'machine.compose.does': 'Reads new chat messages, here since {time}',
  'machine.other': '{name}',
  'machine.other.does': 'Runs here since {time}',
  'machine.fed.does': 'For {service}, here since {time}',

  'chat.tab': 'Chat',
  'chat.message': 'Message to everyone',
  'chat.send': 'Send',
  'chat.empty': 'Nothing is written yet. Messages reach those who are in the room now.',
  'chat.since': '*{name} on since {time}.* It reads only messages from here on.',
  'chat.waiting': 'Waiting for the connection',
  'chat.waiting.log': 'Messages that are not sent yet',
  'chat.log': 'Messages',

  'captions.tool': 'Captions',
  'captions.off': 'Captions come while the transcript is on.',
  'captions.wait': 'A line appears when somebody pauses.',
  'captions.turn-on': 'Turn captions on',
  'captions.turn-off': 'Turn captions off',

  'notes.tab': 'Notes',
  'notes.log': 'Transcript',
  'notes.since': '*{name} on since {time}.* What is said from here on appears as text.',
  'notes.off':
    '*{name} is off.* While it is on, what is said appears here as text. What was written down before is under “What was kept”.',
  'notes.unknown': '*{name}: not known.* The connection is lost.',
  'notes.only': 'This room offers no transcript, so there are no lines to read here.',
  'notes.ask': '{name} so far',
  'notes.ask.off': '*{name} is off.* While it is on, you can ask here for what was said so far.',
  'notes.working': 'It is being made. You can go on meanwhile.',
  'notes.progress': '{name}: made so far',
  'notes.percent': '{percent} percent',
  'notes.ready': '{name}: ready to read.',
  'notes.read': 'Read it',
  'notes.back': 'Back to the transcript',
  'notes.close': 'Put it away',
  'notes.copy': 'Copy as text',
  'notes.yours': 'Only you see it. It goes when {name} goes off.',

  'draft.open': 'Ask {name} for a draft',
  'draft.open.recap': 'Ask for a recap of the chat',
  'draft.prompt': 'What should the draft say?',
  'draft.prompt.missing': 'Say in a few words what the draft is about.',
  'draft.tone': 'Tone',
  'draft.tone.neutral': 'Neutral',
  'draft.tone.friendly': 'Friendly',
  'draft.tone.formal': 'Formal',
  'draft.tone.direct': 'Direct',
  'draft.length': 'Length',
  'draft.length.short': 'Short',
  'draft.length.medium': 'Medium',
  'draft.length.long': 'Long',
  'draft.submit': 'Draft it',
  'draft.recap': 'Insert recap',
  'draft.reads': 'It reads what was written in the chat since {time}, and sends nothing.',
  'draft.off': '*{name} is off.* While it is on, you can ask for a draft here.',
  'draft.title': 'Draft, not sent',
  'draft.label': 'Draft by {name}, not sent',
  'draft.yours': 'Only you see it',
  'draft.asked': 'You asked: {prompt}',
  'draft.asked.recap': 'You asked for a recap of the chat',
  'draft.text': 'Text of the draft',
  'draft.waiting': 'Waiting for the first words',
  'draft.stop': 'Stop drafting',
  'draft.use': 'Use draft',
  'draft.shorten': 'Shorten',
  'draft.again': 'Try again',
  'draft.discard': 'Discard',
  'draft.stopped': 'You stopped it here.',
  'draft.cut': 'It breaks off here, since its length is used up.',
  'draft.rest': 'What came before stays usable.',
  'draft.ready': 'The draft is ready. {text}',
  'draft.dropped': '*{name} went off, and the draft is gone.* The meeting goes on.',

  'summary.model': 'AI summary',
  'summary.model.here':
    'Written by {model} on this server, from {from} to {to}. It makes mistakes: each line shows the words it rests on.',
  'summary.model.host':
    'Written by {model} at {host}, from {from} to {to}. It makes mistakes: each line shows the words it rests on.',
  'summary.model.unnamed': 'a model',
  'summary.model.topics': 'Topics',
  'summary.model.decisions': 'Decided',
  'summary.model.todos': 'To do',
  'summary.model.questions': 'Still open',
  'summary.model.points': 'Worth reading',
  'summary.rules': 'Highlights (no AI model: quotes picked by rules; check them)',
  'summary.rules.source':
    'From what was said between {from} and {to}. Rules miss some things and pick wrong ones.',
  'summary.rules.topics': 'Topics',
  'summary.rules.decisions': 'Possible decisions',
  'summary.rules.todos': 'Possible to-dos',
  'summary.rules.questions': 'Open questions',
  'summary.rules.points': 'Worth reading',
  'summary.empty': 'Nothing was found that fits in here.',
  'summary.masked':
    'Somebody took their part back. Where others said their name, it is replaced as well as could be. Words may still hint at it.',
  'summary.quote': '“{text}”',
  'summary.said': '{name}, {time}',
  'summary.somebody': 'Somebody',
  'summary.owner': 'Who',
  'summary.due': 'Until when',
  'summary.go': 'Go to the moment: {by}',
  'summary.wrong': 'This is wrong',
  'summary.wrong.label': 'This is wrong: {text}',
  'summary.wrong.does': 'Takes this line out for everybody',

  'gpc.title': 'Not asked about here: {names}',
  'gpc.text':
    'Your browser sends Global Privacy Control, and here words would leave this server. No answer counts as no. To allow it all the same, use the Gate panel in the room.',
  'gpc.mark':
    'The host asks for it. Your browser sends Global Privacy Control, so no question opens. You can answer here.',
  'gpc.nothing': 'There is nothing to choose before you join.',
  'feature.outside': 'Words leave this server',
  'feature.missing': 'Cannot run here: {names}',
  'feature.withheld': 'Not offered now: {name}',
  'feature.unavailable': 'This server cannot run it.',

  'prompt.who': 'The host asks everyone in the room',
  'prompt.title': 'Allow {object} in this room?',
  'prompt.everyone': 'It runs only while everyone here allows it.',
  'prompt.note':
    'Take the time you need. Escape means *Don’t allow*, and so does no answer. You stay in the meeting either way, and your choice is shown to nobody.',

  'receipts.title': 'Your receipts',
  'receipts.note': 'Each yes you gave or took back, word for word. They are yours to keep.',
  'receipts.none':
    'No receipts yet. You get one when a feature starts with your yes, and one when you take it back.',
  'receipts.back': 'Back to the gate',
  'receipt.title': 'Receipt',
  'receipt.granted': '{name}: you allowed it',
  'receipt.withdrawn': '{name}: you withdrew',
  'receipt.said': 'You said',
  'receipt.when': 'When',
  'receipt.controller': 'Run by',
  'receipt.entry': 'Entry {number}',
  'receipt.signed': 'Signed with',
  'receipt.signed.text': 'A key made in your browser for this meeting',
  'receipt.save': 'Save receipt',
  'receipt.save.label': 'Save receipt: {name}, {time}',
  'receipt.proof': 'Signed by the gate',
  'receipt.proof.text': 'The file holds the signature. It can be checked without this server.',

  'end.left': 'You left the meeting',
  'end.ended': 'The meeting has ended',
  'end.left.lead': '{title} goes on without you. Nothing of you is captured any more.',
  'end.ended.lead': '{title} is over for everyone. Nothing is captured any more.',
  'end.replaced': 'You are in this meeting in another tab',
  'end.replaced.lead':
    '{title} goes on there, from your seat. This tab captures nothing of you any more.',
  'end.removed': 'The host has removed you from this meeting',
  'end.removed.lead':
    '{title} goes on without you. Nothing of you is captured any more. Your receipts stay yours, and so does the way to what was kept.',
  'end.refused': 'You are no longer in the meeting',
  'end.unwaited': 'You wait no longer',
  'end.unwaited.lead': 'You did not come into {title}. Your camera and your microphone are off.',
  'end.waits-elsewhere': 'You wait in another tab',
  'end.waits-elsewhere.lead':
    'There you come into {title} as soon as the host lets you in. In this tab your camera and your microphone are off.',
  'end.ask-back': 'Ask to come back',
  'end.rejoin': 'Join again',
  'end.here': 'Go on in this tab instead',
  'end.new': 'Open a new room',
  'end.receipts.note': 'This browser keeps them for you. Save them to have them elsewhere, too.',
  'end.receipts.none': 'No feature ran with your yes, so there is no receipt.',

  'elsewhere.title': 'What may be captured?',
  'elsewhere.what':
    'You meet somewhere else. Here you say what may be captured there, and change it at any time.',
  'elsewhere.join': 'Go on',
  'elsewhere.joining': 'You are coming in',
  'elsewhere.join.note':
    'You can go on with any choice, or none. It changes nothing about the meeting itself.',
  'elsewhere.wait':
    '*You wait to be let in.* The host has been told, and you come in by yourself as soon as they let you in. Until then everything here is off for you.',
  'elsewhere.asked': 'Everyone here is asked',
  'elsewhere.cannot':
    'Anybody can film or record where you meet. Gatekeeper says when capturing is allowed; whoever captures has to keep to it.',
  'elsewhere.stay':
    'Keep this open while you take part. Who cannot be asked any more keeps everything off.',
  'elsewhere.lost':
    '*Connection lost.* Trying to reach the room again. What is on there cannot be seen from here. Who cannot be reached keeps everything off.',
  'elsewhere.left': 'You are asked here no more',
  'elsewhere.left.lead':
    '{title} goes on somewhere else. If you stay there, what the others allow may capture you: leave there, too, or come back here.',
  'elsewhere.ended': 'It is over',
  'elsewhere.ended.lead': 'Nobody is asked for {title} any more, and nothing is allowed any more.',
  'elsewhere.replaced': 'You are here in another place',
  'elsewhere.replaced.lead':
    'Your choices for {title} are there now: in another tab, or in another part of a page.',
  'elsewhere.removed': 'The host has removed you from this room',
  'elsewhere.unwaited.lead': 'You did not come into {title}.',
  'elsewhere.waits.lead': 'There you come into {title} as soon as the host lets you in.',

  'frame.unfold': 'Your choices',
  'frame.asked': 'You are asked something: answer here',
  'frame.unseen':
    'That press did nothing: both answers have to be in full view for a moment first.',
  'frame.unkept':
    'This browser keeps nothing for a page inside another one: after a reload you come as somebody new, and are asked again.',
  'frame.open': 'Open your choices',
  'frame.open.text':
    'You choose in a window of its own: there no other page can cover the answers.',
  'frame.opened': 'Your choices are in their own window. Keep it open while you take part.',
  'frame.opened.asked': 'You are asked something: answer in that window.',
  'frame.there': 'Go to that window',
  'frame.blocked':
    'The browser has held the window back. Allow this page to open windows, then try again.',

  'problem.unknown-room': 'There is no such room',
  'problem.unknown-room.text': 'Check the link, or open a new room.',
  'problem.room-ended': 'This meeting has ended',
  'problem.room-ended.text': 'Open a new room to meet again.',
  'problem.other': 'The room cannot be reached',
  'problem.other.text': 'Check your connection, then try again.',
  'problem.retry': 'Try again',

  'fault.title': 'That did not work',
  'fault.link-over':
    'This link has ended. All that could be on its page has had its time and is deleted.',
  'fault.malformed':
    'This page sent something that the server does not understand. Reload the page.',
  'fault.too-large': 'That is too long. Shorten it, then try again.',
  'fault.rate-limited': 'Too much at once. Wait a moment, then try again.',
  'fault.out-of-order': 'That does not fit here. Reload the page and join again.',
  'fault.unknown-room': 'There is no such room. Check the link, or open a new room.',
  'fault.room-ended': 'This meeting has ended.',
  'fault.room-full': 'The room is full. Try again when somebody has left.',
  'fault.room-locked': 'The host has locked this meeting. Ask them to unlock it, then try again.',
  'fault.not-let-in': 'The host did not let you in. You can ask again after a minute.',
  'fault.entry-needed':
    'This room is entered from the place that it belongs to, and this way in was used before or is too old. Go back there and open it again.',
  'fault.media-elsewhere': 'Pictures, sound and chat of this room are somewhere else.',
  'fault.consent-required': 'Not everybody in the room has agreed to this.',
  'fault.removed': 'The host has removed you from this meeting.',
  'fault.knock-gone': 'That person no longer waits to be let in.',
  'fault.unknown-participant': 'That person is no longer in the room.',
  'fault.unknown-feature': 'This room does not offer that feature.',
  'fault.unknown-opening': 'That feature is off by now.',
  'fault.name-unusable':
    'That name cannot be used: nothing of it is visible, or something in it is invisible. Type it anew.',
  'fault.not-host': 'Only the host can do that.',
  'fault.not-allowed':
    'The host link is not the right one for this room. Join without it, or ask for the host link again.',
  'fault.notice-outdated':
    'The wording has changed. Reload the page, read the new wording, then choose.',
  'fault.forged-statement': 'Your choice could not be proved, so it does not count. Choose again.',
  'fault.statement-outdated':
    'This meeting was started again on the server since that choice. Choose again.',
  'fault.replayed-statement': 'That choice was used before. Choose again.',
  'fault.resume-unknown': 'Your seat is no longer kept. Join again.',
  'fault.already-present': 'You are in this room in another tab. Leave there first.',
  'fault.ledger-unavailable':
    'The server cannot write down proof just now, so nothing can be allowed. The meeting goes on.',
  'fault.clock-jumped':
    'The clock of this server was set, so everything that was on is off. What was kept is safe, and the meeting goes on. The host can ask again.',
  'fault.disk-low':
    'The disk of this server is nearly full, so nothing is recorded. What was recorded is safe, and the meeting goes on.',
  'fault.disk-share':
    'This room has recorded as much as one room may on this server, so nothing more is recorded. What was recorded is safe, and the meeting goes on.',
  'fault.tap-limit':
    'Your device sends more than this server takes, so it takes nothing more of yours for this. What was kept is safe, and the meeting goes on.',
  'fault.sink-unavailable': 'The server cannot run that feature just now. The meeting goes on.',
  'fault.answered-too-often':
    'You have said yes many times just now. Wait a little, then say it again.',
  'fault.opened-too-often':
    'This has started and stopped very often just now, so it stays off. The meeting goes on.',
  'fault.erase-failed': 'Your part could not be erased just now. Try again in a moment.',
  'fault.feature-unavailable': 'This server has nothing to run that feature with.',
  'fault.speech-unavailable':
    'The speech engine of this server stopped, so nothing is written down. What was written down is safe, and the meeting goes on. Ask again in a moment.',
  'fault.words-unreadable':
    'The server cannot read what was written down, so nothing can be summed up just now. The meeting goes on.',
  'fault.other-host': 'This server does not go by that name. Check the link.',
  'fault.other-site':
    'Another page asked for that, so it was not done. Use this server’s own pages.',
  'fault.too-slow': 'That took too long to arrive. Check your connection, then try again.',
  'fault.sign-in': 'Use the link that you got at the end of the meeting.',
  'fault.not-signed-in': 'You are not signed in. Sign in on the start page to open a room.',
  'fault.token-unknown':
    'This server does not know that access token. Check it, or ask for another.',
  'fault.untrusted-proxy':
    'This server does not trust where your sign-in came from. Ask the people who run it.',
  'fault.not-admitted':
    'You are known, but may not open rooms on this server. Ask the people who run it.',
  'fault.sign-in-failed': 'The sign-in was not completed. Try it again.',
  'fault.provider-unavailable':
    'The sign-in service does not answer as it should. Try again in a moment.',
  'fault.nothing-there': 'There is no such file, or it has been deleted.',
  'fault.nothing-said': 'Nothing was said or written yet while it was on. Try again after that.',
  'fault.drafts-need-model':
    'Drafting needs a model. The people who run this server can set [ai] base_url and [ai] model.',
  'fault.model-failed': 'The model’s server had a fault of its own. Try again in a moment.',
  'fault.model-key-refused':
    'The model’s server refused the key. The people who run this server can check [ai] key_file.',
  'fault.model-unknown':
    'The model’s server does not know this model. The people who run this server can check [ai] base_url and [ai] model.',
  'fault.model-busy': 'The model is busy just now. Try again in a minute.',
  'fault.model-unreachable':
    'The model’s server cannot be reached. Try again soon, or tell the people who run this server.',
  'fault.model-slow': 'The model took too long. Try again, or ask for something shorter.',
  'fault.model-broken': 'The model’s answer broke off. Try again.',
  'fault.model-redirected':
    'The model’s server wanted to pass the words on to another address. Nobody agreed to that, so nothing was sent there. The people who run this server can check [ai] base_url.',
  'fault.model-input-too-long':
    'That is more than the model can read at once. The people who run this server can check [ai] context_tokens.',
  'fault.model-answer-unusable': 'The model’s answer could not be used. Try again.',
  'fault.model-answer-too-large':
    'The model’s answer was far too long, so it was dropped. Try again.',
  'fault.connection-lost': 'The connection was lost on the way. Try again.',
  'fault.unreached': 'The server does not answer. Check your connection, then try again.',
  'fault.socket-blocked':
    'The server answers, but no lasting connection (WebSocket) to it opens. A proxy, a filter or an extension of the browser may hold it back. Try another network. If you run this server, let WebSocket through its proxy.',
  'fault.keyless':
    'This browser makes no key to sign your choices with. Open the room in another browser.',
  'fault.other': 'Something went wrong: {detail}',

  'end.after': 'What was kept',
  'end.after.note':
    'Film, transcript and summary, as far as they were on, and the right to erase your part. The link is yours alone, and this browser remembers it.',

  'after.place': 'After the meeting',
  'after.untitled': 'A meeting',
  'after.skip': 'Skip to the film',
  'after.skip.summary': 'Skip to the summary',
  'after.skip.transcript': 'Skip to the transcript',
  'after.when': '{day}, {from} to {to}.',
  'after.when.open': '{day}, since {from}. The meeting goes on.',
  'after.there': 'You have what you were there for.',
  'after.same': 'Everyone who was captured gets the same {what}.',
  'after.same.recording': 'film',
  'after.same.transcript': 'transcript',
  'after.same.summary': 'summary',
  'after.kept': 'Kept until {day}',
  'after.part': 'Stop, or erase my part',
  'after.lost': 'The server cannot be reached just now. This page tries again by itself.',
  'fetched.title': 'Who fetched it',
  'fetched.note':
    'Whenever somebody opens or saves something that you are in, it is written here before they get it. It goes when what was kept is deleted.',
  'fetched.none': 'Nobody has fetched anything yet.',
  'fetched.earlier': 'Earlier',
  'fetched.line': '{who}: {what}',
  'fetched.times': {
    one: 'once',
    other: '{count} times',
  },
  'fetched.film': 'the film',
  'fetched.track': 'the single track of {name}',
  'fetched.transcript': 'the transcript',
  'fetched.summary': 'the summary',
  'fetched.export': 'everything with its proof',
  'fetched.copy': 'all that is held of you',
  'fetched.console': 'Whoever runs the server',
  'link.title': 'Your link to this page',
  'link.note':
    'Whoever has it sees what you see. If somebody else has it, make a new one: all older ones stop, and so does each page that was opened with one.',
  'link.renew': 'Make a new link',
  'link.made': 'Older links no longer work. This is your new one.',
  'link.failed': 'That did not work. Try again.',
  'link.value': 'Your new link',
  'after.out': 'Forget the link in this browser',
  'after.out.note': 'On a computer that others use, forget the link when you are done.',
  'after.receipts.none':
    'This browser holds no receipts of this meeting. They are in the browser with which you were there.',
  'after.receipts.note':
    'Each yes you gave or took back, word for word. This browser keeps them, nobody else does.',

  'after.evidence':
    'The server deletes its own proof of this meeting on {day}. A receipt that you have saved stays good: it carries the server’s signature.',

  'film.title': 'Film',
  'film.none': 'There is no film',
  'film.none.text':
    'Recording was not on while you were there, so no picture and no sound is kept for you.',
  'film.empty': 'Nothing was recorded',
  'film.empty.text':
    'Recording was on while you were there, but neither picture nor sound of that time reached the server.',
  'film.empty.fell.text':
    'Recording was on while you were there, and the server failed. Nothing of that time could be saved.',
  'film.unmade': 'No film is made of it',
  'film.unmade.text':
    'Of what was captured nothing new is made just now. You find the single tracks under Downloads.',
  'film.deleted': 'The film is deleted',
  'film.deleted.text':
    'Recording was on. Its time was over on {day}, and all that was kept of it was deleted.',
  'film.emptied': 'Nothing of the recording is left',
  'film.emptied.text':
    'Recording was on while you were there. All that was kept of that time has been deleted.',
  'film.nothing': 'Nothing of you was captured',
  'film.nothing.text': 'No picture, no sound and no words of yours are kept from this meeting.',
  'film.without':
    'Nothing of {names} is in it: they sent neither sound nor picture, or it did not reach the server.',
  'film.without.you':
    'Nothing of you is in it: you sent neither sound nor picture, or it did not reach the server.',
  'film.without.fell':
    'Nothing of {names} is in it: the server failed, and nothing of theirs could be saved.',
  'film.without.fell.you':
    'Nothing of you is in it: the server failed, and nothing of yours could be saved.',
  'film.without.part':
    'In a part of it nothing of {names} is to be seen or heard: they sent neither sound nor picture then, or it did not reach the server.',
  'film.without.part.you':
    'In a part of it nothing of you is to be seen or heard: you sent neither sound nor picture then, or it did not reach the server.',
  'film.without.part.fell':
    'In a part of it nothing of {names} is to be seen or heard: the server failed then, and nothing of theirs could be saved.',
  'film.without.part.fell.you':
    'In a part of it nothing of you is to be seen or heard: the server failed then, and nothing of yours could be saved.',
  'film.later': 'The film comes after the meeting',
  'film.later.text':
    'The film is made when the meeting is over. Then you find it here, on this page.',
  'film.later.now': 'Make the film of what there is so far',
  'film.stop': 'Stop making the film',
  'film.waiting': 'The film is next in line',
  'film.waiting.text':
    'The server makes one film after another. You can close this page meanwhile.',
  'film.making': 'The film is being made',
  'film.making.text': 'Pictures and voices are put together. You can close this page meanwhile.',
  'film.stopped': 'The film is not finished',
  'film.stopped.text': 'Making it was stopped. What was done so far is used when it goes on.',
  'film.stopped.again': 'Go on making the film',
  'film.failed': 'The film could not be made',
  'film.failed.text':
    'The single tracks are whole: you find them under Downloads. Make the film again; if that fails too, write to those who run this server.',
  'film.failed.again': 'Make the film again',
  'film.progress': 'Film made so far',
  'film.percent': '{percent} percent',
  'film.ready': 'The film is ready.',
  'film.another': 'This is another film than before: what it shows has changed.',
  'film.gone': 'The film that was here has been deleted.',
  'film.gone.comes':
    'The film that was here has been deleted: what it shows has changed. Another one is being made.',
  'film.left': 'Not in the film, since it cannot be played: {what}.',
  'film.left.item': '{name}: {source}',
  'film.fault': 'The server did not take that on. Check your connection, then try again.',

  'player.controls': 'Film controls',
  'player.play': 'Play',
  'player.pause': 'Pause',
  'player.seek': 'Place in the film',
  'player.time': '{now} of {all}',
  'player.clock': 'filmed at {clock}',
  'player.at': '{now} of {all}, {clock} in the meeting',
  'player.mute': 'Turn the sound off',
  'player.unmute': 'Turn the sound on',
  'player.volume': 'Volume',
  'player.captions': 'Captions',
  'player.full': 'Full screen',
  'player.unfull': 'Leave full screen',
  'player.key': '{label} (key {key})',
  'player.chapters': 'Chapters',
  'player.chapter': '{from} to {to}',
  'player.fault': 'The film does not play here. Save it under Downloads, then open it from there.',

  'when.title': 'What was on, and when',
  'when.note': 'Between the bars nothing was captured, and nothing of it can come back.',
  'when.fell': 'Where the server failed, a bar ends with the last that is known.',
  'when.jump': 'Press a bar to go there in the film.',
  'when.span': '{from} to {to}',
  'when.span.fell': '{from} to at least {to} (the server failed; it was off by {latest})',
  'when.since': 'since {from}',
  'when.on': '{name} on: {times}',
  'when.go': '{name} on, {time}: go there in the film',
  'when.in': '{name} in it: {times}',
  'when.somebody': 'Somebody',

  'sum.title': 'Summary',
  'sum.later': 'The summary comes after the meeting',
  'sum.later.text':
    'It is written when the meeting is over. In the room you can ask for one so far, while it is on.',
  'sum.waiting': 'The summary is next in line',
  'sum.writing': 'The summary is being written',
  'sum.writing.text': 'You can close this page meanwhile.',
  'sum.progress': 'Summary written so far',
  'sum.failed': 'The summary could not be written',
  'sum.failed.text': 'Write it again; if that fails too, write to those who run this server.',
  'sum.again': 'Write it again',
  'sum.stand-in': 'Until there is a summary, highlights stand in for it. No AI model wrote them.',
  'sum.ready': 'The summary is ready.',
  'sum.empty': 'There is nothing to sum up',
  'sum.empty.text': 'Nothing was heard while it was on.',
  'sum.loading': 'The summary is on its way to this page',
  'sum.lost': 'The summary does not reach this page just now',
  'sum.lost.text': 'This page tries again by itself.',
  'sum.to-film': 'Go there in the film: {by}',
  'sum.to-line': 'Go there in the transcript: {by}',
  'sum.wrong.note': '“This is wrong” takes a line out for everyone. Nobody can bring it back.',
  'sum.gone': 'The line is gone, for everyone.',
  'sum.wrong-failed':
    'The line is still there: the server did not take it out. Check your connection, then try again.',
  'sum.copy': 'Copy as Markdown',
  'sum.copy-failed': 'Copying did not work here. Save the summary as a file.',
  'sum.save': 'Save as {format}',

  'script.title': 'Transcript',
  'script.span': {
    one: 'One line, {from} to {to}.',
    other: '{count} lines, {from} to {to}.',
  },
  'script.jump': 'Press a time to hear it in the film.',
  'script.engine': 'Written by {engine}. It makes mistakes.',
  'script.play': 'Play the film from {time}',
  'script.gone': '[taken back]',
  'script.gap': 'Off from {from} to {to}',
  'script.empty': 'Nothing was heard while it was on.',
  'script.empty.open': 'Nothing was heard yet while it was on.',
  'script.loading': 'The transcript is on its way to this page.',
  'script.lost':
    'The transcript does not reach this page just now. This page tries again by itself.',
  'script.find': 'Find in the transcript',
  'script.found': '{count} of {all} lines',
  'script.found.none': 'No line has these words.',

  'mine.title': 'Everything held of you',
  'mine.note':
    'Your tracks, your words, your name, your receipts and the entries about you, as one archive. Nothing of anybody else is in it.',
  'mine.save': 'Save everything',
  'mine.erase': 'Erase everything of me',
  'mine.ask': 'Erase everything of you?',
  'mine.goes': 'Your tracks, your words and your name are deleted.',
  'mine.again': 'Films and the summary are made again without you, for everyone.',
  'mine.stays':
    'Entries stay that prove what was allowed, with a long random word in place of your name. Your receipts stay good.',
  'mine.undo': 'This cannot be undone.',
  'mine.yes': 'Erase everything',
  'mine.no': 'Keep everything',
  'part.title': 'Your part',
  'part.several': 'Each feature has a choice of its own. One changes nothing in the others.',
  'part.note':
    'Your picture, your voice and any screen you shared, with its sound. Decide on any day until {day}.',
  'part.note.open':
    'Your picture, your voice and any screen you shared, with its sound. Decide now, or when the meeting is over.',
  'part.note.transcript': 'Your words, with your name and the time. Decide on any day until {day}.',
  'part.note.transcript.open':
    'Your words, with your name and the time. Decide now, or when the meeting is over.',
  'part.note.summary':
    'What the summary quotes from you and says of you. Decide on any day until {day}.',
  'part.note.summary.open':
    'What the summary quotes from you and says of you. Decide now, or when the meeting is over.',
  'part.stop': '*Stop* Nothing new is made from my part. What exists stays until {day}.',
  'part.stop.open':
    '*Stop* Nothing new is made from my part. What exists stays until its time is over.',
  'part.erase':
    '*Stop and erase my part* My tracks are deleted, and the film is made again without me.',
  'part.erase.both':
    '*Stop and erase my part* My words leave transcript and summary; the summary is written anew.',
  'part.erase.transcript': '*Stop and erase my part* My words leave the transcript.',
  'part.erase.summary':
    '*Stop and erase my part* My words leave the summary, and it is written anew.',
  'part.stopped': '*Stopped.* Nothing new is made from your part. What exists stays until {day}.',
  'part.stopped.open':
    '*Stopped.* Nothing new is made from your part. The meeting goes on: to stop it there, press Don’t allow in the room.',
  'part.resume': '*Take that back* New things may be made from my part again.',
  'part.stop.failed': 'That did not reach the server. Try again.',
  'part.confirm': 'Erase your part?',
  'part.confirm.tracks': {
    one: 'Your {count} track is deleted: {size} of picture and sound.',
    other: 'Your {count} tracks are deleted: {size} of picture and sound.',
  },
  'part.confirm.film': 'The film is made again without you, for everyone.',
  'part.confirm.transcript':
    'Your words leave the transcript. “[taken back]” stays, with the time.',
  'part.confirm.captions': 'They leave the captions of the film, too.',
  'part.confirm.summary': 'The summary is written anew without your words, for everyone.',
  'part.confirm.name': 'Your name in what others said is replaced as well as can be.',
  'part.confirm.undo':
    'Nobody can bring it back, and copies that somebody saved stay where they are.',
  'part.confirm.yes': 'Erase my part',
  'part.confirm.no': 'Keep my part',
  'part.sending': 'Passing it on',
  'part.erasing': 'Your part is being erased',
  'part.erasing.text': 'Your tracks are deleted, and the film is made again without you.',
  'part.erasing.both': 'Your words leave transcript and summary, and the summary is written anew.',
  'part.erasing.transcript': 'Your words leave the transcript.',
  'part.erasing.summary': 'Your words leave the summary, and it is written anew.',
  'part.erased': 'Your part is erased',
  'part.erased.text':
    'Picture, voice and screens of yours are deleted. The film is made without you. Your receipts stay yours.',
  'part.erased.both':
    'Your words are out of transcript and summary. Your name in what others said is replaced as well as could be. Your receipts stay yours.',
  'part.erased.transcript':
    'Your words are out of the transcript. Your name in what others said is replaced as well as could be. Your receipts stay yours.',
  'part.erased.summary':
    'Your words are out of the summary. Your name in what others said is replaced as well as could be. Your receipts stay yours.',

  'down.title': 'Downloads',
  'down.film': 'Film',
  'down.captions': 'Captions',
  'down.transcript': 'Transcript',
  'down.summary': 'Summary',
  'down.highlights': 'Highlights',
  'down.text': 'Text',
  'down.receipts': 'My receipts',
  'down.receipts.count': {
    one: '{count} receipt',
    other: '{count} receipts',
  },
  'down.proof': 'Proof for my receipts',
  'down.proof.note': 'from the log of seals',
  'down.export': 'Everything with its proof',
  'down.export.note': 'can be checked offline',
  'down.tracks': 'Single tracks',
  'down.tracks.note':
    'As they were captured, one file for each microphone, camera and screen, and for its sound.',
  'down.tracks.count': {
    one: '{count} track, {size}',
    other: '{count} tracks, {size}',
  },
  'down.source.microphone': 'Microphone',
  'down.source.camera': 'Camera',
  'down.source.screen': 'Shared screen',
  'down.source.screen-audio': 'Sound of the shared screen',
  'down.track': '{source}, {time}',
  'down.recovered': 'Saved from a crash; the end may be missing.',
  'down.none': 'There is nothing to download.',

  'door.sign-in': 'This page is for those who were there',
  'door.sign-in.text':
    'Open it in the browser with which you were in the meeting, or use the link “What was kept” from the end of the meeting.',
  'door.cookies': 'This browser keeps no cookie for this page',
  'door.cookies.text':
    'The page needs one to show what was kept. Allow site data for this address, then use the link “What was kept” once more.',
  'door.wrong': 'This link does not fit',
  'door.wrong.text':
    'Each person has a link of their own, and it works whole or not at all. Copy “What was kept” from the end of the meeting once more.',
  'door.gone': 'Nothing of this meeting is kept any more',
  'door.gone.text':
    'What was captured is deleted when its time is over. Receipts are yours and stay with you.',
  'door.gone.on': 'What was captured was deleted on {day}. Receipts are yours and stay with you.',
  'door.out': 'The link is forgotten here',
  'door.out.text': 'To come back, use the link “What was kept” from the end of the meeting.',
  'door.unreachable': 'The server cannot be reached',
  'door.unreachable.text': 'Nothing is lost. Check your connection, then try again.',

  'promise.title': 'What Gatekeeper promises',
  'promise.lead':
    'Nothing in a meeting is recorded, summarised or drafted by AI unless everyone in the room says yes. Saying no costs nobody anything. Each yes can be proved.',
  'promise.always': 'What always holds',
  'promise.unanimity': 'Everyone, or not at all',
  'promise.unanimity.text':
    'A feature runs only while every person in the room allows it, in the wording that is in force. The host counts like everyone. So does a phone, and so does a device.',
  'promise.silence': 'No answer is no',
  'promise.silence.text':
    'Closing the question, Escape, a reload, a lost connection: all of them count as no.',
  'promise.free': 'No is free',
  'promise.free.text':
    'You keep your seat, your voice, your picture and your chat, whatever you choose.',
  'promise.at-once': 'No is at once',
  'promise.at-once.text':
    'One press on “Don’t allow” stops the feature for everyone. It waits for nothing. A yes waits until it is written down.',
  'promise.before': 'Pause first, let in second',
  'promise.before.text':
    'When somebody new has not said yes, the feature stops before they come in. None of their words or pictures reach it.',
  'promise.off': 'Off means nothing is written',
  'promise.off.text':
    'While a feature is off, the server gets no picture and no sound for it. What was said then never gets in later.',
  'promise.secret': 'Your choice is secret',
  'promise.secret.text':
    'Nobody is shown who said no or did not answer: not the host, not the people who run the server, not a log. A no is never written down. Every cause of “off” looks the same.',
  'promise.receipt': 'Your yes is yours',
  'promise.receipt.text':
    'Your browser signs it with a key made for this meeting, so nobody can invent it. You get a receipt, and one more when you take it back.',
  'promise.erase': 'Your part can go',
  'promise.erase.text':
    'Until its time is over you can erase your part, in the room or afterwards. Your tracks and your words are deleted, your name too. Film and summary are made again without you.',
  'promise.ask': 'Asked once',
  'promise.ask.text':
    'A question comes once. When the host asks again, those who said no get a quiet mark, not a second question. Changed wording is asked afresh.',
  'promise.limits': 'What it cannot do',
  'promise.camera': 'Anybody can film a screen',
  'promise.camera.text':
    'A phone in front of a screen, or a program on somebody’s own computer, is out of reach. Gatekeeper decides only what this server captures.',
  'promise.few': 'Few people, little secrecy',
  'promise.few.text':
    'With two people in a room there is no secret about who said no, and with three hardly one.',
  'promise.copies': 'Copies stay where they are',
  'promise.copies.text':
    'What somebody has saved to their own computer cannot be taken back from there.',
  'promise.sent': 'Words that went elsewhere',
  'promise.sent.text':
    'When a feature uses a model on another server, its card says so. What was sent there cannot be called back from here.',
  'promise.others': 'What others say of you',
  'promise.others.text':
    'When you erase your part, your name in what others said is replaced as well as can be. Their words stay theirs.',
  'promise.wrong': 'Machines mishear',
  'promise.wrong.text':
    'Transcript and summary make mistakes. Each line of a summary shows the words it rests on, and one press takes a wrong line out for everyone.',
  'promise.who': 'It cannot see who sits beside you',
  'promise.who.text':
    'A second person in front of your camera is not asked. Ask them yourself before you say yes.',
  'promise.back': 'Open or join a room',

  // ---- What happens when one presses "Allow" ---------------------------------------
  'allow.link': 'What happens when you press “Allow”',
  'steps.yes': 'If you allow it',
  'steps.signed': 'Your browser signs your yes. Nobody else can do that for you.',
  'steps.waits': 'It waits until everyone here says yes. Nobody sees who has.',
  'steps.written': 'The server writes down every yes. You get a receipt.',
  'steps.sent': 'Your browser sends the server a copy of what it needs. Everyone sees the sign.',
  'steps.stops': 'Press “Don’t allow”, and it stops at once for everyone.',
  'steps.no': 'If you don’t allow it, or press nothing',
  'steps.same': 'You keep your seat, your voice, your picture and your chat.',
  'steps.off': 'The feature stays off for everyone.',
  'steps.untold': 'Nobody is told. A no is never written down.',
  'steps.later': 'You can say yes later, and no again, as often as you like.',
  'steps.more': 'Read all of it on a page',
  'allow.title': 'What happens when you press “Allow”',
  'allow.lead':
    'Your press alone starts nothing. A feature starts when the last person in the room has said yes, and stops with the first no.',
  'allow.yes': 'If you press “Allow”',
  'allow.signed': 'Your browser signs',
  'allow.signed.text':
    'It signs your yes to this feature, in this room and in these words, with a key that never leaves your browser. Nobody can say yes for you.',
  'allow.waits': 'Your yes waits for everyone',
  'allow.waits.text':
    'As long as one person has not said yes, nothing starts. Nobody is shown who has answered and who has not.',
  'allow.written': 'It is written down first',
  'allow.written.text':
    'Before anything starts, every yes is in a record in which no change goes unseen. You get a receipt that you can save.',
  'allow.starts': 'The sign goes on',
  'allow.starts.text':
    'Everyone sees the sign, all the time that the feature runs. Only now does your browser send the server a copy of what the feature needs, and of nothing else.',
  'allow.newcomer': 'Somebody new comes',
  'allow.newcomer.text':
    'Unless they have said yes already, the feature stops before they come in.',
  'allow.stopped': 'You change your mind',
  'allow.stopped.text':
    'One press on “Don’t allow” stops the feature for everyone, at once and at any time. Then you choose whether what there is of you stays or is erased.',
  'allow.after': 'Afterwards',
  'allow.after.text':
    'You have a page of your own, without an account: what was kept while you were there, until when, your receipts, and a way to erase your part.',
  'allow.no': 'If you press “Don’t allow”, or nothing',
  'allow.same': 'Everything else stays as it is',
  'allow.same.text':
    'You keep your seat, your voice, your picture and your chat. The meeting goes on; the feature stays off.',
  'allow.untold': 'Nobody is told',
  'allow.untold.text':
    'Not the host, not the others, not the people who run the server. A no is never written down. With two people in a room, though, the other one can work it out.',
  'allow.later': 'You can decide otherwise later',
  'allow.later.text':
    'Your switch stays in the room, in both directions, as often as you like. The question itself does not come again by itself.',

  'asked.title': 'What may be asked in this meeting',
  'asked.lead':
    'Nothing of this runs unless everyone in the room says yes to these very words. Saying no changes nothing else.',
  'asked.here': 'This server runs it.',
  'asked.elsewhere':
    'Another program runs it. It may do so only while everyone agrees: this server gives it leave for a moment at a time.',
  'asked.none': 'Nothing is asked in this meeting.',
  'asked.meeting': 'To the meeting, where each person chooses',

  // ---- Check ---------------------------------------------------------------------
  'check.link': 'Check camera, microphone and connection',
  'check.title': 'Camera, microphone and connection',
  'check.lead':
    'This page looks whether you will be seen and heard. Picture and sound stay on your machine, and nobody is told what it finds.',
  'check.state.waiting': 'still to see',
  'check.state.ok': 'good',
  'check.state.bad': 'needs something',
  'check.sum.waiting': 'Some things are still to be seen.',
  'check.sum.ok': 'Everything is good. You can close this page and join.',
  'check.sum.bad': 'Something needs your attention.',
  'check.browser': 'Browser',
  'check.browser.ok': 'It can do what a meeting needs.',
  'check.browser.insecure':
    'This page was opened without encryption, so the browser gives no camera and no keys. Open the address with https://.',
  'check.browser.keyless': 'It makes no key to sign your choices with. Use another browser.',
  'check.browser.callless':
    'It makes no calls: WebRTC is missing or turned off. Turn it on in the settings or extensions, or use another browser.',
  'check.server': 'Server',
  'check.server.waiting': 'It is being asked.',
  'check.server.ok': 'It answers, by requests and by the connection that a meeting uses.',
  'check.server.unreachable': 'It does not answer. Check your network, then load this page again.',
  'check.server.socket-blocked':
    'It answers, but the connection that a meeting uses (a WebSocket) does not come about. Turn off a VPN, proxy or filter, try another network, or tell the people who run this server.',
  'check.loop': 'Calls',
  'check.loop.waiting': 'The browser calls itself.',
  'check.loop.ok':
    'The browser makes calls: it has reached itself. Whether it reaches the others shows in the room, since only there it is told of relays.',
  'check.loop.failed':
    'The browser cannot even call itself. An extension, a firewall on this machine or a setting blocks WebRTC. Turn that off, or use another browser.',
  'check.device.off': 'It is off. Turn it on beside the picture.',
  'check.device.waiting': 'The browser may ask you for it. Allow it there.',
  'check.microphone': 'Microphone',
  'check.microphone.silent':
    'Say something. If nothing moves, choose another microphone, or look whether it is muted.',
  'check.microphone.ok': 'You are heard.',
  'check.camera': 'Camera',
  'check.camera.ok': 'You are seen.',
  'check.speaker': 'Speaker',
  'check.speaker.play': 'Play a tone',
  'check.speaker.waiting': 'Play the tone. Do you hear it?',
  'check.speaker.ok':
    'The tone was played. If you did not hear it, turn the sound up, or choose another speaker.',
  'check.speaker.failed': 'The tone could not be played. Choose another speaker, then try again.',
  'verify.link': 'Check a receipt',
  'verify.title': 'Check what you were given',
  'verify.lead':
    'Read in plain words what a receipt, a proof or another file proves, and what it does not.',
  'verify.local': 'Nothing is uploaded. Once this page is loaded, it works without a network.',
  'verify.files': 'Files',
  'verify.drop': 'Drop files here, or choose them',
  'verify.drop.note':
    'Receipts, meetings with their proof, films, proofs and checkpoints of the log, audit documents, public keys. What belongs together, drop together.',
  'verify.paste': 'Or paste its text',
  'verify.paste.check': 'Check the text',
  'verify.pasted': 'Pasted text',
  'verify.again': 'Start over',
  'verify.results': 'What was found',
  'verify.busy': 'It is being checked.',
  'verify.sum.good': 'Everything holds.',
  'verify.sum.bad': 'Not everything holds.',
  'verify.sum.unknown': 'Not everything can be checked.',
  'verify.state.good': 'holds',
  'verify.state.bad': 'does not hold',
  'verify.state.unknown': 'cannot be checked',
  'verify.kind.receipt': 'Receipt',
  'verify.kind.audit': 'Audit document',
  'verify.kind.proof': 'Proof of the log',
  'verify.kind.checkpoint': 'Checkpoint of the log',
  'verify.kind.log-keys': 'Keys of a log',
  'verify.kind.gate-keys': 'Keys of a gate',
  'verify.kind.file': 'File',
  'verify.kind.feed': 'What was taken back',
  'verify.proves.feed':
    'By these days the server has told everybody which files must be used no longer. It cannot take that back unseen.',
  'verify.lacks.feed': 'Why, or whose they were. Nor what was taken back after its last day.',
  'verify.feed.days': 'It tells of {first} to {last}.',
  'verify.export.until':
    'Nothing of it was taken back by the end of {day}. What was since is not known here.',
  'verify.kind.export': 'Meeting with its proof',
  'verify.kind.own-copy': 'Your own copy',
  'verify.kind.media': 'Film or track',
  'verify.proves': 'What this proves',
  'verify.proves.receipt':
    'Whoever held the key that a browser had made for this meeting said this, to exactly these words. The gate wrote it down.',
  'verify.proves.audit':
    'The gate has signed that this was on, when, and that so many people had signed a yes to these words.',
  'verify.proves.proof':
    'What it names stands in a sealed meeting, and that in the log. The server cannot take it out again unseen.',
  'verify.proves.checkpoint': 'The log has signed that it had this size and these contents.',
  'verify.proves.export':
    'Everybody in a track had signed a yes to just this, in just these words, while it was captured. A film is by the gate’s word made of those tracks and nothing else.',
  'verify.proves.own-copy':
    'The receipts in it hold, and its files are those that the copy of the ledger in it tells of.',
  'verify.proves.media':
    'It is, as a whole, what the export beside it tells of. Everybody in it had signed a yes to just this.',
  'verify.proves.keys': 'Nothing by themselves. Other files are checked with them.',
  'verify.lacks': 'What it does not prove',
  'verify.lacks.receipt':
    'Who that person is, or that they had read the words. Nor that it was never taken back: that has a receipt of its own.',
  'verify.lacks.audit':
    'The signatures of the people, which are not in it: it is the gate’s word. Nor who they are.',
  'verify.lacks.proof':
    'What the entries say, or of which meeting they are: drop the receipts beside it. Nor that everybody is shown the same log.',
  'verify.lacks.checkpoint':
    'What is in the log. Keep it: whoever has it can show later that the log was changed.',
  'verify.lacks.export':
    'Who the people are, that nobody else is seen or heard in it, or that nothing was taken back since.',
  'verify.lacks.own-copy': 'That nothing was left out of it: as a whole it is signed by nobody.',
  'verify.lacks.media': 'Who the people are, or that nothing was taken back since.',
  'verify.lacks.keys': 'Whose they are. Take them from the server while you trust it.',
  'verify.signer.named': 'Signed with one of the keys that you named.',
  'verify.signer.here': 'Signed with the key of this server, as it said when this page was loaded.',
  'verify.signer.other':
    'Signed with the key {kid}. Whose that is, this page cannot tell: compare it with what the server of the meeting publishes.',
  'verify.log': 'It stands in the log {origin}, as entry {index} of {size}.',
  'verify.log.none':
    'Whether it stands in the log of seals: drop the proof from the page afterwards beside it.',
  'verify.state': 'The log {origin} had {size} entries.',
  'verify.audit.meeting': 'Meeting {meeting}, computed on {day}.',
  'verify.audit.opening': '{name}: {from} to {to}. People: {people}.',
  'verify.audit.on': 'now',
  'verify.export.since': 'Whether anything was taken back since {day} is not known here.',
  'verify.export.film':
    'In the film {from} to {to}: tracks of {people} people, by the gate’s signed word.',
  'verify.copy.files':
    'Receipts that hold: see above. Files as the copy of the ledger tells: {files}.',
  'verify.about': 'It is about: {where}',
  'verify.code': 'Code: {code}',
  'verify.print': 'Print',
  'verify.save': 'Save',
  'verify.save.readable': 'Save as JSON',
  'verify.open': 'Read as a page',
  'verify.open.label': 'Read as a page: {name}, {time}',
  'verify.elsewhere': 'Without this page',
  'verify.elsewhere.text':
    'The same checks are in one file, for any machine that has Python and no network:',
  'verify.elsewhere.file': 'Save the file',
  'verify.elsewhere.keys': 'Keys of this server’s gate',
  'verify.elsewhere.log': 'Keys of its log',
  'verify.elsewhere.note': 'Save the keys while you trust the server. They hold nothing secret.',
  'verify.fault.kind-unknown':
    'It is none of the kinds of file that can be checked here. A whole ledger is checked with the command of the server.',
  'verify.fault.too-large': 'It is too large to be what it should be.',
  'verify.fault.key-needed':
    'The key that it was signed with is missing: drop the public keys beside it.',
  'verify.fault.jws-malformed': 'It is no signed text as it should be spelled.',
  'verify.fault.header-invalid': 'Its header is not that of what a gate signs.',
  'verify.fault.key-invalid': 'The key is none that can be used, or not the one that it names.',
  'verify.fault.key-foreign': 'None of the keys that were named has signed it.',
  'verify.fault.signature-invalid': 'It was changed after the gate had signed it.',
  'verify.fault.json-invalid': 'What was signed cannot be read.',
  'verify.fault.not-canonical': 'What was signed is not in the one form that counts.',
  'verify.fault.member-invalid':
    'Something is missing in it, is one too many, or is not of its form.',
  'verify.fault.participant-key-invalid': 'The participant’s key is none that binds its owner.',
  'verify.fault.grant-malformed': 'The yes is not spelled as it should be.',
  'verify.fault.grant-signature-invalid':
    'The yes was changed after it was signed, or somebody else signed it.',
  'verify.fault.grant-subject-foreign': 'The yes names somebody else than who signed it.',
  'verify.fault.grant-other': 'The yes is about another meeting, feature or answer.',
  'verify.fault.withdrawal-malformed': 'The withdrawal is not spelled as it should be.',
  'verify.fault.withdrawal-signature-invalid':
    'The withdrawal was changed after it was signed, or somebody else signed it.',
  'verify.fault.withdrawal-subject-foreign':
    'The withdrawal names somebody else than who signed it.',
  'verify.fault.withdrawal-other': 'The withdrawal is about another meeting, feature or answer.',
  'verify.fault.wording-other': 'The yes was to other words than these.',
  'verify.fault.event-contradicted': 'It is of a yes, and carries its own withdrawal.',
  'verify.fault.record-contradicted': 'Its record contradicts the rest of it.',
  'verify.fault.copy-differs': 'What can be read in it is not what was signed.',
  'verify.fault.proof-malformed': 'It is no proof of a log as it should be spelled.',
  'verify.fault.proof-empty': 'It tells of nothing.',
  'verify.fault.places-malformed': 'What it says of the meeting is not spelled as it should be.',
  'verify.fault.log-key-invalid': 'It is no key of a log.',
  'verify.fault.note-malformed': 'The state of the log is not spelled as it should be.',
  'verify.fault.note-unsigned': 'Nobody whose key is known has signed the state of the log.',
  'verify.fault.note-signature-invalid': 'The state of the log was changed after it was signed.',
  'verify.fault.checkpoint-malformed': 'It is no state of a log.',
  'verify.fault.checkpoint-foreign': 'It is the state of another log.',
  'verify.fault.checkpoints-contradict':
    'Two states of one log contradict each other: somebody was shown another one.',
  'verify.fault.meeting-other': 'The proof is of another meeting.',
  'verify.fault.entry-other': 'The proof tells of other entries.',
  'verify.fault.inclusion-invalid': 'The proof leads to another log.',
  'verify.fault.audit-contradicted': 'What it tells contradicts itself.',
  'verify.fault.feed-malformed': 'It is no list of what was taken back.',
  'verify.fault.feed-gap': 'Its pages do not follow one another: some are missing.',
  'verify.fault.taken-back': 'It was taken back, and must be used no longer.',
  'verify.fault.export-needed':
    'The meeting with its proof is missing: drop its archive beside the film or the track.',
  'verify.fault.archive-invalid': 'The archive cannot be read.',
  'verify.fault.archive-contradicted': 'What is in the archive contradicts itself.',
  'verify.fault.export-unlisted': 'A file is in it that its list does not name.',
  'verify.fault.export-missing': 'A file that its list names is not in it.',
  'verify.fault.export-changed': 'A file is another than the one that was exported.',
  'verify.fault.account-contradicted': 'What it says of a part of the meeting contradicts itself.',
  'verify.fault.account-missing':
    'A file is in it of which the record of the meeting does not tell.',
  'verify.fault.leaves-invalid': 'A track differs from what is on record.',
  'verify.fault.edits-contradicted': 'A film is said to show what nobody’s yes covers.',
  'verify.fault.film-unknown':
    'It is neither the film nor a whole track of that meeting. A cut of a track is checked with the command of the server.',
  'verify.fault.audit-faulty':
    'The gate itself says that the record of this meeting does not hold.',
}
