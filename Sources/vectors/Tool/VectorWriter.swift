import Foundation
import HIFIBlockSpec
import Suite

/// Makes all vectors and gives them ids.
struct VectorWriter {
    let folder: String

    static let version = "1.0.0"

    /// Files to be, by path below the folder.
    struct Output {
        let folder: String
        let files: [VectorFile]
        /// Everything that is written: the files, the index, the notes, the schemas, damaged GGUF files.
        let contents: [String: [UInt8]]

        var caseCount: Int { files.reduce(0) { $0 + $1.cases.count } }

        /// Paths whose file is missing or differs, and generated files that should not be there.
        func stale() -> [String] {
            let differing = contents.filter { (try? Data(contentsOf: url($0.key))).map { [UInt8]($0) } != $0.value }.keys
            return (differing + surplus()).sorted()
        }

        func write() throws -> [String] {
            let changed = stale()
            for path in surplus() { try FileManager.default.removeItem(at: url(path)) }
            for path in changed {
                guard let bytes = contents[path] else { continue }
                try FileManager.default.createDirectory(at: url(path).deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: url(path), options: .atomic)
            }
            return changed
        }

        private func url(_ path: String) -> URL { URL(fileURLWithPath: folder).appendingPathComponent(path) }

        private func surplus() -> [String] {
            ConformanceCase.Kind.allCases.flatMap { kind -> [String] in
                let names = (try? FileManager.default.contentsOfDirectory(atPath: url(kind.rawValue).path)) ?? []
                return names.map { "\(kind.rawValue)/\($0)" }.filter { contents[$0] == nil }
            }
        }
    }

    func output() throws -> Output {
        var list = CaseCollector()
        try Catalogue.add(to: &list, folder: folder)
        var files: [VectorFile] = []
        for kind in ConformanceCase.Kind.allCases {
            let drafts = list.drafts.filter { $0.kind == kind }
            for format in Self.formats(of: drafts) {
                files.append(try file(kind: kind, format: format, drafts: drafts.filter { $0.format == format }))
            }
        }
        var contents = Dictionary(uniqueKeysWithValues: files.map { ($0.path, Array($0.text.utf8)) })
        contents["index.json"] = Array(VectorIndex(version: Self.version, files: files).text.utf8)
        contents["notes.json"] = Array(VectorNote.text(try Notes.all(for: files)).utf8)
        for (path, text) in Schemas.all { contents[path] = Array(text.utf8) }
        for (path, bytes) in list.attachments { contents[path] = bytes }
        return Output(folder: folder, files: files, contents: contents)
    }

    /// In the order of the spec.
    private static func formats(of drafts: [CaseCollector.Draft]) -> [String] {
        var seen: [String] = []
        for draft in drafts where seen.last != draft.format && !seen.contains(draft.format) { seen.append(draft.format) }
        return seen
    }

    /// Cases that the stored file has keep their numbers; new ones follow the highest that was ever given.
    private func file(kind: ConformanceCase.Kind, format: String, drafts: [CaseCollector.Draft]) throws -> VectorFile {
        let path = VectorFile.path(kind: kind, format: format)
        let stored = (try? Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(path))).flatMap {
            try? VectorFile(path: path, text: [UInt8]($0))
        }
        var numbers: [ConformanceCase.Task: String] = [:]
        for entry in stored?.cases ?? [] { numbers[entry.task.question] = entry.id }
        var last = stored?.lastNumber ?? 0
        let cases = drafts.map { draft -> ConformanceCase in
            let id: String
            if let known = numbers[draft.task.question] {
                id = known
            } else {
                last += 1
                id = VectorFile.id(kind: kind, format: format, number: last)
            }
            return ConformanceCase(
                id: id, format: format, clauses: draft.clauses, level: draft.level, flags: draft.flags, validity: draft.validity,
                why: draft.why, task: draft.task)
        }
        return VectorFile(path: path, kind: kind, format: format, lastNumber: last, cases: cases.sorted { $0.id < $1.id })
    }
}

extension ConformanceCase.Task {
    /// The same without what is right: what makes a case the same case.
    var question: ConformanceCase.Task {
        switch self {
        case .decode(let blocks, _): .decode(blocks: blocks, weights: [])
        case .encode(let path, let values, let columns, let importance, _):
            .encode(path: path, values: values, columns: columns, importance: importance, blocks: nil)
        case .activations(let values, _): .activations(values: values, blocks: [])
        case .dot(let blocks, let format, let activations, _, _):
            .dot(blocks: blocks, activationFormat: format, activations: activations, exact: 0, bound: 0)
        case .content(let blocks, _): .content(blocks: blocks, broken: [])
        case .container(let file, _): .container(file: file, rules: [])
        case .bulk(let recipe): .bulk(BulkRecipe(operation: recipe.operation, source: recipe.source, digest: ""))
        case .series(let recipe): .series(recipe.expecting([]))
        }
    }
}
