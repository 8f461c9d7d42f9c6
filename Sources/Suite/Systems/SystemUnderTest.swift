import HIFIForeign

/// Something that claims to decode, encode or multiply blocks, and is tested.
///
/// An adapter translates between these requests and the thing itself: a function in this process, a shared library, a
/// program, a GPU. It never judges; comparing an answer with what is right is the runner's work.
public protocol SystemUnderTest: Sendable {
    /// Short name for reports: `reference`, `cpu:avx2`, `ggml`, `exec:./adapter.py`.
    var name: String { get }

    /// Answers one request. Called from one thread at a time.
    ///
    /// Adapters of external code answer `crash` or `timeout` when it dies or hangs, and are ready for the next request.
    func answer(_ request: Request) -> Answer

    /// Answers one request with its operands in another place.
    ///
    /// - Parameter shift: how many blocks, activation blocks or scalars lie before the first of each operand and of the output, after a
    ///   boundary of 64 bytes: a row in a matrix lies so. The answer does not depend on it.
    func answer(_ request: Request, shift: Int) -> Answer

    /// Forgets everything, so that the next answer is that of a system that was never asked before.
    func restart()
    /// Whether the system ends its process (`abort`) where it cannot do what is asked, having no other way to say so.
    var refusesByAborting: Bool { get }
}

extension SystemUnderTest {
    /// Systems that keep nothing have nothing to forget.
    public func restart() {}

    /// Systems that answer can say that they refuse.
    public var refusesByAborting: Bool { false }

    /// Where operands lie is the system's own affair, unless it says otherwise.
    public func answer(_ request: Request, shift: Int) -> Answer { answer(request) }
}

/// What a system under test is asked to do. All bytes little-endian; rows follow each other without padding.
public enum Request: Sendable, Hashable {
    /// Blocks → fp32 weights, one row.
    case decode(format: String, blocks: [UInt8])
    /// fp32 rows → blocks. `importance` has one weight per column, or is nil. `path` is the quantizer's entry point.
    case encode(format: String, path: EncodePath, values: [Float], columns: Int, importance: [Float]?)
    /// fp32 values → blocks of an activation format (`q8_k`, `q8_0`, `q8_1`), one row.
    case quantizeActivations(format: String, values: [Float])
    /// One row of weight blocks times one row of activation blocks → one fp32.
    case dot(format: String, blocks: [UInt8], activationFormat: String, activations: [UInt8])
    /// `rows` rows of weight blocks times `columns` rows of activation blocks → a number for each pair, those of the first activation row
    /// first. Adapters are asked only if they list it.
    case product(format: String, blocks: [UInt8], rows: Int, activationFormat: String, activations: [UInt8], columns: Int)

    /// Which of a quantizer's two entry points: the plain row quantizer, or the one of whole-file quantization, which alone
    /// takes an importance matrix. They differ for some types even without one.
    public enum EncodePath: String, Sendable, Hashable {
        case reference
        case chunk
    }
}

/// What came back.
public enum Answer: Sendable, Hashable {
    /// Bit patterns of fp32 results (decode: one per weight; dot: one).
    case floats([UInt32])
    case bytes([UInt8])
    /// Blocks that an encoder wrote, and what the system's own check says of them: the answer of systems whose encoders cannot refuse.
    case checkedBytes([UInt8], OwnCheck)
    /// The system does not do this; not a failure.
    case skipped(reason: String)
    /// The system said that it cannot do what was asked: where that is right, a refusal.
    case error(String)
    /// Nothing that could be an answer, or an answer that cannot be right whatever was asked: a line against the protocol, a buffer
    /// that was overrun, a program that does not start. Never a refusal.
    case broken(String)
    /// The process died of a signal or with a status.
    case crash(String)
    case timeout(seconds: Double)

    /// The answer without what the system says of it.
    public var unchecked: Answer {
        if case .checkedBytes(let bytes, _) = self { return .bytes(bytes) }
        return self
    }
}

/// How a system that writes blocks whatever it is given says that they are unusable.
public enum OwnCheck: Sendable, Hashable {
    /// Its check rejects the blocks: that is its refusal.
    case rejects(by: ForeignText)
    /// Its check takes them.
    case accepts(by: ForeignText)
    /// This way in has no check, and the reason.
    case none(reason: String)
}
