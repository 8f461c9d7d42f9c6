import HIFIBlockSpec
import HIFIKernels

/// How far a matrix as stored is from its weights, by a sample: some thousand weights at the beginning of each slab (QUANT-22).
struct DistortionSample {
    private let format: BlockFormat
    /// Columns whose importances vanish in fp32 sums with the largest; empty where they are few, for some column is always used little.
    private let neglected: [Bool]
    private var all = Distortion()
    private var ofNeglected = Distortion()

    private static let weights = 8192

    /// - Parameter importance: one for each column, or nil.
    init(format: BlockFormat, columns: Int, importance: [Float]?) {
        self.format = format
        let least = (importance?.max() ?? 0) * 0x1p-24
        let neglected = (importance ?? []).map { $0 <= least }
        self.neglected = neglected.count(where: \.self) * 20 > columns ? neglected : []
    }

    /// What of the matrix is hardly kept, in words; nil where all is as it should be.
    var remark: String? {
        if let percent = all.remarkable {
            return "\(format.id) loses most of it: in a sample, what is stored is off by \(percent) % of the weights' size"
        }
        guard let percent = ofNeglected.remarkable else { return nil }
        return
            "\(format.id) loses most of \(neglected.count(where: \.self)) of \(neglected.count) columns, whose importances are 0 or "
            + "negligible beside the largest: in a sample, what is stored there is off by \(percent) % of the weights' size"
    }

    /// Looks at the beginning of a slab of whole rows.
    mutating func see(_ weights: UnsafeBufferPointer<Float>, as blocks: UnsafeRawBufferPointer, _ backend: CPUBackend) throws {
        guard format.elements > 1, format.decoding != nil else { return }
        let count = min(weights.count, Self.weights) / format.elements * format.elements
        var decoded = [Float](repeating: 0, count: count)
        try decoded.withUnsafeMutableBufferPointer { decoded in
            try backend.decode(format, .init(rebasing: blocks[..<(count / format.elements * format.bytes)]), into: decoded)
        }
        for index in 0..<count {
            all.add(weights[index], storedAs: decoded[index])
            if !neglected.isEmpty, neglected[index % neglected.count] { ofNeglected.add(weights[index], storedAs: decoded[index]) }
        }
    }
}

/// Sums of squares of differences and of weights.
private struct Distortion {
    private var error = 0.0
    private var size = 0.0

    /// Sound encodings, of two bits too, are off by less than a third.
    private static let limit = 0.5

    mutating func add(_ weight: Float, storedAs stored: Float) {
        // Weights that are clamped, or written as llama.cpp writes them, were asked for.
        guard weight.isFinite, stored.isFinite else { return }
        let difference = Double(weight) - Double(stored)
        error += difference * difference
        size += Double(weight) * Double(weight)
    }

    /// The error in percent of the weights' size, where it is not a sound encoding's.
    var remarkable: Int? {
        guard size > 0 else { return nil }
        let share = (error / size).squareRoot()
        guard share > Self.limit else { return nil }
        return Int(exactly: (share * 100).rounded()) ?? .max
    }
}
