import HIFIBlockSpec
import HIFIContent
import HIFIFiles
import HIFIForeign
import HIFIGGUF

/// Turns what a pass over tensor data counted into findings.
struct ContentRules {
    private let file: GGUFFile
    private let layout: DataLayout
    private let formats: TensorFormats

    /// - Parameter isListed: whether the model's architecture has a tensor of that name.
    static func check(
        _ file: GGUFFile, _ layout: DataLayout, _ formats: TensorFormats, _ contents: ContentList, isListed: (ForeignText) -> Bool,
        into findings: inout FindingCollector
    ) {
        let rules = ContentRules(file: file, layout: layout, formats: formats)
        var subnormal = Spread()
        var integers = Spread()
        let mislabelled = LayoutRules.mislabelled(file.scan, layout, formats)
        for (tensor, content) in zip(file.tensors, contents) {
            guard let content, !mislabelled.contains(tensor.index), let ownFormat = formats[tensor],
                let range = layout.extents[tensor.index].range,
                let data = file.bytes.slice(range)
            else { continue }
            let woven = WovenGroup(ownFormat)
            let format = woven?.format ?? ownFormat
            let place = BlockPlace(tensor: tensor, format: format, start: range.lowerBound, woven: woven)
            if let tally = content.tally, tally.counts.contains(where: { $0 > 0 }) {
                let report = BlockFaultReport(
                    place: place, data: data, mayBeMask: tensor.dimensions.count > 1 && !isListed(tensor.name))
                for (index, check) in ContentScanner(format).checks.enumerated() where tally.counts[index] > 0 {
                    report.report(check, count: tally.counts[index], examples: tally.examples[index], into: &findings)
                }
            }
            let rows = format.asRows(of: place.rowElements).map {
                BlockPlace(tensor: tensor, format: $0, start: range.lowerBound, woven: woven)
            }
            if let rows, let tally = content.rowTally, tally.counts.contains(where: { $0 > 0 }) {
                let report = BlockFaultReport(place: rows, data: data, mayBeMask: false)
                for (index, check) in ContentScanner(rows.format).checks.enumerated() where tally.counts[index] > 0 {
                    report.report(check, count: tally.counts[index], examples: tally.examples[index], into: &findings)
                }
            }
            for found in content.disproportions { rules.report(found, rows ?? place, data, &findings) }
            if let floats = content.floats { rules.report(floats, place, data, &findings) }
            rules.reportUniformity(content, place, data, &findings)
            if content.subnormalScales > 0 {
                subnormal.add((rows ?? place).location(block: content.firstSubnormalScale), content.subnormalScales)
            }
            if [.i8, .i16, .i32, .i64].contains(format.fields.first?.type), format.elements == 1 { integers.add(place.location(), 1) }
        }
        if let first = subnormal.places.first {
            findings.add(
                .scaleSubnormal(blocks: "\(subnormal.total)", tensors: "\(subnormal.places.count)", all: "\(contents.count)"), first,
                found: "\(subnormal.total) subnormal",
                count: subnormal.total, examples: Array(subnormal.places.dropFirst()))
        }
        if let first = integers.places.first {
            findings.add(
                .integerTensor(), first,
                found: "\(integers.total) of integers", count: integers.total,
                examples: Array(integers.places.dropFirst()))
        }
    }

    /// One remark about many tensors.
    private struct Spread {
        var places: [Finding.Location] = []
        var total = 0

        mutating func add(_ place: Finding.Location, _ count: Int) {
            places.append(place)
            total += count
        }
    }

    private static func evidence(_ data: ByteView) -> String { Digest.of(data, .xxh128).hex }

    private func report(_ found: Disproportion, _ place: BlockPlace, _ data: ByteView, _ findings: inout FindingCollector) {
        let places = found.examples.map { place.location(block: $0.block, field: found.field, scalar: $0.scalar) }
        guard let first = places.first else { return }
        let subject = found.count == 1 ? "One number" : "\(found.count) numbers"
        let name = !place.isOne(found.field) ? "\(found.field.name)[\(found.examples.first?.scalar ?? 0)]" : found.field.name
        findings.add(
            .outOfProportion(numbers: subject, field: found.field.name, type: place.format.id), first,
            expected: "a magnitude below \(found.limit); the median is \(found.median)", found: "\(name) = \(found.first) in magnitude",
            advice: "The bytes were probably altered: compare with a manifest, or download the file again.", count: found.count,
            examples: Array(places.dropFirst()), evidence: Self.evidence(data))
    }

    private func report(_ floats: FloatSurvey, _ place: BlockPlace, _ data: ByteView, _ findings: inout FindingCollector) {
        let advice = "Compare with the model it was made from, or with a manifest."
        if let swapped = floats.swapped {
            findings.add(
                .floatByteOrder(odd: "\(swapped.odd)", examined: "\(swapped.of)", type: place.format.id), place.location(),
                expected: "numbers such as \(Float(swapped.firstSwapped))", found: "\(Float(swapped.first))",
                advice: "Converters on or for big-endian machines write tensors like this. " + advice, count: 1,
                evidence: Self.evidence(data))
        } else if let odd = floats.odd {
            findings.add(
                .floatMagnitude(odd: "\(odd.count)", examined: "\(odd.of)", type: place.format.id), place.location(),
                expected: "magnitudes from 1e-30 to 1e30", found: "\(Float(odd.first))", advice: advice, evidence: Self.evidence(data))
        }
    }

    private func reportUniformity(
        _ content: TensorContent, _ place: BlockPlace, _ data: ByteView, _ findings: inout FindingCollector
    ) {
        switch content.uniformity {
        case .zero where place.tensor.name.hasSuffix(".lora_b"):
            findings.add(
                .tensorZeroFactor(), place.location(),
                found: "\(place.tensor.elementCount ?? 0) zeros", atMost: .note)
        case .zero:
            findings.add(
                .tensorZeroWeights(), place.location(), expected: "at least one weight that is not zero",
                found: "\(place.tensor.elementCount ?? 0) zeros",
                advice: "Compare with the model it was made from: its data was probably lost.")
        case .constant(let value) where !value.isFinite:
            findings.add(
                .tensorConstantOther(value: "\(value)"), place.location(), expected: "finite weights",
                found: "\(place.tensor.elementCount ?? 0) times \(value)",
                advice: "Products with this tensor are not finite. Compare with the model it was made from, or download the file again.",
                atLeast: .error)
        case .constant(let value):
            findings.add(
                .tensorConstantFinite(), place.location(), expected: "different weights",
                found: "\(value)")
        case .repeated:
            findings.add(
                .blocksRepeated(), place.location(), found: "the same bytes in each",
                evidence: Self.evidence(data))
        case nil:
            guard content.zeroRows > 0 else { return }
            findings.add(
                .rowsZero(), place.location(row: content.firstZeroRow),
                found: "\(content.zeroRows) rows of zeros", count: content.zeroRows, evidence: Self.evidence(data))
        }
    }
}
