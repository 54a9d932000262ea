"""Reading when somebody wants to come, out of a Chinese sentence.

Plain function of the text and a clock. ``scanning`` cuts the sentence into words of time and
words that only look like it; ``day_words``, ``dates``, ``feasts`` and ``hours`` say what a word
means; ``phrases`` joins words to days and hours, and ``reading`` chooses among what was said.

Parts of the day have jionlp's bounds, and the lunar calendar is jionlp's. Ours are the rules
where it does not fit an appointment: a weekday or date that is over means the next one, 三点 at
a public hall is in the afternoon, 以后 and 以前 have an end, what is refused is not meant, and
what is no time in running text (3号窗口, 六千以上, 早上好) is left alone.
"""

from language.times.reading import TimeSpan, read_refused, read_times

__all__ = ["TimeSpan", "read_refused", "read_times"]
