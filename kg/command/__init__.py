"""The subcommands of `kg`: they read options, call the rooms, and print."""
