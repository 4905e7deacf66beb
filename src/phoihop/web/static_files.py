"""Static files under a name that holds their digest, kept by browsers for ever; modules find one another under those names."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
