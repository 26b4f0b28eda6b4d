/** Give every element of ours its tag. An embedder may import the classes and choose other tags. */
import {AfterDoor} from './after-door.js'
import {AfterPage} from './after-page.js'
import {AnswerPair} from './answer-pair.js'
import {CannotJoin} from './cannot-join.js'
import {CaptionBar} from './caption-bar.js'
import {ChatPanel} from './chat-panel.js'
import {ComposeForm} from './compose-form.js'
import {ConsentCard} from './consent-card.js'
import {ConsentChoices} from './consent-choices.js'
import {ConsentPrompt} from './consent-prompt.js'
import {CopyField} from './copy-field.js'
import {DeviceFields} from './device-fields.js'
import {DevicePreview} from './device-preview.js'
import {DownloadList} from './download-list.js'
import {DraftCard} from './draft-card.js'
import {FaultMessage} from './fault-message.js'
import {FilmCaptions} from './film-captions.js'
import {FilmLacks} from './film-lacks.js'
import {FilmPlayer} from './film-player.js'
import {FilmProgress} from './film-progress.js'
import {FilmSection} from './film-section.js'
import {FilmSeek} from './film-seek.js'
import {FilmSound} from './film-sound.js'
import {GatePanel} from './gate-panel.js'
import {GateRow} from './gate-row.js'
import {JoinByLink} from './join-by-link.js'
import {LevelMeter} from './level-meter.js'
import {PageMasthead} from './masthead.js'
import {MeetingDock} from './meeting-dock.js'
import {MeetingEnd, MeetingProblem} from './meeting-end.js'
import {MeetingLobby} from './meeting-lobby.js'
import {MeetingRoom} from './meeting-room.js'
import {NotesPanel} from './notes-panel.js'
import {GateLamp, OnAirSign} from './on-air-sign.js'
import {OpenRoom} from './open-room.js'
import {PeoplePanel} from './people-panel.js'
import {PromisePage} from './promise-page.js'
import {presses} from './press-guard.js'
import {ReceiptList} from './receipt-list.js'
import {RoomCreated} from './room-created.js'
import {RoomHead} from './room-head.js'
import {ScreenChoice, ScreenChoices} from './screen-choices.js'
import {SidePanel} from './side-panel.js'
import {SpokenLines} from './spoken-lines.js'
import {StandingNotes} from './standing-notes.js'
import {StartPage} from './start-page.js'
import {StatusWord} from './status-word.js'
import {SummaryAsking} from './summary-asking.js'
import {SummaryReading} from './summary-reading.js'
import {SummarySection} from './summary-section.js'
import {SummaryView} from './summary-view.js'
import {TranscriptFind} from './transcript-find.js'
import {TranscriptSection} from './transcript-section.js'
import {TwoEnds} from './two-ends.js'
import {VideoStage} from './video-stage.js'
import {VideoTile} from './video-tile.js'
import {WaitingLines} from './waiting-lines.js'
import {WhenTimeline} from './when-timeline.js'
import {YourPart} from './your-part.js'

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
