"""1+2: every member teaches one friend and one relative, and it counts when they use it. The rules, without a world."""
