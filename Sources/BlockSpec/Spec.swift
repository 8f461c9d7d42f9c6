/// The spec as data, generated from `Spec/` and compiled in, so that a tool needs no files beside its binary.
public enum Spec {}
