"""The commands of `jixiao`, a module a kind: reading files, loading and building, asking, showing."""
