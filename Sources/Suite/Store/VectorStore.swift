import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIThreads

/// A folder of vectors, read as its index lists it.
public struct VectorStore: Sendable {
    /// The folder.
    public let folder: String
    /// Version of the suite.
    public let version: String
    /// All files, in the order of the index.
    public let files: [VectorFile]
    /// What the flags of cases mean.
    public let notes: [VectorNote]

    /// All cases, in the order of the files.
    public var cases: [ConformanceCase] { files.flatMap(\.cases) }

    /// Creates a store from parts.
    public init(folder: String, version: String, files: [VectorFile], notes: [VectorNote]) {
        self.folder = folder
        self.version = version
        self.files = files
        self.notes = notes
    }

    /// Reads a folder. Every file must have the digest that the index gives it, so that an edited vector is noticed.
    public static func load(_ folder: String) throws(VectorProblem) -> VectorStore {
        let index = try VectorIndex(text: read("index.json", in: folder))
        let entries = index.entries
        // Parsing takes most of the start of a run, and no file needs another.
        let loaded = ThreadPool(threads: min(entries.count, ThreadPool.processors)).map(entries.count) { place in
            Result { () throws(VectorProblem) in try load(entries[place], in: folder) }
        }
        var files: [VectorFile] = []
        for file in loaded { files.append(try file.get()) }
        return VectorStore(
            folder: folder, version: index.version, files: files, notes: try VectorNote.parse(read("notes.json", in: folder)))
    }

    private static func load(_ entry: VectorIndex.Entry, in folder: String) throws(VectorProblem) -> VectorFile {
        let text = try read(entry.path, in: folder)
        guard Digest.of(ByteView(text), .xxh128).hex == entry.digest else {
            throw .malformed(file: entry.path, what: "its digest is not the one in index.json; vectors are changed with the vectors tool")
        }
        return try VectorFile(path: entry.path, text: text)
    }

    /// The bytes of a file below a vector folder.
    public static func read(_ path: String, in folder: String) throws(VectorProblem) -> [UInt8] {
        guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
            throw .malformed(file: path, what: "paths stay inside the folder")
        }
        do { return Array(try MappedFile(path: "\(folder)/\(path)").bytes) } catch { throw .unreadable(file: path, reason: "\(error)") }
    }

    /// The bytes of a file below this folder.
    public func read(_ path: String) throws(VectorProblem) -> [UInt8] { try Self.read(path, in: folder) }

    /// The first of these folders that holds an index.
    public static func find(in places: [String]) throws(VectorProblem) -> String {
        for place in places {
            do throws(FileError) {
                _ = try MappedFile(path: "\(place)/index.json")
                return place
            } catch {
                // The vectors of another place are others.
                if error.isRefusal { throw .unreadable(file: "index.json", reason: "\(error)") }
            }
        }
        throw .notFound(places)
    }
}

/// The list of files of a vector folder.
public struct VectorIndex: Sendable, Hashable {
    /// Version of the suite.
    public let version: String
    /// The files.
    public let entries: [Entry]

    /// One file.
    public struct Entry: Sendable, Hashable {
        /// Path below the folder.
        public let path: String
        /// Number of cases.
        public let count: Int
        /// XXH3-128 of the file.
        public let digest: String

        /// Creates an entry.
        public init(path: String, count: Int, digest: String) {
            self.path = path
            self.count = count
            self.digest = digest
        }
    }

    /// Creates an index.
    public init(version: String, entries: [Entry]) {
        self.version = version
        self.entries = entries
    }

    /// The index of these files.
    public init(version: String, files: [VectorFile]) {
        let entries = files.map {
            Entry(path: $0.path, count: $0.cases.count, digest: Digest.of(ByteView(Array($0.text.utf8)), .xxh128).hex)
        }
        self.init(version: version, entries: entries)
    }

    /// The stored form.
    public var text: String {
        let lines = entries.map { entry in
            JSONValue.object([
                .init("path", .string(entry.path)), .init("cases", .number(entry.count)), .init("xxh3", .string(entry.digest)),
            ]).line
        }
        return "{\n\"suite\": \"\(version)\",\n\"cases\": \(entries.reduce(0) { $0 + $1.count }),\n\"files\": [\n"
            + lines.joined(separator: ",\n") + "\n]\n}\n"
    }

    package init(text: [UInt8]) throws(VectorProblem) {
        let document: JSONValue
        do { document = try JSONParser.parse(text) } catch { throw .malformed(file: "index.json", what: "\(error)") }
        guard let version = document["suite"]?.string, let list = document["files"]?.array else {
            throw .malformed(file: "index.json", what: "it lacks suite or files")
        }
        var entries: [Entry] = []
        for value in list {
            guard let path = value["path"]?.string, let count = value["cases"]?.number, let digest = value["xxh3"]?.string else {
                throw .malformed(file: "index.json", what: "a file lacks path, cases or xxh3")
            }
            entries.append(Entry(path: path, count: count, digest: digest))
        }
        self.init(version: version, entries: entries)
    }
}

/// What a flag of a case means.
public struct VectorNote: Sendable, Hashable {
    /// The flag.
    public let flag: String
    /// What kind of mistake it is about.
    public let bugType: String
    /// What the flag says.
    public let description: String
    /// What a system with the mistake does wrong.
    public let effect: String
    /// Clauses concerned.
    public let clauses: [String]
    /// Where to read more.
    public let links: [String]

    /// Creates a note.
    public init(flag: String, bugType: String, description: String, effect: String, clauses: [String], links: [String]) {
        self.flag = flag
        self.bugType = bugType
        self.description = description
        self.effect = effect
        self.clauses = clauses
        self.links = links
    }

    /// The stored form of a list of notes.
    public static func text(_ notes: [VectorNote]) -> String {
        let lines = notes.map { note in
            "\"\(note.flag)\": "
                + JSONValue.object([
                    .init("bugType", .string(note.bugType)), .init("description", .string(note.description)),
                    .init("effect", .string(note.effect)), .init("clauses", .array(note.clauses.map(JSONValue.string))),
                    .init("links", .array(note.links.map(JSONValue.string))),
                ]).line
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    package static func parse(_ text: [UInt8]) throws(VectorProblem) -> [VectorNote] {
        let document: JSONValue
        do { document = try JSONParser.parse(text) } catch { throw .malformed(file: "notes.json", what: "\(error)") }
        var notes: [VectorNote] = []
        for member in document.members ?? [] {
            let value = member.value
            guard let bugType = value["bugType"]?.string, let description = value["description"]?.string,
                let effect = value["effect"]?.string, let clauses = value["clauses"]?.strings, let links = value["links"]?.strings
            else { throw .malformed(file: "notes.json", what: "\(ForeignText(member.name)) is incomplete") }
            notes.append(
                VectorNote(flag: member.name, bugType: bugType, description: description, effect: effect, clauses: clauses, links: links))
        }
        return notes
    }
}
