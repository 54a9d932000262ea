"""From a packaged law to a document like any other, with a line that says where it is from."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from knowledge import sentences
from knowledge.laws.catalogue import ListedLaw
from knowledge.laws.package import LAWS, VERSION, Article, PackagedLaw
from knowledge.parsing.metadata import Metadata
from knowledge.parsing.reader import ParsedDocument
from knowledge.parsing.sections import split_units
from knowledge.parsing.validity_clauses import read_validity_clauses
from language.places import NATIONAL


def law_document(law: PackagedLaw, listed: ListedLaw) -> ParsedDocument:
    """Return the articles of ``law`` that ``listed`` takes as a statute.

    Its number, and where the package does not say it the day on which this version came into
    force, stay unknown: an aside before the title says so.
    """
    taken = [article for article in law.articles if listed.takes(article.number)]
    origin = _origin(law, listed) + "\n"
    own = "".join(f"{line}\n" for line in (law.title, *_lines(taken)))
    clauses = read_validity_clauses(own, law.version_of)
    data = Metadata(
        title=law.title,
        doc_no="",
        issuer=law.issuer,
        issued_on=law.version_of,
        region=NATIONAL,
        effective_on=law.effective_on,
        validity_quote=clauses.quote,
        replaces=tuple(name for name in clauses.replaces if name != law.title),
    )
    text = origin + own
    return ParsedDocument("statute", data, text, tuple(split_units(text, len(origin))))


def _origin(law: PackagedLaw, listed: ListedLaw) -> str:
    """Say where the text is from, what is not known of it, and which articles are left out."""
    lacking = sentences.LAW_NO_NUMBER if law.effective_on else sentences.LAW_NO_NUMBER_NO_START
    said = [sentences.LAW_ORIGIN.format(package=LAWS.package, version=VERSION), lacking]
    if listed.articles:
        spans = "、".join(
            str(first) if first == last else f"{first}—{last}" for first, last in listed.articles
        )
        said.append(sentences.LAW_EXCERPT.format(articles=spans))
    return "".join(said)


def _lines(articles: Iterable[Article]) -> Iterator[str]:
    """Yield each heading where it begins, then each article with its paragraphs."""
    above: tuple[str, ...] = ()
    for article in articles:
        pairs = enumerate(zip_longest(above, article.headings))
        changed = next((at for at, (old, new) in pairs if old != new), len(above))
        yield from article.headings[changed:]
        above = article.headings
        yield f"{article.label}　{article.text}"
