"""What the page of a reply says."""

NOT_THERE_TITLE = "没有这条答复"
NOT_THERE_TEXT = "链接不完整，或者这条答复已经按规定删除了。可以回到对话里再问一次。"
