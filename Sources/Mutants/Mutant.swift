import Suite

/// A system with one planted fault. The suite is good if its vectors notice every one.
public struct Mutant: Sendable {
    /// For example `decoder/q3_k_hifi@r6/qs-shift`.
    public let id: String
    /// The format whose cases are put to it.
    public let format: String
    /// The kind of case that is put to it.
    public let kind: ConformanceCase.Kind
    /// The operation whose series are put to it; nil for mutants of other kinds.
    package let operation: SeriesRecipe.Operation?
    /// The defect of the catalogue that it re-enacts.
    public let defect: String?
    /// What is wrong with it.
    public let fault: String
    /// Why it may be right after all; nil where it must not.
    public let equivalence: Equivalence?

    package let system: any SystemUnderTest

    /// A proof that a mutant answers every question like the unmutated code.
    public struct Equivalence: Sendable {
        /// The argument in one sentence.
        public let argument: String
        /// The part of it that can be computed, for instance equality over the whole domain.
        package let holds: @Sendable () -> Bool
    }

    package init(
        _ id: String, format: String, kind: ConformanceCase.Kind, operation: SeriesRecipe.Operation? = nil, defect: String? = nil,
        fault: String, equivalence: Equivalence? = nil, system: any SystemUnderTest
    ) {
        self.id = id
        self.format = format
        self.kind = kind
        self.operation = operation
        self.defect = defect
        self.fault = fault
        self.equivalence = equivalence
        self.system = system
    }
}

/// A system made of functions; what it has none for it skips.
package struct FunctionSystem: InspectingSystem {
    package let name: String
    package var decode: (@Sendable ([UInt8]) -> [UInt32])?
    package var other: (@Sendable (Request) -> Answer)?
    package var broken: (@Sendable ([UInt8]) -> [String])?

    package init(
        name: String, decode: (@Sendable ([UInt8]) -> [UInt32])? = nil, other: (@Sendable (Request) -> Answer)? = nil,
        broken: (@Sendable ([UInt8]) -> [String])? = nil
    ) {
        (self.name, self.decode, self.other, self.broken) = (name, decode, other, broken)
    }

    package func answer(_ request: Request) -> Answer {
        if case .decode(_, let blocks) = request, let decode { return .floats(decode(blocks)) }
        return other?(request) ?? .skipped(reason: "not part of this mutant")
    }

    package func inspect(_ inspection: CheckRequest) -> CheckAnswer {
        if case .content(_, let blocks) = inspection, let broken { return .broken(broken(blocks)) }
        return .skipped(reason: "not part of this mutant")
    }
}
