extension CUDABackend {
    /// Products of floats: `target[p * stride + w]` is one chain of fused multiply-adds over the columns in rising order, from zero, of
    /// row p of `x` and row w of the weights, as by `panel_product`. Does not wait.
    ///
    /// fp16 and bf16 are widened first, as the reference does but for the payload of NaNs.
    ///
    /// - Parameters:
    ///   - x: `[position][column]`.
    ///   - stride: distance of two positions' results; the weights' rows or more.
    package func multiply(
        _ weights: DeviceFloatMatrix, _ x: DeviceArray<Float>, positions: Int, into target: DeviceArray<Float>, stride: Int? = nil
    ) throws(CUDAError) {
        let stride = stride ?? weights.rows
        precondition(room(positions, weights.columns) <= x.count, "more activations than the array has")
        precondition(stride >= weights.rows, "results upon each other")
        guard positions > 0, weights.rows > 0 else { return }
        precondition(room(positions - 1, stride) + weights.rows <= target.count, "more results than the array has")
        // A tile of few positions wastes less on those that are not there.
        let height = positions <= 32 ? 32 : 128
        let inputs = weights.columns % 4 == 0 && x.isAligned && (weights.buffer.address + UInt64(weights.offset)) % 16 == 0
        let aligned = (inputs ? 1 : 0) + (stride % 4 == 0 && target.isAligned ? 2 : 0)
        // Neighbours in time share rows of weights, which are more than the activations.
        let tiles = ((positions + height - 1) / height, (weights.rows + 127) / 128)
        precondition(tiles.1 <= 65535, "a size outside the kernels' range")
        try module.launch(
            "hifi_product_\(weights.element.rawValue)_\(height)", grid: tiles, threads: 256,
            [
                .buffer(weights.buffer, offset: weights.offset), x.argument, target.argument, checked(weights.rows),
                checked(weights.columns), checked(positions), checked(stride), .int(aligned),
            ])
    }

    /// The same for rows of fp32 that were decoded a moment before.
    package func multiplyDecoded(
        _ weights: DeviceArray<Float>, rows: Int, columns: Int, _ x: DeviceArray<Float>, positions: Int, into target: DeviceArray<Float>,
        stride: Int? = nil
    ) throws(CUDAError) {
        try multiply(DeviceFloatMatrix(weights, rows: rows, columns: columns), x, positions: positions, into: target, stride: stride)
    }

    /// Rows by number, as fp32: what `decode` gives of each. A number that the matrix has not gives NaNs. Does not wait.
    ///
    /// - Parameters:
    ///   - matrix: in the file's layout.
    ///   - numbers: which rows; tokens, where the matrix is that of embeddings.
    package func gather(
        _ matrix: DeviceMatrix, _ numbers: DeviceArray<Int32>, count: Int, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        precondition(matrix.layout == .rows, "only the file's layout is decoded")
        let weights = room(count, matrix.columns)
        precondition(count <= numbers.count && weights <= target.count && target.isAligned, "no room for the rows")
        guard weights > 0 else { return }
        try module.launch(
            "hifi_gather_\(matrix.format.name)", grid: ((weights + 2047) / 2048, 1), threads: 256,
            [
                .buffer(matrix.buffer), .ints(matrix.format.layout), numbers.argument, target.argument, checked(matrix.rows),
                checked(matrix.supers), .uint64(UInt64(weights)),
            ])
    }

    /// The same for a matrix of floats.
    package func gather(
        _ matrix: DeviceFloatMatrix, _ numbers: DeviceArray<Int32>, count: Int, into target: DeviceArray<Float>
    ) throws(CUDAError) {
        let all = room(count, matrix.columns)
        precondition(count <= numbers.count && all <= target.count, "no room for the rows")
        guard all > 0 else { return }
        try module.launch(
            "hifi_gather_\(matrix.element.rawValue)", grid: ((all + 1023) / 1024, 1), threads: 256,
            [
                .buffer(matrix.buffer, offset: matrix.offset), numbers.argument, target.argument, checked(matrix.rows),
                checked(matrix.columns), .uint64(UInt64(all)),
            ])
    }

    /// Rows of a matrix that lies on the device in the file's layout (`upload` with `layout: .rows`), decoded to fp32 bit for bit as
    /// the reference does. Does not wait.
    package func decode(_ matrix: DeviceMatrix, rows: Range<Int>, into target: DeviceArray<Float>) throws(CUDAError) {
        precondition(matrix.layout == .rows, "only the file's layout is decoded")
        precondition(rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows outside the matrix")
        let weights = room(rows.count, matrix.columns)
        precondition(weights <= target.count && target.isAligned, "no room for the rows")
        guard weights > 0 else { return }
        try module.launch(
            "hifi_decode_\(matrix.format.name)", grid: ((weights + 2047) / 2048, 1), threads: 256,
            [
                .buffer(matrix.buffer, offset: rows.lowerBound * matrix.supers * matrix.format.stride), .ints(matrix.format.layout),
                target.argument, .uint64(UInt64(weights)),
            ])
    }
}
