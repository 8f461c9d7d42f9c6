import Foundation

/// Where inputs become files, in memory if the temporary folder is there. A file is written again for each input.
package struct FuzzFolder: Sendable {
    private let root: URL

    /// Makes a folder of this process inside the system's temporary one.
    package init() throws {
        let name = "hifi-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        try self.init(in: FileManager.default.temporaryDirectory.appendingPathComponent(name))
    }

    /// A folder that may be there.
    package init(in root: URL) throws {
        self.root = root
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    /// The path of a file that is there or will be.
    func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// Writes a file and returns its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let url = root.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        return url.path
    }
}
