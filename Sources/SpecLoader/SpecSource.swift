import Foundation
import HIFIBlockSpec
import Synchronization
import Yams

/// Reads the files under `Spec/` and reports mistakes with file and key.
///
/// Only maintainers' tools and tests link this; the shipped binary holds the generated form (`Sources/BlockSpec/Generated`).
public struct SpecSource: Sendable {
    /// The `Spec` folder of a checkout.
    public let root: URL

    private let parsed: ParsedFiles

    /// The files below this folder, normally `Spec`.
    public init(root: URL) { (self.root, parsed) = (root, ParsedFiles()) }

    /// A copy of the folder elsewhere. A file with the same text as one that was read before is not parsed again.
    public func copied(to root: URL) -> SpecSource { SpecSource(root: root, parsed: parsed) }

    private init(root: URL, parsed: ParsedFiles) { (self.root, self.parsed) = (root, parsed) }

    /// The `.yaml` files of a folder below `Spec`, in name order, as paths relative to `Spec`.
    public func files(in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    /// What `parse` makes of a file's text, with the file named in whatever it throws.
    func read<T: Sendable>(_ type: T.Type, from path: String, _ parse: (String) throws -> T) throws -> T {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        let key = ParsedFiles.Key(type: ObjectIdentifier(type), text: text)
        if let value = parsed[key] as? T { return value }
        do {
            let value = try parse(text)
            parsed[key] = value
            return value
        } catch {
            throw SpecError(file: path, message: (error as? SpecError)?.message ?? "\(error)")
        }
    }
}

/// Parsing YAML takes nearly all of the time that a load takes, and one load reads some files several times.
private final class ParsedFiles: Sendable {
    struct Key: Hashable {
        let type: ObjectIdentifier
        let text: String
    }

    private let values = Mutex<[Key: any Sendable]>([:])

    subscript(key: Key) -> (any Sendable)? {
        get { values.withLock { $0[key] } }
        set { values.withLock { $0[key] = newValue } }
    }
}

/// A mistake in a spec file.
public struct SpecError: Error, CustomStringConvertible {
    /// The file, relative to `Spec`.
    public let file: String
    /// What is wrong, and where in the file.
    public let message: String

    /// Creates an error about a file, relative to `Spec`.
    public init(file: String, message: String) {
        self.file = file
        self.message = message
    }

    /// `Spec/FILE: MESSAGE`.
    public var description: String { "Spec/\(file): \(message)" }
}
