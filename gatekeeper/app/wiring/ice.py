"""STUN and TURN servers, with the secrets from their files."""

from gatekeeper.clock import Clock
from gatekeeper.config import Config
from gatekeeper.meeting.ice import IceServers, IceSource


def read_ice(config: Config, clock: Clock) -> IceServers:
    """Read the secrets; blocks. Raises `ConfigInvalid`."""
    return IceServers(
        [
            IceSource(
                server.urls,
                server.username,
                server.credential(f"ice.servers.{number}"),
                server.secret(f"ice.servers.{number}"),
            )
            for number, server in enumerate(config.ice.servers)
        ],
        relay_only=config.ice.relay_only,
        life=config.ice.credential_life,
        clock=clock.now,
    )
