import HIFIFiles

/// The models that a command line names: files, folders to be walked, `-` for standard input. One that cannot be read hides no other.
public struct ModelInputs: Sendable {
    /// The models in the order of their names, each once, whichever parts of a split one are named.
    public private(set) var models: [SplitSet] = []
    /// What was named, or found in a folder, and could not be opened.
    public private(set) var failures: [FileError] = []

    /// Opens what can be opened, in whatever state it is. Files that only their keys call parts of one model are put together.
    ///
    /// - Parameter source: where files come from.
    public init(_ arguments: [String], limits: ScanLimits = ScanLimits(), source: any FileSource = LocalFiles()) {
        let (paths, unread) = Self.expand(arguments, source: source)
        failures = unread
        var seen: Set<FileIdentity> = []
        for path in paths {
            // Where the system does not say which file it is, opening it does.
            if path != StandardInput.path, source.isLocal(path), let identity = try? FileIdentity(path: path), seen.contains(identity) {
                continue
            }
            do {
                let set = try SplitSet.scan(argument: path, limits: limits, source: source)
                if path != StandardInput.path {
                    // Of an address the name leaves out what may be secret.
                    let name = SplitName(path: path)
                    let given = set.parts.first { name == nil || $0.number == name?.number }
                    if let given, seen.contains(given.file.mapping.fileIdentity) { continue }
                    seen.formUnion(set.parts.map(\.file.mapping.fileIdentity))
                }
                models.append(set)
            } catch {
                failures.append(error)
            }
        }
        models = SplitSet.joined(models)
    }

    /// Files in place of folders; what cannot be looked into.
    public static func expand(_ arguments: [String], source: any FileSource = LocalFiles()) -> (paths: [String], failures: [FileError]) {
        var paths: [String] = []
        var failures: [FileError] = []
        for argument in arguments {
            do throws(FileError) {
                let isFolder = argument == StandardInput.path || !source.isLocal(argument) ? false : try FolderWalk.isFolder(argument)
                guard isFolder else {
                    paths.append(argument)
                    continue
                }
            } catch {
                failures.append(error)
                continue
            }
            let walk = FolderWalk(argument)
            paths += walk.files
            failures += walk.failures
        }
        return (paths, failures)
    }
}
