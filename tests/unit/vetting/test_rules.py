"""The rules by their own examples, and what all of them have in common."""

import pytest

from actions.vetting.needs import needs
from actions.vetting.rulebook import CATEGORIES, REJECT, SCAMS, Basis, Category, Rule, rulebook
from actions.vetting.vetter import Ad, Finding, vet
from knowledge.laws.catalogue import listed_laws
from knowledge.laws.package import opened_laws, versions_of
from tests.support.laws import packaged_laws

RULES = [(category, rule) for category in rulebook().values() for rule in category.rules]
LEFT_TO_THEM = {"missing_info", "below_minimum_wage"}
AROUND = "武汉洪山区招店员两名，负责接待和整理，月薪5000元，{}，缴五险，双休，到店面试。"


def found(text: str, category: str) -> list[Finding]:
    return [each for each in vet(Ad(text)).findings if each.category == category]


of_each_rule = pytest.mark.parametrize(
    ("category", "rule"),
    RULES,
    ids=[f"{category.name}-{at}" for at, (category, _) in enumerate(RULES)],
)


@of_each_rule
def test_what_may_not_be_said_is_found(category: Category, rule: Rule) -> None:
    for text in rule.positive:
        findings = found(text, category.name)
        assert findings, (text, vet(Ad(text)).findings)
        assert findings[0].decision == rule.decision, text
        assert text[findings[0].start : findings[0].end] == findings[0].span != ""


@of_each_rule
def test_what_is_lawful_passes(category: Category, rule: Rule) -> None:
    del category
    for text in rule.negative:
        assert vet(Ad(text)).findings == (), text


@of_each_rule
def test_a_rewriting_passes(category: Category, rule: Rule) -> None:
    """Also in the middle of an ad; what only the employer knows may still be lacking."""
    del category
    for text in rule.positive:
        for ad in (text, AROUND.format(text)):
            review = vet(Ad(ad))
            for wording in {review.rewriting or "", *(each.advice for each in review.findings)}:
                left = {each.category for each in vet(Ad(wording)).findings}
                assert left <= LEFT_TO_THEM, (ad, wording)
        names = {each.category for each in review.findings if each.decision == REJECT}
        if names and not names & SCAMS:
            assert review.rewriting is not None, ad
            assert vet(Ad(review.rewriting)).findings == ()


def test_every_category_has_rules_that_read_well() -> None:
    assert tuple(rulebook()) == CATEGORIES
    for category in rulebook().values():
        assert category.title
        assert category.reason
        assert category.instead
        assert vet(Ad(category.instead)).findings == ()


def test_every_pattern_needs_something() -> None:
    for _, rule in RULES:
        for pattern in rule.patterns:
            assert needs(pattern.pattern, {})


BASES = {
    basis
    for category, rule in [*RULES, *((one, None) for one in rulebook().values())]
    for basis in (*category.basis, *(rule.basis if rule else ()))
}


@pytest.mark.parametrize("basis", sorted(BASES, key=str), ids=str)
def test_each_ground_is_in_a_law_that_is_installed(basis: Basis) -> None:
    listed = next(law for law in listed_laws() if law.name == basis.law)
    with opened_laws(packaged_laws()) as package:
        law = versions_of(package, basis.law)[-1]
    (article,) = [each for each in law.articles if each.label == basis.article]
    assert listed.takes(article.number)
    assert basis.words in article.text
