"""What the simulation calls things, in Chinese and, where no Chinese font is found, in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words of the pictures."""

    policies: dict[str, str]
    people: str
    cap: str
    peak: str
    wait: str
    waits: str
    shift: str
    peaks: str
    band: str
    target: str


POLICIES = {
    "walk_in": "不预约",
    "hourly": "按小时预约",
    "fixed30": "固定 30 分钟",
    "fixed15": "固定 15 分钟",
    "staggered": "错峰",
}
COLUMNS = {
    "served": "办理人数",
    "without_seat": "约不上",
    "peak_people": "最多在厅",
    "mean_wait_min": "平均等候",
    "p95_wait_min": "95% 等候",
    "share_above_cap": "超容量",
    "idle_share": "窗口空闲",
    "mean_shift_min": "平均挪动",
}
SHARES = ("share_above_cap", "idle_share")

CHINESE = Words(
    policies=POLICIES,
    people="在厅人数",
    cap="容量 {cap}",
    peak="平均最多 {peak:.1f} 人",
    wait="等 {wait:.1f} 分钟",
    waits="平均等候（分钟）",
    shift="平均挪动（分钟）",
    peaks="最多在厅（人）",
    band="线为 {runs} 天的均值，浅色带为其中九成",
    target="目标 {target:g} 分钟",
)
ENGLISH = Words(
    policies={
        "walk_in": "no booking",
        "hourly": "hourly blocks",
        "fixed30": "30-minute slots",
        "fixed15": "15-minute slots",
        "staggered": "staggered",
    },
    people="people in the hall",
    cap="cap {cap}",
    peak="peak {peak:.1f}",
    wait="mean wait {wait:.1f} min",
    waits="mean wait (minutes)",
    shift="mean shift (minutes)",
    peaks="peak people",
    band="lines are means of {runs} days, bands nine in ten",
    target="target {target:g} min",
)
