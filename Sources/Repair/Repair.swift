import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Where right bytes are to be had.
public protocol PieceSource {
    /// What it is called in messages.
    var name: ForeignText { get }
    /// The bytes of a range of the whole file, which are proven afterwards; an error where they cannot be had.
    func read(_ range: Range<Int>) throws(RepairError) -> ByteView
}

/// A file that may be as the list says, wholly or in part.
public struct FilePieces: PieceSource {
    private let file: MappedFile

    /// Opens the file.
    public init(path: String) throws(FileError) { file = try MappedFile(path: path) }

    /// The file's path.
    public var name: ForeignText { file.path }

    /// The bytes, if the file is long enough.
    public func read(_ range: Range<Int>) throws(RepairError) -> ByteView {
        guard let bytes = file.bytes.slice(range) else {
            throw .source(
                name, "it has \(file.bytes.count) bytes, and those from \(range.lowerBound) to below \(range.upperBound) are needed")
        }
        return bytes
    }
}

/// Why a file was not mended.
public enum RepairError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file cannot be read or written.
    case file(FileError)
    /// The source cannot be read.
    case source(ForeignText, String)
    /// What the source has is not what the list says.
    case wrongPiece(ForeignText, piece: Int, range: Range<Int>)
    /// A piece is missing, and there is nothing to take it from.
    case noSource(piece: Int, range: Range<Int>)
    /// The damaged file was changed meanwhile.
    case changed(ForeignText, piece: Int)

    /// Whether the system refused something, rather than that bytes are wrong.
    public var isOfFiles: Bool {
        switch self {
        case .file, .changed: true
        case .source, .wrongPiece, .noSource: false
        }
    }

    /// What, where, why.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .source(let name, let reason): "\(name): \(reason)"
        case .wrongPiece(let name, let piece, let range):
            "\(name): piece \(piece) (bytes \(range.lowerBound) to \(range.upperBound - 1)) is not what the list says: this is another "
                + "version of the file, it is damaged in the same place, or something in it was inserted or cut out"
        case .noSource(let piece, let range):
            "piece \(piece) (bytes \(range.lowerBound) to \(range.upperBound - 1)) is missing, and no source is named"
        case .changed(let name, let piece): "\(name) was changed while it was read: piece \(piece) is no longer what it was"
        }
    }
}

/// Puts a file together again from its right pieces and those of a source.
public struct Repair {
    private let list: ChunkList
    private let survey: DamageSurvey
    private let file: MappedFile?
    private let path: ForeignText

    /// Bytes asked of a source at once, at most.
    private static let requestBytes = 32 << 20

    /// - Parameters:
    ///   - file: the damaged file that the survey is of; nil where there is none yet.
    ///   - path: what it is called in messages.
    public init(_ file: MappedFile?, path: ForeignText, _ survey: DamageSurvey, by list: ChunkList) {
        (self.file, self.path, self.survey, self.list) = (file, path, survey, list)
    }

    /// What was done.
    public struct Outcome: Sendable, Hashable {
        /// Bytes that the source was asked for.
        public var fetched = 0
        /// Requests to the source.
        public var requests = 0
    }

    /// Writes the whole file. Every piece is proven before it is written.
    ///
    /// - Parameters:
    ///   - source: asked for what is nowhere in the file; nil where nothing is missing.
    ///   - output: gets all bytes; the caller commits it.
    ///   - progress: bytes written.
    public func write(
        from source: (any PieceSource)?, to output: inout AtomicFile, progress: (Int) -> Void = { _ in }
    ) throws(RepairError) -> Outcome {
        var outcome = Outcome()
        var piece = 0
        while piece < list.pieces.count {
            let range = list.range(of: piece)
            switch survey.states[piece] {
            case .right: try write(own: range, piece, to: &output)
            case .displaced(let place): try write(own: place..<place + range.count, piece, to: &output)
            case .missing:
                // Neighbours in one request.
                var end = piece + 1
                while end < list.pieces.count, survey.states[end] == .missing,
                    list.range(of: end).upperBound - range.lowerBound <= max(Self.requestBytes, list.chunkBytes)
                { end += 1 }
                let whole = range.lowerBound..<list.range(of: end - 1).upperBound
                guard let source else { throw .noSource(piece: piece, range: range) }
                let bytes = try source.read(whole)
                outcome.fetched += whole.count
                outcome.requests += 1
                guard bytes.count == whole.count else { throw .source(source.name, "\(bytes.count) of \(whole.count) bytes came") }
                for one in piece..<end {
                    let range = list.range(of: one)
                    let start = range.lowerBound - whole.lowerBound
                    guard let part = bytes.slice(start..<start + range.count), let proven = proven(part, one) else {
                        throw .wrongPiece(source.name, piece: one, range: range)
                    }
                    try write(proven, to: &output)
                }
                piece = end - 1
            }
            piece += 1
            progress(list.range(of: piece - 1).upperBound)
        }
        return outcome
    }

    /// A copy of these bytes if they are the piece: what is mapped may change between the proof and the writing.
    private func proven(_ bytes: ByteView, _ piece: Int) -> ByteView? {
        let copy = ByteView(bytes.withUnsafeBytes { Array($0) })
        return Digest.of(copy, list.algorithm) == list.pieces[piece].digest ? copy : nil
    }

    private func write(own range: Range<Int>, _ piece: Int, to output: inout AtomicFile) throws(RepairError) {
        guard let bytes = file?.bytes.slice(range), let proven = proven(bytes, piece) else { throw .changed(path, piece: piece) }
        try write(proven, to: &output)
    }

    private func write(_ bytes: ByteView, to output: inout AtomicFile) throws(RepairError) {
        do { try output.write(bytes) } catch { throw .file(error) }
    }
}
