"""Each damage that real notices carry, made small, with what must come of it."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.parsing.cleaning import clean, split_front_matter
from knowledge.parsing.reader import parse

DAMAGE = (
    *("\n", "\n\n", "　　", " ", "\ufffd", "\u200b", "\r\n", "<!-- x -->"),
    *(
        "某局关于招聘的通知",
        "某人社发〔2031〕1号",
        "各区人社局：",
        "一、办好招聘。",
        "（一）登记，",
    ),
    *(
        "第一条 办好招聘。",
        "2031年5月6日",
        "广告",
        "以下为通知全文",
        "请各单位，",
        "打印",
        "，",
        "。",
    ),
    *("近日，记者从某局获悉，某局印发《关于招聘的通知》，招聘会照常举行。", "相关阅读：", "&nbsp;"),
)


def test_lines_broken_in_mid_sentence_are_joined_at_the_lost_marks() -> None:
    width = 20
    first = "请各区把招聘活动改到网上办理，并在每周五以前把情况报给市局，不要遗漏任何一家企业。"
    second = "窗口人员要按规定做好防护，办事的人可以先预约再来，材料可以寄过来。"

    def broken(text: str) -> str:
        pieces = [text[at : at + width] for at in range(0, len(text), width)]
        return "\n\n".join(pieces)

    raw = f"　　{broken(first)}\ufffd\n\n　　{broken(second)}\ufffd\n"
    assert clean(raw).text == f"{first}\n{second}"


def test_a_full_stop_alone_on_its_line_belongs_to_the_line_before() -> None:
    assert clean("　　服务不断不乱\n\n。\ufffd\n").text == "服务不断不乱。"


def test_full_width_spaces_mark_paragraphs_where_line_breaks_are_lost() -> None:
    raw = "各区人社局：　　第一段说的是招聘。　　第二段说的是培训。"
    assert clean(raw).text.split("\n") == [
        "各区人社局：",
        "第一段说的是招聘。",
        "第二段说的是培训。",
    ]


def test_items_headings_and_signature_are_parted_in_a_text_without_line_breaks() -> None:
    raw = (
        "各州（市）人社局：现就有关工作通知如下。一、提高认识各级部门要负起责任。"
        "二、改进服务（一）改变办事的方式方法人力资源服务机构要在网上办事。"
        "（二）做好登记工作。三、报告某某省人力资源和社会保障厅2020年2月7日"
    )
    lines = clean(raw).text.split("\n")
    assert lines[0] == "各州（市）人社局："
    assert "二、改进服务" in lines
    assert "（一）改变办事的方式方法" in lines
    assert "人力资源服务机构要在网上办事。" in lines
    assert "（二）做好登记工作。" in lines


def test_a_signature_that_runs_on_gets_lines_of_its_own() -> None:
    lines = clean("一、请抓好落实。某某市人力资源和社会保障局2020年2月9日").text.split("\n")
    assert lines[-2:] == ["某某市人力资源和社会保障局", "2020年2月9日"]


def test_news_before_a_notice_stay_but_are_not_the_document() -> None:
    raw = "某部印发通知，记者报道了要点。\n以下为通知全文\n某部关于招聘的通知\n一、办好招聘。"
    cleaned = clean(raw)
    assert cleaned.document == "某部关于招聘的通知\n一、办好招聘。"
    assert cleaned.text == raw
    assert cleaned.text[: cleaned.start] == "某部印发通知，记者报道了要点。\n以下为通知全文\n"


def test_a_notice_that_leads_into_itself_is_not_taken_for_news() -> None:
    raw = (
        "某部关于招聘的通知\n各单位：\n近日有单位问起招聘的安排，现将有关事项通知如下：\n一、照常。"
    )
    assert clean(raw).document == raw


def test_the_spaced_words_of_a_heading_stay_together() -> None:
    assert clean("第一章　总　　则\n第一条　为了招聘，制定本办法。").text.split("\n") == [
        "第一章　总　　则",
        "第一条　为了招聘，制定本办法。",
    ]


def test_radicals_that_fonts_put_for_characters_become_characters() -> None:
    assert (
        clean("⼈⼒资源和⽹上办事，部⻔要保障农⺠⼯。").text
        == "人力资源和网上办事，部门要保障农民工。"
    )


@given(st.lists(st.sampled_from(DAMAGE), max_size=40).map("".join))
def test_the_document_is_a_stretch_of_the_text(raw: str) -> None:
    cleaned = clean(raw)
    assert 0 <= cleaned.start <= cleaned.end <= len(cleaned.text)
    assert not any(line.strip() == "" for line in cleaned.text.split("\n")) or not cleaned.text


def test_css_and_stock_lines_in_plain_text_are_noise() -> None:
    raw = "p.text { margin: 0; }\n某市关于招聘的通知\n某某股份(sz300959) +1.2%\n一、办好招聘。"
    assert clean(raw).text == "某市关于招聘的通知\n一、办好招聘。"


def test_front_matter_is_read_and_lists_in_it_are_left_out() -> None:
    header, body = split_front_matter("\n---\ntitle: '甲'\ntags:\n - 乙\ndate: 2020\n---\n正文")
    assert (header, body) == ({"title": "甲", "tags": "", "date": "2020"}, "正文")


def test_separate_paragraphs_without_damage_stay_separate() -> None:
    raw = "某市关于招聘的通知\n\n一、办好招聘。\n\n二、办好培训。\n"
    assert clean(raw).text == "某市关于招聘的通知\n一、办好招聘。\n二、办好培训。"


def test_gb18030_reads_like_utf8() -> None:
    text = "某某市人力资源和社会保障局关于改进招聘服务的通知\n一、办好现场招聘会，做好登记。\n"
    assert parse(text.encode("gb18030")).text == parse(text.encode()).text
