"""Every sentence of the page on which a person fetches their own data."""

NO_FILE_TITLE = "这个地址已经失效"
NO_FILE_TEXT = "文件只能下载一次，十分钟内有效。请回到对话里说「导出我的资料」，再要一份。"
FILE_TITLE = "下载您的资料"
FILE_TEXT = "这是我们存的关于您的全部资料（JSON 文件）。只能下载一次，请存在自己的设备上。"
B_FETCH = "下载"
FILE_NAME = "my-data.json"
