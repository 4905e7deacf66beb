"""What pages do, for machines: every action and query under ``/api/v1/``, described by OpenAPI 3.1 (docs/decisions/api.md)."""
