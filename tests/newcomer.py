"""A newcomer at the page: sees only what stands on the screen, and finds controls by what they are called.

With `keys=True` the newcomer has no mouse: every control is reached by Tab, and must show that it is.
"""

from __future__ import annotations

import re
from typing import Any

Pattern = str | re.Pattern[str]


class Newcomer:
    """What a person does with the page, by roles, names and texts alone."""

    def __init__(self, page: Any, *, keys: bool = False) -> None:
        self.page, self.keys = page, keys
        self.actions = 0

    def press(self, control: Any) -> None:
        """Click a control, or walk to it and press Enter."""
        self.actions += 1
        control = control.first
        if not self.keys:
            control.click()
            return
        self._walk(control)
        kind = control.evaluate("e => e.type ?? ''")
        self.page.keyboard.press("Space" if kind == "checkbox" else "Enter")

    def _walk(self, control: Any) -> None:
        control.wait_for(state="attached")
        target = control.element_handle()
        for _ in range(900):
            if target.evaluate("e => e === document.activeElement"):
                shown = target.evaluate(
                    "e => e.matches(':focus-visible') && (parseFloat(getComputedStyle(e).outlineWidth) > 0)"
                )
                assert shown, f"the focus is not to be seen on {control}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {control}")

    def button(self, name: Pattern) -> Any:
        """Find a button by its name."""
        return self.page.get_by_role("button", name=name)

    def tab(self, name: str) -> None:
        """Go to one of the views."""
        self.press(self.page.get_by_role("navigation", name="Views").get_by_role("button", name=name))

    def tick(self, label: Pattern) -> None:
        """Tick a box of the legend."""
        legend = self.page.get_by_role("complementary", name="Legend and filter")
        self.press(legend.get_by_role("checkbox", name=label))

    def look_up(self, text: str, wanted: Pattern) -> None:
        """Type into the search box and take the suggestion that reads as wanted."""
        box = self.page.get_by_role("combobox", name="Find a name or a word")
        self.actions += 2
        if self.keys:
            self.page.keyboard.press("Escape")
            self.page.keyboard.press("/")
            self.page.keyboard.type(text)
        else:
            box.click()
            box.fill(text)
        found = self.page.get_by_role("listbox", name="What is found")
        options = found.get_by_role("option")
        options.filter(has_text=wanted).first.wait_for()
        if not self.keys:
            options.filter(has_text=wanted).first.click()
            return
        for _ in range(options.count()):
            chosen = found.get_by_role("option", selected=True).inner_text()
            if re.search(wanted, chosen):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def details(self) -> str:
        """Read the panel beside the picture."""
        return plain(self.page.get_by_role("complementary", name="Details").inner_text())

    def open_claim(self, wanted: Pattern) -> None:
        """Press a claim, a name or a speaker in the panel."""
        panel = self.page.get_by_role("complementary", name="Details")
        self.press(panel.get_by_role("button").filter(has_text=wanted))

    def rows(self) -> list[list[str]]:
        """Read the table, cell by cell."""
        rows = self.page.get_by_role("table").get_by_role("row").all()
        return [[plain(cell) for cell in row.get_by_role("cell").all_inner_texts()] for row in rows[1:]]

    def sheet(self) -> list[str]:
        """Read the buttons of the view in the middle: claims, numbers, sentences."""
        view = self.page.get_by_role("region", name="View")
        texts = view.get_by_role("button").evaluate_all("es => es.map((e) => e.innerText ?? '')")
        return [plain(text) for text in texts]


def plain(text: str) -> str:
    """Read a text as a person does, without regard to breaks and kinds of quotation marks."""
    return re.sub(r"\s+", " ", text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})).strip()
