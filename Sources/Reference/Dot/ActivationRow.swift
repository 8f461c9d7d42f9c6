import HIFIBlockSpec

/// A row of activations taken apart: an integer per element and a scale per block.
struct ActivationRow {
    /// Elements per scale.
    let every: Int
    var codes: [Int] = []
    var scales: [Double] = []
    /// The sums that Q8_1 stores, per block; nil elsewhere.
    var storedSums: [Double]?

    /// - Parameter bytes: whole blocks of a format that `ReferenceDot` accepts.
    init(_ format: BlockFormat, _ bytes: UnsafeRawBufferPointer) {
        every = format.elements
        let count = bytes.count / format.bytes
        let sum = format.field("s")
        if sum != nil { storedSums = [] }
        guard let scale = format.field("d") ?? format.fields.first else { return }
        let qs = format.field("qs")
        for index in 0..<count {
            let block = BlockBytes(bytes: .init(rebasing: bytes[index * format.bytes..<(index + 1) * format.bytes]))
            scales.append(Double(block.float(scale)))
            if let sum { storedSums?.append(Double(block.float(sum))) }
            // An element type is its own scale, times one.
            for i in 0..<format.elements { codes.append(qs.map { block.integer($0, i) } ?? 1) }
        }
    }
}
