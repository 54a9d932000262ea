"""What a message was read as is told with spans of the text as sent, and never holds it up."""

from bot.messaging.dispatcher import _as_sent
from bot.messaging.rasa import RasaAnswer
from language.text import normalise


def test_a_reading_whose_words_do_not_stand_in_the_text_is_left_out() -> None:
    sent = normalise("周五１０点")
    sound, backwards = {"start": 2, "end": 5}, {"start": 4, "end": 1}
    beyond = {"start": 0, "end": 99}
    answer = RasaAnswer((), {"intent": "inform", "commands": [backwards, sound, beyond]})
    read = _as_sent(answer, sent, ())
    assert read == {"intent": "inform", "entities": [], "commands": [sound]}
