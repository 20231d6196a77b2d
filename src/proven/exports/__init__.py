"""What a site of rules gives to tools and agents: files beside its pages, all made from one catalogue."""
