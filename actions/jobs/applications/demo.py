"""Made-up applications for made-up postings, so that the console's page can be tried."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select

from actions.ids import ALPHABET, make_id
from actions.jobs.applications.service import PREFIX
from actions.jobs.applications.states import DECLINED, HANDED, INVITED, SUBMITTED
from actions.jobs.applications.tables import ApplicationRow
from actions.jobs.demo.postings import SEED, seed_all
from actions.jobs.tables import PostingRow
from store.database import Database

NAME, STAFF = "示例", "演示"
CONSENT = "示例：同意把称呼交给单位，只用于这次应聘（演示数据，没有真实号码）。"
STANDINGS = ((SUBMITTED, 1), (SUBMITTED, 9), (HANDED, 2), (HANDED, 12), (INVITED, 3), (DECLINED, 5))
"""State and days ago: some employers have been silent too long."""


def seed_demo(database: Database, *, now: datetime, seed: int = SEED) -> int:
    """Seed postings and gigs, then the applications for them; return how many postings."""
    made = seed_all(database, now=now, seed=seed)
    seed_applications(database, now=now, seed=seed)
    return made


def seed_applications(database: Database, *, now: datetime, seed: int = SEED) -> int:
    """Add the applications that lack; their people have no conversation; return how many."""
    chance = random.Random(seed)  # noqa: S311
    demo = select(PostingRow.id).where(PostingRow.is_demo).order_by(PostingRow.code)
    with database.write() as session:
        postings = session.scalars(demo.limit(len(STANDINGS))).all()
        made = 0
        for n, (posting, (state, days)) in enumerate(zip(postings, STANDINGS, strict=False)):
            code = make_id(PREFIX, "".join(chance.choices(ALPHABET, k=6)))
            if session.scalar(select(ApplicationRow.id).filter_by(code=code)) is not None:
                continue
            at = now - timedelta(days=days)
            handed = None if state == SUBMITTED else at
            session.add(
                ApplicationRow(
                    code=code,
                    conversation=f"demo:applicant-{n}",
                    posting_id=posting,
                    state=state,
                    phone="",
                    name=NAME,
                    consent=CONSENT,
                    applied_at=at,
                    handed_at=handed,
                    handed_by=STAFF if handed else "",
                    state_at=at,
                )
            )
            made += 1
        session.commit()
        return made
