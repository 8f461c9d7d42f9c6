import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Logits of a model on a text, kept to compare other models with.
///
/// Our form, little-endian: `HIFIKLB1`; u32 context, vocabulary, first chunk (from 1), number of chunks; i32 tokens of these chunks; then
/// for each chunk and each of its scored positions the logits in fp32. Logits rather than probabilities, so that a model compared with
/// itself diverges by exactly 0.
///
/// The form of llama-perplexity is read, too: `_logits_`; i32 context, vocabulary, number of chunks; tokens; then for each position f32
/// step, f32 least, and 16-bit codes, ln p = least + step · code. It cuts off below 16 under the maximum, and the rounding leaves a floor
/// under every divergence (about 5e-4 on average for a model against itself).
public struct Baseline: Sendable {
    static let magic = "HIFIKLB1"
    static let originalMagic = "_logits_"

    /// What a position holds.
    public enum Form: String, Sendable, Codable {
        case float32
        case original16 = "original-16-bit"
    }

    /// As it was given.
    public let path: ForeignText
    /// Which of the two forms.
    public let form: Form
    /// Tokens in a chunk.
    public let context: Int
    /// Numbers at each position.
    public let vocabulary: Int
    /// From 1.
    public let chunks: ClosedRange<Int>
    private let bytes: ByteView
    private let tokensAt: Int
    private let valuesAt: Int
    private let positionBytes: Int

    /// Scored positions of a chunk.
    var positions: Int { context - 1 - context / 2 }

    /// Maps a file and checks that it has the size that its header announces.
    public init(path given: String) throws(BaselineError) {
        let path = ForeignText(path: given)
        let bytes: ByteView
        do { bytes = try MappedFile(path: given).bytes } catch { throw .file(error) }
        let size = bytes.count
        func number(_ index: Int) throws(BaselineError) -> Int {
            guard let value = bytes.load(UInt32.self, at: 8 + 4 * index), value <= UInt32(Int32.max) else {
                throw .wrongSize(path: path, expected: nil, found: size)
            }
            return Int(value)
        }
        guard let name = bytes.slice(0..<8).map({ String(decoding: $0, as: UTF8.self) }), name == Self.magic || name == Self.originalMagic
        else { throw .notABaseline(path: path) }
        let form = name == Self.magic ? Form.float32 : .original16
        let (context, vocabulary) = (try number(0), try number(1))
        let (first, count) = form == .float32 ? (try number(2), try number(3)) : (1, try number(2))
        guard context >= 4, vocabulary > 0, first >= 1, count >= 1, first <= Int(Int32.max) - count else {
            throw .wrongSize(path: path, expected: nil, found: size)
        }
        let tokensAt = form == .float32 ? 24 : 20
        let positionBytes = form == .float32 ? 4 * vocabulary : 2 * (2 * ((vocabulary + 1) / 2) + 4)
        // All factors are below 2^31, so products of two fit.
        let tokenBytes = (4 * context).multipliedReportingOverflow(by: count)
        let perChunk = positionBytes.multipliedReportingOverflow(by: context - 1 - context / 2)
        let values = perChunk.partialValue.multipliedReportingOverflow(by: count)
        let (valuesAt, late) = tokenBytes.partialValue.addingReportingOverflow(tokensAt)
        let end = values.partialValue.addingReportingOverflow(valuesAt)
        guard !tokenBytes.overflow, !perChunk.overflow, !values.overflow, !late, !end.overflow else {
            throw .wrongSize(path: path, expected: nil, found: size)
        }
        guard end.partialValue == size else { throw .wrongSize(path: path, expected: end.partialValue, found: size) }
        (self.path, self.form, self.context, self.vocabulary, self.bytes) = (path, form, context, vocabulary, bytes)
        (self.tokensAt, self.valuesAt, self.positionBytes) = (tokensAt, valuesAt, positionBytes)
        chunks = first...first + count - 1
        for chunk in chunks {
            guard let bad = tokens(chunk)?.first(where: { !(0..<vocabulary).contains(Int($0)) }) else { continue }
            throw .badToken(path: path, token: Int(bad), chunk: chunk, vocabulary: vocabulary)
        }
    }

    /// The tokens of a chunk, nil for one that is not there.
    public func tokens(_ chunk: Int) -> [Int32]? {
        guard chunks.contains(chunk) else { return nil }
        let start = tokensAt + 4 * context * (chunk - chunks.lowerBound)
        return (0..<context).compactMap { bytes.load(Int32.self, at: start + 4 * $0) }
    }

    /// All tokens, one chunk after another.
    public var allTokens: [Int32] { chunks.flatMap { tokens($0) ?? [] } }

    /// Calls `body` with what a scored position holds.
    func withPosition<R>(_ position: Int, chunk: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R? {
        guard chunks.contains(chunk), (0..<positions).contains(position) else { return nil }
        let start = valuesAt + ((chunk - chunks.lowerBound) * positions + position) * positionBytes
        return bytes.slice(start..<start + positionBytes)?.withUnsafeBytes(body)
    }
}

/// Writes a baseline while chunks are scored: complete under its name, or not at all.
public final class BaselineWriter: LogitWatcher {
    private var file: AtomicFile?
    private let path: ForeignText

    /// - Parameter run: what is going to be scored.
    public init(path: String, run: PerplexityRun, vocabulary: Int) throws(BaselineError) {
        self.path = ForeignText(path: path)
        var header = Array(Baseline.magic.utf8)
        for number in [run.context, vocabulary, run.chunks.lowerBound, run.chunks.count] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) { header.append(contentsOf: $0) }
        }
        for chunk in run.chunks {
            for token in run.chunk(chunk) { withUnsafeBytes(of: token.littleEndian) { header.append(contentsOf: $0) } }
        }
        do {
            var file = try AtomicFile(path: path)
            try file.write(header)
            self.file = consume file
        } catch {
            throw .file(error)
        }
    }

    /// Appends rows of logits.
    public func see(_ rows: LogitRows, chunk: Int, first: Int) throws(PerplexityError) {
        do { try file?.write(UnsafeRawBufferPointer(rows.logits)) } catch { throw .baseline(.file(error)) }
    }

    /// Puts the complete file in its place.
    public func finish() throws(BaselineError) {
        guard let file = file.take() else { return }
        do { try file.commit() } catch { throw .file(error) }
    }
}
