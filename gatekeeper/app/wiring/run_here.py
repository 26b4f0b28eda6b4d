"""Of the features on offer, those that this program runs."""

from collections.abc import Iterator, Mapping

from gatekeeper.app.wiring.sinks import Features
from gatekeeper.config import OfferedFeature
from gatekeeper.config.features import LENT
from gatekeeper.consent.types import FeatureId


class RunHere(Mapping[FeatureId, OfferedFeature]):
    """Those that this program runs, with their words as they are by then."""

    def __init__(self, features: Features) -> None:
        self._features = features

    def __getitem__(self, name: FeatureId) -> OfferedFeature:
        found = self._features[name]
        if found.sink in LENT:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[FeatureId]:
        return (n for n, f in self._features.items() if f.sink not in LENT)

    def __len__(self) -> int:
        return sum(1 for _ in self)
