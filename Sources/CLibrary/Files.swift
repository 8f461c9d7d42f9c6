#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import HIFICAPI
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIVerification

/// All findings about a file: `hifi_file_verify`, as `hifi.h` says.
@_cdecl("hifi_file_verify")
public func verify(
    path: UnsafePointer<CChar>?, _ flags: UInt32, _ onFinding: hifi_on_finding?, _ context: UnsafeMutableRawPointer?,
    _ verdict: UnsafeMutablePointer<hifi_verdict>?, _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        guard flags & ~UInt32(HIFI_HEADER_ONLY) == 0 else { throw .argument("flags: this version knows HIFI_HEADER_ONLY only") }
        var options = VerifierOptions()
        options.headerOnly = flags & UInt32(HIFI_HEADER_ONLY) != 0
        options.hashing = false
        let report = Verifier(options).verify([try file(path)])
        if report.files.isEmpty, let failure = report.failures.first { throw CallError(HIFI_UNREADABLE, failure.message) }
        verdict?.pointee = hifi_verdict(report)
        if let onFinding {
            for file in report.files {
                for finding in file.findings { withFinding(finding, of: file.path) { onFinding($0, context) } }
            }
        }
        if let json { json.pointee = try document(report) }
    }
}

/// What a file holds and who made it: `hifi_file_identify`, as `hifi.h` says.
@_cdecl("hifi_file_identify")
public func identify(
    path: UnsafePointer<CChar>?, _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ error: UnsafeMutablePointer<hifi_error>?
) -> hifi_status {
    call(error) { () throws(CallError) in
        guard let json else { throw .argument("json is NULL") }
        let inputs = ModelInputs([try file(path)])
        var files: [IdentifiedPart] = []
        var failures = (inputs.failures + inputs.models.flatMap(\.refusals))
        for model in inputs.models {
            let found = Identification.identify(model, options: .init())
            do throws(FileError) {
                try model.checkUnchanged()
                files += zip(model.parts, found).map { IdentifiedPart(file: $0.file.path, identification: $1, error: nil) }
            } catch { failures.append(error) }
        }
        // One that cannot be read hides no other.
        if files.isEmpty, let failure = failures.first { throw CallError(HIFI_UNREADABLE, "\(failure)") }
        files += failures.map { IdentifiedPart(file: $0.path, identification: nil, error: "\($0)") }
        json.pointee = try document(files)
    }
}

/// A file and what it was identified as, or why it could not be read.
private struct IdentifiedPart: Encodable {
    let file: ForeignText
    let identification: Identification?
    let error: String?
}

/// The file that a caller named. Standard input belongs to the program, not to its libraries.
private func file(_ path: UnsafePointer<CChar>?) throws(CallError) -> String {
    let path = try text(path, "path")
    guard !path.isEmpty else { throw .argument("path is empty") }
    // An address is a path like any other here.
    return path == "-" ? "./-" : path
}

private func document(_ value: some Encodable) throws(CallError) -> UnsafeMutablePointer<CChar> {
    let text: String
    do { text = try JSONText.render(value) } catch { throw CallError(HIFI_INTERNAL, "\(ForeignText(describing: error))") }
    return try owned(text)
}

extension hifi_verdict {
    fileprivate init(_ report: VerificationReport) {
        let counts = report.counts
        self.init(
            status: report.exitCode, gaps: UInt32(clamping: report.files.map(\.coverage.gaps.count).reduce(0, +)),
            errors: UInt64(counts.errors), warnings: UInt64(counts.warnings), notes: UInt64(counts.notes))
    }
}

/// Calls `body` with a finding whose texts stay where they are for so long.
private func withFinding(_ finding: Finding, of path: ForeignText, _ body: (UnsafePointer<hifi_finding>) -> Void) {
    let place = finding.location
    let texts: [String?] = [
        finding.rule, finding.clause, finding.message, finding.expected, finding.found, finding.advice, "\(place.file ?? path)",
        place.tensor.map { "\($0)" }, place.key.map { "\($0)" }, place.field,
    ]
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    func number(_ value: Int?) -> UInt64 { value.map { UInt64(clamping: $0) } ?? .max }
    var record = hifi_finding(
        rule: copies[0], clause: copies[1], message: copies[2], expected: copies[3], found: copies[4], advice: copies[5], file: copies[6],
        tensor: copies[7], key: copies[8], field: copies[9], offset: number(place.offset), row: number(place.row),
        block: number(place.block), count: UInt64(clamping: finding.count), severity: hifi_severity(finding.severity),
        suppressed: finding.suppressed == nil ? 0 : 1)
    withUnsafePointer(to: &record, body)
}

extension hifi_severity {
    fileprivate init(_ severity: Finding.Severity) {
        switch severity {
        case .note: self = HIFI_NOTE
        case .warning: self = HIFI_WARNING
        case .error: self = HIFI_ERROR
        }
    }
}
