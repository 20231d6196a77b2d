"""Read a notebook by the form that its name says: `read(path, text) -> Notebook`."""

from proven.model import JUPYTER
from proven.notebooks import jupyter, percent
from proven.notebooks.notebook import Notebook


def read(path: str, text: str) -> Notebook:
    """A notebook as a page.

    Args:
        path: Its name, which messages have.
        text: Its text; line ends of any kind.

    Raises:
        Failures: It cannot be read; each with its line.
    """
    text = text.replace("\r\n", "\n")
    return jupyter.read(path, text) if path.endswith(JUPYTER) else Notebook(percent.markdown(path, text))
