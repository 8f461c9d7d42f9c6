#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Two measured perplexities side by side: only where everything else is the same, or the caller says which differences do not matter.
public struct RecordComparison: Sendable, Hashable, Codable {
    /// The first record.
    public let first: PerplexityEstimate
    /// The second record.
    public let second: PerplexityEstimate
    /// Pins that differ. Empty of those not allowed, or the comparison would have been refused.
    public let differences: [Difference]
    /// ln of second ÷ first, from the chunks that both have: their differences are far less noisy than either figure.
    public let logRatio: Estimate?
    /// second ÷ first.
    public let ratio: Estimate?

    /// A pin with two values.
    public struct Difference: Sendable, Hashable, Codable {
        /// Its name.
        public let pin: String
        /// The first record.
        public let first: String
        /// The second record.
        public let second: String
        /// The caller said that it does not matter.
        public let isAllowed: Bool
    }

    /// Why two records cannot be compared.
    public enum Refusal: Error, Sendable, Hashable {
        case differences([Difference])
        /// An allowance for a pin that does not exist.
        case noSuchPin(String, known: [String])
    }

    /// - Parameter allowing: names of pins that may differ.
    public init(_ first: PerplexityRecord, _ second: PerplexityRecord, allowing: Set<String> = []) throws(Refusal) {
        let names = first.pins.map(\.name)
        if let unknown = allowing.subtracting(names).min() { throw .noSuchPin(unknown, known: names) }
        differences = zip(first.pins, second.pins).filter { $0.value != $1.value }.map {
            Difference(pin: $0.name, first: $0.value, second: $1.value, isAllowed: allowing.contains($0.name))
        }
        guard differences.allSatisfy(\.isAllowed) else { throw .differences(differences) }
        (self.first, self.second) = (first.result, second.result)
        // The same chunk of another text or context is another chunk.
        let isPaired = !differences.contains { ["text", "tokenizer", "context"].contains($0.pin) }
        let others = Dictionary(second.chunks.map { ($0.chunk, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = first.chunks.compactMap { chunk in
            others[chunk.chunk].map { $0.sum / Double($0.count) - chunk.sum / Double(chunk.count) }
        }
        if isPaired, pairs.count > 1 {
            let mean = Estimate(sum: pairs.reduce(0, +), squares: pairs.reduce(0) { $0 + $1 * $1 }, count: pairs.count)
            logRatio = mean
            ratio = Estimate(value: exp(mean.value), error: mean.error * exp(mean.value))
        } else {
            (logRatio, ratio) = (nil, nil)
        }
    }
}

extension RecordComparison.Refusal: CustomStringConvertible {
    /// One line: what stands against it.
    public var description: String {
        switch self {
        case .differences(let all):
            let bad = all.filter { !$0.isAllowed }
            return "the records cannot be compared; these differ: "
                + bad.map { "\($0.pin) (\($0.first) against \($0.second))" }.joined(separator: "; ")
        case .noSuchPin(let name, let known): return "there is no pin \"\(name)\": there are \(known.joined(separator: ", "))"
        }
    }
}

extension PerplexityRecord {
    /// Why parts do not make a whole.
    public enum MergeProblem: Error, Sendable, Hashable, CustomStringConvertible {
        case noParts
        /// Parts of different runs: what differs, between the first part and which.
        case otherRun(part: Int, what: String, first: String, other: String)
        case overlap(part: Int, chunks: String)
        case gap(chunks: String)

        /// One line: what stands against it.
        public var description: String {
            switch self {
            case .noParts: "no parts to merge"
            case .otherRun(let part, let what, let first, let other):
                "part \(part) is of another run than part 1: \(what) is \(other), there \(first)"
            case .overlap(let part, let chunks): "part \(part) has chunks that an earlier part has: \(chunks)"
            case .gap(let chunks): "chunks \(chunks) are missing between the parts"
            }
        }
    }

    /// Joins parts of one run, given in any order: the result has the bits of a run in one go. The chunks must follow each other without a
    /// gap, from whatever number on.
    ///
    /// Divergences are not joined: their medians need every position.
    public static func merging(_ parts: [PerplexityRecord]) throws(MergeProblem) -> PerplexityRecord {
        guard let first = parts.first else { throw .noParts }
        var seen: Set<Int> = []
        for (index, part) in parts.enumerated() {
            // The model itself too: parts of two models make no run.
            let pins = [RecordPin(name: "model", value: first.model.sha256)] + first.pins
            let others = [RecordPin(name: "model", value: part.model.sha256)] + part.pins
            for (pin, other) in zip(pins, others) where pin.name != "chunks" && pin.value != other.value {
                throw .otherRun(part: index + 1, what: pin.name, first: pin.value, other: other.value)
            }
            let twice = part.chunks.map(\.chunk).filter { !seen.insert($0).inserted }
            guard twice.isEmpty else { throw .overlap(part: index + 1, chunks: ranges(twice)) }
        }
        let chunks = parts.flatMap(\.chunks).sorted { $0.chunk < $1.chunk }
        for (chunk, next) in zip(chunks, chunks.dropFirst()) where next.chunk != chunk.chunk + 1 {
            throw .gap(chunks: "\(chunk.chunk + 1)..\(next.chunk - 1)")
        }
        return PerplexityRecord(
            conditions: first.conditions, model: first.model, threads: first.threads, chunks: chunks, notes: first.notes)
    }
}
