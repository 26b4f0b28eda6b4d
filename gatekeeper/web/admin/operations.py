"""What is told of the console's routes in the document of the HTTP API."""

from collections.abc import Mapping

from gatekeeper.web.admin import (
    door,
    evidence,
    features,
    health,
    mistakes,
    overview,
    rooms,
    services,
    storage,
    subjects,
    webhooks,
)
from gatekeeper.web.operation import HTML, Answer, Operation
from gatekeeper.web.sign_in import by_token

_API = "/api/admin"
_ONE = _API + "/features/{feature}"
_SUBJECT = _API + "/subject"
_WEBHOOK = _API + "/webhooks/{webhook}"
_PAGE: Mapping[int, Answer] = {200: HTML, 401: HTML}

CONSOLE: Mapping[str, Operation] = {
    "GET /admin": Operation("The console, or the way in.", _PAGE),
    "GET /admin/sign-in": Operation("To the provider of admins.", {303: None}),
    "GET /admin/sign-in/back": Operation("From there.", {303: None}),
    f"GET {_API}/session": Operation(
        "Who one is, or how one signs in.", {200: door.Session}
    ),
    f"POST {_API}/session": Operation(
        "Sign in by the console's token.", {204: None}, by_token.Shown
    ),
    f"DELETE {_API}/session": Operation("Sign out.", {200: door.SessionOver}),
    f"GET {_API}/overview": Operation("Numbers.", {200: overview.Overview}),
    f"GET {_API}/features": Operation(
        "Features, and notices in force.", {200: features.Features}
    ),
    f"PUT {_ONE}/switch": Operation(
        "Switch a feature off everywhere, or offer it.",
        {200: features.Changed},
        features.Switch,
    ),
    f"PUT {_ONE}/notices": Operation(
        "Put words in force.",
        {200: features.Changed, 422: mistakes.Mistakes},
        features.Worded,
    ),
    f"DELETE {_ONE}/notices": Operation(
        "Put the file's words in force.", {200: features.Changed}
    ),
    f"POST {_ONE}/draft": Operation(
        "What would be shown.", {200: features.Draft}, features.Worded
    ),
    f"GET {_ONE}/history": Operation(
        "Every wording there was.", {200: features.History}, query=("language",)
    ),
    f"GET {_API}/rooms": Operation(
        "Live rooms.", {200: rooms.LiveRooms}, query=("after",)
    ),
    f"POST {_API}/rooms/{{room}}/end": Operation("End a room.", {204: None}),
    f"GET {_API}/storage": Operation("What is kept.", {200: storage.StorageState}),
    f"GET {_API}/meetings": Operation(
        "Meetings on record.",
        {200: evidence.Meetings},
        query=("after", "begins", "since", "until"),
    ),
    f"GET {_API}/meetings/{{meeting}}": Operation(
        "What is proved of one.", {200: evidence.Audit}
    ),
    f"GET {_API}/meetings/{{meeting}}/export": Operation(
        "The same, signed.", {200: evidence.SignedExport}, query=("download",)
    ),
    f"GET {_API}/meetings/{{meeting}}/proof": Operation(
        "The same with each yes and its place in the log, for anybody to check.",
        {200: "application/zip"},
        query=("download", "language"),
    ),
    f"GET {_API}/acts": Operation(
        "What was done to the whole server.", {200: evidence.ServerActs}
    ),
    f"POST {_SUBJECT}": Operation(
        "Whom receipts are of.", {200: subjects.SubjectFound}
    ),
    f"POST {_SUBJECT}/export": Operation("All of theirs.", {200: "application/zip"}),
    f"POST {_SUBJECT}/erase": Operation(
        "Have all of theirs erased.", {200: subjects.Erasing}
    ),
    f"GET {_API}/services": Operation(
        "Keys of services.", {200: services.ServiceKeysShown}
    ),
    f"POST {_API}/services": Operation(
        "Make one; it is told once.", {201: services.KeyMade}, services.KeyWanted
    ),
    f"DELETE {_API}/services/{{key}}": Operation("Revoke one.", {204: None}),
    f"GET {_API}/webhooks": Operation(
        "Webhooks of all services.", {200: webhooks.WebhooksShown}
    ),
    f"POST {_API}/webhooks": Operation(
        "Add one; its secret is told once.",
        {201: webhooks.SecretMade},
        webhooks.NewWebhook,
    ),
    f"POST {_WEBHOOK}/secret": Operation(
        "Another secret; the one before signs too for 24 hours.",
        {200: webhooks.SecretMade},
    ),
    f"POST {_WEBHOOK}/replay": Operation(
        "Tell again what is parked.", {200: webhooks.Replayed}
    ),
    f"DELETE {_WEBHOOK}": Operation("Remove one.", {204: None}),
    f"GET {_API}/health": Operation(
        "Parts, and the doctor's last word.", {200: health.HealthState}
    ),
    f"POST {_API}/doctor": Operation("Have the doctor look.", {202: None}),
}
