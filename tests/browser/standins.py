"""Code of packages that stand for Matplotlib and pandas: what the harness takes of them, and no more."""

MATPLOTLIB = """
from contextlib import contextmanager

rcParams = {}


@contextmanager
def rc_context(rc):
    rcParams.update(rc)
    yield
"""
FIGURE = """
import os

from matplotlib import rcParams


class Figure:
    def __init__(self):
        self.points = "10,90 100,10"

    def savefig(self, file, format, metadata):
        made = f"{format} {rcParams['svg.hashsalt']} {os.environ['MPLBACKEND']} {metadata}"
        file.write(
            '<svg xmlns="http://www.w3.org/2000/svg" width="288pt" height="144pt" viewBox="0 0 100 50">'
            f'<title>{made}</title><polyline points="{self.points}" stroke="#123"/></svg>'
        )
"""
PYPLOT = """
from matplotlib.figure import Figure

open_figures = {}


def figure(number=None):
    return open_figures.setdefault(number or len(open_figures) + 1, Figure())


def get_fignums():
    return list(open_figures)


def close(which):
    open_figures.clear()
"""
PANDAS = """
from html import escape


class DataFrame:
    def __init__(self, rows):
        self.rows = rows

    def __repr__(self):
        return "\\n".join(f"{name}  {number}" for name, number in self.rows)

    def _repr_html_(self):
        cells = enumerate((escape(name), number) for name, number in self.rows)
        rows = "".join(f"<tr><th>{at}<td>{name}<td>{number}" for at, (name, number) in cells)
        more = "<tr><th rowspan=2>2<td><script>hacked = 1</script><td><img src=x onerror='hacked = 1'>"
        head, last = "<thead><tr><th><th colspan=2>sales</thead>", "<tr><td>a<br>b<td>&lt;i>"
        return f"<style>td {{}}</style><div><table>{head}{rows}{more}{last}</table></div>"
"""
