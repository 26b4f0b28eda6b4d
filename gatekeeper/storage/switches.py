"""
Switches: which features an admin has switched off everywhere.

Rule: each act runs on the writer's thread, in a transaction of the ledger's, and says
whether it has changed anything, so that its entry is written with it or not at all.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from gatekeeper.consent.types import FeatureId
from gatekeeper.storage.damage import readable
from gatekeeper.storage.tables import switches


def switched_off(connection: Connection) -> dict[FeatureId, datetime]:
    """Those that are off, and since when."""
    with readable():
        found = connection.execute(select(switches)).all()
        return {FeatureId(row.feature): row.since for row in found}


def switch_off(feature: FeatureId, since: datetime, connection: Connection) -> bool:
    """Whether it was on before."""
    if feature in switched_off(connection):
        return False
    connection.execute(insert(switches).values(feature=feature, since=since))
    return True


def switch_on(feature: FeatureId, connection: Connection) -> bool:
    """Whether it was off before."""
    which = switches.c.feature == feature
    return connection.execute(delete(switches).where(which)).rowcount > 0
