from tests.ledgers.conftest import demo, loaded
from tests.world import built_world, world

__all__ = ["built_world", "demo", "loaded", "world"]
