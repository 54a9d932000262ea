"""How times are read, kind by kind: sentences of our own, and inputs that failed elsewhere."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.times import TimeSpan, read_times
from language.times.feasts import lunar_day, statutory_days
from language.times.working_days import days_off_around
from store.clock import SHANGHAI

NOW = datetime(2026, 5, 20, 8, 30, tzinfo=SHANGHAI)
"""A Wednesday."""

SAID = """
# weekday before a figure
周五10点 = 05-22 10:00/11:00
周五三四点 = 05-22 15:00/17:00
周5 9点 = 05-22 09:00/10:00
礼拜五９点半 = 05-22 09:30/10:30
下周二10:15 = 05-26 10:15/11:15
周四9:00到10:00 = 05-21 09:00/10:00
周五22号 = 05-22
# 一下
看一下周五 = 05-22
帮我查一下下周五 = 05-29
登记一下6月1号 = 06-01
# a weekday of a week
下周的这个周五 = 05-29
下个星期的星期一上午 = 05-25 07:00/12:00
再下周一 = 06-01
本周周日 = 05-24
下礼拜三 = 05-27
下周一三五 = 05-25..05-30
# hours in pairs
9到11点 = 05-20 09:00/11:00
9、10点 = 05-20 09:00/11:00
上午10点到下午2点 = 05-20 10:00/14:00
明天11点到1点 = 05-21 11:00/13:00
明天9-11 = 05-21 09:00/11:00
晚上七八点 = 05-20 19:00/21:00
十一二点 = 05-20 11:00/13:00
10来点 = 05-20 10:00/11:00
# hours named in a later clause
周三下午,不要太晚,四点前 = 05-20 13:00/16:00
早上送完孩子,九点半到 = 05-20 09:30/10:30
周四下午吧,最好两点到三点 = 05-21 14:00/15:00
明天上午办社保,下午三点办档案 = 05-21 07:00/12:00
晚上还有号没有,白天上班 = 05-20 18:00/05-21 00:00
# busy then
我周一到周五都上班,周六行吗 = 05-23
我周五值夜班,礼拜天再来 = 05-24
十点钟的没了,那十点半 = 05-20 10:30/11:30
你们周六都上班吗 = 05-23
要么周二,要么周四 = 05-26..05-29
下个月头 = 06-01..06-06
三个月头里 = -
下周前半周 = 05-25..06-01
# quarters
三点一刻 = 05-20 15:15/16:15
差五分十点 = 05-20 09:55/10:55
10点零5分 = 05-20 10:05/11:05
下午三点二十 = 05-20 15:20/16:20
10点差5分 = 05-20 09:55/10:55
# dates in figures
12.4 = 12-04
5.28-5.30 = 05-28..05-31
12/4 = 12-04
我6.3才回来 = 06-03
12-4上午 = 12-04 07:00/12:00
2026.12.4 = 12-04
2026-12-04 10:00 = 12-04 10:00/11:00
26/6/1 = 06-01
20260522 = 05-22
二〇二六年十二月四日 = 12-04
# days and parts of months
本月28号 = 05-28
这个月28 = 05-28
下月3号下午 = 06-03 13:00/18:00
月底 = 05-27..06-01
月初 = 06-01..06-06
六月中旬 = 06-11..06-21
下个月下旬 = 06-21..07-01
6月最后一天 = 06-30
下个月第一个周一 = 06-01
7月 = 07-01..08-01
明年3月 = 2027-03-01..2027-04-01
# counted from now
两小时后 = 05-20 10:30/11:30
半个钟头以后 = 05-20 09:00/10:00
1.5小时后 = 05-20 10:00/11:00
俩月后 = 07-20
半个月后 = 06-04
后天的后天 = 05-24
两周后的周三 = 06-03
五个工作日后 = 05-27
下个工作日 = 05-21
# limits
三点以后 = 05-20 15:00/24:00
10点前 = 05-20 00:00/10:00
周五之前 = 05-20..05-22
六月之前 = 05-20..06-01
最晚周五 = 05-20..05-23
月底前 = 05-20..06-01
周五以后 = 05-23..05-30
明天下班前 = 05-21 00:00/17:00
9点以后11点以前 = 05-20 09:00/11:00
不早于九点半 = 05-20 09:30/24:00
后天别早于下午两点 = 05-22 14:00/24:00
我最早也得三点才能到 = 05-20 15:00/24:00
最早三点能到 = 05-20 15:00/24:00
明天最早上午十点 = 05-21 10:00/24:00
最早上午能办吗 = 05-20 07:00/12:00
最晚四点 = 05-20 00:00/16:00
明天最迟下午四点 = 05-21 13:00/16:00
不能晚于十一点 = 05-20 00:00/11:00
明天最早9点,最晚11点 = 05-21 09:00/11:00
过了十点再打给我 = 05-20 10:00/24:00
最早下周三 = 05-27..06-03
不早于6月1号 = 06-01..06-08
最早也要月底 = 05-27..06-03
不能晚于周五 = 05-20..05-23
过了这周五 = 05-23..05-30
面试过了周五能上班吗 = 05-22
晚三点也行，早八点也行 = 05-21 03:00/04:00
# across days
周五到下周一 = 05-22..05-26
周五下午到周二上午 = 05-22 13:00/05-26 12:00
今晚到明早 = 05-20 18:00/05-21 10:00
周五下午3点到下周一上午10点 = 05-22 15:00/05-25 10:00
22、23、24号 = 05-22..05-25
6月3、4号 = 06-03..06-05
5月30号到6月2号 = 05-30..06-03
周二上午或周四下午 = 05-26 07:00/05-28 18:00
# quarters of the year
三季度招暑期工吗 = 07-01..10-01
我想第四季度再出来 = 10-01..2027-01-01
今年2季度 = 04-01..07-01
第一季度有没有焊工班 = 2027-01-01..2027-04-01
明年二季度考证 = 2027-04-01..2027-07-01
2028年第三季度 = 2028-07-01..2028-10-01
下个季度开班吗 = 07-01..10-01
这个季度末 = 06-26..07-01
季度底 = 06-26..07-01
四季度初 = 10-01..10-06
三季度以后 = 10-01..10-08
二季度奖金没发 = -
前三季度 = -
干一个季度 = -
一季度发一次奖金 = -
第三个季度 = 07-01..10-01
# solar terms
冬至 = 12-22
立秋前 = 05-20..08-07
霜降以后过来 = 10-24..10-31
明年清明 = 2027-04-05
大雪节气那天 = 12-07
立冬上午 = 11-07 07:00/12:00
下大雪了 = -
我叫王立春 = -
夏至路 = -
# feasts
过完年 = 2027-02-09..2027-02-16
等过了年再说 = 2027-02-09..2027-02-16
过完节我就来 = 06-22..06-29
过了中秋 = 09-28..10-05
过完国庆以后 = 10-08..10-15
刚过完年 = -
过完年了 = -
过了年龄 = -
错过了国庆 = 10-01
中秋 = 09-25
八月十五中秋 = 09-25
春节前三天 = 2027-02-03..2027-02-06
春节后三天内 = 2027-02-09..2027-02-12
春节后上班第一天 = 2027-02-09
元旦后第一个周一 = 2027-01-04
节前 = 05-20..06-19
年前 = 05-20..2027-02-06
端午节上午 = 06-19 07:00/12:00
国庆节后第一天 = 10-08
国庆假期 = 10-01..10-08
国庆前一天 = 09-30
五一前 = 05-20..2027-05-01
除夕 = 2027-02-05
正月十五 = 2027-02-20
腊月廿三 = 2027-01-30
大年初八 = 2027-02-13
# spaces and wide figures
下 周 三 = 05-27
1 0 点 = 05-20 10:00/11:00
明 天 下 午 ３ 点 = 05-21 15:00/16:00
1 2 月 4 号 = 12-04
# no time
早上好，我想办登记 = -
晚安 = -
人民路8号 = -
15号线 = -
5G = -
3号楼 = -
100路 = -
一下子 = -
轻松一点的活 = -
早一点 = -
6点5k = -
视力4.8才行 = -
每周五天 = -
朝九晚五 = -
前面还有3个号 = -
我排到56号了 = -
票上写着23号 = -
叫号到12号了 = -
编号12号 = -
12号到了吗 = -
晚上愉快 = -
做过五年厨师 = -
睡了四晚 = -
等了一下午 = -
今年三十二 = -
初二数学补习 = -
(2026)8号 = -
18-35岁 = -
五一广场 = -
一小时前 = -
# what is refused
明天不行，后天上午 = 05-22 07:00/12:00
除了周一 = -
周一不行周二也不行那就周五 = 05-22
下周除了周三都可以 = 05-25..06-01
明天上午不行，下午可以 = 05-21 13:00/18:00
不是明天，是后天 = 05-22
明天下午，不对，后天下午 = 05-22 13:00/18:00
把明天的改到后天 = 05-22
周五上午九点，改到下午三点 = 05-22 15:00/16:00
是不是周五 = 05-22
周五有没有空 = 05-22
我明天有事想问 = 05-21
唔好听日，后日啦 = 05-22
# what is given up for another time, and what is said once more
聽日得唔得 = 05-21
后日下半日好唔好 = 05-22 13:00/18:00
明天我要带娃打针来不了,后天又得上工,要不就周六吧,周六上午 = 05-23 07:00/12:00
周五上午有没有人值班 = 05-22 07:00/12:00
明天上午哦不下午 = 05-21 13:00/18:00
取消周四的,约周五 = 05-22
原定周四,现在想换周五 = 05-22
昨天没排上,今天下午再来 = 05-20 13:00/18:00
六一过后第二天,就是六月二号上午 = 06-02 07:00/12:00
最晚周五下午四点 = 05-20 00:00/05-22 16:00
周四不? = 05-21
# dialect and traditional characters
今黑了七点半 = 05-20 19:30/20:30
明儿黑间 = 05-21 18:00/05-22 00:00
明朝早浪 = 05-21 06:00/10:00
明仔載下晡三點 = 05-21 15:00/16:00
明晏晝兩點 = 05-21 14:00/15:00
聽日下晝 = 05-21 13:00/18:00
听朝 = 05-21 06:00/10:00
后晚 = 05-22 18:00/24:00
明儿个上午 = 05-21 07:00/12:00
明天后晌 = 05-21 13:00/18:00
拜五 = 05-22
下個禮拜三 = 05-27
後天下午兩點半 = 05-22 14:30/15:30
外后天 = 05-23
# weekday and date
周五（22号） = 05-22
6月5日 星期五 上午 = 06-05 07:00/12:00
星期一（6月1日） = 06-01
今天周三 = 05-20
今天是周三，周五可以吗 = 05-22
# events of the day
明天下了班 = 05-21 17:00/05-22 00:00
今日放工之后 = 05-20 17:00/05-21 00:00
天黑前 = 05-20 00:00/18:00
# figures
下午3.30 = 05-20 15:30/16:30
一点一刻 = 05-20 13:15/14:15
# what comes again and again, and addresses
每周一开会 = -
每天八点上班 = -
3栋5号 = -
下个月三号窗口 = -
3月份工资 = -
# other
周六日 = 05-23..05-25
明天3pm = 05-21 15:00/16:00
晚上12点 = 05-21 00:00/01:00
三天内 = 05-20 08:30/05-23 00:00
"""

SENTENCES = [line.split(" = ") for line in SAID.splitlines() if " = " in line]

days = st.dates(date(2025, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(("text", "meant"), SENTENCES)
def test_a_kind_of_time_is_read(text: str, meant: str) -> None:
    assert _bounds(read_times(text, NOW)) == _expected(meant)


def test_inputs_that_once_failed_are_read(shared: Path) -> None:
    lines = (shared / "data" / "failing_inputs.jsonl").read_text("utf-8").splitlines()
    inputs = [one for line in lines if (one := json.loads(line))["kind"].startswith("time/")]
    timed = [one for one in inputs if "now" in one]
    assert len(timed) > 80
    wrong = {
        one["input"]: (read, one["expected"])
        for one in timed
        if (read := _written(one["input"], datetime.fromisoformat(one["now"]))) != one["expected"]
    }
    assert wrong == {}


@given(day=days, now=days)
def test_a_date_is_the_same_however_it_is_written(day: date, now: date) -> None:
    clock = datetime.combine(now, time(12), SHANGHAI)
    whole = f"{day:%Y}年{day.month}月{day.day}号"
    written = [whole, f"{day:%Y-%m-%d}", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", " ".join(whole)]
    spans = {_bounds(read_times(text, clock)) for text in written}
    assert spans == {(_at(day), _at(day + timedelta(days=1)))}


@given(hour=st.integers(7, 12), minute=st.integers(0, 59), ahead=st.sampled_from("明后"))
def test_a_clock_time_is_the_same_however_it_is_written(hour: int, minute: int, ahead: str) -> None:
    written = [f"{hour}:{minute:02}", f"{hour}点{minute:02}分", f"{hour}点{minute:02}"]
    spans = {_bounds(read_times(f"{ahead}天{text}", NOW)) for text in written}
    day = NOW.date() + timedelta(days=" 明后".index(ahead))
    start = datetime.combine(day, time(hour, minute), SHANGHAI)
    assert spans == {(start, start + timedelta(hours=1))}


@given(first=st.integers(0, 5), further=st.integers(1, 5))
def test_a_day_that_is_refused_is_never_meant(first: int, further: int) -> None:
    names = "一二三四五六日"
    second = (first + further) % 7
    for text in ("周{}不行，周{}吧", "不要周{}，要周{}", "周{}没空，周{}行吗", "把周{}的改到周{}"):
        span = read_times(text.format(names[first], names[second]), NOW)
        assert span is not None
        assert span.start.weekday() == second


@given(year=st.integers(2020, 2090))
def test_days_off_by_law_are_thirteen_but_where_two_feasts_meet(year: int) -> None:
    found = statutory_days(year)
    assert 12 <= len(found) <= 13
    assert all(day.year == year for day in found)


def test_the_lunar_calendar_is_as_jionlp_reads_feasts() -> None:
    jionlp = pytest.importorskip("jionlp")
    for year in (2026, 2027, 2030):
        for name in ("春节", "元宵", "端午", "中秋", "重阳", "腊八", "清明"):
            read = jionlp.parse_time(name, time_base={"year": year, "month": 1, "day": 1})
            meant = datetime.fromisoformat(read["time"][0]).date()
            span = read_times(name, datetime.combine(meant, time(1), SHANGHAI))
            assert span is not None
            assert span.start.date() == meant, (name, year)
    assert lunar_day(2026, 13, 1) is None


def test_days_off_around_a_feast_are_in_one_run() -> None:
    assert days_off_around(date(2026, 10, 1)) == (date(2026, 10, 1), date(2026, 10, 8))
    assert days_off_around(date(2027, 2, 6)) == (date(2027, 2, 5), date(2027, 2, 9))
    assert days_off_around(date(2026, 5, 20)) == (date(2026, 5, 20), date(2026, 5, 21))


def test_the_words_are_quoted_as_they_were_typed() -> None:
    span = read_times("我想 後 天 下午３點 過去", NOW)
    assert span is not None
    assert span.text == "後 天 下午３點"


def _written(text: str, now: datetime) -> str | None:
    span = read_times(text, now)
    return None if span is None else f"{span.start:%Y-%m-%dT%H:%M}/{span.end:%Y-%m-%dT%H:%M}"


def _bounds(span: TimeSpan | None) -> tuple[datetime, datetime] | None:
    return None if span is None else (span.start, span.end)


def _expected(meant: str) -> tuple[datetime, datetime] | None:
    """Read 「05-22」, 「05-22..05-25」 (half-open) or 「05-22 10:00/11:00」."""
    if meant == "-":
        return None
    if "/" in meant:
        first, last = meant.split("/")
        day, clock = first.split()
        until = last if " " in last else f"{day} {last}"
        return _moment(day, clock), _moment(*until.split())
    first, _, last = meant.partition("..")
    start = _moment(first, "00:00")
    return start, _moment(last, "00:00") if last else start + timedelta(days=1)


def _moment(day: str, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    midnight = _at(date.fromisoformat(day if len(day) > 5 else f"2026-{day}"))
    return midnight + timedelta(hours=hour, minutes=minute)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
