"""Data as JSON beside the JSON Schema that describes it: `described(name, data, catalogue)`."""

import json
from collections.abc import Mapping
from importlib.resources import files

from proven.exports.export import Files
from proven.rules.catalogue import Catalogue


def described(name: str, data: Mapping[str, object], catalogue: Catalogue) -> Files:
    """The files of data: `rules.json` and `rules.schema.json`, each with the schema's address.

    Args:
        name: What both files start with; the committed schema has the same.
        data: What there is.
        catalogue: Says where the site is.
    """
    file = f"{name}.schema.json"
    url = catalogue.url(file)
    schema = json.loads(files("proven.exports").joinpath("schemas", file).read_text("utf-8"))
    dialect = {"$schema": schema.pop("$schema"), "$id": url}
    return {f"{name}.json": to_json({"$schema": url, **data}), file: to_json(dialect | schema)}


def to_json(data: Mapping[str, object]) -> str:
    """Data as the text of a JSON file, to be read by people too."""
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"
