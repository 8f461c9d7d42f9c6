import Foundation

/// Files of the checkout that the tests run in.
public enum Repository {
    /// The root of the package.
    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The contents of a file below the root.
    public static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: root.appendingPathComponent(path))) }

    /// The text of a file below the root.
    public static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// Files below a folder with this extension, paths relative to the root, sorted.
    public static func files(below folder: String, withExtension ending: String) -> [String] {
        let start = root.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".\(ending)") }.sorted().map { "\(folder)/\($0)" }
    }
}
