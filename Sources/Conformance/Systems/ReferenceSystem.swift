import BlockSpec
import GGUF
import Reference
import Verification

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
        switch request {
        case .decode(let format, let blocks):
            guard let decoder = Spec.format(format).flatMap({ decoders[$0.id] }) else { return .skipped(reason: "no decoder for \(format)") }
            do { return .floats(try decoder.decode(blocks).map(\.bitPattern)) } catch { return .error("\(error)") }
        case .encode, .quantizeActivations, .dot:
            return .skipped(reason: "not there yet")
        }
    }

    /// Answers one inspection.
    public func inspect(_ inspection: Inspection) -> InspectionAnswer {
        switch inspection {
        case .content(let name, let blocks):
            guard let format = Spec.format(name) else { return .skipped(reason: "no format \(name)") }
            let scanner = ContentScanner(format)
            var tally = ContentTally(checks: scanner.checks.count, exampleLimit: 1)
            blocks.withUnsafeBytes { scanner.scan($0, firstBlock: 0, into: &tally) }
            return .broken(zip(scanner.checks, tally.counts).filter { $1 > 0 }.map(\.0.clause))
        case .container(let bytes):
            _ = bytes
            return .skipped(reason: "whole files are not judged yet")
        }
    }
}
