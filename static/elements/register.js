/** Give every element of ours its tag. An embedder may import the classes and choose other tags. */
import {CopyField} from './common/copy-field.js'
import {DeviceFields} from './common/device-fields.js'
import {LanguageChoice} from './common/language-choice.js'
import {PageMasthead} from './common/masthead.js'
import {presses} from './common/press-guard.js'
import {AnswerPair} from './consent/answer-pair.js'
import {ConsentCard} from './consent/consent-card.js'
import {ConsentChoices} from './consent/consent-choices.js'
import {ConsentPrompt} from './consent/consent-prompt.js'
import {GatePanel} from './consent/gate-panel.js'
import {GateRow} from './consent/gate-row.js'
import {GateLamp, OnAirSign} from './consent/on-air-sign.js'
import {ReceiptList} from './consent/receipt-list.js'
import {TwoEnds} from './consent/two-ends.js'
import {AfterDoor} from './kept/after-door.js'
import {AfterPage} from './kept/after-page.js'
import {DownloadList} from './kept/download-list.js'
import {FilmCaptions} from './kept/film-captions.js'
import {FilmLacks} from './kept/film-lacks.js'
import {FilmPlayer} from './kept/film-player.js'
import {FilmProgress} from './kept/film-progress.js'
import {FilmSection} from './kept/film-section.js'
import {FilmSeek} from './kept/film-seek.js'
import {FilmSound} from './kept/film-sound.js'
import {SummarySection} from './kept/summary-section.js'
import {SummaryView} from './kept/summary-view.js'
import {TranscriptFind} from './kept/transcript-find.js'
import {TranscriptSection} from './kept/transcript-section.js'
import {WhenTimeline} from './kept/when-timeline.js'
import {YourPart} from './kept/your-part.js'
import {CannotJoin} from './room/cannot-join.js'
import {CaptionBar} from './room/caption-bar.js'
import {ChatPanel} from './room/chat-panel.js'
import {ComposeForm} from './room/compose-form.js'
import {DevicePreview} from './room/device-preview.js'
import {DraftCard} from './room/draft-card.js'
import {FaultMessage} from './room/fault-message.js'
import {LevelMeter} from './room/level-meter.js'
import {MeetingDock} from './room/meeting-dock.js'
import {MeetingEnd, MeetingProblem} from './room/meeting-end.js'
import {MeetingLobby} from './room/meeting-lobby.js'
import {MeetingRoom} from './room/meeting-room.js'
import {NotesPanel} from './room/notes-panel.js'
import {PeoplePanel} from './room/people-panel.js'
import {RoomHead} from './room/room-head.js'
import {ScreenChoice, ScreenChoices} from './room/screen-choices.js'
import {SidePanel} from './room/side-panel.js'
import {SpokenLines} from './room/spoken-lines.js'
import {StandingNotes} from './room/standing-notes.js'
import {StatusWord} from './room/status-word.js'
import {SummaryAsking} from './room/summary-asking.js'
import {SummaryReading} from './room/summary-reading.js'
import {VideoStage} from './room/video-stage.js'
import {VideoTile} from './room/video-tile.js'
import {WaitingLines} from './room/waiting-lines.js'
import {JoinByLink} from './start/join-by-link.js'
import {OpenRoom} from './start/open-room.js'
import {PromisePage} from './start/promise-page.js'
import {RoomCreated} from './start/room-created.js'
import {StartPage} from './start/start-page.js'

AfterDoor.define('after-door')
AfterPage.define('after-page')
AnswerPair.define('answer-pair')
CannotJoin.define('cannot-join')
CaptionBar.define('caption-bar')
ChatPanel.define('chat-panel')
ComposeForm.define('compose-form')
ConsentCard.define('consent-card')
ConsentChoices.define('consent-choices')
ConsentPrompt.define('consent-prompt')
CopyField.define('copy-field')
DeviceFields.define('device-fields')
DevicePreview.define('device-preview')
DownloadList.define('download-list')
DraftCard.define('draft-card')
FaultMessage.define('fault-message')
FilmCaptions.define('film-captions')
FilmLacks.define('film-lacks')
FilmPlayer.define('film-player')
FilmProgress.define('film-progress')
FilmSection.define('film-section')
FilmSeek.define('film-seek')
FilmSound.define('film-sound')
GateLamp.define('gate-lamp')
GatePanel.define('gate-panel')
GateRow.define('gate-row')
JoinByLink.define('join-by-link')
LanguageChoice.define('language-choice')
LevelMeter.define('level-meter')
MeetingDock.define('meeting-dock')
MeetingEnd.define('meeting-end')
MeetingLobby.define('meeting-lobby')
MeetingProblem.define('meeting-problem')
MeetingRoom.define('meeting-room')
NotesPanel.define('notes-panel')
OnAirSign.define('on-air-sign')
OpenRoom.define('open-room')
PageMasthead.define('page-masthead')
PeoplePanel.define('people-panel')
PromisePage.define('promise-page')
ReceiptList.define('receipt-list')
RoomCreated.define('room-created')
RoomHead.define('room-head')
ScreenChoice.define('screen-choice')
ScreenChoices.define('screen-choices')
SidePanel.define('side-panel')
SpokenLines.define('spoken-lines')
StandingNotes.define('standing-notes')
StartPage.define('start-page')
StatusWord.define('status-word')
SummaryAsking.define('summary-asking')
SummaryReading.define('summary-reading')
SummarySection.define('summary-section')
SummaryView.define('summary-view')
TranscriptFind.define('transcript-find')
TranscriptSection.define('transcript-section')
TwoEnds.define('two-ends')
VideoStage.define('video-stage')
VideoTile.define('video-tile')
WaitingLines.define('waiting-lines')
WhenTimeline.define('when-timeline')
YourPart.define('your-part')

presses.watch()
