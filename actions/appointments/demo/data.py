"""Made-up halls and what they do, for trying the assistant out; nothing here is a real hall."""

from dataclasses import dataclass

ONLINE = "https://www.12333.gov.cn"
ID_CARD = "身份证"


@dataclass(frozen=True)
class DemoHall:
    """A hall and its windows; a window is its name and the names of what it does."""

    name: str
    aliases: tuple[str, ...]
    place: str
    address: str
    capacity: int
    sessions: tuple[tuple[str, str], ...]
    windows: tuple[tuple[str, tuple[str, ...]], ...]


BUSINESSES: tuple[dict[str, object], ...] = (
    {
        "name": "失业登记",
        "aliases": ["失业人员登记", "登记失业", "失业备案", "失业证", "就业失业登记"],
        "bring": [ID_CARD, "解除劳动合同证明（有的话）"],
        "online": "人社政务服务平台可办，当天登记",
        "online_url": ONLINE,
        "courier": None,
        "minutes": 8,
        "spread": 4,
    },
    {
        "name": "失业保险金申领",
        "aliases": ["失业金申领", "失业保险金", "失业金", "领失业金", "领失业", "失业补助金"],
        "bring": [ID_CARD, "社保卡", "解除劳动合同证明"],
        "online": "人社政务服务平台可申领",
        "online_url": ONLINE,
        "courier": None,
        "minutes": 12,
        "spread": 6,
    },
    {
        "name": "就业登记",
        "aliases": ["就业备案", "就业创业证", "灵活就业登记"],
        "bring": [ID_CARD, "劳动合同"],
        "online": "人社政务服务平台可办",
        "online_url": ONLINE,
        "courier": None,
        "minutes": 8,
        "spread": 4,
    },
    {
        "name": "社保补贴申领",
        "aliases": ["社保补贴", "社会保险补贴", "社会保险补贴申领"],
        "bring": [ID_CARD, "社保卡", "社保缴费记录"],
        "online": None,
        "online_url": None,
        "courier": "把复印件寄到大厅收发室，五个工作日内回复",
        "minutes": 14,
        "spread": 7,
    },
    {
        "name": "灵活就业补贴",
        "aliases": ["灵活就业社保补贴", "灵活就业社会保险补贴"],
        "bring": [ID_CARD, "灵活就业登记凭证", "社保缴费记录"],
        "online": "人社政务服务平台可申请",
        "online_url": ONLINE,
        "courier": None,
        "minutes": 12,
        "spread": 6,
    },
    {
        "name": "创业担保贷款",
        "aliases": ["创业贷款", "担保贷款", "创业担保"],
        "bring": [ID_CARD, "营业执照", "经营场所证明"],
        "online": None,
        "online_url": None,
        "courier": None,
        "minutes": 26,
        "spread": 12,
    },
    {
        "name": "职业技能补贴",
        "aliases": ["技能提升补贴", "技能补贴", "职业培训补贴", "培训补贴"],
        "bring": [ID_CARD, "社保卡", "职业资格或技能等级证书"],
        "online": "人社政务服务平台可申请",
        "online_url": ONLINE,
        "courier": None,
        "minutes": 10,
        "spread": 5,
    },
    {
        "name": "档案转递",
        "aliases": ["档案转移", "转档案", "调档", "档案接收", "档案查询", "存档", "档案托管"],
        "bring": [ID_CARD, "调档函"],
        "online": None,
        "online_url": None,
        "courier": "机要邮寄，由存档机构之间办理",
        "minutes": 15,
        "spread": 8,
    },
    {
        "name": "招聘备案",
        "aliases": ["招聘会备案", "现场招聘会备案", "招用备案", "录用备案", "用工备案", "招工登记"],
        "bring": ["营业执照副本", "经办人身份证", "招聘信息"],
        "online": "人社政务服务平台可备案",
        "online_url": ONLINE,
        "courier": None,
        "minutes": 15,
        "spread": 7,
    },
    {
        "name": "劳务派遣许可",
        "aliases": ["劳务派遣许可证", "劳务派遣经营许可", "派遣许可"],
        "bring": ["营业执照副本", "法定代表人身份证", "办公场所证明", "规章制度文本"],
        "online": None,
        "online_url": None,
        "courier": "许可证可以邮寄送达",
        "minutes": 28,
        "spread": 12,
    },
)

COMMON = ("失业登记", "失业保险金申领", "就业登记", "灵活就业补贴", "社保补贴申领", "职业技能补贴")
FILES_AND_LOANS = ("档案转递", "创业担保贷款")
EMPLOYERS = ("招聘备案", "劳务派遣许可")

HALLS: tuple[DemoHall, ...] = (
    DemoHall(
        name="浦东示例大厅",
        aliases=("示例大厅（上海浦东）", "浦东大厅", "浦东新区", "浦东", "上海"),
        place="310115",
        address="上海市浦东新区示例路 1 号（演示，并非真实地址）",
        capacity=40,
        sessions=(("09:00", "11:30"), ("13:30", "16:30")),
        windows=(
            *((f"{n}号综合窗口", COMMON) for n in range(1, 5)),
            *((f"{n}号专项窗口", FILES_AND_LOANS + EMPLOYERS) for n in range(5, 8)),
        ),
    ),
    DemoHall(
        name="朝阳示例大厅",
        aliases=("示例大厅（北京朝阳）", "朝阳大厅", "朝阳区", "朝阳", "北京"),
        place="110105",
        address="北京市朝阳区示例街 2 号（演示，并非真实地址）",
        capacity=50,
        sessions=(("09:00", "12:00"), ("13:30", "17:00")),
        windows=(
            *((f"{n}号综合窗口", COMMON) for n in range(1, 5)),
            *((f"{n}号档案贷款窗口", FILES_AND_LOANS) for n in range(5, 7)),
            *((f"{n}号企业窗口", EMPLOYERS) for n in range(7, 9)),
        ),
    ),
    DemoHall(
        name="盘龙示例大厅",
        aliases=("示例大厅（昆明盘龙）", "盘龙大厅", "盘龙区", "盘龙", "昆明", "云南"),
        place="530103",
        address="昆明市盘龙区示例巷 3 号（演示，并非真实地址）",
        capacity=10,
        sessions=(("09:00", "12:00"), ("14:00", "17:00")),
        windows=(
            *((f"{n}号综合窗口", COMMON) for n in range(1, 5)),
            *((f"{n}号专项窗口", FILES_AND_LOANS + EMPLOYERS) for n in range(5, 7)),
        ),
    ),
)
"""盘龙 is a small room: its days are limited by people in the hall, not by its windows.

No queue has one window alone: there, whoever comes waits for whoever came before, so that a
plan that keeps waits short has hardly a time to give away.
"""
