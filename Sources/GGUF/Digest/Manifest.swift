import HIFIForeign

/// A list of digests to check files against, as text with one digest per line.
///
/// Lists of `sha256sum` and `sha1sum` are read too (``ChecksumLine``). Two forms share the syntax `ALGORITHM DIGEST TARGET`:
///
/// - `.common` is what the upstream project's `llama-gguf-hash` writes and checks: a target is `FILE:TENSOR`, or `FILE` for the data
///   of all tensors in the order of their records. It does not see the header.
/// - `.hifi` begins with the line `# hifi-manifest 1`, has the lines of the first form (so that the same tool can check them), adds
///   the targets `FILE#header` and `FILE#file` (all bytes), and puts each tensor's type id and dimensions after its line.
///   Blanks, what cannot be seen or steers a terminal, `%`, `:` and `#` in names are written as `%` and two hexadecimal digits.
public struct Manifest: Sendable {
    /// The forms of the text.
    public enum Form: Hashable, Sendable {
        case common
        case hifi
    }

    /// What a digest is of.
    public enum Target: Hashable, Sendable {
        /// Everything in front of the tensor data.
        case header(file: ForeignText)
        /// All bytes of the file.
        case file(ForeignText)
        /// The data of all tensors in the order of their records.
        case tensorData(file: ForeignText)
        /// The data of one tensor.
        case tensor(file: ForeignText, name: ForeignText)

        /// The file's name as listed.
        public var fileName: ForeignText {
            switch self {
            case .header(let file), .file(let file), .tensorData(let file), .tensor(let file, _): file
            }
        }
    }

    /// One line.
    public struct Entry: Hashable, Sendable {
        /// The digest.
        public let digest: Digest
        /// What it is of.
        public let target: Target
        /// The tensor's type id, where the line has it.
        public let typeID: UInt32?
        /// The tensor's dimensions, where the line has them.
        public let dimensions: [UInt64]?

        /// A line; type and dimensions are those of a tensor.
        public init(digest: Digest, target: Target, typeID: UInt32?, dimensions: [UInt64]?) {
            (self.digest, self.target, self.typeID, self.dimensions) = (digest, target, typeID, dimensions)
        }
    }

    /// The form it was read in or is to be written in.
    public let form: Form
    /// The lines in order.
    public let entries: [Entry]

    /// A manifest of these lines.
    public init(form: Form, entries: [Entry]) {
        (self.form, self.entries) = (form, entries)
    }

    /// The manifest of digested files. The common form has no header and file digests, and no XXH128.
    public init(_ files: [FileDigests], form: Form) {
        self.form = form
        entries = files.flatMap { Self.entries(of: $0, form) }
    }

    private static func entries(of file: FileDigests, _ form: Form) -> [Entry] {
        var entries: [Entry] = []
        func add(_ digests: [Digest], _ target: Target, _ tensor: FileDigests.Tensor? = nil) {
            for digest in digests where form == .hifi || digest.algorithm != .xxh128 {
                entries.append(
                    Entry(
                        digest: digest, target: target, typeID: form == .hifi ? tensor?.typeID : nil,
                        dimensions: form == .hifi ? tensor?.dimensions : nil))
            }
        }
        for tensor in file.tensors { add(tensor.digests, .tensor(file: file.fileName, name: tensor.name), tensor) }
        add(file.tensorData, .tensorData(file: file.fileName))
        if form == .hifi {
            add(file.header, .header(file: file.fileName))
            add(file.file, .file(file.fileName))
        }
        return entries
    }

    /// The algorithms that the entries use, each once, in order of appearance.
    public var algorithms: [Digest.Algorithm] {
        entries.reduce(into: []) { list, entry in
            if !list.contains(entry.digest.algorithm) { list.append(entry.digest.algorithm) }
        }
    }

    /// The file names listed, each once, in order of appearance.
    public var fileNames: [ForeignText] {
        var seen: Set<ForeignText> = []
        return entries.map(\.target.fileName).filter { seen.insert($0).inserted }
    }
}

// MARK: - Writing

extension Manifest {
    /// The first line of the `.hifi` form.
    static let hifiMark = "# hifi-manifest 1"

    /// The text, with a line feed at the end of every line.
    ///
    /// Throws where the common form, which knows no escapes, cannot express a name: one with a line feed or another character that cannot
    /// be seen.
    public func text() throws(ManifestError) -> String {
        var text = form == .hifi ? Self.hifiMark + "\n" : ""
        for entry in entries {
            var label = entry.digest.algorithm.rawValue
            while label.utf8.count < 8 { label += " " }
            text += "\(label)  \(entry.digest.hex)  \(try name(of: entry.target))"
            if let typeID = entry.typeID { text += "  type=\(typeID)" }
            if let dimensions = entry.dimensions { text += "  dims=" + dimensions.map(String.init).joined(separator: "x") }
            text += "\n"
        }
        return text
    }

    private func name(of target: Target) throws(ManifestError) -> String {
        switch target {
        case .header(let file): "\(try written(file))#header"
        case .file(let file): "\(try written(file))#file"
        case .tensorData(let file): try written(file)
        case .tensor(let file, let name): "\(try written(file)):\(try written(name))"
        }
    }

    private func written(_ name: ForeignText) throws(ManifestError) -> String {
        guard form == .hifi else {
            guard name.raw.unicodeScalars.allSatisfy(Printable.shows) else { throw ManifestError(unwritableName: name) }
            return name.raw
        }
        return Self.escaped(name.raw)
    }

    package static func escaped(_ name: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for scalar in name.unicodeScalars {
            let isPlain = Printable.shows(scalar) && ![" ", "%", ":", "#"].contains(scalar)
            for byte in String(scalar).utf8 {
                bytes += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Why a manifest cannot be written.
public struct ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name that the form cannot express.
    public let unwritableName: ForeignText

    /// One line.
    public var description: String {
        "the name \(unwritableName) has control or invisible characters, which the common manifest form cannot express; use the hifi form"
    }
}
