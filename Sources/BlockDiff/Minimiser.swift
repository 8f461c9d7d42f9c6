import HIFIBlockSpec

/// One block on which two decoders differ: the smallest case there is.
public struct MinimalCase: Sendable, Hashable, Codable {
    /// Format id.
    public let format: String
    /// Number of the block in the array that it was found in.
    public let block: Int
    /// The block's bytes in hexadecimal; empty if they are not at hand.
    public let blockBytes: String
    /// The bits of the weights on both sides.
    public let expected: [String]
    /// The bits on the actual side.
    public let actual: [String]
    /// Weights that differ.
    public let differing: [Int]
    /// Single mistakes that give what came.
    public let explanations: [Explanation]
}

/// Makes failing cases small.
public enum Minimiser {
    /// The block to look at first: of those with fewest differing weights the first.
    ///
    /// - Parameters:
    ///   - blocks: numbers of differing blocks.
    ///   - counts: differing weights in each.
    public static func mostTelling(_ blocks: [Int], _ counts: [Int]) -> Int? {
        zip(blocks, counts).min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    /// Sets bytes of a failing input to zero as long as it goes on failing: first large pieces, then small ones.
    ///
    /// Needs at most about 4 · bytes calls of `fails`.
    public static func shrink(_ bytes: [UInt8], fails: ([UInt8]) -> Bool) -> [UInt8] {
        var bytes = bytes
        var size = bytes.count
        while size > 0 {
            var changed = false
            for start in stride(from: 0, to: bytes.count, by: size) {
                let range = start..<min(bytes.count, start + size)
                guard bytes[range].contains(where: { $0 != 0 }) else { continue }
                var trial = bytes
                for index in range { trial[index] = 0 }
                if fails(trial) {
                    bytes = trial
                    changed = true
                }
            }
            if size == 1, !changed { break }
            size = size == 1 ? (changed ? 1 : 0) : size / 2
        }
        return bytes
    }

    /// The one block of a request on which a system answers wrongly, with as many bytes zero as can be; nil if no single
    /// block fails.
    ///
    /// - Parameter isWrong: judges the system's answer to one block.
    public static func decodeCase(
        format: BlockFormat, blocks: [UInt8], isWrong: ([UInt8]) -> Bool
    ) -> [UInt8]? {
        guard blocks.count % format.bytes == 0 else { return nil }
        for start in stride(from: 0, to: blocks.count, by: format.bytes) {
            let block = Array(blocks[start..<start + format.bytes])
            if isWrong(block) { return shrink(block, fails: isWrong) }
        }
        return nil
    }
}
