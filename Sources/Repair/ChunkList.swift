import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Digests of the pieces of a file, by which damage is found and mended piece by piece.
///
/// The text has a line for each fact and each piece, and ends with a line feed:
///
///     # hifi-chunks 1
///     name model.gguf
///     size 14484731904
///     chunk 1048576
///     algorithm sha256
///     0f3a…(sum) 9b1d…(digest)
///     end 5c77…(xxh128)
///
/// The name is the file's own, escaped as in manifests. Every piece but the last has `chunk` bytes. A line has the rolling sum of the
/// piece (``RollingSum``) in sixteen hexadecimal digits and its digest. A file without bytes has no pieces. The last line has the XXH3 of
/// 128 bits of all lines before it, so that a list that was damaged or edited is noticed.
public struct ChunkList: Sendable, Hashable {
    /// One piece.
    public struct Piece: Sendable, Hashable {
        /// Its rolling sum, which finds it at another place.
        public let sum: UInt64
        /// Its digest, which proves it.
        public let digest: Digest
    }

    /// The file's name without folders.
    public let name: ForeignText
    /// Bytes of the file.
    public let size: Int
    /// Bytes of a piece.
    public let chunkBytes: Int
    /// The algorithm of the digests.
    public let algorithm: Digest.Algorithm
    /// All pieces in order.
    public let pieces: [Piece]

    /// Bytes of a piece where nothing else is asked for: a line of such a list is 0.008 % of its piece.
    public static let usualChunkBytes = 1 << 20
    /// What pieces may measure, in bytes.
    public static let chunkLimits = 4096...(1 << 30)
    /// Algorithms by which pieces are proven.
    public static let algorithms: [Digest.Algorithm] = [.sha256, .xxh128]

    static let firstLine = "# hifi-chunks 1"

    init(name: ForeignText, size: Int, chunkBytes: Int, algorithm: Digest.Algorithm, pieces: [Piece]) {
        (self.name, self.size, self.chunkBytes, self.algorithm, self.pieces) = (name, size, chunkBytes, algorithm, pieces)
    }

    /// The pieces of a file.
    ///
    /// - Parameters:
    ///   - chunkBytes: inside ``chunkLimits``.
    ///   - progress: bytes done.
    public init(
        of bytes: ByteView, name: ForeignText, chunkBytes: Int = usualChunkBytes, algorithm: Digest.Algorithm = .sha256,
        progress: (Int) -> Void = { _ in }
    ) {
        precondition(Self.chunkLimits.contains(chunkBytes), "chunkLimits says how large pieces are")
        var pieces: [Piece] = []
        for start in stride(from: 0, to: bytes.count, by: chunkBytes) {
            guard let piece = bytes.slice(start..<min(start + chunkBytes, bytes.count)) else { break }
            pieces.append(Piece(sum: piece.withUnsafeBytes(RollingSum.of), digest: Digest.of(piece, algorithm)))
            progress(start + piece.count)
        }
        self.init(name: name, size: bytes.count, chunkBytes: chunkBytes, algorithm: algorithm, pieces: pieces)
    }

    /// Where a piece lies in the whole file.
    public func range(of piece: Int) -> Range<Int> {
        let start = piece * chunkBytes
        return start..<min(start + chunkBytes, size)
    }

    /// The stored form.
    public func text() -> String {
        let written = Manifest.escaped(name.raw)
        var text =
            "\(Self.firstLine)\nname \(written)\nsize \(size)\nchunk \(chunkBytes)\nalgorithm \(algorithm.rawValue)\n"
        for piece in pieces { text += "\(Self.hex(piece.sum)) \(piece.digest.hex)\n" }
        return text + "end \(Digest.of(ByteView(Array(text.utf8)), .xxh128).hex)\n"
    }

    private static func hex(_ sum: UInt64) -> String {
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
