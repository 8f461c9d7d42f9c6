import HIFIBlockSpec
import HIFIReference
import Suite
import Synchronization

/// Faults that a lone question does not show: in the ends of loops, in sums of large numbers, in what is kept from one call to the next,
/// in where operands lie, and between rows.
package enum SeriesMutants {
    package static func all() -> [Mutant] { DistinctFormats.all.flatMap(mutants(of:)) }

    package static func controls() -> [Mutant] {
        DistinctFormats.all.map { format in
            Mutant("series/\(format.id)/control", format: format.id, kind: .series, fault: "none", system: ReferenceSystem.shared)
        }
    }

    private struct List {
        let format: BlockFormat
        var mutants: [Mutant] = []

        /// A mutant of one operation; everything else it skips.
        mutating func add(
            _ operation: SeriesRecipe.Operation, _ name: String, _ fault: String, equivalence: Mutant.Equivalence? = nil,
            _ answer: @escaping @Sendable (Request, Int) -> Answer
        ) {
            mutants.append(
                Mutant(
                    "series/\(format.id)/\(operation.rawValue)-\(name)", format: format.id, kind: .series, operation: operation,
                    fault: fault,
                    equivalence: equivalence, system: PlacedSystem(name: name, operation: operation, body: answer)))
        }
    }

    package static func mutants(of format: BlockFormat) -> [Mutant] {
        var list = List(format: format)
        let reference = RememberingReference.shared
        if format.decoding != nil { common(&list, .decode) }
        if ReferenceEncoder.canEncode(format), format.elements > 1 {
            common(&list, .encode)
            encoders(&list)
        }
        if ["q8_0", "q8_1", "q8_k"].contains(format.id) { common(&list, .quantize) }
        if let twin = DotTwin(format) {
            common(&list, .dot)
            magnitudes(&list, twin)
            list.add(
                .dot, "stale-activations", "activations are taken for those before if the weights are the same",
                Stale { request in
                    guard case .dot(_, let blocks, _, _) = request else { return nil }
                    return blocks
                }.answer)
            list.add(.product, "first-column", "every column is the first") { request, _ in
                guard case .product(let name, let blocks, let rows, let type, let activations, let columns) = request else {
                    return reference.answer(request)
                }
                let first = Array(activations.prefix(activations.count / columns))
                let repeated = (0..<columns).flatMap { _ in first }
                return reference.answer(
                    .product(format: name, blocks: blocks, rows: rows, activationFormat: type, activations: repeated, columns: columns))
            }
            list.add(.product, "odd-row", "of an odd number of rows the last is left out") { request, _ in
                changed(reference.answer(request)) { numbers in
                    guard case .product(_, _, let rows, _, _, let columns) = request, rows % 2 == 1, rows > 1 else { return }
                    for column in 0..<columns { numbers[column * rows + rows - 1] = 0 }
                }
            }
            list.add(.product, "transposed", "numbers are in the order of the other operand") { request, _ in
                changed(reference.answer(request)) { numbers in
                    guard case .product(_, _, let rows, _, _, let columns) = request else { return }
                    let right = numbers
                    for row in 0..<rows { for column in 0..<columns { numbers[row * columns + column] = right[column * rows + row] } }
                }
            }
        }
        return list.mutants
    }

    // MARK: Every operation

    private static func common(_ list: inout List, _ operation: SeriesRecipe.Operation) {
        let format = list.format
        let reference = RememberingReference.shared
        for unroll in [2, 4, 8] {
            list.add(
                operation, "remainder-\(unroll)", "after a first group of \(unroll) blocks, what does not fill another is left out"
            ) { request, _ in
                let blocks = blockCount(request, format)
                guard blocks > unroll, blocks % unroll != 0 else { return reference.answer(request) }
                return shortened(request, to: blocks - blocks % unroll, of: blocks, format)
            }
        }
        for unroll in [2, 4, 8] {
            list.add(operation, "tail-\(unroll)", "what does not fill a group of \(unroll) blocks is left out") { request, _ in
                let blocks = blockCount(request, format)
                guard blocks % unroll != 0 else { return reference.answer(request) }
                return shortened(request, to: blocks - blocks % unroll, of: blocks, format)
            }
        }
        for limit in [4, 16, 31, 48] {
            list.add(operation, "limit-\(limit)", "blocks after the first \(limit) of a row are left out") { request, _ in
                let blocks = blockCount(request, format)
                return blocks > limit ? shortened(request, to: limit, of: blocks, format) : reference.answer(request)
            }
        }
        list.add(
            operation, "stale-size", "the answer to the question before is given again if the operands have the same size",
            Stale { request in
                let (first, second) = operands(request)
                return [UInt8](repeating: 0, count: first.count) + [1] + [UInt8](repeating: 0, count: second.count)
            }.answer)
        list.add(
            operation, "stale-head", "rows are distinguished by their first 64 bytes",
            Stale { request in
                let (first, second) = operands(request)
                return Array(first.prefix(64)) + Array("\(first.count)".utf8) + second
            }.answer)
        let unit = operation == .encode || operation == .quantize ? 4 : format.bytes - format.headBytes
        // Rows of blocks whose size is a multiple of a power of two are always so aligned; the next power is a mistake.
        let alignment = max(32, 2 << unit.trailingZeroBitCount)
        list.add(operation, "aligned", "operands are taken to lie at multiples of \(alignment) bytes") { request, shift in
            guard shift * unit % alignment != 0 else { return reference.answer(request) }
            switch reference.answer(request) {
            case .floats(let bits): return .floats([bits[0] ^ 0x0080_0000] + bits.dropFirst())
            case .bytes(let bytes): return .bytes([bytes[0] ^ 1] + bytes.dropFirst())
            case let other: return other
            }
        }
    }

    /// Blocks in a row of the question's first operand.
    private static func blockCount(_ request: Request, _ format: BlockFormat) -> Int {
        switch request {
        case .decode(_, let blocks), .dot(_, let blocks, _, _): (blocks.count - format.headBytes) / (format.bytes - format.headBytes)
        case .encode(_, _, let values, let columns, _): values.count == columns ? columns / format.elements : 0
        case .quantizeActivations(_, let values): values.count / format.elements
        case .product: 0
        }
    }

    /// The answer where only the first blocks of a row are looked at: zeros for the rest.
    private static func shortened(_ request: Request, to kept: Int, of blocks: Int, _ format: BlockFormat) -> Answer {
        let reference = RememberingReference.shared
        if case .dot(let name, let weights, let type, let activations) = request {
            guard let activation = Spec.format(type) else { return .error("no format \(type)") }
            let values = kept * format.elements
            let bytes = format.headBytes + kept * (format.bytes - format.headBytes)
            if kept == 0 { return .floats([0]) }
            guard values % activation.elements == 0 else { return reference.answer(request) }
            return reference.answer(
                .dot(
                    format: name, blocks: Array(weights.prefix(bytes)), activationFormat: type,
                    activations: Array(activations.prefix(values / activation.elements * activation.bytes))))
        }
        switch reference.answer(request) {
        case .floats(let bits):
            return .floats(bits.prefix(kept * format.elements) + [UInt32](repeating: 0, count: (blocks - kept) * format.elements))
        case .bytes(let bytes):
            return .bytes(bytes.prefix(kept * format.bytes) + [UInt8](repeating: 0, count: (blocks - kept) * format.bytes))
        case let other: return other
        }
    }

    /// The bytes of the operands, the second empty where there is only one.
    private static func operands(_ request: Request) -> ([UInt8], [UInt8]) {
        switch request {
        case .decode(_, let blocks): (blocks, [])
        case .encode(_, _, let values, _, let importance):
            (FloatBytes.bytes(values.lazy.map(\.bitPattern)), FloatBytes.bytes((importance ?? []).lazy.map(\.bitPattern)))
        case .quantizeActivations(_, let values): (FloatBytes.bytes(values.lazy.map(\.bitPattern)), [])
        case .dot(_, let blocks, _, let activations), .product(_, let blocks, _, _, let activations, _): (blocks, activations)
        }
    }

    private static func changed(_ answer: Answer, _ change: (inout [UInt32]) -> Void) -> Answer {
        guard case .floats(var numbers) = answer else { return answer }
        change(&numbers)
        return .floats(numbers)
    }

    // MARK: Some operations

    private static func encoders(_ list: inout List) {
        let format = list.format
        let reference = RememberingReference.shared
        @Sendable func encode(_ request: Request, _ change: ([Float]) -> [Float]) -> Answer {
            guard case .encode(let name, let path, let values, let columns, let importance?) = request else {
                return reference.answer(request)
            }
            return reference.answer(
                .encode(format: name, path: path, values: values, columns: columns, importance: change(importance)))
        }
        list.add(.encode, "first-row", "rows after the first are those of the first") { request, _ in
            guard case .encode(_, _, let values, let columns, _) = request, case .bytes(let bytes) = reference.answer(request) else {
                return reference.answer(request)
            }
            let first = Array(bytes.prefix(columns / format.elements * format.bytes))
            return .bytes((0..<values.count / columns).flatMap { _ in first })
        }
        // Encoders that do not look at importances cannot mistake them.
        guard Self.looksAtImportance(format) else { return }
        list.add(.encode, "importance-1024", "importances after column 1023 are those of the first columns") { request, _ in
            encode(request) { importance in importance.indices.map { importance[$0 % 1024] } }
        }
        list.add(.encode, "importance-256", "every 256 columns have the first importances") { request, _ in
            encode(request) { importance in importance.indices.map { importance[$0 % 256] } }
        }
        list.add(
            .encode, "stale-importance", "importances are taken for those before if the weights are the same",
            Stale { request in
                guard case .encode(_, let path, let values, _, let importance) = request else { return nil }
                return Array("\(path)\(importance == nil)".utf8) + FloatBytes.bytes(values.lazy.map(\.bitPattern))
            }.answer)
    }

    private static func looksAtImportance(_ format: BlockFormat) -> Bool {
        let values = (0..<format.elements).map { Float($0 * 37 % 101 - 50) / 64 }
        func bytes(_ importance: [Float]) -> Answer {
            ReferenceSystem.shared.answer(
                .encode(format: format.id, path: .chunk, values: values, columns: values.count, importance: importance))
        }
        let even = bytes([Float](repeating: 1, count: values.count))
        return (1...4).contains { seed in even != bytes(values.indices.map { Float(($0 * 13 + seed) % 17 + 1) / 4 }) }
    }

    /// That no block is so large that its sum needs more than 16 bits.
    private static func fitsSixteenBits(_ format: BlockFormat) -> Mutant.Equivalence? {
        guard let decoding = format.decoding, decoding.scale == nil, decoding.minimum == nil, decoding.correction == nil,
            case .multiply(.f32("code"), .f32("d")) = decoding.value, let codes = decoding.code?.possibleValues
        else { return nil }
        return .init(
            argument: "activation codes are 127 in magnitude at most (ACT-01), and so many of them times the largest code fit 16 bits"
        ) {
            codes.allSatisfy { abs($0) * 127 * format.elements <= 32767 }
        }
    }

    /// Sums of codes that do not fit where they are kept. They are whole numbers of the block's scale where it has no minima.
    private static func magnitudes(_ list: inout List, _ twin: DotTwin) {
        let format = list.format
        guard format.elements == 256, let d = format.field("d"), d.type == .f16, let scale = twin.activation.field("d"),
            twin.activation.elements == 256
        else { return }
        let wrapped: @Sendable (Double) -> Double = { $0 - 65536 * (($0 + 32768) / 65536).rounded(.down) }
        let clamped: @Sendable (Double) -> Double = { max(-32768, min(32767, $0)) }
        for (name, fault, keep) in [
            ("wrap-16", "sums of a block wrap at 16 bits", wrapped), ("clamp-16", "sums of a block are held to 16 bits", clamped),
        ] {
            list.add(.dot, name, fault, equivalence: fitsSixteenBits(format)) { request, _ in
                guard case .dot(_, let row, _, let activations) = request else { return .skipped(reason: "not part of this mutant") }
                let blocks = format.blocks(ofRow: row)
                var sum = 0.0
                for block in 0..<blocks.count / format.bytes {
                    let weights = BlockDraft(format, bytes: Array(blocks[block * format.bytes..<(block + 1) * format.bytes]))
                    let column = BlockDraft(
                        twin.activation, bytes: Array(activations[block * twin.activation.bytes..<(block + 1) * twin.activation.bytes]))
                    let unit = Double(SlotFaults.float(weights, d, 0)) * Double(SlotFaults.float(column, scale, 0))
                    guard
                        case .floats(let one) = twin.answer(
                            .dot(format: format.id, blocks: weights.bytes, activationFormat: twin.activation.id, activations: column.bytes))
                    else { return .error("no product") }
                    sum += unit == 0 ? 0 : keep(Double(Float(bitPattern: one[0])) / unit) * unit
                }
                return .floats([Float(sum).bitPattern])
            }
        }
    }
}

/// The reference, which remembers what it answered: mutants of one format are asked the same.
private final class RememberingReference: Sendable {
    static let shared = RememberingReference()

    private struct Memory {
        var format = ""
        var answers: [Request: Answer] = [:]
    }

    private let memory = Mutex(Memory())

    @Sendable func answer(_ request: Request) -> Answer {
        memory.withLock { memory in
            if memory.format != request.format { memory = Memory(format: request.format) }
            if let answer = memory.answers[request] { return answer }
            let answer = ReferenceSystem.shared.answer(request)
            memory.answers[request] = answer
            return answer
        }
    }
}

/// A system of one operation that is told where operands lie.
private struct PlacedSystem: SystemUnderTest {
    let name: String
    let operation: SeriesRecipe.Operation
    let body: @Sendable (Request, Int) -> Answer

    func answer(_ request: Request) -> Answer { answer(request, shift: 0) }

    func answer(_ request: Request, shift: Int) -> Answer {
        request.operation == operation ? body(request, shift) : .skipped(reason: "not part of this mutant")
    }
}

/// A system that remembers the last question by a part of it, and answers from memory where that part is the same.
private final class Stale: Sendable {
    private let key: @Sendable (Request) -> [UInt8]?
    private let last = Mutex<(key: [UInt8], answer: Answer)?>(nil)

    init(_ key: @escaping @Sendable (Request) -> [UInt8]?) { self.key = key }

    @Sendable func answer(_ request: Request, _ shift: Int) -> Answer {
        guard let key = key(request) else { return RememberingReference.shared.answer(request) }
        return last.withLock { last in
            if let last, last.key == key { return last.answer }
            let answer = RememberingReference.shared.answer(request)
            last = (key, answer)
            return answer
        }
    }
}

extension Request {
    /// The format of the weights.
    package var format: String {
        switch self {
        case .decode(let format, _), .encode(let format, _, _, _, _), .quantizeActivations(let format, _), .dot(let format, _, _, _),
            .product(let format, _, _, _, _, _):
            format
        }
    }

    /// Which operation is asked for.
    package var operation: SeriesRecipe.Operation {
        switch self {
        case .decode: .decode
        case .encode: .encode
        case .quantizeActivations: .quantize
        case .dot: .dot
        case .product: .product
        }
    }
}
