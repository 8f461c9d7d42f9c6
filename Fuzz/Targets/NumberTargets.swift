import HIFIFiles
import HIFIForeign
import HIFIGGUF
import Importance
import Inference

/// Arrays and sums in files.
extension FuzzTarget {
    /// An array that was read is written and read again with the same bits.
    static let npy = FuzzTarget("npy", longest: 2 << 10, dictionary: "npy", seeds: FuzzSeeds.arrays) { bytes, _ in
        let array = try FloatFile(bytes: bytes)
        try Property.hold(
            array.shape.reduce(1, *) == array.values.count, "an array of shape \(array.shape) has \(array.values.count) values")
        let again: FloatFile
        do { again = try FloatFile(bytes: array.bytes(as: .npy)) } catch {
            throw BrokenProperty(description: "an array that was written cannot be read: \(error)")
        }
        try Property.hold(
            again.shape == array.shape && again.values.map(\.bitPattern) == array.values.map(\.bitPattern),
            "an array changes when it is written")
    }

    /// Both forms: every importance that is read is a finite number from 0 up.
    static let imatrix = FuzzTarget("imatrix", longest: 4 << 10, dictionary: "gguf", seeds: FuzzSeeds.importances) { bytes, folder in
        let matrix = try ImportanceMatrix.load(path: folder.file("imatrix", bytes))
        try Property.hold(!matrix.entries.isEmpty, "a matrix without entries")
        try Property.hold(matrix.entries.values.allSatisfy { $0.allSatisfy { $0.isFinite && $0 >= 0 } }, "an importance that is none")
        try Property.hold(matrix.chunks >= 0, "\(matrix.chunks) chunks")
        for name in matrix.entries.keys { try Property.isPrintable("\(name)") }
    }

    /// Tokens of a baseline are of its vocabulary, and its text can be run again.
    static let baseline = FuzzTarget("baseline", longest: 2 << 10, dictionary: "baseline", seeds: FuzzSeeds.baselines) { bytes, folder in
        let baseline = try Inference.Baseline(path: folder.file("baseline", bytes))
        let tokens = baseline.allTokens
        try Property.hold(tokens.count == baseline.chunks.count * baseline.context, "\(tokens.count) tokens")
        try Property.hold(tokens.allSatisfy { (0..<baseline.vocabulary).contains(Int($0)) }, "a token outside the vocabulary")
        try Property.hold(baseline.tokens(baseline.chunks.upperBound + 1) == nil, "a chunk that is not there")
        let run = try PerplexityRun(baseline)
        _ = try DivergenceMeter(baseline, run: run, vocabulary: baseline.vocabulary)
    }
}
