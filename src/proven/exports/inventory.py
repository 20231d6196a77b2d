"""What Sphinx's intersphinx looks rules up in: objects.inv."""

from collections.abc import Iterator

from sphobjinv import DataObjStr, Inventory, compress

from proven.exports.export import Export, Files
from proven.rules.catalogue import Catalogue, site_title
from proven.rules.rule import Rule


def make(catalogue: Catalogue) -> Files:
    """objects.inv: labels of rules, exceptions and topics, and documents by the names of pages."""
    inventory = Inventory()
    inventory.project, inventory.version = site_title(catalogue), catalogue.version
    entries = [*_labels(catalogue), *_documents(catalogue)]
    inventory.objects.extend(sorted(entries, key=lambda entry: (entry.role, entry.name)))
    return {"objects.inv": compress(inventory.data_file())}


def _labels(catalogue: Catalogue) -> Iterator[DataObjStr]:
    """The labels of topics, rules and exceptions: in lower case, as Sphinx looks them up."""
    for topic in catalogue.topics:
        yield _entry("label", topic.address.rstrip("/"), topic.address, topic.title)
    for rule in catalogue.rules:
        for code in (rule.code, *(address for address in rule.former if "/" not in address)):
            yield _entry("label", code.lower(), rule.path, _shown(rule))
        for exemption in rule.exemptions:
            yield _entry("label", exemption.code.lower(), f"{rule.path}#{exemption.code}", exemption.code)


def _documents(catalogue: Catalogue) -> Iterator[DataObjStr]:
    for page in catalogue.site.pages:
        yield _entry("doc", page.name, page.address, page.title)
    for rule in catalogue.rules:
        for name in rule.former:
            if "/" in name:
                yield _entry("doc", name, rule.path, rule.title)


def _entry(role: str, name: str, uri: str, shown: str) -> DataObjStr:
    return DataObjStr(name=name, domain="std", role=role, priority="-1", uri=uri, dispname=shown)


def _shown(rule: Rule) -> str:
    return f"{rule.code}: {rule.title}"


EXPORT = Export(
    path="objects.inv",
    title="Inventory for Sphinx",
    purpose="Sphinx projects link to rules and exceptions by code, as in "
    "`` :external+proven:ref:`px017` ``, and to pages by name: for intersphinx.",
    make=make,
    example='intersphinx_mapping = {"proven": ("{site}", None)}',
)
