import Foundation
import TestSupport
import Testing

/// What `swift format lint` says of the sources, and how long their lines are.
@Suite("Sources keep the style that CONTRIBUTING.md asks for")
struct SourceStyleTests {
    /// The formatter of the toolchain; nil where there is none.
    static let formatter: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/swift-format" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    @Test(
        "swift format lint has nothing to say",
        .enabled(if: formatter != nil, "NOT CHECKED: the path has no swift-format, so nothing looks at format and documentation"))
    func lint() throws {
        let lines = try Self.lint(["Sources", "Tests", "Fuzz", "Plugins", "Package.swift"], in: Repository.root).filter { line in
            // Generated tables are broken and indented as they come.
            !line.contains("/Generated/")
                || !["[AddLines]", "[Indentation]", "[LineLength]", "[TrailingComma]"].contains(where: line.contains)
        }
        #expect(lines.isEmpty, "\(lines.count) lines:\n\(lines.prefix(20).joined(separator: "\n"))")
        // The formatter does look: it finds what is wrong in this text.
        let folder = try TemporaryFolder()
        try Data("/* block */\npublic struct Bare {}\n  let value = try! f()\n".utf8).write(to: folder.url("Bare.swift"))
        let found = try Self.lint(["Bare.swift"], in: folder.root)
        for rule in ["AllPublicDeclarationsHaveDocumentation", "Indentation", "NeverUseForceTry", "NoBlockComments"] {
            #expect(found.count { $0.contains("[\(rule)]") } == 1, "\(rule)")
        }
    }

    @Test("no line of a source is longer than 140 columns, generated tables apart")
    func lineLength() throws {
        let endings = ["swift", "c", "h", "cu", "py", "sh"]
        let files = ["Sources", "Tests", "Fuzz", "Plugins", "Scripts", "Vectors"].flatMap { folder in
            endings.flatMap { Repository.files(below: folder, withExtension: $0) }
        }
        #expect(files.count > 900)
        for file in files where !file.contains("/Generated/") {
            let long = Self.longLines(try Repository.text(file))
            #expect(long.isEmpty, "\(file), lines \(long)")
        }
        #expect(Self.longLines("\(String(repeating: "é", count: 140))\n\(String(repeating: "x", count: 141))\n") == [2])
    }

    /// Numbers of the lines that have more than 140 columns.
    private static func longLines(_ text: String) -> [Int] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            line.utf8.count > 140 && line.count > 140 ? index + 1 : nil
        }
    }

    @Test("LICENSE is the licence of every source file: none has a header of its own, as CONTRIBUTING.md says")
    func licence() throws {
        #expect(try Repository.text("LICENSE").hasPrefix("MIT License"))
        let files = ["swift", "c", "h", "cu", "py", "yaml"].flatMap { Repository.files(below: "Sources", withExtension: $0) }
        #expect(files.count > 500)
        for file in files {
            let head = try Repository.text(file).prefix(400)
            #expect(!head.contains("SPDX-License" + "-Identifier") && !head.contains("Copyright"), "\(file)")
        }
    }

    /// The lines of the report.
    private static func lint(_ paths: [String], in folder: URL) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(formatter))
        process.arguments =
            ["lint", "--configuration", Repository.root.appendingPathComponent(".swift-format").path, "--parallel", "--recursive"] + paths
        process.currentDirectoryURL = folder
        let output = try TemporaryFolder()
        try Data().write(to: output.url("report"))
        process.standardError = try FileHandle(forWritingTo: output.url("report"))
        try process.run()
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: output.url("report")), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
