import BlockSpec
import GGUF

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

    /// A kind of fault that a check may turn out to be.
    private struct Fault: Hashable {
        /// Nil where the clause stands for itself.
        let rule: Rule?
        let word: String
    }

    func report(_ check: ContentCheck, count: Int, examples: [ContentTally.Example], into findings: inout FindingCollector) {
        // Checks that stand for several rules are distinguished by looking at the bad blocks again.
        guard isMixed(check) else {
            return report(check, Fault(rule: rule(for: check), word: ""), count, examples, &findings)
        }
        var counts: [Fault: (count: Int, examples: [ContentTally.Example])] = [:]
        var order: [Fault] = []
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
        _ check: ContentCheck, _ fault: Fault, _ count: Int, _ examples: [ContentTally.Example], _ findings: inout FindingCollector
    ) {
        guard let field = place.format.field(check.field), let first = examples.first else { return }
        let location = place.location(block: first.block, field: field, scalar: first.scalar)
        let others = examples.dropFirst().map { place.location(block: $0.block, field: field, scalar: $0.scalar) }
        let blocks = place.format.elements == 1 ? "element" : "block"
        let subject = count == 1 ? "One \(blocks)" : "\(count) \(blocks)s"
        let message = "\(subject) of the tensor: \(sentence(check, fault)) (\(place.format.id), \(check.clause))."
        // A mask that is stored says no more than that it is one.
        let isMask =
            fault.rule == .floatInfinite && mayBeMask && data.withUnsafeBytes { StoredMask.isMask($0, place.format) }
        if isMask {
            findings.add(
                .floatInfinite, location, "The tensor is a stored mask: it holds zeros and -infinity only (\(place.format.id)).",
                count: count, examples: Array(others), clause: check.clause, atMost: .note, evidence: evidence)
            return
        }
        let severity = severity(of: check)
        let texts = BlockText(place: place, data: data)
        let (expected, found) = (texts.expected(check), texts.found(check, field, first))
        let advice = advice(check)
        if let rule = fault.rule {
            findings.add(
                rule, location, message, expected: expected, found: found, advice: advice, count: count, examples: Array(others),
                clause: check.clause, atLeast: severity, evidence: evidence)
        } else {
            findings.add(
                Finding(
                    rule: check.clause, severity: severity, kind: severity == .error ? .damaged : .suspicious, location: location,
                    message: message, expected: expected, found: found, advice: advice, count: count,
                    examples: others.prefix(findings.exampleLimit).map { findings.located($0) }, clause: check.clause),
                evidence: evidence)
        }
    }

    // MARK: - Which rule

    private func severity(of check: ContentCheck) -> Finding.Severity {
        switch check.severity {
        case .error: .error
        case .warning: .warning
        case .note: .note
        }
    }

    private func isOutlier(_ check: ContentCheck) -> Bool { place.format.outlierValueFields.contains(check.field) }

    private func isMixed(_ check: ContentCheck) -> Bool { check.kind == .finite || check.kind == .sentinelSparesWeights }

    private func rule(for check: ContentCheck) -> Rule? {
        switch check.kind {
        case .countWithinSlots: .countTooLarge
        case .countZeroButSlotsFilled: .countZeroButFilled
        case .baseZeroUnderOutlier: .readersDifferAtOutliers
        case .finite, .sentinelSparesWeights, .zero, .indexInBlock, .distinct, .ascending, .unusedSlotsZero, .bytesWritten: nil
        }
    }

    private func fault(_ check: ContentCheck, _ example: ContentTally.Example) -> Fault {
        let block = data.slice(place.range(ofBlock: example.block))
        switch check.kind {
        case .finite:
            let isNaN = place.format.field(check.field).map { BlockText.isNaN(block, $0, example.scalar) } ?? false
            let word = isNaN ? "NaN" : "infinite"
            if isOutlier(check) { return Fault(rule: nil, word: word) }
            if place.format.elements == 1 { return Fault(rule: isNaN ? .floatNaN : .floatInfinite, word: word) }
            return Fault(rule: isNaN ? .scaleNaN : .scaleInfinite, word: word)
        case .sentinelSparesWeights:
            guard let slots = SlotReader(place.format), let (position, value) = slots.slot(example.scalar, of: block), value == 0
            else { return Fault(rule: nil, word: "a position is used twice") }
            switch position {
            case 0: return Fault(rule: .sentinelOverWeight0, word: "an unused slot overwrites weight 0")
            case 255: return Fault(rule: .sentinelOverWeight255, word: "an unused slot overwrites weight 255")
            default: return Fault(rule: nil, word: "a position is used twice")
            }
        default: return Fault(rule: rule(for: check), word: "")
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

    // MARK: - Words

    private func sentence(_ check: ContentCheck, _ fault: Fault) -> String {
        switch check.kind {
        case .finite: "\(isOutlier(check) ? "an outlier value" : place.format.elements == 1 ? "it" : check.field) is \(fault.word)"
        case .zero: "the padding is not zero"
        case .countWithinSlots: "the outlier count is larger than the number of slots"
        case .indexInBlock: "an outlier's position is outside the block"
        case .distinct: "two outliers have the same position"
        case .ascending: "the outliers are not in order of position"
        case .unusedSlotsZero: "a slot past the count is not empty"
        case .baseZeroUnderOutlier: "the base is not zero under an outlier, so readers that replace and readers that add it disagree"
        case .sentinelSparesWeights: fault.word
        case .countZeroButSlotsFilled: "the count is zero although slots are filled"
        case .bytesWritten: "\(check.field) holds a byte that no encoder writes"
        }
    }

    private func advice(_ check: ContentCheck) -> String? {
        switch check.kind {
        case .finite where place.format.elements == 1:
            "Products with this tensor are not finite. Compare with the model it was made from, or download the file again."
        case .finite:
            "Products with this block are not finite. Compare with a manifest, or quantize the tensor again and check its importance matrix."
        case .countWithinSlots: "Readers that trust the count read past the block."
        case .countZeroButSlotsFilled: "The blocks may be of the revision without a count (r12): a reader of r13 drops their outliers."
        case .indexInBlock: "Readers that trust the position write past the block."
        case .zero: "Another revision may have written the block, or the bytes were altered."
        case .bytesWritten: "The bytes were altered, or are of another type. Compare with a manifest, or fetch the file again."
        case .baseZeroUnderOutlier, .sentinelSparesWeights:
            "Write the tensor again with an encoder of this revision, or download the file again."
        case .distinct, .ascending, .unusedSlotsZero: nil
        }
    }
}
