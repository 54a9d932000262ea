"""Starting, watching and stopping all processes (``zhida up``)."""
