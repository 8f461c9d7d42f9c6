import Conformance
import HIFIBlockSpec
import HIFIForeign
import HIFIKernels
import HIFIReference

/// Which cases to measure.
public struct BenchPlan: Sendable, Hashable {
    /// What is timed, in the order of results.
    public var operations: [BenchCase.Operation] = BenchCase.Operation.allCases
    /// Block types: ids, aliases, patterns with `*`, or `all` for those with kernels.
    public var types = Self.usualTypes
    /// Whose kernels.
    public var isa: InstructionSet
    /// Threads at work.
    public var threads = 1
    /// In and out of cache. Operations bound by arithmetic are measured once.
    public var sizes: [BenchCase.Size] = [.cache]
    /// Rows of weights; nil for as many as the size has room for.
    public var rows: Int?
    /// Weights in a row.
    public var columns = 4096

    /// The types of the published tables, and what they are compared with.
    public static let usualTypes = [
        "q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q3_k_hifi@r6", "q3_k_hifi@r12", "q3_k_hifi@r13", "q3_k_hifi_res8",
    ]

    /// The usual types and every operation, in cache.
    public init(isa: InstructionSet) { self.isa = isa }

    /// What is wrong with a plan.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// A pattern that no type has.
        case noType(ForeignText)
        /// Nothing is left to measure.
        case nothing

        /// One line.
        public var description: String {
            switch self {
            case .noType(let pattern):
                "no block type \"\(pattern)\"; "
                    + NearNames.hint(pattern.raw, in: Spec.blockFormats.filter { $0.decoding != nil }.map(\.id))
            case .nothing: "none of the types has such an operation"
            }
        }
    }

    /// The cases, and remarks about what was left out.
    public func cases(on caches: Caches) throws(Problem) -> (cases: [BenchCase], remarks: [String]) {
        let formats = try formats()
        var cases: [BenchCase] = []
        var remarks: [String] = []
        for operation in operations {
            let suitable = Self.suitable(formats, operation, nativeOnly: types.contains("all"))
            let left = formats.map(\.id).filter { id in !suitable.contains { $0.id == id } }
            if !left.isEmpty, operation != .activation {
                remarks.append("\(operation.rawValue): not measured for \(left.joined(separator: ", "))")
            }
            for format in suitable {
                for size in sizes(of: operation) {
                    let rows = rows ?? rows(of: format, operation, size, caches)
                    cases.append(
                        BenchCase(
                            operation, format: format.id, isa: isa, threads: threads, rows: rows, columns: columns,
                            size: self.rows == nil ? size : .given))
                }
            }
        }
        guard !cases.isEmpty else { throw .nothing }
        return (cases, remarks)
    }

    private func formats() throws(Problem) -> [BlockFormat] {
        var chosen: [BlockFormat] = []
        for type in types {
            let matching = Spec.blockFormats.filter { format in
                format.decoding != nil
                    && (type == "all" || ([format.id] + format.aliases).contains { Wildcard.matches($0, type.lowercased()) })
            }
            let named = Spec.format(type).map { [$0].filter { $0.rowHeader == nil } } ?? matching
            if named.isEmpty { throw .noType(ForeignText(type)) }
            for format in named where !chosen.contains(where: { $0.id == format.id }) { chosen.append(format) }
        }
        return chosen
    }

    /// Those of the formats that the operation takes.
    private static func suitable(_ formats: [BlockFormat], _ operation: BenchCase.Operation, nativeOnly: Bool) -> [BlockFormat] {
        let kernels = try? CPUBackend(isa: .scalar)
        switch operation {
        case .decode, .decodeF16: return formats.filter { !nativeOnly || kernels?.decodesNatively($0) == true }
        case .dot, .gemm: return formats.filter { !nativeOnly || kernels?.isNative($0) == true }
        case .activation:
            // What the types are multiplied with, each once.
            let needed = formats.compactMap { ReferenceDot.activationFormat(for: $0)?.id } + formats.map(\.id)
            return ["q8_k", "q8_0"].filter(needed.contains).compactMap { Spec.format($0) }
        case .encode: return formats.filter { ReferenceEncoder.canEncode($0) && $0.encoding?.needsImportances != true }
        case .scan: return formats.filter { !$0.checks.isEmpty }
        }
    }

    private func sizes(of operation: BenchCase.Operation) -> [BenchCase.Size] {
        if rows != nil { return [.given] }
        return operation == .gemm || operation == .encode ? [.arithmetic] : sizes
    }

    /// Rows that touch as many bytes as the size has room for.
    private func rows(of format: BlockFormat, _ operation: BenchCase.Operation, _ size: BenchCase.Size, _ caches: Caches) -> Int {
        let blocks = columns / format.elements * format.bytes
        let touched: Int
        switch operation {
        case .decode, .activation: touched = blocks + 4 * columns
        case .decodeF16: touched = blocks + 2 * columns
        case .dot, .scan: touched = blocks
        case .gemm: return 64
        case .encode: return 8
        }
        let room = size == .memory ? caches.memoryBytes : caches.cacheBytes * (operation == .scan ? 1 : threads)
        return max(1, room / max(1, touched))
    }
}
