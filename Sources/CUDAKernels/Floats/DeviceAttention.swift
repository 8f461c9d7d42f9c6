/// Sizes of causal attention over sequences of one length.
package struct AttentionShape: Sendable, Equatable {
    package let sequences: Int
    /// Positions of a sequence.
    package let length: Int
    /// Heads of queries.
    package let heads: Int
    /// Heads of keys and values, of which each serves `heads / headsKV` heads of queries.
    package let headsKV: Int
    /// Numbers of a head.
    package let size: Int

    package init(sequences: Int, length: Int, heads: Int, headsKV: Int, size: Int) {
        precondition(
            sequences >= 0 && length >= 0 && headsKV > 0 && heads >= headsKV && heads % headsKV == 0 && size > 0, "heads in groups")
        (self.sequences, self.length, self.heads, self.headsKV, self.size) = (sequences, length, heads, headsKV, size)
    }

    /// Sequences times heads: what is independent of each other.
    var pairs: Int { room(sequences, heads) }
    /// Room for the scores of one query.
    var stride: Int { (length + 15) / 16 * 16 }
    /// Numbers of scratch memory that `attend` needs at least: one query's scores and their sum.
    package var leastScratch: Int { stride + 1 }
    /// Numbers of scratch memory with which everything is worked on at once; more than that is no use.
    package var mostScratch: Int { room(pairs, length, stride + 1) }
}

extension CUDABackend {
    /// Causal attention: every position reads from itself and the positions before it in its sequence. As `Attention.attend` of the
    /// forward pass on the processor, bit for bit but for the sign of zeros, if all numbers are finite: scores by `panel_product`, terms
    /// by `softmax_terms`, what is read by `panel_product`, times 1 / sum. Does not wait.
    ///
    /// What is not finite at one position may spread to some positions before it too, but to no other sequence.
    ///
    /// - Parameters:
    ///   - queries: `[sequence][position][head][size]`.
    ///   - keys: `[sequence][position][headKV][size]`; values likewise.
    ///   - scratch: decides how many queries are worked on at a time, and changes no result; see ``AttentionShape``.
    ///   - target: as the queries.
    package func attend(
        _ queries: DeviceArray<Float>, _ keys: DeviceArray<Float>, _ values: DeviceArray<Float>, shape: AttentionShape,
        scratch: DeviceArray<Float>, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        let rows = room(shape.sequences, shape.length)
        guard rows > 0 else { return }
        let wide = room(rows, shape.heads, shape.size), narrow = room(rows, shape.headsKV, shape.size)
        precondition(wide <= queries.count && wide <= target.count, "more queries than the arrays have")
        precondition(narrow <= keys.count && narrow <= values.count, "more keys than the arrays have")
        precondition(scratch.count >= shape.leastScratch && scratch.isAligned, "too little scratch memory")
        let fours = shape.size % 4 == 0
        let aligned = (fours && queries.isAligned && keys.isAligned && values.isAligned ? 1 : 0) + (fours && target.isAligned ? 2 : 0)
        // Rows of scores that fit, their sums after them.
        let fitting = min(room(shape.pairs, shape.length), scratch.count / (shape.stride + 1))
        let pairsAtOnce = min(65535, max(1, fitting / shape.length))
        // Whole tiles, but for what is left.
        let rowsAtOnce = fitting >= shape.length ? shape.length : fitting < 128 ? fitting : fitting / 128 * 128
        let sums = scratch.argument(at: room(pairsAtOnce, rowsAtOnce, shape.stride))
        let factor = 1 / Float(shape.size).squareRoot()
        for pair in stride(from: 0, to: shape.pairs, by: pairsAtOnce) {
            let pairs = min(pairsAtOnce, shape.pairs - pair)
            for row in stride(from: 0, to: shape.length, by: rowsAtOnce) {
                let count = min(rowsAtOnce, shape.length - row)
                let tiles = (count + 127) / 128
                let pass = KernelArgument.ints(
                    [
                        shape.length, shape.heads, shape.heads / shape.headsKV, shape.size, pair, row, count, shape.stride, aligned,
                    ].map { size in
                        precondition(size <= Int(Int32.max), "a size outside the kernels' range")
                        return Int32(size)
                    })
                let keyTiles = (row + count + 127) / 128
                try module.launch(
                    "hifi_attention_scores", grid: (keyTiles * tiles, pairs), threads: 256,
                    [queries.argument, keys.argument, scratch.argument, pass])
                try module.launch(
                    "hifi_attention_terms", grid: ((count + 15) / 16, pairs), threads: 256,
                    [scratch.argument, sums, pass, .float(factor)])
                let width = shape.size <= 64 ? 64 : 128
                try module.launch(
                    "hifi_attention_read_\(width)", grid: (tiles * ((shape.size + width - 1) / width), pairs), threads: 256,
                    [scratch.argument, sums, values.argument, target.argument, pass])
            }
        }
    }
}
