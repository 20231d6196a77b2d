"""Visit every page of a site, and report each page that could not be read."""

from crawler.crawling import crawl
from crawler.links import find_links
from crawler.report import Limits, Report

__all__ = ["Limits", "Report", "crawl", "find_links"]
