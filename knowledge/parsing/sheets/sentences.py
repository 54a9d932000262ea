"""Why a file cannot be read, for a clerk. ``{}`` fields are filled where it is found."""

REFUSED = {
    "unknown_type": "只认 xlsx、xlsm、xls、csv 和 txt 表格，这是「{suffix}」。",
    "empty": "文件是空的。",
    "too_big": "文件超过 {limit} MB，请分成几份。",
    "encrypted": "文件有密码，请去掉密码再导入。",
    "bomb": "这个文件解开后大得不正常，没有读。",
    "broken": "文件打不开，可能没有保存完整；请用表格软件打开后另存一份。",
    "garbled": "文字编码读不出来；请另存为 UTF-8 的 csv 再导入。",
    "too_slow": "读了 {seconds} 秒还没读完，没有再读；请分成几份。",
    "not_found": "没有这个文件。",
    "no_columns": "没有读到内容：表头里要有「{missing}」这几列，下面至少一行。",
}

SUMMARY = "共 {rows} 行：{counts}。"
ROW = "第 {row} 行　{outcome}　{title}　{reasons}"
