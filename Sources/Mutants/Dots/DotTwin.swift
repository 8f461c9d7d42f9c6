import HIFIBlockSpec
import HIFIReference
import Suite

/// A second way to multiply rows: decoded weights times decoded activations, term by term in fp64, with hooks for faults.
package struct DotTwin: Sendable {
    package let format: BlockFormat
    package let activation: BlockFormat
    /// Weights of the row's blocks, each behind the row's header if there is one.
    package var decode: @Sendable ([UInt8]) -> [Float] { didSet { decodesRightly = false } }
    private var decodesRightly = true
    private let decoder: ReferenceDecoder
    /// Shared with all copies, whatever their mistakes are.
    private let rows = Remembered<Row>()
    /// A term of the sum.
    package var term: @Sendable (Term) -> Double = { Double($0.weight) * $0.activation }
    /// What is made of the sum.
    package var finish: @Sendable (Double) -> Float = { Float($0) }

    /// A row of weights, decoded rightly, and one of activations.
    private struct Row {
        let weights: [Float]
        let code: [Int8]
        /// By block of activations.
        let scales: [Double]
    }

    /// One weight and its activation.
    package struct Term {
        /// Block of weights, block of activations, place in the block of weights.
        package let block: Int
        package let index: Int
        package let blocks: Int
        package let weight: Float
        /// The activation's code and scale.
        package let code: Int
        package let scale: Double
        /// The scales of the row's first block of activations, and of the blocks before and after, in a ring.
        let firstScale: Double
        package let previousScale: Double
        package let nextScale: Double

        package var activation: Double { Double(code) * scale }
    }

    /// Nil for formats that are not multiplied.
    package init?(_ format: BlockFormat) {
        guard format.decoding != nil, format.elements > 1, !["q8_1", "q8_k"].contains(format.id),
            let activation = ReferenceDot.activationFormat(for: format), let decoder = try? ReferenceDecoder(format),
            (try? ReferenceDot(format, activation: activation)) != nil
        else { return nil }
        self.format = format
        self.activation = activation
        self.decoder = decoder
        decode = { (try? decoder.decode($0)) ?? [] }
    }

    package func answer(_ request: Request) -> Answer {
        guard case .dot(_, let blocks, _, let activations) = request else { return .skipped(reason: "not part of this mutant") }
        guard let scale = activation.field("d"), let codes = activation.field("qs") else { return .error("no activations") }
        let row = rows.value(of: request) {
            let drafts = stride(from: 0, to: activations.count, by: activation.bytes).map {
                BlockDraft(activation, bytes: Array(activations[$0..<$0 + activation.bytes]))
            }
            return Row(
                weights: (try? decoder.decode(format.blocks(ofRow: blocks))) ?? [],
                code: drafts.flatMap { draft in
                    (0..<activation.elements).map { Int8(truncatingIfNeeded: draft.bits(codes, $0)) }
                },
                scales: drafts.map { Double(SlotFaults.float($0, scale, 0)) })
        }
        let weights = decodesRightly ? row.weights : decode(format.blocks(ofRow: blocks))
        let (scales, blockCount) = (row.scales, weights.count / format.elements)
        var sum = 0.0
        for (place, weight) in weights.prefix(row.code.count).enumerated() {
            let other = place / activation.elements
            sum += term(
                Term(
                    block: place / format.elements, index: place % format.elements, blocks: blockCount, weight: weight,
                    code: Int(row.code[place]), scale: scales[other], firstScale: scales[0],
                    previousScale: scales[(other + scales.count - 1) % scales.count], nextScale: scales[(other + 1) % scales.count]))
        }
        return .floats([finish(sum).bitPattern])
    }
}
