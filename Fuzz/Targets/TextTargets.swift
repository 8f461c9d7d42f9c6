import Adapters
import Figures
import FoundationEssentials
import HIFIBlockSpec
import HIFIForeign
import Inference
import Suite

/// Texts from other programs and other people.
extension FuzzTarget {
    /// A record without a problem is kept by its JSON, does not differ from itself, and is its own only part.
    static let record = FuzzTarget("record", longest: 6 << 10, dictionary: "json", seeds: FuzzSeeds.records) { bytes, _ in
        let record = try JSONDecoder().decode(PerplexityRecord.self, from: Data(bytes))
        if let problem = record.problem {
            try Property.isPrintable(problem)
            return
        }
        for pin in record.pins { try Property.isPrintable("\(pin.name) \(pin.value)") }
        let comparison = try RecordComparison(record, record)
        try Property.hold(comparison.differences.isEmpty, "a record differs from itself")
        let merged = try PerplexityRecord.merging([record])
        try Property.hold(merged.chunks == record.chunks, "a part is not the whole of which it is the only part")
        let json = try JSONText.render(record)
        try Property.isPrintable(json)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let again: PerplexityRecord
        do { again = try decoder.decode(PerplexityRecord.self, from: Data(json.utf8)) } catch {
            throw BrokenProperty(description: "a record that was written cannot be read: \(error)")
        }
        try Property.hold(again.chunks == record.chunks && again.pins == record.pins, "a record changes when it is written and read")
    }

    /// A configuration that makes a model makes one with sizes.
    static let config = FuzzTarget("config", longest: 2 << 10, dictionary: "json", seeds: FuzzSeeds.configurations) { bytes, _ in
        let config = try JSONDecoder().decode(HuggingFaceConfig.self, from: Data(bytes))
        let model = try config.model(id: "config")
        for note in model.notes { try Property.isPrintable(note) }
        let size = try ModelSize(model, ModelSize.Request(mix: "q3_k_m"))
        try Property.hold(size.tensors == model.tensors.count && size.elements > 0 && size.bytes > 0, "a model without a size")
        try Property.isPrintable(try JSONText.render(size))
    }

    /// Requests, and how many numbers or bytes answer each.
    private static let requests: [(request: Request, numbers: Int, bytes: Int)] = [
        (.decode(format: "q4_0", blocks: [UInt8](repeating: 0, count: 18)), 32, 0),
        (.encode(format: "q8_0", path: .reference, values: [Float](repeating: 1, count: 32), columns: 32, importance: nil), 0, 34),
        (
            .dot(
                format: "q4_0", blocks: [UInt8](repeating: 0, count: 18), activationFormat: "q8_0",
                activations: [UInt8](repeating: 0, count: 34)), 1, 0
        ),
        (.quantizeActivations(format: "q8_0", values: [Float](repeating: 1, count: 32)), 0, 34),
    ]

    /// An answer has the size that its request asks for, and words that can be printed; a greeting is one or none.
    static let adapter = FuzzTarget("adapter", longest: 2 << 10, dictionary: "json", seeds: FuzzSeeds.answers) { line, _ in
        for (request, numbers, bytes) in requests {
            switch ExecSystem.answer(line: line, to: request, id: 1) {
            case .floats(let bits): try Property.hold(bits.count == numbers, "\(bits.count) numbers instead of \(numbers)")
            case .bytes(let answer), .checkedBytes(let answer, _):
                try Property.hold(answer.count == bytes, "\(answer.count) bytes instead of \(bytes)")
            case .skipped(let words), .error(let words), .broken(let words): try Property.isPrintable(words)
            case .crash, .timeout: throw BrokenProperty(description: "a line was taken for the end of a program")
            }
        }
        let value = try JSONParser.parse(line)
        try Property.hold(try JSONParser.parse(Array(value.line.utf8)) == value, "a JSON value changes when it is written and read")
        guard let greeting = ExecGreeting(value) else { return }
        for operation in ExecRequest.Operation.allCases { _ = greeting.covers(operation, "q3_k_hifi@r6") }
        try Property.isPrintable("\(greeting.name) \(greeting.version)")
    }

    /// A file of cases is written and read again without a change.
    static let vectors = FuzzTarget("vectors", longest: 6 << 10, dictionary: "json", seeds: FuzzSeeds.vectorFiles) { bytes, _ in
        let file = try VectorFile(path: "decode/q4_0.json", text: bytes)
        let again: VectorFile
        do { again = try VectorFile(path: file.path, text: Array(file.text.utf8)) } catch {
            throw BrokenProperty(description: "a file of cases that was written cannot be read: \(error)")
        }
        try Property.hold(again == file, "a file of cases changes when it is written and read")
    }
}
