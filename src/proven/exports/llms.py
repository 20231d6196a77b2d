"""What language models find the pages by: llms.txt, in the form of llmstxt.org."""

from proven.exports.export import Export, Files
from proven.render.escape import literal
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue, site_title


def make(catalogue: Catalogue) -> Files:
    """llms.txt."""
    site = catalogue.site
    topics = [
        (topic.title, [rule for _, part in site.course(topic) for rule in part]) for topic in catalogue.topics
    ]
    shown = {*catalogue.topics, *site.rules.values()}
    others = [page for page in site.pages if page.address and page not in shown]
    home = next((page for page in site.pages if not page.address), None)
    text = (
        templates()
        .get_template("llms.txt.jinja")
        .render(
            title=site_title(catalogue),
            summary=home.front.summary if home else "",
            topics=topics,
            others=[(page.title, page) for page in others],
            url=catalogue.url,
            literal=literal,
        )
    )
    return {"llms.txt": text}


EXPORT = Export(
    path="llms.txt",
    title="Index for language models",
    purpose="Title and summary of every rule by topic, each with a link to the page as Markdown, "
    "in the form of [llmstxt.org](https://llmstxt.org/): for agents that look for the page to read.",
    make=make,
    example="curl -s {site}llms.txt | grep -i timeout",
)
