"""The page that checks a reader's own code, as a reader meets it."""

from collections.abc import Mapping

from playwright.sync_api import FilePayload, Locator, Page, expect

from .conftest import PATIENCE

DEFAULT = "def add(name, names=[]):\n    names.append(name)\n"
"""PX063, with a fix of Ruff's."""


type Found = tuple[str, str, str, bool]
"""Place, rule, what found it, and whether it has a fix."""

_READ = """
(items) => items.filter((item) => item.dataset.level).map((item) => {
  const text = (selector, number = 0) => item.querySelectorAll(selector)[number].textContent;
  const by = text(".pp-about", 1).split(":")[0];
  return [text("button"), text(".pp-code-name"), by, item.querySelector("details") !== null];
})
"""


class OwnCode:
    """The page, and what it says."""

    def __init__(self, page: Page, built: str, fragment: str = "") -> None:
        self.page = page
        self.form = page.locator(".pp-scan")
        self.said = self.form.locator(".pp-scan-status [role=status]")
        self.notice = self.form.locator(".pp-notice")
        self.editor = self.form.locator(".cm-content")
        self.items = self.form.locator(".pp-scanned > li")
        page.goto(f"{built}check/{fragment}")

    def open(self, files: Mapping[str, bytes | str]) -> None:
        """Choose files."""
        payload: list[FilePayload] = [
            {
                "name": name,
                "mimeType": "text/x-python",
                "buffer": content.encode() if isinstance(content, str) else content,
            }
            for name, content in files.items()
        ]
        self.form.locator("input[type=file]").set_input_files(payload)

    def done(self, said: str = " took ") -> None:
        """Wait for the end, of which something is said."""
        expect(self.said).to_contain_text(said, timeout=PATIENCE)

    def type(self, text: str) -> None:
        """Put text into the editor, as a paste does."""
        self.editor.click()
        self.page.keyboard.insert_text(text)

    def button(self, name: str) -> Locator:
        """A button of the page."""
        return self.form.get_by_role("button", name=name, exact=True)

    def listed(self) -> set[Found]:
        """What is listed."""
        return {(place, rule, by, fixed) for place, rule, by, fixed in self.items.evaluate_all(_READ)}
