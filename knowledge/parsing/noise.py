"""What web pages, exports and fonts leave in a text that is none of the document's words."""

import html
import re
import unicodedata

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f\xad]")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_SILENT_TAG = re.compile(r"<(script|style|iframe|noscript)\b[^>]*>.*?</\1\s*>", re.I | re.S)
_TAG = re.compile(
    r"</?(?:p|div|span|br|font|strong|b|i|u|em|td|tr|th|table|tbody|a|img|script|style|iframe|"
    r"section|h[1-6]|o:p|center|hr|input|meta|link)\b[^<>]*>",
    re.I,
)
_CSS_RULE = re.compile(
    r"^[ \t\u3000]*[.#@*]?[A-Za-z][\w-]*(?:[ ,>.#:()*\w-]*)\{(?:[^{}]|\{[^{}]*\})*\}[ \t]*$", re.M
)
_SCRIPT_LINE = re.compile(
    r"^(?:(?:var|let|const)\s+\w+\s*=|function\b|document\.|window\.|\$\(|\w+\([\"']).*[;{})]$"
)
_QUOTE = r"[-+\d.,%万亿元手↑↓\s]+"
_STOCK = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}\s*)?[(（]?(?:sh|sz|hk|bj)\.?\d{5,6}[)）]?"
    rf"(?:{_QUOTE}|涨跌幅|最新价|股吧|行情|[|:：])*"
    rf"|(?:(?:最新价|涨跌[幅额]?|成交[量额]|换手率|市盈率|总市值|今开|昨收|最高价?|最低价?)"
    rf"[:：\s]*{_QUOTE})+",
    re.I,
)
_WIDGET = (
    r"(?:打印|关闭|字[号体]|收藏|分享|复制链接|返回顶部|大|中|小|微信|微博|QQ空间|纠错|下载|朗读|"
    r"上一篇|下一篇)"
)
_NOISE = re.compile(
    r"北大法宝.*|.*法宝引证码.*|(?:原文|文章|本文)(?:链接|网址|地址)[：:]\s*\S*|原标题[：:].*|"
    r"(?:(?:信息|文章|稿件)?来源|发布(?:时间|日期)|浏览(?:次数|量)|阅读(?:次数|量)?|点击(?:数|量))[：:].{0,60}|"
    r"[（(\[【]?(?:责任|本文|文字|网页)?编辑[：:].{0,30}|(?:文章)?作者[：:].{0,20}|(?:审核|校对)[：:].{0,12}|"
    r"(?:您)?(?:当前|现在)的?位置[：:].*|首页\s*[>＞»›/].*|"
    r".{0,30}(?:扫码|扫描|长按).{0,12}(?:二维码|下载|关注|识别).{0,30}|.{0,20}二维码(?:下载|关注).{0,20}|"
    r".{0,30}(?:尽在|下载|打开|上)\S{0,12}(?:APP|客户端)(?:[，,]?(?:查看|看)更多.{0,8})?|分享到.{0,40}|"
    rf"[\s|【】\[\]（）()：:、·]*{_WIDGET}(?:[\s|【】\[\]（）()：:、·]*{_WIDGET})*[\s|【】\[\]（）()：:、·]*|"
    r"(?:上|下)一[篇条][：:].*|"
    r"[【\[（(]?(?:广告|ADVERTISEMENT|推广|赞助内容)[】\]）)]?(?:[：:].*)?|"
    r"点击(?:查看|下载|进入|这里)[^。]{0,30}|"
    r"(?:Copyright|版权所有|©).*|[\w.-]*ICP备.*|https?://\S+"
)
# Radicals that fonts in PDF files put for the character (U+2E80…; NFKC leaves them alone).
_RADICALS = str.maketrans(
    "⺁⺄⺇⺈⺊⺌⺍⺕⺗⺘⺙⺛⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺮⺯⺰⺲⺶⺷⺸⺹⺺⺻⺼⺽⺾⻁⻄⻅⻆⻉⻋⻌⻍⻎⻏⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂乙几刀卜小小彐心手攵无母民水水火爪爪丬牛犬王网示礻竹糸纟罒羊羊羊耂肀聿肉臼艹虎西见角贝车辶辶辶阝長镸长门雨青韦页风飞食饣马骨鬼鱼鸟麦黄齐齿龙龟",
)
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


def repair(raw: str) -> str:
    """Return ``raw`` with one kind of line break and space, real characters, and no markup."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    if "<" in text:
        text = _TAG.sub("", _SILENT_TAG.sub("", _COMMENT.sub("", text)))
    if "&" in text:
        text = html.unescape(text)
    text = text.replace("\xa0", " ").replace("\u2003", " ").replace("\u2002", " ")
    text = text.translate(_KANGXI).translate(_RADICALS)
    text = _INVISIBLE.sub("", text)
    if "{" in text:
        text = _CSS_RULE.sub("", text)
    return text


def is_noise(line: str) -> bool:
    """Tell whether a whole line belongs to the page around a document, not to it."""
    return bool(_NOISE.fullmatch(line) or _STOCK.fullmatch(line) or _SCRIPT_LINE.match(line))
