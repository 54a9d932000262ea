"""What was said is read back, in order."""

from bot.messaging import answers
from bot.messaging.transcripts import list_conversations, transcript
from store.database import Database
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import PULLED, plain, take_in


def test_the_transcript_is_everything_said_in_order(database: Database) -> None:
    take_in(database, incoming("1", "在吗"))
    message = claimed(database)
    answers.finish(
        database,
        message,
        "me",
        replies=[plain("在"), plain("请说")],
        nlu={"intent": "greet"},
        now=NOW,
        pulled=PULLED,
    )
    lines = transcript(database, "web:one")
    assert [(line.author, line.text) for line in lines] == [
        ("user", "在吗"),
        ("bot", "在"),
        ("bot", "请说"),
    ]
    assert lines[0].nlu == {"intent": "greet"}
    card = list_conversations(database)[0]
    assert (card.id, card.messages, card.last_text) == ("web:one", 1, "在吗")
