"""A small page at each address that is no page's own, and the table of all of them."""

import json
import posixpath

from proven.collect import frontmatter
from proven.exports.export import Export, Files
from proven.project import REDIRECTS
from proven.render import policy
from proven.render.templates import templates
from proven.rules import address_list
from proven.rules.addresses import Redirect, pages, variants
from proven.rules.catalogue import LOCAL, Catalogue

_SCHEMA = "redirects.schema.json"
_SCRIPT = "missing.js"
"""Finds out what was meant by an address that there is not."""


def make(catalogue: Catalogue) -> Files:
    """Pages that lead on at once or say why a rule is gone, the one for other addresses, and the table."""
    leads = address_list.redirects(catalogue.project.root, catalogue.site)
    files = {
        f"{variant}index.html": _page(address, lead, catalogue)
        for address, lead in leads.items()
        for variant in variants(address)
    }
    return {
        **files,
        "404.html": _missing(catalogue),
        REDIRECTS: _json(table(catalogue, leads)),
        _SCHEMA: _json(frontmatter.schema("redirects")),
    }


def table(catalogue: Catalogue, leads: dict[str, Redirect]) -> dict[str, object]:
    """What leads where, as `redirects.json` has it.

    Args:
        catalogue: The site.
        leads: What is at each address, without variants.
    """
    every = {variant: lead for address, lead in leads.items() for variant in variants(address)}
    return {
        "$schema": _SCHEMA,
        "pages": {path: page.title for path, page in pages(catalogue.site).items()},
        "redirects": {address: lead.target for address, lead in every.items() if not lead.removed},
        "removed": {address: lead.removed for address, lead in every.items() if lead.removed},
    }


def _page(address: str, lead: Redirect, catalogue: Catalogue) -> str:
    path, _, fragment = lead.target.partition("#")
    href = f"{posixpath.relpath(path or '.', address)}/" + (f"#{fragment}" if fragment else "")
    public = catalogue.site_url != LOCAL and not lead.removed
    template = templates().get_template("address.html.jinja")
    html = template.render(
        lead=lead,
        href=href if lead.target or not lead.removed else "",
        canonical=catalogue.url(path) if public else "",
    )
    return _protected(html, catalogue, alone=True)


def _missing(catalogue: Catalogue) -> str:
    project = catalogue.project
    script = (project.assets / "runner" / _SCRIPT).read_text("utf-8")
    root = "" if catalogue.site_url == LOCAL else catalogue.site_url
    template = templates().get_template("missing.html.jinja")
    return _protected(template.render(root=root, script=script), catalogue)


def _protected(html: str, catalogue: Catalogue, alone: bool = False) -> str:
    """A page with its policy, so that it need not be read again when the site is published."""
    return policy.add_csp(html, alone=alone) if catalogue.project.settings.policy else html


def _json(value: object) -> str:
    return f"{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n"


EXPORT = Export(
    path=REDIRECTS,
    title="Addresses",
    purpose="Where each address that is no page's own leads, such as `PX017/`: for link checkers, and for "
    "servers that would rather answer with a redirect. `redirects.schema.json` says how it is written.",
    make=make,
)
