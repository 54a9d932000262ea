"""What the reading of places must know of the language; see ``language.places``."""

import re


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BIG_CITIES = (
    *("3100", "1100", "4403", "5000", "4401", "5101", "1201", "1200", "4201", "6101", "3301"),
    *("3201", "2101", "3702", "3205", "4101", "4301", "2102", "3701", "3302", "5301", "2301"),
    *("3401", "3502", "3501", "2201", "1301", "3601", "4501", "5201", "1401", "4406", "3202"),
    *("6501", "6201", "6401", "1501", "6301", "4601", "5401", "3303", "3204", "3304", "3306"),
)
"""First four digits of municipalities and big cities, the biggest first."""

BIGGEST = {"朝阳": "110105"}
"""Names whose biggest bearer the order of levels and cities does not find: more people mean
Beijing's district of three million than the prefecture in Liaoning."""

_POINT = r"[\s,，.。!！?？;；:：、/]"

_OTHER_NAMES = """
    150000 内蒙
    310000 魔都 申城
    310115 南汇 川沙 陆家嘴 张江
    310101 卢湾
    310106 闸北
    110000 帝都 燕京
    110101 崇文
    110102 宣武
    110108 中关村 五道口
    110105 望京
    110114 回龙观 天通苑
    110115 亦庄
    440100 羊城 花城
    440103 芳村
    440106 珠江新城
    440112 萝岗
    440300 鹏城
    440304 华强北
    500000 山城
    510100 蓉城
    420100 江城 汉口
    420111 光谷
    420600 襄樊
    530100 春城
    370100 泉城
    370116 莱芜
    230100 冰城
    350100 榕城
    350200 鹭岛
    430100 星城
    430800 大庸
    320100 金陵
    330102 江干
    120000 津门
    120116 塘沽 汉沽 大港
"""
OTHER_NAMES = {
    name: line.split()[0] for line in _OTHER_NAMES.splitlines() for name in line.split()[1:]
}
"""Names that the dictionary does not hold: of old, of parts of a city, of affection."""

ABBREVIATIONS = {
    char: f"{entry[:2]}0000"
    for entry in _words(
        "11京 12津 13冀 14晋 15蒙 21辽 22吉 23黑 31沪 32苏江 33浙 34皖 35闽 36赣 37鲁 41豫 "
        "42鄂 43湘 44粤 45桂 46琼 50渝 51川蜀 52黔贵 53滇云 54藏 61陕秦 62甘陇 63青 64宁 65新 "
        "71台 81港 82澳"
    )
    for char in entry[2:]
}
"""One character for a province; the State Council's list."""

ABBREVIATED = re.compile(
    rf"(?:^|(?<={_POINT}))[京津冀晋蒙辽吉沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝蜀黔滇陕陇]"
    rf"(?=$|{_POINT}|都)|(?<=[来在赴返留离回抵驻到])[京沪粤渝](?![东剧葱城菜语])"
    r"|江浙沪|苏浙[沪皖]|京津冀|川渝|云贵川?|粤港澳|沪[苏浙]|苏浙"
)
"""Where they are names: alone, behind a verb of going, and together."""

EVERYDAY_WORDS = _words(
    """
    来宾 白银 海西 海北 山南 中原 产业园 保税区 工业园 示范区 管理区 高新区 经开区 临港区 物流区
    文旅区 运河区 化工园区 唐港区 医药高新区 火炬开发区 航空港 长江经开区 平原新区 新区 新站区
    汽开区 南关 南岸 南明 南湖 双城 双河 同仁 合作 和平 四会 回民 城东 城中 城北 城西 城关 天心
    天宁 天山 天门 天桥 天长 光明 东方 东兴 东宁 东湖 二七 二道 修文 兴化 兴宁 兴平 兴义 大东
    大安 大通 大足 富民 宁安 安国 安宁 安达 尚志 平房 平山 平泉 平湖 平果 应城 延寿 建德 开原
    开远 开福 开平 弥勒 当阳 惠济 招远 从化 新乐 新北 新城 新华 新市 新建 新星 新民 方正 无极
    明光 木兰 未央 正定 永城 永宁 永安 永康 永定 江山 河东 河西 河间 泰顺 海林 海港 海阳 湖里
    滨海 滨江 滨湖 灯塔 玄武 玉泉 玉环 界首 红桥 绿园 芙蓉 蓝田 西固 西夏 西山 赤水 迎泽 金凤
    金山 金水 金海 金牛 钟楼 钢城 铁力 长寿 长清 长海 阳春 阳明 青山 高平 高安 高明 龙口 城阳
    象山 市中 市北 市南 集安 和县 成县 范县 扬中 会理 上城 迁安 上林 周至 同江 道外
    """
)
"""Short names that are words of every day, or of dozens of zones: they are places only in full,
or right behind their city."""

NO_PLACES = _words(
    """
    兰州拉面 沙县小吃 重庆火锅 重庆小面 四川火锅 桂林米粉 柳州螺蛳粉 云南米线 新疆大盘鸡
    长沙臭豆腐 武汉热干面 北京烤鸭 南京板鸭 黄山毛峰 西湖龙井 西湖醋鱼 云南白药 青岛啤酒 贵州茅台
    北京时间 上海滩 大同小异 长治久安 四川话 广东话 上海话 河南话 海南鸡饭 北京现代 上海大众
    东风日产 长安汽车 中山公园 中山医院 中山大学
    """
)
"""Phrases that begin with a place and mean none."""

PART_OF_WORD = re.compile(
    r"[东西南北中]?(?:路(?!过)|大道|大街|街(?!道))|话(?![费务剧说题])|菜(?![场市鸟])|[拉汤拌炒]面|火锅|小[吃面]"
    r"|烧烤|烤鸭|米[粉线]|料理|理工|大学(?![生城里专本毕])|(?:师范|财经|科技|农业|交通|工业|医科)大学"
    r"|师范(?![生类专])|交大|银行(?!卡)|[晚日早时]报|卫视|方言|口音|[白啤]酒|门(?![店卫口诊面市])"
)
"""What makes a word of another kind of the name before it: 南京路, 上海菜馆, 广东话."""

_AND = r"(?:[、和跟与及或/]|或者|以及)"
_GOING = r"(?:(?:去|在|来|到|回|进|往|看|选|推|留|考虑|接受)(?:给我|推荐?|了)?)"
_WHERE = r"(?:那[边里儿]?|这[边里儿]?|市区?里?|本地|方向)?"
EXCLUDED_BEFORE = re.compile(
    rf"(?:(?<![要想能去可是到在来])不(?:想|愿意?|打算|准备|能|可以|要)?(?:再)?{_GOING}|(?<!要)不要|别(?:再)?(?:给我)?{_GOING}|勿推?"
    r"|[去到]不了|没法[去到]|除(?:了|开|去|却)?|拒绝|排除|避开|不(?:含|包括)"
    r"|(?<!不)(?<!不想)(?<!不愿)离开)$"
)
"""What says before a place that it is not wanted."""

EXCEPT = re.compile("除")
INCLUDED_BEHIND = re.compile(rf"{_WHERE}[,，]?.{{0,4}}?(?:还|也)(?!不|别)")
"""What says behind 除了上海 that it is wanted as well."""

EXCLUDED_BEHIND = re.compile(
    rf"{_WHERE}的?(?:我|都|就|也|可|是|绝对|坚决|真的)*"
    rf"(?:(?:不(?:想|愿意?|能|要|打算)?{_GOING}|不要|不行)(?=$|{_POINT}|[的了啊吧呢哈])"
    r"|除外|[以之]外|免谈|算了|去不了|别(?:推|给|找|发)|太远|远了)"
)
"""What says so behind it."""

JOINED = re.compile(rf"{_WHERE}{_AND}+")
"""What joins two places of which the same is said."""

NEAR_BEHIND = re.compile(r"(?:那|这)?的?(?:附近|周边|周围|旁边|边上|一带|跟前|这一?片|近郊)")
NEAR_BEFORE = re.compile(r"(?:靠近?|挨着|邻近|临近|就近在?)$")
DISTANT_BEFORE = re.compile(r"[离距]$")
NOT_FAR_BEHIND = re.compile(
    rf"{_WHERE}(?!.{{0,4}}远(?:一?[点些]|的)).{{0,6}}?(?:近|不(?:要|能)?太?远|别太?远|以内|之内|公里|分钟)"
)
"""Words of nearness: 浦东附近, 靠近浦东, 离浦东不远."""

SLOT_BEFORE = re.compile(rf"(?:^|{_POINT}|在|去|到|来|回|往|换|[^不]是|住)$")
SLOT_BEHIND = re.compile(
    rf"$|{_POINT}|[的找这那附周招市省哪]|本地|当地|有没|上班|打工|工作|干活|做事|发展|能不能"
)
"""Between such words stands the name of a place: nowhere else is a misspelt one taken for it."""
