import Foundation
import TestSupport
import Testing

/// What `swift format lint` says of `Sources`, by rule. Only rules count, not how lines are broken.
@Suite("Sources keep the rules of .swift-format")
struct SourceStyleTests {
    /// Rules that `.swift-format` turns on and that hold without exception.
    static let rules = ["AllPublicDeclarationsHaveDocumentation", "NeverUseForceTry", "NoBlockComments"]

    /// The formatter of the toolchain; nil where there is none.
    static let formatter: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/swift-format" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    @Test(
        "no public declaration is undocumented, no try is forced, no comment is a block",
        .enabled(if: formatter != nil, "NOT CHECKED: the path has no swift-format, so nothing looks for undocumented declarations"))
    func sources() throws {
        let root = Repository.root
        for (rule, lines) in try Self.lint("Sources", in: root) {
            #expect(lines.isEmpty, "\(lines.count) × \(rule):\n\(lines.prefix(20).joined(separator: "\n"))")
        }
        // The formatter does look: it finds what is wrong in this text.
        let folder = try TemporaryFolder()
        try Data("/* block */\npublic struct Bare {}\nlet value = try! f()\n".utf8).write(to: folder.url("Bare.swift"))
        for (rule, lines) in try Self.lint("Bare.swift", in: folder.root) { #expect(lines.count == 1, "\(rule)") }
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

    /// The lines of the report about each of `rules`.
    private static func lint(_ path: String, in folder: URL) throws -> [String: [String]] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(formatter))
        process.arguments = ["lint", "--configuration", Repository.root.appendingPathComponent(".swift-format").path, "--recursive", path]
        process.currentDirectoryURL = folder
        let output = try TemporaryFolder()
        try Data().write(to: output.url("report"))
        process.standardError = try FileHandle(forWritingTo: output.url("report"))
        try process.run()
        process.waitUntilExit()
        let lines = String(decoding: try Data(contentsOf: output.url("report")), as: UTF8.self).split(separator: "\n").map(String.init)
        return Dictionary(uniqueKeysWithValues: rules.map { rule in (rule, lines.filter { $0.contains("[\(rule)]") }) })
    }
}
