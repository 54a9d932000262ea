"""What WeChat's and WeCom's callbacks have in common: envelope, XML, tokens, the API's manners."""
