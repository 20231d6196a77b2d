"""Pyright's language server, asked for one batch of files after another.

    python -m proven.lint.pyright_server PYTHON NODE SCRIPT SETTINGS

Each line of input is an object with the `files` by name. Each line of output is one with what was
`said`, a list of objects: file, line (0 where none is named), severity, rule and message.
It works in the current folder, writes the SETTINGS there, and sees the packages of PYTHON.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ANSWERS_LATER = {"textDocument": {"diagnostic": {"dynamicRegistration": True}}}
"""What lets the server be asked about a file, instead of telling when it likes."""


class Server:
    """The server, spoken to in the Language Server Protocol."""

    def __init__(self, python: str, command: list[str], folder: Path) -> None:
        self.python = python
        self.process = subprocess.Popen(
            [*command, "--stdio"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.asked = 0
        self.root = folder.as_uri()
        capabilities = {**_ANSWERS_LATER, "workspace": {"configuration": True, "workspaceFolders": True}}
        self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=self.root,
            workspaceFolders=[{"uri": self.root, "name": "blocks"}],
            capabilities=capabilities,
        )
        self.tell("initialized")

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request; what the server asks meanwhile is answered."""
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._configuration(message)})
            elif message.get("id") == self.asked:
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Send what takes no answer."""
        self._send({"method": method, "params": params})

    def check(self, files: dict[str, str]) -> list[dict[str, Any]]:
        """What is said of files, which need not be on the disk."""
        uris = {name: f"{self.root}/{name}" for name in files}
        for name, uri in uris.items():
            document = {"uri": uri, "languageId": "python", "version": 1, "text": files[name]}
            self.tell("textDocument/didOpen", textDocument=document)
        said = [
            {"file": name, **_simplified(item)}
            for name, uri in uris.items()
            for item in self.ask("textDocument/diagnostic", textDocument={"uri": uri})["items"]
        ]
        for uri in uris.values():
            self.tell("textDocument/didClose", textDocument={"uri": uri})
        return said

    def _configuration(self, message: dict[str, Any]) -> Any:
        """The settings that the server asks for: the Python whose packages there are."""
        if message["method"] != "workspace/configuration":
            return None
        python = {"pythonPath": self.python}
        return [python if item.get("section") == "python" else {} for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message


def _simplified(item: dict[str, Any]) -> dict[str, Any]:
    start, end = item["range"]["start"], item["range"]["end"]
    somewhere = any((*start.values(), *end.values()))  # a file that is too much for it is all 0
    return {
        "line": start["line"] + 1 if somewhere else 0,
        "severity": item["severity"],
        "rule": item.get("code"),
        "message": item["message"].split("\n")[0],
    }


def main(python: str, command: list[str], settings: str) -> None:
    """Answer until there are no more questions."""
    folder = Path.cwd()
    (folder / "pyrightconfig.json").write_text(settings, "utf-8")
    server = Server(python, command, folder)
    for line in sys.stdin:
        print(json.dumps({"said": server.check(json.loads(line)["files"])}), flush=True)
    server.process.kill()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:-1], sys.argv[-1])
