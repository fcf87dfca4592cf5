"""A real browser for the page's tests: Debian's Chromium, driven offline."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Final

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING: Final = "no Chromium on this machine: apt-get install chromium, then the browser tests run"


class Visit:
    """A page opened in the browser, with all it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, fragment: str = "", **options: Any) -> None:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.trouble.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.trouble.append(f"error: {e}"))
        self.page.on("dialog", lambda d: (self.trouble.append("dialog"), d.dismiss()))
        self.page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))

    def ready(self) -> Visit:
        """Wait until the page is drawn."""
        self.page.wait_for_selector("html[data-ready]", timeout=30_000)
        return self

    def outside(self) -> list[str]:
        """Addresses asked for that are neither the file nor made by the page."""
        return [url for url in self.requests if not re.match(r"(file|data|blob|about):", url)]

    def close(self) -> None:
        """End the visit, which must have been quiet."""
        self.context.close()
        assert self.trouble == []
        assert self.outside() == []
