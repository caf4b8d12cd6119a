"""What a human decided about a graph: who is the same, which statements are right, kept in one file of YAML.

`file` reads and appends, `claims` finds the statements that are meant, `identities` splits and merges actors,
`honouring` does all of it to a graph, and `doubts` says what a human should look at next.
"""
