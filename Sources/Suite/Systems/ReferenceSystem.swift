import HIFIBlockSpec
import HIFIContent
import HIFIForeign
import HIFIGGUF
import HIFIReference
import HIFIVerification

/// The reference implementation as a system under test: it must pass everything.
public final class ReferenceSystem: InspectingSystem {
    /// `reference`
    public let name = "reference"

    private let decoders: [String: ReferenceDecoder]

    /// One for everybody.
    public static let shared = ReferenceSystem()

    /// Prepares decoders for all formats.
    public init() {
        var decoders: [String: ReferenceDecoder] = [:]
        for format in Spec.formats where format.decoding != nil { decoders[format.id] = try? ReferenceDecoder(format) }
        self.decoders = decoders
    }

    /// Answers one request.
    public func answer(_ request: Request) -> Answer {
        do {
            switch request {
            case .decode(let name, let blocks):
                guard let decoder = Spec.format(name).flatMap({ decoders[$0.id] }) else {
                    return .skipped(reason: "\(ForeignText(name)) cannot be decoded")
                }
                return .floats(try decoder.decode(blocks).map(\.bitPattern))
            case .encode(let name, let path, let values, let columns, let importance):
                guard let format = Spec.format(name), ReferenceEncoder.canEncode(format) else {
                    return .skipped(reason: "\(ForeignText(name)) cannot be encoded")
                }
                let encoder = try ReferenceEncoder(format, path: path == .chunk ? .chunk : .reference)
                return .bytes(try encoder.encode(values, columns: columns, importance: importance))
            case .quantizeActivations(let name, let values):
                guard let format = Spec.format(name) else { return .skipped(reason: "no format \(ForeignText(name))") }
                return .bytes(try ActivationQuantizer(format).quantize(values, columns: values.count))
            case .dot(let name, let blocks, let activationName, let activations):
                guard let format = Spec.format(name), let activation = Spec.format(activationName) else {
                    return .skipped(reason: "no such formats")
                }
                let value = try ReferenceDot(format, activation: activation).dot(blocks, activations).value
                return .floats([Float(value).bitPattern])
            case .product(let name, let blocks, let rows, let activationName, let activations, let columns):
                guard let format = Spec.format(name), let activation = Spec.format(activationName) else {
                    return .skipped(reason: "no such formats")
                }
                let dot = try ReferenceDot(format, activation: activation)
                guard let pairs = RowPairs(blocks, rows, activations, columns) else { return .error("not whole rows") }
                return .floats(try pairs.map { Float(try dot.dot($0, $1).value).bitPattern })
            }
        } catch {
            return .error("\(error)")
        }
    }

    /// Answers one inspection.
    public func inspect(_ inspection: CheckRequest) -> CheckAnswer {
        switch inspection {
        case .content(let name, let blocks):
            guard let format = SingleBlocks.format(name) else { return .skipped(reason: "no format \(ForeignText(name))") }
            let scanner = ContentScanner(format)
            var tally = ContentTally(checks: scanner.checks.count, exampleLimit: 1)
            format.blocks(ofRow: blocks).withUnsafeBytes { scanner.scan($0, firstBlock: 0, into: &tally) }
            return .broken(zip(scanner.checks, tally.counts).filter { $1 > 0 }.map(\.0.clause))
        case .container(let path):
            let report = Verifier().verify([path])
            if let failure = report.failures.first { return .error(failure.message) }
            return .broken(report.files.flatMap(\.findings).filter { $0.severity > .note }.map(\.rule))
        }
    }
}

/// Every row of weights with every row of activations, those of the first row of activations first.
struct RowPairs: Sequence {
    let blocks: [UInt8]
    let rowBytes: Int
    let activations: [UInt8]
    let columnBytes: Int
    let rows: Int
    let columns: Int

    /// Nil where the operands are not so many rows of one size.
    init?(_ blocks: [UInt8], _ rows: Int, _ activations: [UInt8], _ columns: Int) {
        guard rows > 0, columns > 0, blocks.count % rows == 0, activations.count % columns == 0 else { return nil }
        (self.blocks, self.activations, self.rows, self.columns) = (blocks, activations, rows, columns)
        (rowBytes, columnBytes) = (blocks.count / rows, activations.count / columns)
    }

    func makeIterator() -> AnyIterator<([UInt8], [UInt8])> {
        var index = 0
        return AnyIterator {
            guard index < rows * columns else { return nil }
            defer { index += 1 }
            let (column, row) = index.quotientAndRemainder(dividingBy: rows)
            return (
                Array(blocks[row * rowBytes..<(row + 1) * rowBytes]),
                Array(activations[column * columnBytes..<(column + 1) * columnBytes])
            )
        }
    }
}
