"""
The mount: whether this application lies below a path of somebody else's.

Rule: who mounts it says the path once, to `add_subapp`. What the configuration says of
it has to end in that path, as browsers see it: a proxy may put something before it.
"""

from aiohttp import web

from gatekeeper.config import Config
from gatekeeper.config.base_path import base_path
from gatekeeper.errors import ConfigInvalid


async def to_the_start(request: web.Request) -> web.Response:
    """Send on to the same address with a slash behind it."""
    # Relative: a proxy may have taken away what stands before it.
    raise web.HTTPPermanentRedirect(f"{request.path.rpartition('/')[2]}/")


class Mount:
    """Where one application was mounted; known once it starts."""

    def __init__(self, app: web.Application) -> None:
        """`app`: with its routes, and not mounted yet."""
        self._first = next(iter(app.router.resources()))
        self._laid = self._first.canonical
        # The path by itself; nobody asks for that where it has a host.
        app.router.add_get("", to_the_start)

    @property
    def path(self) -> str:
        """What stands before every address: "/consent"; empty if it has its host."""
        return self._first.canonical.removesuffix(self._laid)

    def settle(self, config: Config) -> Config:
        """
        The configuration, with the path below which all addresses are in fact.

        Raises `ConfigInvalid` where it says another one.
        """
        if not self.path:
            return config
        try:
            below = base_path(self.path)
        except ValueError as exc:
            raise ConfigInvalid(f"add_subapp: {exc}") from exc
        said = config.server.base_path
        if said == "/":
            server = config.server.model_copy(update={"base_path": below})
            return config.model_copy(update={"server": server})
        if not said.endswith(below):
            raise ConfigInvalid(
                f'server.base_path: is "{said}", and the application is mounted at '
                f'"{self.path}". Leave it out, or say "{below}"; where a proxy puts '
                "another path before that, say both."
            )
        return config
