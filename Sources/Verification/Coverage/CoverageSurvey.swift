import HIFIBlockSpec
import HIFIContent
import HIFIGGUF
import HIFIIdentification
import HIFITokenization

/// Works out what the verdict on a file covers: per file what was read, per model what was judged.
struct CoverageSurvey {
    /// The items that all parts of a model share.
    private let ofModel: [Coverage.Area: Coverage.Item]
    private let tensors: Set<String>?

    /// - Parameters:
    ///   - model: nil where there is no file to speak of.
    ///   - set: the files that were found.
    ///   - architecture, tokenizer: what the rules about them judged.
    ///   - tensors: those whose data was to be looked at; nil for all.
    init(
        _ model: ModelView?, _ set: SplitSet, architecture: ArchitectureCoverage?, tokenizer: TokenizerCoverage?,
        tensors: Set<String>? = nil
    ) {
        self.tensors = tensors
        let items = [
            ModelCoverage.architecture(model, architecture), ModelCoverage.tokenizer(model, tokenizer), ModelCoverage.label(model),
            Self.parts(set),
        ]
        ofModel = Dictionary(items.map { ($0.area, $0) }) { first, _ in first }
    }

    /// - Parameters:
    ///   - contents: what the pass over the data saw of each tensor; nil where it was not to be looked at.
    ///   - digests: the algorithm of digests that were taken, if any.
    func coverage(
        _ scan: GGUFScan, _ formats: TensorFormats, _ layout: DataLayout, contents: ContentList?, digests: Digest.Algorithm?
    ) -> Coverage {
        let survey = BlockCoverage(scan, formats, layout, contents, tensors)
        let items = Coverage.Area.allCases.map { area -> Coverage.Item in
            switch area {
            case .container: Self.container(scan, layout)
            case .blocks: survey.item
            case .digests: Self.digests(digests)
            case .architecture, .tokenizer, .label, .parts: ofModel[area] ?? Coverage.Item(area, .unchecked, area.rawValue)
            }
        }
        return Coverage(items: items, types: survey.types)
    }

    private static func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private static func container(_ scan: GGUFScan, _ layout: DataLayout) -> Coverage.Item {
        let what = "header, \(plural(scan.metadata.count, "key")), \(plural(scan.tensors.count, "tensor record"))"
        if let section = scan.stoppedIn {
            return .init(
                .container, scan.header == nil ? .unchecked : .partly, what, "nothing after the \(section.rawValue) could be read")
        }
        guard scan.omittedProblems == 0 else {
            return .init(.container, .partly, what, "\(scan.omittedProblems) more problems of the header were counted but not listed")
        }
        guard layout.unseenBytes == 0 else {
            return .init(.container, .partly, what, "\(layout.unseenBytes) bytes outside any tensor were not examined")
        }
        return .init(.container, .checked, what)
    }

    /// Without a manifest there is nothing that digests could be compared with.
    private static func digests(_ algorithm: Digest.Algorithm?) -> Coverage.Item {
        .init(.digests, .absent, algorithm.map { "\($0.rawValue) taken" } ?? "none taken", "no manifest to compare digests with")
    }

    private static func parts(_ set: SplitSet) -> Coverage.Item {
        let announced = set.announcedCount
        guard announced > 1 else { return .init(.parts, .absent, "one file") }
        let what = "\(set.parts.count) of \(announced) parts"
        guard set.parts.count < announced else { return .init(.parts, .checked, what) }
        return .init(.parts, .partly, what, "\(announced - set.parts.count) of \(announced) parts were not found")
    }
}

/// How the blocks of one file's tensors were looked at.
private struct BlockCoverage {
    private(set) var types: [Coverage.TypeCoverage] = []
    /// Tensors whose data was not looked at, by why.
    private var unread: [(reason: String, tensors: Int)] = []
    private let isEmpty: Bool
    private let isHeaderOnly: Bool
    /// Type ids that may stand for blocks of another meaning than the one that was checked.
    private let undecided: Set<UInt32>

    init(_ scan: GGUFScan, _ formats: TensorFormats, _ layout: DataLayout, _ contents: ContentList?, _ tensors: Set<String>?) {
        (isEmpty, isHeaderOnly) = (scan.tensors.isEmpty, contents == nil)
        undecided = Set((formats.identification?.ambiguities ?? []).filter { !$0.decodesAlike }.map(\.typeID))
        let mislabelled = layout.findings.isEmpty ? [] : LayoutRules.mislabelled(scan, layout, formats)
        var positions: [String: Int] = [:]
        for tensor in scan.tensors {
            let format = formats[tensor]
            let key = "\(tensor.typeID) \(format?.id ?? "")"
            let position = positions[key] ?? types.count
            if position == types.count {
                positions[key] = position
                types.append(.init(id: tensor.typeID, format: format?.id))
            }
            let extent = layout.extents.indices.contains(tensor.index) ? layout.extents[tensor.index] : nil
            guard let format, extent?.byteCount != nil else {
                types[position].notLookedAt += 1
                note(format == nil ? Self.unread(tensor.typeID) : "size not known")
                continue
            }
            guard extent?.range != nil else {
                types[position].notLookedAt += 1
                note("data outside the file")
                continue
            }
            guard let contents, contents.indices.contains(tensor.index), contents[tensor.index] != nil,
                !mislabelled.contains(tensor.index)
            else {
                types[position].notLookedAt += 1
                let reason =
                    switch true {
                    case contents == nil: "data not examined"
                    case tensors.map({ !$0.contains(tensor.name.raw) }): "not named"
                    case extent?.range.map({ !scan.bytes.isPresent($0) }): "data not fetched"
                    case mislabelled.contains(tensor.index): "label does not fit"
                    default: "data overlaps"
                    }
                note(reason)
                continue
            }
            if format.isInteger {
                types[position].integers += 1
            } else if format.checks.isEmpty, !Self.wovenByContent.contains(format.id) {
                types[position].bySizeOnly += 1
            } else {
                types[position].byContent += 1
                let (sum, overflow) = types[position].blocksByContent.addingReportingOverflow((tensor.elementCount ?? 0) / format.elements)
                types[position].blocksByContent = overflow ? .max : sum
            }
        }
        types.sort { ($1.blocksByContent, $0.id) < ($0.blocksByContent, $1.id) }
    }

    /// Formats of interleaved rows whose blocks are checked as those of single rows are.
    private static let wovenByContent = Set(Spec.formats.filter { WovenGroup($0) != nil }.map(\.id))

    /// Why blocks under a number without a format cannot be looked at.
    private static func unread(_ id: UInt32) -> String {
        guard let number = TypeRegistry.number(id) else { return "type \(id) is not known" }
        let isSized = number.meanings.contains { !$0.formats.isEmpty }
        return "type \(id) is \(isSized ? "not settled" : "known by name only"): \(number.summary)"
    }

    private mutating func note(_ reason: String) {
        if let index = unread.firstIndex(where: { $0.reason == reason }) {
            unread[index].tensors += 1
        } else {
            unread.append((reason, 1))
        }
    }

    var item: Coverage.Item {
        if isEmpty { return .init(.blocks, .absent, "no tensors") }
        let good = types.filter { $0.byContent > 0 }.map { "\($0.name) × \($0.byContent)" }
        let what = good.isEmpty ? "no tensor by content" : "by content \(good.joined(separator: ", "))"
        let sized = types.filter { $0.bySizeOnly > 0 }.map { "\($0.name) by size only (\(Self.tensors($0.bySizeOnly)))" }
        var reasons: [String] = []
        if !sized.isEmpty { reasons.append("blocks of \(NumberText.list(sized, limit: 8, and: "and"))") }
        let taken = types.filter { $0.byContent > 0 && undecided.contains($0.id) }
        if !taken.isEmpty {
            let names = taken.map { "type \($0.id) taken as \($0.name) and not proven to be it (\(Self.tensors($0.byContent)))" }
            reasons.append(NumberText.list(names, limit: 8, and: "and"))
        }
        let integers = types.map(\.integers).reduce(0, +)
        if integers > 0 { reasons.append("\(Self.tensors(integers)) of integers not judged") }
        if isHeaderOnly {
            reasons.append("data not examined")
        } else {
            reasons += unread.prefix(4).map { "\(Self.tensors($0.tensors)) not examined: \($0.reason)" }
        }
        guard !reasons.isEmpty else { return .init(.blocks, .checked, what) }
        return .init(.blocks, good.isEmpty ? .unchecked : .partly, what, reasons.joined(separator: "; "))
    }

    private static func tensors(_ count: Int) -> String { count == 1 ? "1 tensor" : "\(count) tensors" }
}

extension Coverage.TypeCoverage {
    fileprivate var name: String { format ?? "type \(id)" }
}

extension BlockFormat {
    /// Whether it is an element type of whole numbers.
    var isInteger: Bool {
        guard elements == 1, let type = fields.first?.type else { return false }
        return [.i8, .i16, .i32, .i64].contains(type)
    }
}
