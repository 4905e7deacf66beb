"""What changes accounts, posts and tokens. What an account does to itself is recorded by the node's own post."""
