import BlockSpec
import GGUF

/// Compares two GGUF files: metadata, then every tensor.
public struct FileComparison: Sendable {
    /// How tensors are compared.
    public var arrays = ArrayComparison()
    private let formats: TensorFormats

    /// - Parameter formats: how type numbers are read.
    public init(_ formats: TensorFormats) { self.formats = formats }

    /// Compares everything. Tensors are paired by name; their order does not matter.
    ///
    /// - Parameter visit: called before each tensor.
    public func run(_ expected: GGUFFile, _ actual: GGUFFile, visit: (TensorInfo) -> Void = { _ in }) -> DiffReport {
        var report = DiffReport(expected: expected.path, actual: actual.path)
        report.keys = keys(expected.metadata, actual.metadata)
        let readings = (formats.reading(of: expected), formats.reading(of: actual))
        for tensor in expected.tensors {
            visit(tensor)
            if let other = actual.tensor(named: tensor.name) {
                report.arrays.append(compare(tensor, expected, other, actual, readings))
            } else {
                report.arrays.append(ArrayDiff(name: tensor.name, problem: "only in \(expected.path)"))
            }
        }
        for tensor in actual.tensors where expected.tensor(named: tensor.name) == nil {
            report.arrays.append(ArrayDiff(name: tensor.name, problem: "only in \(actual.path)"))
        }
        return report
    }

    private func compare(
        _ a: TensorInfo, _ first: GGUFFile, _ b: TensorInfo, _ second: GGUFFile, _ readings: (TensorReading, TensorReading)
    ) -> ArrayDiff {
        guard a.dimensions == b.dimensions else {
            return ArrayDiff(name: a.name, problem: "shapes \(Self.shape(a)) and \(Self.shape(b))")
        }
        switch (readings.0.source(a), readings.1.source(b)) {
        case (.success(let x), .success(let y)): return arrays.run(a.name, x, y).diff
        case (.failure(let problem), _), (_, .failure(let problem)): return bytes(a, first, b, second, problem)
        }
    }

    /// Tensors that cannot be decoded are compared as bytes.
    private func bytes(_ a: TensorInfo, _ first: GGUFFile, _ b: TensorInfo, _ second: GGUFFile, _ problem: TensorProblem) -> ArrayDiff {
        guard a.typeID == b.typeID, let x = first.reservedBytes(of: a), let y = second.reservedBytes(of: b) else {
            return ArrayDiff(name: a.name, problem: "types \(a.typeID) and \(b.typeID) cannot be compared: \(problem)")
        }
        // Behind the last tensor of a file there may be less padding than behind another.
        let count = min(x.count, y.count)
        let same =
            x.prefix(count).elementsEqual(y.prefix(count)) && x.dropFirst(count).allSatisfy { $0 == 0 }
            && y.dropFirst(count).allSatisfy { $0 == 0 }
        return same ? ArrayDiff(name: a.name) : ArrayDiff(name: a.name, problem: "stored bytes differ, and cannot be decoded: \(problem)")
    }

    private static func shape(_ tensor: TensorInfo) -> String { "[" + tensor.dimensions.map { "\($0)" }.joined(separator: " × ") + "]" }

    private func keys(_ a: Metadata, _ b: Metadata) -> [KeyDifference] {
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
        case .string: "\"\(String((entry.string ?? "").prefix(80)))\""
        case .float32: "\(entry.float32.map { "\($0)" } ?? "?") (float32)"
        case .float64: "\(entry.float64.map { "\($0)" } ?? "?") (float64)"
        case .bool: "\(entry.bool.map { "\($0)" } ?? "?")"
        default: "\(entry.integer.map { "\($0)" } ?? "?") (\(entry.typeDescription))"
        }
    }
}
