"""What the interface says of ledgers, and what it may be asked."""

from apps.ledgers.serializers.ledger import LedgerDetailSerializer, LedgerSerializer
from apps.ledgers.serializers.line import LedgerLineSerializer, OwnLineSerializer, TraceSerializer
from apps.ledgers.serializers.query import LedgerQuerySerializer, OwnQuerySerializer

__all__ = [
    "LedgerDetailSerializer",
    "LedgerLineSerializer",
    "LedgerQuerySerializer",
    "LedgerSerializer",
    "OwnLineSerializer",
    "OwnQuerySerializer",
    "TraceSerializer",
]
