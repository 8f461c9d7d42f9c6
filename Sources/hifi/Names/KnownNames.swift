import ArgumentParser
import HIFIBlockSpec

/// What the user may name: for shells that complete it.
enum KnownNames {
    /// Block types with a meaning.
    static let types = Spec.formats.filter { $0.decoding != nil }.map(\.id)
    /// Types that activations are quantized to.
    static let activationTypes = ["q8_k", "q8_0", "q8_1"]
    static let mixes = Spec.mixes.map(\.id)
    /// Revisions of Q3_K_HIFI without the family's name: r6, r12, …
    static let revisions = Spec.formats.filter { $0.family == "q3_k_hifi" && $0.decoding != nil }.map {
        String($0.id.drop { $0 != "@" }.dropFirst())
    }
    static let dialects = Spec.dialects.map(\.id)
    static let models = Spec.published.flatMap(\.models)
}

extension CompletionKind {
    static var models: CompletionKind { .file(extensions: ["gguf"]) }
    static var anyFile: CompletionKind { .file() }
    static var types: CompletionKind { .list(KnownNames.types) }
    static var mixes: CompletionKind { .list(KnownNames.mixes) }
    static var revisions: CompletionKind { .list(KnownNames.revisions) }
    static var dialects: CompletionKind { .list(KnownNames.dialects) }
}
