"""The pages are imported piece by piece, so that no turn of the window brings in many modules at once."""

import json
import subprocess
import sys

_MANY = 6  # modules of ours that one turn may import; each takes a few milliseconds
_PROBE = """
import json, sys
from send_desk.gui import main_window
from send_desk.gui.case_pages import loading
from send_desk.gui.places import Page
grown = []
for page in (page for page in Page if page is not Page.MY_DAY):
    for piece in loading(page):
        before = set(sys.modules)
        name = piece().__name__
        ours = [one for one in set(sys.modules) - before if one.startswith("send_desk.")]
        grown.append((name, sorted(ours)))
print(json.dumps(grown))
"""


def test_no_piece_of_a_page_brings_in_many_modules_at_once() -> None:
    told = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    grown = dict(json.loads(told.stdout))
    assert {"send_desk.gui.front_page", "send_desk.gui.register_page", "send_desk.gui.plan_page"} <= set(grown)
    assert {name: ours for name, ours in grown.items() if len(ours) > _MANY} == {}
