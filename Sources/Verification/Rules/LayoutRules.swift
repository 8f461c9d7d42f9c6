import HIFIBlockSpec
import HIFIGGUF
import HIFIIdentification

/// Where tensor data lies: bounds, overlaps, holes, order, padding, and labels that do not fit.
struct LayoutRules {
    private let scan: GGUFScan
    private let layout: DataLayout
    private let formats: TensorFormats
    private let fit: LabelGuess

    static func check(_ scan: GGUFScan, _ layout: DataLayout, _ formats: TensorFormats, into findings: inout FindingCollector) {
        let rules = LayoutRules(scan: scan, layout: layout, formats: formats, fit: LabelGuess(scan, layout))
        rules.checkBounds(&findings)
        for finding in layout.findings { rules.report(finding, &findings) }
    }

    // MARK: - The end of the file

    /// Tensors that begin or end past the end of the file. A cut file has many; that is one finding.
    private func checkBounds(_ findings: inout FindingCollector) {
        var lost: [(tensor: TensorInfo, offset: Int)] = []
        for problem in scan.problems where problem.code == .tensorOffsetOutsideFile {
            guard case .tensor(_, let index) = problem.subject, let tensor = tensor(index) else { continue }
            lost.append((tensor, problem.offset))
        }
        for finding in layout.findings where finding.code == .extentOutsideFile {
            if let tensor = finding.tensorIndex.flatMap(tensor) { lost.append((tensor, tensor.dataOffsetOffset)) }
        }
        lost.sort { $0.tensor.index < $1.tensor.index }
        guard let first = lost.first else { return }
        let needed = lost.compactMap { end(of: $0.tensor) }.max()
        findings.add(
            cut(lost.map(\.tensor)), place(first.tensor, first.offset),
            expected: needed.map { "a file of at least \($0) bytes" }, found: "\(scan.bytes.count) bytes",
            advice: label(of: first.tensor, count: lost.count) ?? "Download the file again: its end is missing.", count: lost.count,
            examples: lost.dropFirst().prefix(findings.exampleLimit).map { place($0.tensor, $0.offset) })
    }

    /// Where the file ends, told by the tensor whose data it cuts, or before whose data it ends.
    private func cut(_ lost: [TensorInfo]) -> RuleSentence {
        let size = scan.bytes.count
        let placed = lost.compactMap { tensor in begin(of: tensor).map { (tensor: tensor, start: $0) } }.sorted { $0.start < $1.start }
        guard let (tensor, start) = placed.first else {
            return .dataOutsideFileUnreachable(tensors: NumberText.count(lost.count, "tensor"))
        }
        let others = lost.count > 1 ? "; \(NumberText.count(lost.count - 1, "more tensor")) end after that" : ""
        guard start < size else {
            return .dataOutsideFileBefore(distance: NumberText.size(start - size), tensor: "\(tensor.name)", others: others)
        }
        let length = end(of: tensor).map { " of \(NumberText.size($0 - start))" } ?? ""
        return .dataOutsideFileWithin(distance: NumberText.size(size - start), tensor: "\(tensor.name)", length: length, others: others)
    }

    /// A single tensor that reaches past the end may just have the wrong label.
    private func label(of tensor: TensorInfo, count: Int) -> String? {
        guard count == 1, let phrase = fit.phrase(for: tensor) else { return nil }
        return "The bytes that are there would be exactly enough for \(phrase): the type or the identified dialect may be wrong."
    }

    private func end(of tensor: TensorInfo) -> Int? {
        guard let start = begin(of: tensor), layout.extents.indices.contains(tensor.index),
            let bytes = layout.extents[tensor.index].byteCount
        else { return nil }
        let (end, overflow) = start.addingReportingOverflow(bytes)
        return overflow ? nil : end
    }

    /// Where a tensor's data would begin, be that inside the file or not.
    private func begin(of tensor: TensorInfo) -> Int? {
        guard let dataStart = scan.dataStart, let offset = Int(exactly: tensor.dataOffset) else { return nil }
        let (start, overflow) = dataStart.addingReportingOverflow(offset)
        return overflow ? nil : start
    }

    // MARK: - One finding

    private func report(_ finding: LayoutFinding, _ findings: inout FindingCollector) {
        let tensor = finding.tensorIndex.flatMap(tensor)
        let other = finding.otherIndex.flatMap(self.tensor)
        func add(_ sentence: RuleSentence, _ tensor: TensorInfo?, advice: String? = nil, examples: [Finding.Location] = []) {
            findings.add(
                sentence, .init(tensor: tensor?.name, offset: finding.range.lowerBound), expected: finding.expected,
                found: finding.found, advice: advice, examples: examples)
        }
        switch finding.code {
        case .extentOutsideFile: break
        case .typeUnknown:
            if let tensor { TypeRules.report(tensor, fit, into: &findings) }
        case .rowNotWholeBlocks:
            add(.rowNotWholeBlocks(type: name(of: tensor)), tensor, advice: tensor.flatMap(relabel))
        case .byteCountOverflow: add(.elementCountBytes(), tensor)
        case .overlap:
            add(.overlap(other: quoted(other)), tensor, examples: other.map { [place($0)] } ?? [])
            reportMisfit(other, &findings)
        case .gap:
            if reportMisfit(other, &findings) { return }
            let gap = RuleSentence.gap(other: quoted(other))
            switch finding.filler {
            case .occupied:
                add(
                    .hiddenDataGap(other: quoted(other)), tensor,
                    advice: "The bytes are not all zero: they may be a tensor whose record is missing.")
            case .unseen: add(gap, tensor, advice: "Verify the data too, to see whether there is something in it.")
            case .zero, nil: add(gap, tensor)
            }
        case .gapBeforeFirst: add(.firstOffset(), tensor)
        case .outOfOrder:
            let isSwap = tensor?.dimensions == other?.dimensions && tensor?.typeID == other?.typeID
            add(
                .dataOrder(other: quoted(other)), tensor,
                advice: isSwap ? "Both have the same type and shape: their offsets have probably been swapped." : nil)
        case .trailingBytes:
            reportMisfit(other, &findings)
            add(.trailingBytes(), nil)
        case .lastPaddingMissing: add(.finalPadding(), tensor)
        case .headerPaddingNotZero: add(.headerPadding(), nil)
        case .tensorPaddingNotZero: add(.tensorPadding(), tensor)
        }
    }

    /// Tensors that are probably something else than their label says, so that looking into their blocks makes no sense.
    static func mislabelled(_ scan: GGUFScan, _ layout: DataLayout, _ formats: TensorFormats) -> Set<Int> {
        let rules = LayoutRules(scan: scan, layout: layout, formats: formats, fit: LabelGuess(scan, layout))
        let suspects = layout.findings.lazy.filter { [.gap, .overlap, .trailingBytes].contains($0.code) }.compactMap(\.otherIndex)
        return Set(suspects.filter { rules.tensor($0).flatMap { rules.misfit($0) } != nil })
    }

    /// What a tensor should probably be called, if its reserved bytes fit another type than its own.
    private func misfit(_ tensor: TensorInfo) -> (format: BlockFormat, phrase: String, needed: Int, span: Int)? {
        guard let format = formats[tensor], let phrase = fit.phrase(for: tensor), layout.extents.indices.contains(tensor.index),
            let needed = layout.extents[tensor.index].byteCount, let span = layout.extents[tensor.index].spanBytes
        else { return nil }
        return (format, phrase, needed, span)
    }

    /// Reports a tensor whose reserved bytes fit another type than its own, if they do.
    @discardableResult
    private func reportMisfit(_ tensor: TensorInfo?, _ findings: inout FindingCollector) -> Bool {
        guard let tensor, let (format, phrase, needed, span) = misfit(tensor) else { return false }
        findings.add(
            .spanMisfit(type: format.id, guess: phrase), place(tensor, tensor.typeIDOffset),
            expected: "\(needed) bytes and padding", found: "\(span) bytes up to the next tensor or the end",
            advice: "The type number, the shape or the identified dialect is wrong; the data is probably intact.")
        return true
    }

    private func relabel(_ tensor: TensorInfo) -> String? {
        fit.phrase(for: tensor).map { "By shape and size the data could be \($0)." }
    }

    private func tensor(_ index: Int) -> TensorInfo? { scan.tensors.indices.contains(index) ? scan.tensors[index] : nil }

    private func place(_ tensor: TensorInfo, _ offset: Int? = nil) -> Finding.Location {
        .init(tensor: tensor.name, offset: offset ?? layout.extents[tensor.index].start)
    }

    private func quoted(_ tensor: TensorInfo?) -> String { tensor.map { "\($0.name)" } ?? "the one before" }

    private func name(of tensor: TensorInfo?) -> String { tensor.flatMap { formats[$0] }.map { ", \($0.id)" } ?? "" }
}
