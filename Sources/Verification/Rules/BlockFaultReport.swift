import HIFIBlockSpec
import HIFIContent
import HIFIFiles
import HIFIGGUF

/// Words and numbers for the blocks of one tensor that break a check.
struct BlockFaultReport {
    let place: BlockPlace
    let data: ByteView
    /// Whether the tensor can be a stored mask: a matrix that the model's architecture does not list as one of its own.
    let mayBeMask: Bool
    /// Digest of the data: not every bad block is among a finding's places.
    private let evidence: String

    init(place: BlockPlace, data: ByteView, mayBeMask: Bool) {
        (self.place, self.data, self.mayBeMask) = (place, data, mayBeMask)
        evidence = Digest.of(data, .xxh128).hex
    }

    func report(_ check: ContentCheck, count: Int, examples: [ContentTally.Example], into findings: inout FindingCollector) {
        // Checks that stand for several rules are distinguished by looking at the bad blocks again.
        if let fault = BlockFault.only(of: check.kind) { return report(check, fault, count, examples, &findings) }
        var counts: [BlockFault: (count: Int, examples: [ContentTally.Example])] = [:]
        var order: [BlockFault] = []
        revisit(check) { example in
            let fault = fault(check, example)
            if counts[fault] == nil { order.append(fault) }
            counts[fault, default: (0, [])].count += 1
            if counts[fault, default: (0, [])].examples.count <= findings.exampleLimit { counts[fault]?.examples.append(example) }
        }
        for fault in order {
            guard let (count, examples) = counts[fault] else { continue }
            report(check, fault, count, examples, &findings)
        }
    }

    private func report(
        _ check: ContentCheck, _ fault: BlockFault, _ count: Int, _ examples: [ContentTally.Example], _ findings: inout FindingCollector
    ) {
        guard let field = place.format.field(check.field), let first = examples.first else { return }
        let location = place.location(block: first.block, field: field, scalar: first.scalar)
        let others = examples.dropFirst().map { place.location(block: $0.block, field: field, scalar: $0.scalar) }
        let message = "\(place.name(count)) of the tensor: \(fault.fact(field: check.field)) (\(place.format.id), \(check.clause))."
        // A mask that is stored says no more than that it is one.
        let isMask = fault == .floatInfinite && mayBeMask && data.withUnsafeBytes { StoredMask.isMask($0, place.format) }
        if isMask {
            findings.add(
                .floatInfiniteMask(type: place.format.id), location, count: count, examples: Array(others), clause: check.clause,
                atMost: .note, evidence: evidence)
            return
        }
        let texts = BlockText(place: place, data: data)
        findings.add(
            fault, of: check, location, message, expected: texts.expected(check), found: texts.found(check, field, first), count: count,
            examples: Array(others), evidence: evidence)
    }

    // MARK: - Which fault

    private func fault(_ check: ContentCheck, _ example: ContentTally.Example) -> BlockFault {
        let block = data.slice(place.range(ofBlock: example.block))
        switch check.kind {
        case .sentinelSparesWeights:
            guard let slots = SlotReader(place.format), let (position, value) = slots.slot(example.scalar, of: block), value == 0
            else { return .sentinelPositionTwice }
            return position == 0 ? .sentinelOverWeight0 : position == 255 ? .sentinelOverWeight255 : .sentinelPositionTwice
        default:
            let isNaN = place.format.field(check.field).map { BlockText.isNaN(block, $0, example.scalar) } ?? false
            if place.format.outlierValueFields.contains(check.field) { return isNaN ? .outlierNaN : .outlierInfinite }
            if place.format.elements == 1 { return isNaN ? .floatNaN : .floatInfinite }
            return isNaN ? .scaleNaN : .scaleInfinite
        }
    }

    /// Calls `body` for every block that breaks the check, without keeping them all.
    private func revisit(_ check: ContentCheck, _ body: (ContentTally.Example) -> Void) {
        let scanner = ContentScanner(place.format)
        guard let index = scanner.checks.firstIndex(of: check) else { return }
        // Blocks without a header between them: those of a row where rows have headers.
        let run = place.format.rowHeader == nil ? Int.max : place.blocksPerRow
        data.withUnsafeBytes { bytes in
            var block = 0
            while place.range(ofBlock: block).upperBound <= bytes.count {
                let start = place.range(ofBlock: block).lowerBound
                let count = min(4096, run - block % run, (bytes.count - start) / place.format.bytes)
                var tally = ContentTally(checks: scanner.checks.count, exampleLimit: count)
                let blocks = UnsafeRawBufferPointer(rebasing: bytes[start..<start + count * place.format.bytes])
                scanner.scan(blocks, firstBlock: block, into: &tally)
                tally.examples[index].forEach(body)
                block += count
            }
        }
    }
}
