/// What guides the search for scales.
enum Guidance {
    /// The reference search: weights of its own, no importance.
    case plain
    /// The search made for importance matrices. Without importances it weights by the values themselves; its bytes
    /// still differ from those of `plain`.
    case searched(importance: UnsafeBufferPointer<Float>?)

    /// Importances, for the encoders that have one search for all.
    var importance: UnsafeBufferPointer<Float>? {
        switch self {
        case .plain: nil
        case .searched(let importance): importance
        }
    }
}

/// Decides codes and scales of one block, without outliers.
protocol BaseEncoder: Sendable {
    /// - Parameters:
    ///   - x: the weights of one block.
    ///   - row: Σ x² / n over the row, which the block types of 32 weights use to even out importances.
    ///   - content: receives everything that the packer will write; arrives with the content of the block before.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent)
}

extension BaseEncoder {
    /// Σ x², in order.
    @inline(__always)
    func sumOfSquares(_ x: UnsafeBufferPointer<Float>) -> Float {
        var sum: Float = 0
        for value in x { sum += value * value }
        return sum
    }

    @inline(__always)
    func sum(_ x: UnsafeBufferPointer<Float>) -> Float {
        var sum: Float = 0
        for value in x { sum += value }
        return sum
    }

    /// importance · √(evening + x²), per value.
    @inline(__always)
    func fill(
        _ weights: UnsafeMutableBufferPointer<Float>, importance: UnsafeBufferPointer<Float>, evening: Float, x: UnsafeBufferPointer<Float>
    ) {
        for i in x.indices { weights[i] = importance[i] * (evening + x[i] * x[i]).squareRoot() }
    }
}

extension UnsafeBufferPointer {
    /// Elements `start ..< start + count`, indexed from 0.
    @inline(__always)
    func group(_ start: Int, _ count: Int) -> UnsafeBufferPointer { .init(rebasing: self[start..<start + count]) }
}

extension UnsafeMutableBufferPointer {
    @inline(__always)
    func group(_ start: Int, _ count: Int) -> UnsafeMutableBufferPointer { .init(rebasing: self[start..<start + count]) }
}

/// Runs `body` with scratch memory for `count` floats and `count` bytes.
@inline(__always)
func withScratch(
    _ count: Int, _ body: (_ weights: UnsafeMutableBufferPointer<Float>, _ trial: UnsafeMutableBufferPointer<UInt8>) -> Void
) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { weights in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { trial in
            weights.initialize(repeating: 0)
            trial.initialize(repeating: 0)
            body(weights, trial)
        }
    }
}
