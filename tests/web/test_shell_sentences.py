"""Every sentence that people read has its English."""

from __future__ import annotations

from tools import translations


def test_every_sentence_has_its_english_and_none_is_left_over():
    assert translations.faults() == []
