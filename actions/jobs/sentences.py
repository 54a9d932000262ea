"""Every word of this room that a person reads."""

TRADE_SAME = "工种一致：{trade}"
TRADE_NEAR = "同类工种：{trade}"
WORDS_FOUND = "写明了“{words}”"
PLACE_INSIDE = "就在{place}"
PLACE_NEAR = "同在{place}"
PAY_REACHED = "工资 {pay} 元起，达到 {wish}"
PAY_WITHIN_REACH = "工资最高 {pay} 元，够得上 {wish}"

PAY_UNKNOWN = "工资"
DISTRICT_UNKNOWN = "具体区县"
