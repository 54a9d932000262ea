"""What each ``zhida`` command does; heavy imports wait until a command needs them."""
