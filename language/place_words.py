"""What the reading of places must know of the language; see ``language.places``."""


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

NICKNAMES = {"内蒙": "150000"}
"""Short names that the dictionary does not hold."""

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
