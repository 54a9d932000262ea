"""Every sentence of a case's page that does not stand in its template."""

REASONS = {"handoff": "转人工", "complaint": "投诉建议", "distress": "关怀跟进"}
NO_CASE_TITLE = "这个工单链接打不开了"
NO_CASE_TEXT = "链接可能不完整，或者办结已超过一天。请回到开单的那个对话里问我，或拨 12333。"
