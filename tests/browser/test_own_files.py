"""The page that checks a reader's own code: files that it takes and refuses, links, and what it sends."""

import re
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from .own_code import DEFAULT, OwnCode
from .test_sharing import REFUSED, clipboard

ODD = {
    "app.txt": (b"x = 1\n", "app.txt: not Python, by its name"),
    "notes.ipynb": (b"{}", "notes.ipynb: a notebook; proven check reads it"),
    "latin.py": ("# café\n".encode("latin-1"), "latin.py: not text in UTF-8"),
    "binary.py": (bytes(range(256)), "binary.py: not text in UTF-8"),
    "nul.py": (b"x = 1\0\n", "nul.py: not text in UTF-8"),
    "huge.py": (b"x = 1\n" * 400_000, "huge.py: 2.4 MB, and up to 2 are checked here"),
}


def test_files_that_it_does_not_take(page: Page, built: str) -> None:
    """Each is named, with the reason; the others are read."""
    own = OwnCode(page, built)
    own.open({**{name: content for name, (content, _) in ODD.items()}, "app.py": DEFAULT})
    for _, reason in ODD.values():
        expect(own.notice).to_contain_text(reason)
    expect(own.items.filter(has_text="PX063")).to_have_count(1)


HOSTILE = {
    "cut.py": "def f(:\n    x = (\n",
    "deep.py": "(" * 3_000 + ")" * 3_000 + "\n",
    "long.py": "x = '" + "a" * 500_000 + "'\n",
    "odd.py": "\ufeffs = '\u2028\U0001f600'; names: list = []\r\nx = 1\r",
    "many.py": DEFAULT * 1_000,
    "empty.py": "",
}


def test_hostile_files(page: Page, built: str) -> None:
    """Whatever is in them, the page says what came of it, and goes on."""
    own = OwnCode(page, built)
    own.open(HOSTILE)
    own.done(f" in {len(HOSTILE)} files")
    expect(own.items.filter(has_text="cut.py")).to_contain_text(["cannot be parsed"])
    assert own.items.count() == 200
    expect(own.form.get_by_text("proven check lists all")).to_be_visible()
    own.open({"app.py": DEFAULT})
    own.done(f" in {len(HOSTILE) + 1} files")


def test_several_files(page: Page, built: str, tmp_path: Path) -> None:
    """Two of one name are told apart; each can be shown, downloaded as it came, and closed."""
    own = OwnCode(page, built)
    for number, text in enumerate(("x = 1\n", DEFAULT.replace("\n", "\r\n"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "util.py").write_bytes(text.encode())
    own.form.locator("input[type=file]").set_input_files(sorted(tmp_path.rglob("*.py")))
    own.done(" in 2 files")
    own.items.get_by_role("button", name="util.py (2):1").first.click()
    expect(own.form.get_by_label("File", exact=True)).to_have_value("util.py (2)")
    with page.expect_download() as download:
        own.button("Download").click()
    assert Path(download.value.path()).read_bytes() == DEFAULT.replace("\n", "\r\n").encode()
    own.button("Close").click()
    expect(own.form.get_by_label("File", exact=True)).to_be_hidden()
    expect(own.items).to_have_count(0)


DROP = """
(form, files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, text] of Object.entries(files)) dataTransfer.items.add(new File([text], name));
  const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
  form.querySelector(".cm-content").dispatchEvent(event);
}
"""


def test_dropped_files(page: Page, built: str) -> None:
    """They are opened, though they are dropped on the editor, which would insert them."""
    own = OwnCode(page, built)
    expect(own.editor).to_be_visible()
    own.form.evaluate(DROP, {"a.py": DEFAULT, "b.py": "x = 1\n"})
    own.done(" in 2 files")
    expect(own.editor).to_have_text(re.compile("^def add"))


def test_a_link(page: Page, built: str) -> None:
    """It carries the code and the Python; one that is damaged says so."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    own = OwnCode(page, built)
    own.open({"app.py": DEFAULT})
    own.form.get_by_label("Python").select_option("3.13")
    own.button("Copy link").click()
    expect(own.button("Copied")).to_be_visible()
    link = clipboard(page)
    page.goto("about:blank")
    page.goto(link)
    expect(own.notice).to_contain_text("This code came with the link")
    expect(own.items.filter(has_text="PX063")).to_have_count(1)
    expect(own.form.get_by_label("Python")).to_have_value("3.13")
    page.goto(f"{built}check/#code=AAAA")
    expect(own.notice).to_contain_text("The code in the link is damaged")
    own.open({"app.py": "x = 1\n" * 20_000})
    own.button("Copy link").click()
    expect(own.notice).to_contain_text("at most 100 kB")
    page.evaluate(REFUSED)
    own.button("Copy code").click()
    expect(own.notice).to_contain_text("does not let this page copy")


def test_nothing_leaves_the_browser(page: Page, built: str) -> None:
    """Nothing is sent but requests for the site's own files, and no address has to do with the code."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    own = OwnCode(page, built)
    own.open({"secretive.py": DEFAULT})
    own.done()
    assert requests
    for request in requests:
        assert request.method == "GET"
        assert request.post_data is None
        assert "secretive" not in request.url
        assert request.url.startswith((built, "blob:", "data:"))
        assert "?" not in request.url


def test_without_its_files(page: Page, built: str, problems: list[str]) -> None:
    """What cannot be had is named, and had at the next change."""
    page.route("**/rules/pack.json", lambda route: route.abort())
    own = OwnCode(page, built)
    own.type(DEFAULT)
    expect(own.said).to_contain_text("rules/pack.json cannot be reached")
    page.unroute("**/rules/pack.json")
    page.route("**/ast-grep.bin", lambda route: route.abort())
    page.keyboard.insert_text("\n")
    expect(own.said).to_contain_text("ast-grep.bin cannot be reached")
    page.unroute("**/ast-grep.bin")
    page.keyboard.insert_text("\n")
    expect(own.items.filter(has_text="PX063")).to_have_count(1)
    problems.clear()
