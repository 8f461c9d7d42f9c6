import Foundation
import PackagePlugin

/// Gives a target the name of the commit that it is built from, as a generated source in the build folder: the checkout stays as it is.
///
/// Nothing but that one file and what uses it is compiled again after a commit, since it depends on git's own record of where HEAD is.
/// In a source archive there is no such record, and the commit is unknown.
@main
struct CommitPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let output = context.pluginWorkDirectoryURL.appending(path: "Commit.swift")
        let root = context.package.directoryURL
        return [
            .buildCommand(
                displayName: "Naming the commit", executable: try context.tool(named: "commitname").url,
                arguments: [root.path(percentEncoded: false), output.path(percentEncoded: false)], inputFiles: Self.records(root),
                outputFiles: [output])
        ]
    }

    /// Files that change when HEAD does, as far as they are there.
    private static func records(_ root: URL) -> [URL] {
        var folder = root.appending(path: ".git")
        // In a worktree, .git is a file that names the folder.
        if let text = try? String(contentsOf: folder, encoding: .utf8), text.hasPrefix("gitdir: ") {
            folder = URL(filePath: text.dropFirst(8).trimmingCharacters(in: .whitespacesAndNewlines), relativeTo: root)
        }
        return ["HEAD", "logs/HEAD"].map { folder.appending(path: $0) }.filter { FileManager.default.fileExists(atPath: $0.path) }
    }
}
