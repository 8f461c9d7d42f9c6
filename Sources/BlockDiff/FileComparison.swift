import HIFIBlockSpec
import HIFIForeign
import HIFIGGUF

/// Compares two models, each in a GGUF file or the parts of a split one: metadata, then every tensor.
public struct FileComparison: Sendable {
    /// How tensors are compared.
    public var arrays = ArrayComparison()

    /// A comparison.
    public init() {}

    /// Compares everything. Tensors are paired by name; neither their order matters nor the part they are in.
    ///
    /// - Parameter visit: called before each tensor with its name and the bytes up to the next one.
    public func run(
        _ expected: ModelReading, _ actual: ModelReading, visit: (_ name: ForeignText, _ bytes: Int) -> Void = { _, _ in }
    ) -> DiffReport {
        var report = DiffReport(expected: expected.name, actual: actual.name)
        let isSplitAlike = expected.model.count == actual.model.count
        report.keys = keys(expected.model.metadata, actual.model.metadata).filter { isSplitAlike || !$0.key.hasPrefix("split.") }
        for reading in expected.parts {
            for tensor in reading.file.tensors {
                visit(tensor.name, reading.file.scan.spanBytes(of: tensor) ?? 0)
                if let other = actual.tensor(named: tensor.name.raw) {
                    report.arrays.append(compare(tensor, reading, other.info, other.reading))
                } else {
                    report.arrays.append(ArrayDiff(name: tensor.name, problem: "only in \(expected.name)"))
                }
            }
        }
        for tensor in actual.parts.flatMap(\.file.tensors) where expected.tensor(named: tensor.name.raw) == nil {
            report.arrays.append(ArrayDiff(name: tensor.name, problem: "only in \(actual.name)"))
        }
        return report
    }

    private func compare(_ a: TensorInfo, _ first: TensorReading, _ b: TensorInfo, _ second: TensorReading) -> ArrayDiff {
        guard a.dimensions == b.dimensions else {
            return ArrayDiff(name: a.name, problem: "shapes \(Self.shape(a)) and \(Self.shape(b))")
        }
        switch (first.source(a), second.source(b)) {
        case (.success(let x), .success(let y)): return arrays.run(a.name, x, y).diff
        case (.failure(let problem), _), (_, .failure(let problem)): return bytes(a, first.file, b, second.file, problem)
        }
    }

    /// Tensors that cannot be decoded are compared as bytes.
    private func bytes(_ a: TensorInfo, _ first: GGUFFile, _ b: TensorInfo, _ second: GGUFFile, _ problem: TensorProblem) -> ArrayDiff {
        guard a.typeID == b.typeID, let x = first.reservedBytes(of: a), let y = second.reservedBytes(of: b) else {
            return ArrayDiff(name: a.name, problem: "types \(a.typeID) and \(b.typeID) cannot be compared: \(problem)")
        }
        // After the last tensor of a file there may be less padding than after another.
        let count = min(x.count, y.count)
        let same =
            x.prefix(count).elementsEqual(y.prefix(count)) && x.dropFirst(count).allSatisfy { $0 == 0 }
            && y.dropFirst(count).allSatisfy { $0 == 0 }
        return same ? ArrayDiff(name: a.name) : ArrayDiff(name: a.name, problem: "stored bytes differ, and cannot be decoded: \(problem)")
    }

    private static func shape(_ tensor: TensorInfo) -> String { "[" + tensor.dimensions.map { "\($0)" }.joined(separator: " × ") + "]" }

    private func keys(_ a: Metadata?, _ b: Metadata?) -> [KeyDifference] {
        guard let a, let b else { return [] }
        var all: [KeyDifference] = []
        for entry in a {
            let other = b[entry.key]
            guard other?.valueType != entry.valueType || other?.valueBytes != entry.valueBytes else { continue }
            all.append(KeyDifference(key: entry.key, expected: Self.text(entry), actual: other.map(Self.text)))
        }
        for entry in b where a[entry.key] == nil {
            all.append(KeyDifference(key: entry.key, expected: nil, actual: Self.text(entry)))
        }
        return all
    }

    /// A value in short: type, and the value where it is one line.
    private static func text(_ entry: MetadataEntry) -> String {
        switch entry.valueType {
        case .array: entry.typeDescription
        case .string: "\"\(ForeignText((entry.string?.raw ?? "").prefix(80)))\""
        case .float32: "\(entry.float32.map { "\($0)" } ?? "?") (float32)"
        case .float64: "\(entry.float64.map { "\($0)" } ?? "?") (float64)"
        case .bool: "\(entry.bool.map { "\($0)" } ?? "?")"
        default: "\(entry.integer.map { "\($0)" } ?? "?") (\(entry.typeDescription))"
        }
    }
}
