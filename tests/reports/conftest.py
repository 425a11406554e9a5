from tests.staffing.conftest import clock, place_of

__all__ = ["clock", "place_of"]
