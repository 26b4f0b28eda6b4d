"""Errors over HTTP, as RFC 9457 problem details with a stable `code`."""

from http import HTTPStatus

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from gatekeeper.errors import EvidenceError, MeetingDamaged, PeerError
from gatekeeper.web.operation import Told

log = structlog.get_logger(__name__)

PROBLEM = "application/problem+json"


class Problem(Told):
    """What is wrong with a request (RFC 9457), with a code that never changes."""

    type: str
    title: str
    status: int
    detail: str
    code: str


def problem(status: int, code: str, detail: str) -> web.Response:
    """A problem document."""
    return web.json_response(
        {
            "type": f"urn:gatekeeper:problem:{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            "code": code,
        },
        status=status,
        content_type=PROBLEM,
    )


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what a handler raises into a problem document."""
    try:
        return await handler(request)
    except PeerError as exc:
        response = problem(exc.status, exc.code, str(exc))
        if exc.challenge is not None:
            response.headers["WWW-Authenticate"] = exc.challenge
        if exc.retry_after is not None:
            response.headers["Retry-After"] = str(exc.retry_after)
        return response
    except EvidenceError as exc:  # of one meeting; others can be read
        log.error("evidence.damaged", fault=str(exc))
        damaged = MeetingDamaged()
        return problem(damaged.status, damaged.code, str(damaged))
    except web.HTTPException as exc:
        if exc.status < 400:
            raise
        code = HTTPStatus(exc.status).phrase.lower().replace(" ", "-")
        return problem(exc.status, code, exc.text or exc.reason)
    except Exception:
        log.exception("request.crashed", path=request.match_info.route.name)
        return problem(500, "internal", "This is the server's mistake, not yours.")
