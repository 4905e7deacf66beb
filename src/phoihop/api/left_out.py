"""Actions without an operation, each with its reason. A test fails for any other action that the API does not offer."""

from __future__ import annotations

_PERSON = "A person proves who it is, or sets up how: by password and code in a browser. A machine has its token."
_WORKER = "The worker's own step of a longer act, which has an operation."
_NODE = "The node does it for itself, when it is founded or every day; no post may."

LEFT_OUT = {
    "activities.confirm_by_link": "Whoever holds a one-time link has no token: the page behind the link.",
    "activities.erase_rows": _WORKER,
    "activities.halt": _WORKER,
    "activities.import_rows": _WORKER,
    "activities.reread_rows": _WORKER,
    "activities.stage_lines": _WORKER,
    "activities.withdraw_rows": _WORKER,
    "agreements.export_text": "The node itself remembers which PDF of a text it handed out; nobody else says what it made.",
    "agreements.finish": _WORKER,
    "agreements.forget_readings": _NODE,
    "agreements.give_up": _WORKER,
    "agreements.lay_events": _NODE,
    "agreements.lay_instruments": _NODE,
    "agreements.open_occasions": _NODE,
    "agreements.withdraw_over": _NODE,
    "figures.define_indicators": _NODE,
    "figures.fill_holidays": _NODE,
    "forces.define_forces": _NODE,
    "forces.found_province": _NODE,
    "matters.erase_due": _NODE,
    "matters.found": _NODE,
    "matters.sign_head": _NODE,
    "people.change_password": _PERSON,
    "people.make_key": _PERSON,
    "people.try_pin": "The first step of agreements.sign_with_key, so that a wrong PIN stays counted.",
    "people.drop_authenticator": _PERSON,
    "people.install_node_post": _NODE,
    "people.renew_recovery_codes": _PERSON,
    "people.reset_password": _PERSON,
    "people.set_authenticator": _PERSON,
    "people.set_preferences": "How pages look to a person; an answer's language is asked for by Accept-Language.",
    "people.sign_in": _PERSON,
    "people.sign_in_with_code": _PERSON,
}
