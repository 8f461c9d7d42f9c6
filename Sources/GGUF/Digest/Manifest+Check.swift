import HIFIForeign

/// One way in which files are not what a manifest says.
public enum ManifestDifference: Hashable, Sendable {
    /// The manifest lists several files, none of them under this name.
    case fileNotListed(ForeignText)
    /// The manifest has a tensor that the file has not.
    case missing(file: ForeignText, tensor: ForeignText)
    /// The file has a tensor that the manifest has not (though it lists tensors).
    case extra(file: ForeignText, tensor: ForeignText)
    /// The file has the same data under another name.
    case renamed(file: ForeignText, from: ForeignText, to: ForeignText)
    /// The digest of a tensor, of the header, of all tensor data or of the file differs.
    case digestDiffers(Manifest.Target, expected: Digest, found: Digest)
    /// A tensor has another type id.
    case typeDiffers(file: ForeignText, tensor: ForeignText, expected: UInt32, found: UInt32)
    /// A tensor has other dimensions.
    case shapeDiffers(file: ForeignText, tensor: ForeignText, expected: [UInt64], found: [UInt64])
    /// The manifest has a digest that was not computed from the file: by another algorithm, of a part that was not asked for, or of
    /// data that the file does not have in full.
    case notChecked(Manifest.Target, Digest.Algorithm)
}

extension ManifestDifference: CustomStringConvertible {
    /// One line.
    public var description: String {
        switch self {
        case .fileNotListed(let file): "\(file): not in the manifest"
        case .missing(let file, let tensor): "\(file): tensor \(tensor) is missing"
        case .extra(let file, let tensor): "\(file): tensor \(tensor) is not in the manifest"
        case .renamed(let file, let from, let to): "\(file): tensor \(from) is now called \(to)"
        case .digestDiffers(let target, let expected, let found): "\(target): expected \(expected), found \(found)"
        case .typeDiffers(let file, let tensor, let expected, let found):
            "\(file): tensor \(tensor) has type id \(found), expected \(expected)"
        case .shapeDiffers(let file, let tensor, let expected, let found):
            "\(file): tensor \(tensor) has dimensions \(found), expected \(expected)"
        case .notChecked(let target, let algorithm): "\(target): its \(algorithm.rawValue) digest was not checked"
        }
    }
}

extension Manifest.Target: CustomStringConvertible {
    /// The file and the part of it, for messages.
    public var description: String {
        switch self {
        case .header(let file): "\(file): header"
        case .file(let file): "\(file): whole file"
        case .tensorData(let file): "\(file): tensor data"
        case .tensor(let file, let name): "\(file): tensor \(name)"
        }
    }
}

extension Manifest {
    /// Compares digested files with this manifest, in the manifest's order.
    ///
    /// Files are matched by their names: the same path, else the listed one that has most components at its end in common, and at least
    /// the last. A manifest of one file is taken to be about a single given file whatever their names. With several digests of one target
    /// each is compared, and the first that differs is reported.
    public func check(against files: [FileDigests]) -> [ManifestDifference] {
        zip(files, entries(for: files)).flatMap { file, entries in
            entries.map { Self.check($0, file) } ?? [.fileNotListed(file.fileName)]
        }
    }

    /// The entries about each file; nil for a file that the manifest does not list.
    func entries(for files: [FileDigests]) -> [[Entry]?] {
        let listed = Dictionary(grouping: entries) { $0.target.fileName }
        let order = fileNames
        let byLast = Dictionary(grouping: order) { Self.components($0).last ?? "" }
        return files.map { file in
            if let same = listed[file.fileName] { return same }
            let own = Self.components(file.fileName)
            let named = (byLast[own.last ?? ""] ?? []).map { name in (name, Self.commonTail(own, Self.components(name))) }
            guard let most = named.map(\.1).max() else { return order.count == 1 && files.count == 1 ? listed[order[0]] : nil }
            let candidates = named.filter { $0.1 == most }.compactMap { listed[$0.0] }
            // Where names leave it open, the one that the file is.
            return candidates.count == 1 ? candidates[0] : candidates.first { Self.check($0, file).isEmpty } ?? candidates.first
        }
    }

    private static func components(_ file: ForeignText) -> [Substring] { file.raw.split(separator: "/").filter { $0 != "." } }

    private static func commonTail(_ a: [Substring], _ b: [Substring]) -> Int {
        zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    }

    private static func check(_ entries: [Entry], _ file: FileDigests) -> [ManifestDifference] {
        var differences: [ManifestDifference] = []
        var reported: Set<Target> = []
        var compared: Set<Target> = []
        let tensors = Dictionary(file.tensors.map { ($0.name, $0) }) { first, _ in first }
        let skipped = Set(file.skippedTensors)
        var listedNames: Set<ForeignText> = []
        var missing: [(entry: Entry, name: ForeignText)] = []
        for entry in entries {
            if case .tensor(_, let name) = entry.target {
                listedNames.insert(name)
                guard let tensor = tensors[name] else {
                    if file.parts.contains(.tensors), !skipped.contains(name) {
                        missing.append((entry, name))
                    } else if reported.insert(entry.target).inserted {
                        differences.append(.notChecked(entry.target, entry.digest.algorithm))
                    }
                    continue
                }
                if compared.insert(entry.target).inserted {
                    differences += attributeDifferences(entry, tensor, file.fileName)
                }
            }
            guard let found = file.digests(of: entry.target, tensors).first(where: { $0.algorithm == entry.digest.algorithm }) else {
                differences.append(.notChecked(entry.target, entry.digest.algorithm))
                continue
            }
            if found != entry.digest, reported.insert(entry.target).inserted {
                differences.append(.digestDiffers(entry.target, expected: entry.digest, found: found))
            }
        }
        let extra = listedNames.isEmpty ? [] : file.tensors.filter { !listedNames.contains($0.name) }
        return differences + pairRenamed(missing, extra, file.fileName)
    }

    private static func attributeDifferences(_ entry: Entry, _ tensor: FileDigests.Tensor, _ file: ForeignText) -> [ManifestDifference] {
        var differences: [ManifestDifference] = []
        if let expected = entry.typeID, expected != tensor.typeID {
            differences.append(.typeDiffers(file: file, tensor: tensor.name, expected: expected, found: tensor.typeID))
        }
        if let expected = entry.dimensions, expected != tensor.dimensions {
            differences.append(.shapeDiffers(file: file, tensor: tensor.name, expected: expected, found: tensor.dimensions))
        }
        return differences
    }

    /// Pairs tensors that are gone with tensors that are new and have the same digest; the rest are missing and extra.
    private static func pairRenamed(
        _ missing: [(entry: Entry, name: ForeignText)], _ extra: [FileDigests.Tensor], _ file: ForeignText
    ) -> [ManifestDifference] {
        var byDigest: [Digest: [Int]] = [:]
        for (index, tensor) in extra.enumerated().reversed() {
            for digest in tensor.digests { byDigest[digest, default: []].append(index) }
        }
        var taken: Set<Int> = []
        var handled: Set<ForeignText> = []
        var differences: [ManifestDifference] = []
        var gone: [ForeignText] = []
        for (entry, name) in missing where handled.insert(name).inserted {
            while let last = byDigest[entry.digest]?.last, taken.contains(last) { byDigest[entry.digest]?.removeLast() }
            if let index = byDigest[entry.digest]?.popLast() {
                taken.insert(index)
                differences.append(.renamed(file: file, from: name, to: extra[index].name))
                differences += attributeDifferences(entry, extra[index], file)
            } else {
                gone.append(name)
            }
        }
        differences += gone.map { .missing(file: file, tensor: $0) }
        for (index, tensor) in extra.enumerated() where !taken.contains(index) {
            differences.append(.extra(file: file, tensor: tensor.name))
        }
        return differences
    }
}

extension FileDigests {
    /// The digests of a part of the file; none where it has no such tensor.
    ///
    /// - Parameter tensors: the file's, by name.
    func digests(of target: Manifest.Target, _ tensors: [ForeignText: Tensor]) -> [Digest] {
        switch target {
        case .header: header
        case .file: file
        case .tensorData: tensorData
        case .tensor(_, let name): tensors[name]?.digests ?? []
        }
    }
}
