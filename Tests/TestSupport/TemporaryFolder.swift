import Foundation

/// A folder of its own for a test, removed with the last reference to it.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let root: URL

    /// Makes the folder.
    public init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Where something in it is, or would be.
    public func url(_ name: String) -> URL { root.appendingPathComponent(name) }

    /// Where something in it is, or would be.
    public func path(_ name: String) -> String { url(name).path }

    /// Writes a file and returns its path.
    @discardableResult
    public func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: url(name))
        return path(name)
    }

    /// The bytes of a file.
    public func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url(name))) }

    /// Everything in it, hidden files too.
    public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).sorted() }
}
