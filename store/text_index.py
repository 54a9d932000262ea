"""Finding words in all that was said: an index that the database itself keeps, on both databases.

A text is known by its pairs of neighbouring characters: most Chinese words have two, which the
trigrams of FTS5's and PostgreSQL's own indexes do not find (docs/decisions/0016-text-search.md).
Whatever has all pairs of what is looked for is a candidate; the text itself decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Connection, TextClause, text

PREFIX = "words_"
"""What the index's tables are called: they are made of others, and no backup holds them."""

PLACES = f"{PREFIX}places"
LONGEST = 4000
"""Characters of a text that are found by; none of ours is longer."""

# Its cost is said: a planner that took it for cheap would read every row before the index.
_FUNCTION = """
CREATE OR REPLACE FUNCTION words_pairs(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 5000 AS $$
SELECT ARRAY(SELECT substr(lower(said), n, 2) FROM generate_series(1, length(said) - 1) n)
$$
"""


@dataclass(frozen=True)
class Said:
    """The expression of a row's text on each database; ``{row}`` names the row on SQLite."""

    sqlite: str
    postgresql: str


def is_index(name: str) -> bool:
    """Tell whether a table, or an index, is made of other tables."""
    return name.startswith(PREFIX)


def make_index(connection: Connection, name: str, said: Said) -> None:
    """Index a table's texts."""
    if connection.dialect.name == "sqlite":
        _make_on_sqlite(connection, name, said.sqlite)
        return
    connection.execute(text(_FUNCTION))
    pairs = f"words_pairs({said.postgresql})"
    # What waits to be sorted in is read at every search: little of it.
    little = "WITH (gin_pending_list_limit = 256)"
    connection.execute(text(f"CREATE INDEX {PREFIX}{name} ON {name} USING gin ({pairs}) {little}"))


def _make_on_sqlite(connection: Connection, name: str, said: str) -> None:
    connection.execute(text(f"CREATE TABLE IF NOT EXISTS {PLACES} (n INTEGER PRIMARY KEY)"))
    connection.execute(
        text(
            f"INSERT OR IGNORE INTO {PLACES} WITH RECURSIVE c(n) AS "  # noqa: S608  our own words
            f"(SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {LONGEST}) SELECT n FROM c"
        )
    )
    index = f"{PREFIX}{name}"
    # Only which text has which pair is kept, neither texts nor places in them.
    options = "content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0'"
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {index} USING fts5(pairs, {options})")

    def pairs(row: str) -> str:
        of = said.format(row=row)
        found = f"SELECT group_concat(substr({of}, n, 2), ' ') FROM {PLACES}"  # noqa: S608
        return f"({found} WHERE n < length({of}))"

    add = f"INSERT INTO {index}(rowid, pairs) VALUES (new.id, {pairs('new')});"  # noqa: S608
    drop = f"INSERT INTO {index}({index}, rowid, pairs) VALUES ('delete', old.id, {pairs('old')});"  # noqa: S608
    changed = f"{said.format(row='new')} IS NOT {said.format(row='old')}"
    for event, when, work in (
        ("INSERT", "", add),
        ("DELETE", "", drop),
        ("UPDATE", f"WHEN {changed}", drop + add),
    ):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {index}_{event.lower()} AFTER {event} ON {name} {when} "
            f"BEGIN {work} END"
        )
    rows = f"SELECT id, {pairs(name)} FROM {name}"  # noqa: S608
    connection.exec_driver_sql(f"INSERT INTO {index}(rowid, pairs) {rows}")


def forget_deleted(connection: Connection, name: str) -> bool:
    """Drop some of what an index still holds of deleted rows; tell whether there may be more.

    PostgreSQL's vacuum does it by itself. A step is short: writers wait for it on SQLite.
    """
    if connection.dialect.name != "sqlite":
        return False
    index = f"{PREFIX}{name}"
    before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    connection.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES ('merge', -200)")  # noqa: S608
    # FTS5's own way to say that nothing was left to do.
    after: int = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    return after - int(before) >= 2


def pairs_of(words: str) -> list[str]:
    """Return the pairs of neighbouring characters of what is looked for."""
    return list(dict.fromkeys("".join(pair) for pair in pairwise(words.lower())))


def has(dialect: str, name: str, said: Said, words: Sequence[str]) -> list[TextClause]:
    """Return the conditions that a row's text has all of ``words``.

    The index narrows, the text decides; a single character is looked for without it.
    """
    pairs = [pair for word in words for pair in pairs_of(word)]
    found = [_exactly("{}", dialect, name, said, words)] if words else []
    if dialect == "sqlite":
        # Signs are no words to FTS5: a pair of them is left to the text.
        index, query = f"{PREFIX}{name}", " ".join(f'"{pair}"' for pair in pairs if pair.isalnum())
        rows = f"SELECT rowid FROM {index} WHERE {index} MATCH :{name}_pairs"  # noqa: S608
        narrowed = text(f"{name}.id IN ({rows})").bindparams(**{f"{name}_pairs": query})
        return [narrowed, *found] if query else found
    narrowed = text(f"words_pairs({said.postgresql}) @> CAST(:{name}_pairs AS text[])")
    return [narrowed.bindparams(**{f"{name}_pairs": pairs}), *found] if pairs else found


def lacks(dialect: str, name: str, said: Said, words: Sequence[str]) -> TextClause:
    """Return the condition that a row's text lacks one of ``words``, which are some."""
    return _exactly("NOT ({})", dialect, name, said, words)


def _exactly(form: str, dialect: str, name: str, said: Said, words: Sequence[str]) -> TextClause:
    if dialect == "sqlite":
        condition = f"instr(lower({said.sqlite.format(row=name)}), :{{}}) > 0"
    else:
        condition = f"strpos(lower({said.postgresql}), :{{}}) > 0"
    keys = [f"{name}_word_{number}" for number, _ in enumerate(words)]
    whole = " AND ".join(condition.format(key) for key in keys)
    given = {key: word.lower() for key, word in zip(keys, words, strict=True)}
    return text(form.format(whole)).bindparams(**given)
