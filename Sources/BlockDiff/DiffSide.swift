#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIReference

/// One side of a comparison, by the way it is named: a file of fp32, a GGUF file, or one of its tensors (`FILE.gguf:TENSOR`).
public struct DiffSide {
    /// What the name stands for.
    public enum Content {
        /// A whole GGUF file, or all parts of a split one.
        case model(ModelReading)
        /// One tensor of a GGUF file.
        case tensor(TensorReading, TensorInfo)
        /// Numbers.
        case floats(FloatFile)
    }

    /// As it was named.
    public let name: String
    /// What was found there.
    public let content: Content

    /// Opens what a name stands for; `-` is numbers on standard input.
    ///
    /// - Throws: ``DiffError``
    public init(_ name: String, _ reader: ModelReader) throws(DiffError) {
        self.name = name
        // A file may have a colon in its name; one that exists is that file.
        if let (path, tensor) = Self.tensorName(name) {
            let model = try Self.open(path, reader)
            guard let found = model.tensor(named: tensor) else {
                throw .malformed("\(ForeignText(path: path)) has no tensor \"\(ForeignText(tensor))\"")
            }
            content = .tensor(found.reading, found.info)
        } else if name != "-", try Self.isGGUF(name) {
            content = .model(try Self.open(name, reader))
        } else {
            let bytes: [UInt8]
            do throws(FileError) { bytes = try WholeFile.read(argument: name, .arrays) } catch { throw .file(error) }
            do { content = .floats(try FloatFile(bytes: bytes)) } catch { throw .malformed("\(ForeignText(path: name)): \(error)") }
        }
    }

    /// The file that a side is read from.
    public static func path(of name: String) -> String { tensorName(name)?.path ?? name }

    /// A GGUF file, or a tensor of one.
    public var isOfModel: Bool { if case .floats = content { false } else { true } }

    /// The values.
    ///
    /// - Throws: ``DiffError``, for a whole file too.
    public func source() throws(DiffError) -> FloatSource {
        switch content {
        case .model: throw .wholeFile(ForeignText(path: name))
        case .floats(let file): return FloatSource(file.values)
        case .tensor(let reading, let tensor):
            switch reading.source(tensor) {
            case .success(let source): return source
            case .failure(let problem): throw .malformed("\(ForeignText(path: name)): \(problem)")
            }
        }
    }

    private static func open(_ path: String, _ reader: ModelReader) throws(DiffError) -> ModelReading {
        do throws(GGUFError) { return reader.read(try SplitSet.open(path: path), name: ForeignText(path: path)) } catch {
            throw .container(error)
        }
    }

    private static func tensorName(_ name: String) -> (path: String, tensor: String)? {
        guard (try? MappedFile(path: name)) == nil, !isPipe(name) else { return nil }
        for index in name.indices where name[index] == ":" {
            let path = String(name[..<index])
            if (try? isGGUF(path)) == true { return (path, String(name[name.index(after: index)...])) }
        }
        return nil
    }

    private static func isGGUF(_ path: String) throws(DiffError) -> Bool {
        // A model cannot come through a pipe; numbers can.
        if isPipe(path) { return false }
        do throws(FileError) { return try MappedFile(path: path).bytes.prefix(4).elementsEqual(Array("GGUF".utf8)) } catch {
            throw .file(error)
        }
    }

    /// Whether a path leads to a pipe, which can be read only once and only from its beginning.
    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }
}

/// Why two things cannot be compared.
public enum DiffError: Error, CustomStringConvertible {
    /// A file that cannot be read.
    case file(FileError)
    /// A GGUF file that cannot be opened.
    case container(GGUFError)
    /// Not what it was named for: one line that names the file.
    case malformed(String)
    /// Rows whose length is not clear: one line that names the file.
    case rowsUnclear(String)
    /// A whole file where an array is needed.
    case wholeFile(ForeignText)

    /// One line: what, which file, what to do.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .container(let error): "\(error)"
        case .malformed(let text), .rowsUnclear(let text): text
        case .wholeFile(let path):
            "\(path) is a whole file: compare it with another, or name one of its tensors as \(path):TENSOR"
        }
    }
}

extension ArrayComparison {
    /// Takes the blocks that both sides decoded: whole blocks for each value, or rows where these have headers or are interleaved.
    ///
    /// - Parameters:
    ///   - path: where the bytes are from.
    ///   - rowWeights: weights of a row; nil for what the number of values leaves.
    /// - Throws: `malformed` where they are not as many as the values of a side need, and where rows may be of several lengths.
    public mutating func decoded(
        _ bytes: [UInt8], from path: String, as format: BlockFormat, rowWeights: Int? = nil, _ a: FloatSource, named first: String,
        _ b: FloatSource, named second: String
    ) throws(DiffError) {
        let place = ForeignText(path: path)
        if format.rowHeader != nil || format.weave != nil {
            // Headers take room of their own, so that the number of values tells how many rows there are.
            let lengths = rowWeights.map { [$0] } ?? format.rowLengths(inRowsOf: bytes.count)
            let fitting = lengths.filter { weights in
                guard weights > 0, let row = format.bytes(forRowOf: UInt64(weights)).flatMap({ Int(exactly: $0) }), row > 0,
                    bytes.count.isMultiple(of: row), (bytes.count / row).isMultiple(of: format.interleave)
                else { return false }
                let (all, overflow) = (bytes.count / row).multipliedReportingOverflow(by: weights)
                return !overflow && (all == a.count || all == b.count)
            }
            guard let weights = fitting.first else {
                throw .malformed("\(place): \(bytes.count) bytes are not whole \(format.id) rows of the values")
            }
            guard fitting.count == 1 else { throw .rowsUnclear("\(place): how long the interleaved rows of \(format.id) are is not said") }
            if let unweaver = Unweaver(format) {
                guard let rows = BlockArray(woven: ByteView(bytes), of: weights, unweaver) else {
                    throw .malformed("\(place): not whole rows of \(format.id)")
                }
                (self.format, blocks) = (unweaver.base.asOneBlockRows, rows)
                return
            }
            guard let rows = BlockArray(rows: ByteView(bytes), of: weights, format) else {
                throw .malformed("\(place): not whole rows of \(format.id)")
            }
            (self.format, blocks) = (format.asOneBlockRows, rows)
            return
        }
        guard bytes.count % format.bytes == 0 else {
            throw .malformed("\(place): \(bytes.count) bytes are not whole \(format.id) blocks of \(format.bytes)")
        }
        let weights = bytes.count / format.bytes * format.elements
        guard weights == a.count || weights == b.count else {
            throw .malformed(
                "\(place): blocks of \(weights) weights, but \(ForeignText(path: first)) has \(a.count) "
                    + "and \(ForeignText(path: second)) \(b.count)")
        }
        (self.format, blocks) = (format, BlockArray(bytes, blockBytes: format.bytes))
    }
}
