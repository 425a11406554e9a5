"""Static files in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_GLOB, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names carry the content's hash, also those that one script imports from another: no stale half of a page."""

    support_js_module_import_aggregation = True
    # Our own modules alone: packages mention modules that they do not ship.
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTS)
