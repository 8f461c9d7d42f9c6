import HIFIFiles
import HIFIGGUF

/// Blocks to look at: whole tensors, or runs of blocks spread over them.
struct BlockRuns: Sendable {
    /// Positions in the file; each a whole number of blocks.
    let runs: [Range<Int>]
    let blockBytes: Int
    let blocks: Int
    /// Blocks that the tensors hold together, as far as they lie in the file.
    let available: Int

    /// Blocks of a run in a sample.
    private static let runLength = 16

    /// - Parameters:
    ///   - tensors: where the data of each tensor begins and how many blocks it has.
    ///   - budget: most bytes to take, if tensors have more.
    init(_ tensors: [(start: Int, blocks: Int)], blockBytes: Int, fileBytes: Int, budget: Int) {
        self.blockBytes = blockBytes
        let inside = tensors.compactMap { tensor -> (start: Int, blocks: Int)? in
            guard blockBytes > 0, tensor.start >= 0, tensor.start < fileBytes else { return nil }
            let blocks = min(tensor.blocks, (fileBytes - tensor.start) / blockBytes)
            return blocks > 0 ? (tensor.start, blocks) : nil
        }
        // Tensors of a damaged file may overlap, so the sum is not bounded by the file.
        available = inside.reduce(0) { $0.addingReportingOverflow($1.blocks).overflow ? Int.max : $0 + $1.blocks }
        let wanted = max(Self.runLength, budget / max(1, blockBytes))
        runs = wanted >= available ? inside.map { $0.start..<$0.start + $0.blocks * blockBytes } : Self.spread(inside, wanted, blockBytes)
        blocks = runs.reduce(0) { $0 + $1.count / max(1, blockBytes) }
    }

    /// Runs at even distances over the blocks of all tensors, taken as one sequence.
    private static func spread(_ tensors: [(start: Int, blocks: Int)], _ wanted: Int, _ blockBytes: Int) -> [Range<Int>] {
        let total = tensors.reduce(0.0) { $0 + Double($1.blocks) }
        let count = max(1, wanted / runLength)
        var runs: [Range<Int>] = []
        var (tensor, before) = (0, 0.0)
        for run in 0..<count {
            let target = total * (Double(run) + 0.5) / Double(count)
            while tensor < tensors.count - 1, before + Double(tensors[tensor].blocks) <= target {
                before += Double(tensors[tensor].blocks)
                tensor += 1
            }
            guard tensors.indices.contains(tensor) else { break }
            let (start, blocks) = tensors[tensor]
            let first = max(0, min(Int(target - before), blocks - runLength))
            let end = min(blocks, first + runLength)
            let range = start + first * blockBytes..<start + end * blockBytes
            if runs.last != range { runs.append(range) }
        }
        return runs
    }

    /// Calls `body` with a pointer to each block.
    func forEachBlock(_ bytes: ByteView, _ body: (UnsafeRawPointer) -> Void) {
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return }
            for run in runs where run.lowerBound >= 0 && run.upperBound <= raw.count {
                var position = run.lowerBound
                while position + blockBytes <= run.upperBound {
                    body(base + position)
                    position += blockBytes
                }
            }
        }
    }
}
