import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF
import HIFITokenization

/// Whether the tokenizer's keys agree with each other and with what loaders take (`TOK-…`).
enum VocabularyRules {
    /// - Returns: what was judged, for the verdict's coverage; nil for files that are not models or whose keys cannot be read.
    static func check(_ model: ModelView, into findings: inout FindingCollector) -> TokenizerCoverage? {
        guard model.isModel, model.architectureID != "clip",
            model.parts.first.map({ $0.scan.stoppedIn != .fixedHeader && $0.scan.stoppedIn != .metadata }) == true
        else { return nil }
        let inspection = TokenizerInspection(model.metadata)
        for problem in inspection.problems {
            guard problem.rule != .tokenizerMissing || needsTokenizer(model) else { continue }
            let places = problem.elements.map { element in
                Finding.Location(key: ForeignText(problem.key), offset: problem.offset, index: element)
            }
            findings.add(
                problem.sentence.about(problem.key), places.first ?? .init(key: ForeignText(problem.key), offset: problem.offset),
                expected: problem.expected, found: problem.found, count: problem.count, examples: Array(places.dropFirst()))
        }
        return inspection.coverage
    }

    /// Whether the lack of a tokenizer may be judged: of an architecture that is not described nobody knows what it needs, and in a set
    /// without its first part the keys may be in that part.
    private static func needsTokenizer(_ model: ModelView) -> Bool {
        model.isComplete && model.architectureID.flatMap { Spec.architecture($0.raw) } != nil
    }
}
