import Foundation
import HIFIBlockSpec
import HIFIGGUF
import HIFIVerification
import TestSupport

extension TemporaryFolder {
    /// Writes a file and gives its path.
    func write(_ bytes: [UInt8], as name: String = "file.gguf") throws -> String { try file(name, bytes) }
}

extension VerifierOptions {
    /// Options with the given changes.
    static func with(_ profile: RuleProfile, _ change: (inout VerifierOptions) -> Void = { _ in }) -> VerifierOptions {
        var options = VerifierOptions()
        options.profile = profile
        change(&options)
        return options
    }
}

/// The report of one file image.
func report(
    _ bytes: [UInt8], _ options: VerifierOptions = .init(), identify: (@Sendable (GGUFScan) -> TensorFormats)? = nil
) throws -> VerificationReport {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes)
    return identify.map { Verifier(options, identify: $0).verify([path]) } ?? Verifier(options).verify([path])
}

extension HIFICorpus.Case {
    /// The dialect of the case, whatever identification would make of so small a file.
    var identify: @Sendable (GGUFScan) -> TensorFormats {
        let (dialect, format) = (dialect, format)
        return { scan in
            guard let dialect = Spec.dialect(dialect) else { return TensorFormats.upstream(scan) }
            var formats = TensorFormats(scan, dialect: dialect)
            for tensor in scan.tensors where tensor.typeID >= 12 { formats.formats[tensor.index] = Spec.format(format) }
            return formats
        }
    }
}

extension VerificationReport {
    /// The ids of all rules that findings cite, and of their clauses.
    var rules: Set<String> { Set(files.flatMap(\.findings).flatMap { [$0.rule] + ($0.clause.map { [$0] } ?? []) }) }
    /// The findings of all files.
    var findings: [Finding] { files.flatMap(\.findings) }

    /// The first finding that cites this rule or clause.
    func finding(_ rule: String) -> Finding? { findings.first { $0.rule == rule } ?? findings.first { $0.clause == rule } }
}
