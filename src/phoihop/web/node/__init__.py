"""/quan-tri/may-chu/ and /viec/<key>/: how the node is, and long work with its progress."""
