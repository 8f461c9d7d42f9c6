import HIFIBlockSpec
import HIFIReference

/// How far each format is from its input, by the encoder and the decoder of the spec, on inputs that anybody can make again.
public struct ErrorStudy: Sendable, Hashable, Codable {
    /// One format on one input.
    public struct Point: Sendable, Hashable, Codable {
        /// Id of the format.
        public let format: String
        /// Bits per weight.
        public let bitsPerWeight: Double
        /// Root mean square of the error divided by that of the input.
        public let relativeError: Double
        /// Whether another format has no more bits and less error.
        public var isDominated = false
    }

    /// One input.
    public struct Input: Sendable, Hashable, Codable {
        /// Which.
        public let weights: SampleWeights
        /// One for each format, fewest bits first.
        public let points: [Point]

        /// The point of a format.
        public func point(_ format: String) -> Point? { points.first { $0.format == format } }
    }

    /// Weights of each input, in rows of ``columns``.
    public let count: Int
    /// Length of a row.
    public let columns: Int
    /// Seed of the inputs.
    public let seed: UInt64
    /// One for each input.
    public let inputs: [Input]

    /// Encodes and decodes every input in every format that can be encoded, without importances.
    ///
    /// - Parameters:
    ///   - rows: rows of 1024 weights for each input; 64 take a second or two.
    ///   - progress: called with the number of formats done and the number of all.
    public static func run(rows: Int = 64, seed: UInt64 = 20_251_221, progress: (Int, Int) -> Void = { _, _ in }) throws -> ErrorStudy {
        let columns = 1024
        let formats = Spec.formats.filter { isCompared($0) && ReferenceEncoder.canEncode($0) }
        let total = SampleWeights.allCases.count * formats.count
        var done = 0
        let inputs = try SampleWeights.allCases.map { kind in
            let weights = kind.weights(rows * columns, seed: seed)
            var points: [Point] = []
            for format in formats {
                let blocks = try ReferenceEncoder(format).encode(weights, columns: columns)
                points.append(try point(format, blocks, weights))
                done += 1
                progress(done, total)
            }
            return Input(weights: kind, points: ranked(points))
        }
        return ErrorStudy(count: rows * columns, columns: columns, seed: seed, inputs: inputs)
    }

    /// Quantized formats whose encoder is that of an implementation; element types and the activation type do not answer the question,
    /// and what is made with importances only cannot be compared without.
    private static func isCompared(_ format: BlockFormat) -> Bool {
        format.elements > 1 && format.bitsPerWeight < 9 && format.encoding?.needsImportances != true
            && !["q8_k", "q8_1"].contains(format.id)
    }

    private static func point(_ format: BlockFormat, _ blocks: [UInt8], _ weights: [Float]) throws -> Point {
        let decoded = try ReferenceDecoder(format).decode(blocks)
        var (error, power) = (0.0, 0.0)
        for (a, b) in zip(weights, decoded) {
            let (a, b) = (Double(a), Double(b))
            error += (a - b) * (a - b)
            power += a * a
        }
        return Point(
            format: format.id, bitsPerWeight: format.bitsPerWeight, relativeError: (error / power).squareRoot())
    }

    private static func ranked(_ points: [Point]) -> [Point] {
        points.map { point in
            var point = point
            point.isDominated = points.contains {
                ($0.bitsPerWeight < point.bitsPerWeight && $0.relativeError <= point.relativeError)
                    || ($0.bitsPerWeight == point.bitsPerWeight && $0.relativeError < point.relativeError)
            }
            return point
        }
        .sorted { ($0.bitsPerWeight, $0.relativeError, $0.format) < ($1.bitsPerWeight, $1.relativeError, $1.format) }
    }
}
