"""Every sentence of the page of models."""

from typing import Final

TITLE: Final = "模型"
COUNTS: Final = (
    "已核对 {reviewed} 句，其中更正 {corrected} 句。"
    "去掉重复后，{train} 句用来学习，{measure} 句只用来测量。"
)
HOW: Final = (
    "在「对话记录」里核对对话：听对了点〔听对了〕，听错了点〔听错了…〕并说出应当听成什么。"
    "攒够一批更正后，请管理员在服务器上运行 zhida train --with-corrections，新模型会出现在这里。"
)
TO_TRANSCRIPTS: Final = "去核对还没核对的对话"
RUNNING: Final = "正在使用"
BASE: Final = "出厂模型（没有加更正）"
SINCE: Final = "{at} 由 {by} 发布"
CANDIDATES: Final = "待发布的模型"
NO_CANDIDATES: Final = "还没有加了更正的模型。"
TAUGHT: Final = "{at}，学了 {taught} 句更正的模型"
MEASURED: Final = (
    "留作测量的 {n} 句：听对 {before:.0%} → {after:.0%}（改对 {mended} 句，改错 {broken} 句）"
)
NOT_MEASURED: Final = "留作测量的句子还没有，只能看下面的变化。"
REPLAYED: Final = "近来的 {replayed} 句话重读一遍，{changed} 句听法变了"
CHANGE: Final = "{before} → {after}"
GONE: Final = "（这句话已被删除）"
B_PUBLISH: Final = "发布…"
ASK_PUBLISH: Final = "让新模型开始听来访者说话？"
SEEN: Final = "我看过上面的变化，新模型没有听错要紧的话"
NOT_SEEN: Final = "请先看过变化，再勾选确认。"
WAITS: Final = "约半分钟内消息会等着，不会丢。发现不对，可以一键退回。"
B_SURE: Final = "发布"
PUBLISHED: Final = "已发布，约半分钟后开始使用。"
B_BACK: Final = "退回上一个"
BACK: Final = "已退回，约半分钟后开始使用。"
NO_VERSION: Final = "这个模型不在了，或训练数据已经换过，请重新训练。"
