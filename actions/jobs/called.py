"""What people call the parts of a wish for work: 「地方无所谓」."""

ANY_PLACE = "地方|地点|城市|哪里|哪儿|哪|全国|远近"
ANY_PAY = "工资|薪水|薪资|待遇|钱|多少"
ANY_TRADE = "工种|工作|岗位|活|什么|干啥|做啥|行业"
ANY_NEED = "班次|上班时间|福利|吃住|休息"
