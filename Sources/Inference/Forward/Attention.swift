import CInference

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Causal attention of new positions over a cache.
struct Attention: Sendable {
    let engine: Engine
    let cache: AttentionCache
    let rotation: Rotation

    private var shape: HyperParameters { cache.shape }

    /// Norms and rotates queries in place, and keys on their way into the cache, beside their values.
    func prepare(
        _ queries: FloatMemory, _ keys: FloatMemory, _ values: FloatMemory, _ layer: LanguageModel.Layer, _ index: Int, first: Int,
        count: Int
    ) {
        let table = engine.floats.table
        let shape = shape
        engine.inStretches(count, of: 16) { stretch in
            for position in stretch {
                let query = queries.row(position, width: shape.queryWidth)
                let key = keys.row(position, width: shape.keyWidth)
                for head in 0..<shape.heads { finish(query + head * shape.headSize, layer.queryNorm, table, first + position) }
                for head in 0..<shape.headsKV { finish(key + head * shape.headSize, layer.keyNorm, table, first + position) }
            }
            // Head by head: a key's numbers lie in as many lines, which sixteen positions share.
            for head in 0..<shape.headsKV {
                for position in stretch {
                    let place = position * shape.keyWidth + head * shape.headSize
                    cache.store(keys.start + place, values.start + place, layer: index, head: head, position: first + position)
                }
            }
        }
    }

    private func finish(_ head: UnsafeMutablePointer<Float>, _ norm: [Float]?, _ table: hifi_float_kernels, _ position: Int) {
        if let norm { norm.withUnsafeBufferPointer { table.rms_norm(head, $0.baseAddress, shape.epsilon, head, shape.headSize) } }
        rotation.apply(head, position: position)
    }

    /// For positions `from ..< count` of the new ones, which begin at `first`: what each head reads from the cache.
    func attend(_ queries: FloatMemory, layer: Int, first: Int, from: Int, count: Int, into output: FloatMemory) {
        let height = 24
        let blocks = (count - from + height - 1) / height
        let shape = shape
        // Keys and values of one head fit the second-level cache, those of all do not: one after the other, each with the heads of queries
        // that share it. Late blocks take longest, so they come first.
        let sharing = shape.heads / shape.headsKV
        engine.pool.run(blocks * shape.heads) { task in
            let (headKV, rest) = task.quotientAndRemainder(dividingBy: blocks * sharing)
            let start = from + (blocks - 1 - rest / sharing) * height
            attend(
                queries, layer: layer, head: headKV * sharing + rest % sharing, first: first, block: start..<min(count, start + height),
                into: output)
        }
    }

    private func attend(_ queries: FloatMemory, layer: Int, head: Int, first: Int, block: Range<Int>, into output: FloatMemory) {
        let width = Int(HIFI_PANEL)
        let table = engine.floats.table
        let headKV = head / (shape.heads / shape.headsKV)
        let keys = first + block.upperBound
        let panels = (keys + width - 1) / width
        let stride = panels * width
        let reading = cache.panelsOfValues * width
        let factor = 1 / Float(shape.headSize).squareRoot()
        let query = queries.row(block.lowerBound, width: shape.queryWidth) + head * shape.headSize
        let target = output.row(block.lowerBound, width: shape.queryWidth) + head * shape.headSize
        withUnsafeTemporaryAllocation(byteCount: 4 * block.count * (stride + reading + 1), alignment: 64) { scratch in
            guard let terms = scratch.bindMemory(to: Float.self).baseAddress else { return }
            let read = terms + block.count * stride
            let sums = read + block.count * reading
            for panel in 0..<panels {
                table.panel_product(
                    query, shape.queryWidth, cache.keyPanel(panel, layer: layer, head: headKV), terms + panel * width, stride, block.count,
                    shape.headSize, 0)
            }
            for row in 0..<block.count {
                // A position sees itself and what came before it.
                let seen = first + block.lowerBound + row + 1
                sums[row] = table.softmax_terms(terms + row * stride, factor, seen)
                memset(terms + row * stride + seen, 0, 4 * (stride - seen))
            }
            for panel in 0..<cache.panelsOfValues {
                table.panel_product(
                    terms, stride, cache.valuePanel(panel, layer: layer, head: headKV), read + panel * width, reading, block.count, keys, 0)
            }
            for row in 0..<block.count {
                let place = target + row * shape.queryWidth
                place.update(from: read + row * reading, count: shape.headSize)
                table.scale(place, 1 / sums[row], shape.headSize)
            }
        }
    }
}
