"""Talking to a running assistant over HTTP, as people do: to chat, to measure, to say again."""
