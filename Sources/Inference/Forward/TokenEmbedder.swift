import HIFIKernels

/// Looks up rows of the token embedding.
package struct TokenEmbedder: Sendable {
    private let matrix: WeightMatrix
    private let decoder: FloatDecoder
    private let engine: Engine

    /// - Throws: `kernel` for a format that is known by its size only.
    package init(_ model: LanguageModel, _ engine: Engine) throws(ModelError) {
        (matrix, self.engine) = (model.embedding, engine)
        let (format, kernels) = (model.embedding.format, engine.arithmetic == .reference ? nil : engine.rowKernels)
        guard let decoder = FloatDecoder(format, kernels: kernels) else { throw .kernel(.knownBySizeOnly(format.id)) }
        self.decoder = decoder
    }

    /// - Throws: `tokenOutOfRange`.
    package func check(_ tokens: [Int32]) throws(ModelError) {
        if let bad = tokens.first(where: { !(0..<matrix.rows).contains(Int($0)) }) {
            throw .tokenOutOfRange(token: Int(bad), count: matrix.rows)
        }
    }

    /// Each token's row, one after another.
    ///
    /// - Throws: `tokenOutOfRange`.
    package func rows(_ tokens: [Int32]) throws(ModelError) -> [Float] {
        var rows = [Float](repeating: 0, count: tokens.count * matrix.columns)
        let result: Result<Void, ModelError> = rows.withUnsafeMutableBufferPointer { buffer in
            Result { () throws(ModelError) in try embed(tokens, into: buffer) }
        }
        try result.get()
        return rows
    }

    /// Writes each token's row, one after another.
    ///
    /// - Parameter rows: room for `tokens.count` rows.
    /// - Throws: `tokenOutOfRange`.
    package func embed(_ tokens: [Int32], into rows: UnsafeMutableBufferPointer<Float>) throws(ModelError) {
        try check(tokens)
        let (matrix, decoder) = (self.matrix, self.decoder)
        precondition(rows.count >= tokens.count * matrix.columns, "more rows than there is room for")
        guard let start = rows.baseAddress.map(MutableFloats.init) else { return }
        engine.inStretches(tokens.count, of: 16) { stretch in
            matrix.bytes.withUnsafeBytes { bytes in
                for index in stretch {
                    let place = Int(tokens[index]) * matrix.rowBytes
                    decoder.decode(
                        UnsafeRawBufferPointer(rebasing: bytes[place..<place + matrix.rowBytes]),
                        into: .init(start: start.start + index * matrix.columns, count: matrix.columns))
                }
            }
        }
    }
}
