import HIFIBlockSpec
import HIFIGGUF

extension Identifier {
    /// The result in one line.
    package func headline(
        _ best: (reading: Reading, dialect: Dialect), dialects: [String], isStock: Bool, isShifted: Bool,
        types: [Identification.TypeReading],
        disputed: Set<UInt32>
    ) -> String {
        if !disputed.isEmpty {
            let items = types.filter { disputed.contains($0.id) }.map {
                "type id \($0.id) is \(NumberText.list($0.formats, limit: 12, and: "or"))"
            }
            return "the dialect cannot be identified: " + NumberText.list(items)
        }
        let agreement = dialects.count == 1 ? best.dialect.title : "\(dialects.count) known dialects agree on them"
        if isStock {
            let own = Set(dialects.compactMap { Spec.dialect($0)?.family }) == [.fork] ? " of the HIFI fork" : ""
            return "stock types only, under upstream's ids\(own): \(agreement)"
        }
        let python = best.reading.pythonSizes.map {
            "\($0.format) under type id \($0.typeID) with the block size of the HIFI fork's Python package"
        }
        let hifi =
            python
            + types.filter { !$0.isContradicted && $0.formats.contains(where: KnownFormats.isHIFI) }.map {
                "\($0.formats.joined(separator: "/")) under type id \($0.id)"
            }
        var text = hifi.isEmpty ? "stock types" : NumberText.list(hifi)
        if isShifted { text += hifi.isEmpty ? " under ids one too high" : ", stock ids one too high" }
        return text + ": \(best.dialect.title)"
    }

    /// One line of arithmetic for each type id.
    func spanEvidence(_ reading: Reading) -> [Identification.Evidence] {
        var lines: [Identification.Evidence] = []
        for id in finder.ids where lines.count < 64 {
            guard let name = reading.formats[id], let format = KnownFormats.byID[name], let example = example(id, format) else { continue }
            let tensor = scan.tensors[example.tensor]
            let weights = NumberText.grouped(finder.extents[example.tensor].elements ?? 0)
            var text = "tensor \(tensor.name): type id \(id), \(weights) weights in \(NumberText.grouped(example.bytes)) bytes"
            if let span = finder.extents[example.tensor].span.bytes, span > example.bytes {
                text += " (and \(NumberText.grouped(span - example.bytes)) to spare)"
            }
            text += " = \(KnownFormats.sizeText(format)): \(name)"
            let rivals = rivals(id, format)
            if !rivals.isEmpty {
                text +=
                    "; " + NumberText.list(rivals.map { "\($0.id) would need \(KnownFormats.sizeNumber($0))" }, limit: 3)
            }
            let others = (finder.tensorsByID[id]?.count ?? 1) - 1
            if others > 0 { text += "; \(NumberText.count(others, "more tensor"))" }
            lines.append(.init(kind: .span, clause: format.clauses.first { $0.topic == .layout }?.id, text: text))
        }
        for python in reading.pythonSizes {
            lines.append(
                .init(
                    kind: .span, clause: nil,
                    text:
                        "type id \(python.typeID): \(python.bytes) bytes per 256 weights, which only the HIFI fork's Python package takes "
                        + "for the size of \(python.format); its library has \(python.libraryBytes)"
                ))
        }
        let unknown = finder.ids.filter { id in reading.formats[id] == nil && !reading.pythonSizes.contains { $0.typeID == id } }
        if !unknown.isEmpty {
            let names = unknown.prefix(9).map { id in "\(id)" + (TypeRegistry.number(id).map { ", elsewhere \($0.summary)" } ?? "") }
            lines.append(
                .init(
                    kind: .span, clause: nil,
                    text: "no meaning here: type id " + NumberText.list(names)))
        }
        return lines
    }

    /// The largest tensor whose span its format fills.
    private func example(_ id: UInt32, _ format: BlockFormat) -> (tensor: Int, bytes: UInt64)? {
        var best: (tensor: Int, bytes: UInt64)?
        for tensor in finder.tensorsByID[id] ?? [] where finder.fit(tensor, format) == .exact {
            guard let bytes = finder.extents[tensor].bytes(format.size) else { continue }
            if let best, best.bytes >= bytes { continue }
            best = (tensor, bytes)
        }
        return best
    }

    /// Formats of another size that some dialect gives the id: upstream's first.
    private func rivals(_ id: UInt32, _ format: BlockFormat) -> [BlockFormat] {
        var rivals: [BlockFormat] = []
        for dialect in Spec.dialects.reversed().sorted(by: { ($0.family == .upstream ? 0 : 1) < ($1.family == .upstream ? 0 : 1) }) {
            for name in KnownFormats.types[dialect.id]?[id]?.formats ?? [] {
                guard let rival = KnownFormats.byID[name], KnownFormats.sizeText(rival) != KnownFormats.sizeText(format) else { continue }
                if !rivals.contains(where: { KnownFormats.sizeText($0) == KnownFormats.sizeText(rival) }) { rivals.append(rival) }
            }
        }
        return rivals
    }

    func contextEvidence(_ fileType: FileTypeReading?, _ mixes: [MixMatch]) -> [Identification.Evidence] {
        var lines: [Identification.Evidence] = []
        if let fileType { lines.append(.init(kind: .fileType, clause: nil, text: fileType.text)) }
        if let mix = mixes.first {
            var text = "\(mix.agreeing) of \(mix.compared) tensors have the type that the routing \(mix.id) (\(mix.title)) gives them"
            if mix.fallbacks > 0 {
                text += ", \(mix.fallbacks) of them its fallback type for rows that are not whole blocks"
            }
            if !mix.exceptions.isEmpty { text += ", not " + NumberText.list(mix.exceptions.map(\.description)) }
            if !mix.hasUsualRevision {
                text += "; the fork did not use that routing with this revision: the file was converted, or types were chosen one by one"
            }
            let same = mixes.dropFirst().filter(\.isExact).map(\.id)
            if mix.isExact, !same.isEmpty { text += "; so do \(NumberText.list(same)) for this model" }
            lines.append(.init(kind: .mix, clause: nil, text: text))
        }
        return lines
    }
}
