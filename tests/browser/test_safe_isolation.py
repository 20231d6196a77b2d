"""A program that a reader runs reaches neither JavaScript, nor the page, its storage or the network."""

import re

import pytest
from playwright.sync_api import Page, Request, Route, expect

from .driver import Block, opened
from .page import Example, Site
from .test_hostile_programs import each

HELLO = Example("print('hello')\n", "hello\n")

SIDE_MODULE = r"""
import ctypes

def part(number, *bytes_):
    body = b"".join(bytes_)
    return bytes([number, len(body)]) + body

def text(value):
    return bytes([len(value)]) + value

code = b'(void)<::>0, console.log("reached");\0'
with open("/tmp/side.so", "wb") as file:
    file.write(
        b"\0asm\1\0\0\0"
        + part(0, text(b"dylink.0"), part(1, bytes([len(code), 0, 0, 0])))
        + part(2, b"\2", text(b"env"), text(b"memory"), b"\2\0\0",
               text(b"env"), text(b"__memory_base"), b"\3\x7f\0")
        + part(6, b"\1\x7f\0\x41\0\x0b")
        + part(7, b"\1", text(b"__em_js__reach"), b"\3\1")
        + part(11, b"\1\0\x23\0\x0b", text(code))
    )
ctypes.CDLL("/tmp/side.so")
"""

EXCEPTIONS = {
    "import js": "ModuleNotFoundError: No module named 'js': examples cannot reach JavaScript",
    "from js import postMessage": "No module named 'js': examples cannot reach JavaScript",
    "from pyodide.code import run_js": "No module named 'pyodide': examples cannot reach JavaScript",
    "from pyodide.http import pyfetch": "No module named 'pyodide': examples cannot reach JavaScript",
    "import pyodide_js": "No module named 'pyodide_js': examples cannot reach JavaScript",
    "import _pyodide_core": "No module named '_pyodide_core': examples cannot reach JavaScript",
    "import sys; sys.meta_path.pop(0)\nimport js": "No module named 'js'",
    "import sys; sys.meta_path.clear()\nimport _pyodide.jsbind": "No module named",
    "import socket; socket.create_connection(('127.0.0.1', PORT))": "OSError: [Errno 23] Host is unreachable",
    "from urllib.request import urlopen; urlopen('http://127.0.0.1:PORT/')": "urllib.error.URLError",
    "from http.client import HTTPConnection as C; C('127.0.0.1', PORT).request('GET', '/')": "OSError",
    "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', PORT))": "Error",
    "import subprocess; subprocess.run(['ls'])": "OSError",
    "import multiprocessing as m; m.Process(target=print).start()": "Error",
    "import threading; threading.Thread(target=print).start()": "RuntimeError: can't start new thread",
    SIDE_MODULE: "examples cannot reach JavaScript (eval)",
}
"""Programs, and the exception that they end in."""

CRASHES = {
    "import ctypes; ctypes.CDLL(None).emscripten_run_script(b'postMessage(1)')": "emscripten_run_script",
    "import ctypes; ctypes.CDLL(None).emscripten_run_script_int(b'41 + 1')": "emscripten_run_script_int",
    "import ctypes; ctypes.CDLL(None).system(b'ls')": "_emscripten_system",
    "import gc\nfor each in gc.get_objects():\n    if type(each).__name__ == 'JsFinder':\n"
    "        print(each.jsproxies['js'].fetch)\n": r"Js\w+",
    "import ctypes; ctypes.CDLL(None).JsProxy_GetAttr_js(1, 1)": r"Js\w+",
    "import ctypes; ctypes.CDLL(None).raw_call_js(1)": "raw_call_js",
}
"""Programs, and the function that ends them."""


def the_next_run_is_fine(page: Page) -> None:
    """The page works, and the second block prints what it always does."""
    block = Block(page, 2)
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_ends_in_an_exception(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    """What a program cannot have, it is refused in Python's own terms; nothing is sent."""
    sent: list[Request] = []
    port = site.url.rpartition(":")[2].rstrip("/")
    page.context.on("request", lambda request: sent.append(request))

    def ends(source: str, block: Block) -> None:
        sent.clear()
        block.run_until("error")
        expect(block.screen).to_contain_text(EXCEPTIONS[source])
        expect(block.status).not_to_contain_text("broke down")
        assert [request.url for request in sent if request.url.endswith(f":{port}/")] == []

    each(page, site, subtests, {source: source.replace("PORT", port) for source in EXCEPTIONS}, ends)


def test_ends_the_interpreter(page: Page, site: Site, problems: list[str], subtests: pytest.Subtests) -> None:
    """What would reach JavaScript past Python ends the run, and says so."""

    def ends(source: str, block: Block) -> None:
        block.run_until("error")
        reached = re.compile(rf"cannot reach JavaScript \({CRASHES[source]}\)")
        expect(block.status).to_contain_text(reached)
        problems.clear()  # Pyodide's farewell on the console

    each(page, site, subtests, {source: source for source in CRASHES}, ends)


FORGED = """
import ctypes
ctypes.CDLL(None).emscripten_run_script(
    b'''postMessage({kind: "output", pieces: [["stdout", "forged"]]});'''
    b'''postMessage({kind: "ended", outcome: {error: null, prints: []}});'''
)
"""


def test_speaks_for_no_other_block(page: Page, site: Site, problems: list[str]) -> None:
    """Nothing that a program posts is shown as another's, or as its own."""
    block = opened(page, site, Example(FORGED), HELLO)
    block.run_until("error")
    expect(block.output).not_to_contain_text("forged")
    expect(Block(page, 2).root).to_have_attribute("data-state", "idle")
    problems.clear()
    the_next_run_is_fine(page)


MEDDLES = (
    "harness.describe = lambda _: 1\n1 / 0",
    "harness.describe = lambda _: {'type': 1, 'message': [], 'line': 'x', 'traceback': {}}\n1 / 0",
    "harness.gc = None",
)


def test_a_report_that_makes_no_sense(
    page: Page, site: Site, problems: list[str], subtests: pytest.Subtests
) -> None:
    """A program that meddles with what is reported of it ends in a clear state."""

    def ends(_: str, block: Block) -> None:
        block.run_until("error")
        expect(block.status).to_contain_text("Python broke down: ")
        problems.clear()

    programs = {source: f"import proven.harness.execute as harness\n{source}\n" for source in MEDDLES}
    each(page, site, subtests, programs, ends)


def test_going_round_the_limit_of_output(page: Page, site: Site) -> None:
    """A program that writes past `print()` prints no more than others."""
    source = "import os\nwhile True:\n    os.write(4000, b'again\\n' * 10_000)\n"
    block = opened(page, site, Example(source), HELLO)
    block.run_until("error")
    expect(block.screen).to_contain_text("No space left on device")
    the_next_run_is_fine(page)


def test_descriptors_are_those_of_the_build(page: Page, site: Site) -> None:
    """What carries the output takes none of the numbers that a program is given."""
    block = opened(
        page, site, Example("with open('/tmp/x', 'w') as file:\n    print(file.fileno())\n", "3\n")
    )
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_memory_ends(page: Page, site: Site) -> None:
    """A program that takes all there is gets a MemoryError before the browser is in trouble."""
    source = "kept = []\nwhile True:\n    kept.append(bytearray(50_000_000))\n"
    block = opened(page, site, Example(source), HELLO)
    block.run_until("error")
    expect(block.screen).to_contain_text("MemoryError")
    the_next_run_is_fine(page)


PROBE = """
const report = (reason) => nativePost({ kind: "failed", reason });
const nativePost = postMessage.bind(globalThis);
"""

NAMES = (
    PROBE
    + """
globalThis.postMessage = (message) => {
  nativePost(message);
  if (message.kind !== "running") return;
  const names = [];
  for (let object = globalThis; object; object = Object.getPrototypeOf(object)) {
    names.push(...Object.getOwnPropertyNames(object));
  }
  nativePost({ kind: "output", pieces: [["stdout", names.join(" ")]] });
};
"""
)

POWERFUL = {
    *("fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport", "Request"),
    *("indexedDB", "caches", "navigator", "location", "BroadcastChannel", "MessageChannel", "MessagePort"),
    *("Worker", "SharedWorker", "importScripts", "postMessage", "addEventListener", "dispatchEvent"),
    *("Blob", "URL", "FileReaderSync", "Notification", "close", "onmessage", "localStorage", "cookieStore"),
    *(
        "RTCPeerConnection",
        "RTCDataChannel",
        "PushManager",
        "StorageManager",
        "FontFace",
        "createImageBitmap",
    ),
}


def test_little_is_left_of_the_browser(page: Page, site: Site) -> None:
    """Should a program get through to JavaScript, it finds the language, and nothing of the browser."""
    page.context.route("**/worker.js", lambda route: changed(route, NAMES))
    block = opened(page, site, HELLO)
    block.run_until("done")
    names = set(block.screen.inner_text().split())
    assert {"WebAssembly", "Promise", "hasOwnProperty"} <= names
    assert names & POWERFUL == set()
    assert len(names) < 100


@pytest.mark.parametrize(
    "attempt",
    [
        "fetch('https://elsewhere.test/')",
        "import('https://elsewhere.test/x.js')",
        "import('data:text/javascript,1')",
        "import(URL.createObjectURL(new Blob(['1'], { type: 'text/javascript' })))",
        "new Promise((resolve, reject) => { new WebSocket('wss://elsewhere.test/').onerror = reject; })",
        "(async () => { eval('1') })()",
        "(async () => { new Function('1') })()",
    ],
)
def test_the_policy_holds_for_workers(page: Page, site: Site, problems: list[str], attempt: str) -> None:
    """Before anything is taken away, what the page may not do its workers may not either."""
    script = f"{PROBE}{attempt}.then(() => report('did it'), () => report('refused'));"
    page.context.route("**/worker.js", lambda route: changed(route, script))
    block = opened(page, site, HELLO)
    block.run_until("error")
    expect(block.status).to_contain_text("Python could not start: refused.")
    problems.clear()


def changed(route: Route, script: str) -> None:
    """Serve the worker with something in front of it."""
    route.fulfill(body=f"{script}\n{route.fetch().text()}", content_type="text/javascript")
