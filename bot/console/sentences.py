"""What every page of the console says; a feature's own sentences are in its folder."""

from typing import Final

TITLE: Final = "职达 · 工作台"
NAVIGATION: Final = "工作台导航"
ACCOUNT: Final = "我的账户"
B_REMIND: Final = "开启桌面提醒"
LOGIN_FAILED: Final = "账号或密码不对。若已多次输错，请过一会儿再试，或联系管理员。"
CODE_FAILED: Final = "验证码不对，或已经用过。请等下一个验证码再试。"
LOGIN_LATER: Final = "登录试得太多了，请稍后再试，或联系管理员。"
NOT_PERMITTED: Final = "您的岗位没有这项权限，需要时请联系管理员。"
NOT_PERMITTED_TITLE: Final = "打不开这一页"
NOT_PERMITTED_PAGE: Final = (
    "网址不对，或者您的岗位没有这项权限。需要时请联系管理员，请管理员在「员工」里更换岗位。"
)
SIGNED_OUT: Final = "登录已失效，请重新登录。"
DATABASE_AWAY: Final = "数据库暂时连不上，这一页先停在刚才的内容，恢复后会自动更新。"
FAILED: Final = "操作没有成功，请刷新后再试。"
