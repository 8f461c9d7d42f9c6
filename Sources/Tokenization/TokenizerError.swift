/// Why a file's tokenizer cannot be used.
public enum TokenizerError: Error, Hashable, Sendable {
    /// The file breaks a rule without which text cannot be made into tokens.
    case problem(TokenizerProblem)
    /// A model or a pre-tokenizer that is known, but whose way of making tokens is not built in.
    case notDescribed(String)
}

extension TokenizerError: CustomStringConvertible {
    /// One line naming the key and what was expected.
    public var description: String {
        switch self {
        case .problem(let problem): problem.expected.map { "\(problem); expected: \($0)" } ?? "\(problem)"
        case .notDescribed(let what): "\(what): this tokenizer is not supported"
        }
    }
}
