import Foundation
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

/// `docs/TYPES.md` is written by this test (`HIFI_UPDATE_SNAPSHOTS=1 swift test -c release --filter TypeTableTests`), from the
/// declarations and from what the kernels accept, so that no table can promise what is not there.
@Suite("The table of types says what is decoded, encoded and multiplied, and by what")
struct TypeTableTests {
    private static let place = Repository.root.appendingPathComponent("docs/TYPES.md")

    @Test("docs/TYPES.md is what the declarations and the kernels give")
    func table() throws {
        let text = try Self.text(CPUBackend(isa: .scalar))
        if ProcessInfo.processInfo.environment["HIFI_UPDATE_SNAPSHOTS"] != nil {
            try text.write(to: Self.place, atomically: true, encoding: .utf8)
        }
        let stored = try String(contentsOf: Self.place, encoding: .utf8)
        let (expected, found) = (text.split(separator: "\n"), stored.split(separator: "\n"))
        for line in Set(expected).symmetricDifference(found).sorted() {
            Issue.record("\(Set(found).contains(line) ? "stands there and is not so" : "is missing"): \(line)")
        }
        #expect(stored == text)
    }

    private static func text(_ backend: CPUBackend) -> String {
        let formats = Spec.formats.filter { $0.decoding != nil }
        let rows = formats.map { row($0, backend) }
        let woven = Spec.formats.filter { $0.weave != nil }.map { "`\($0.id)`" }
        let kernels = formats.filter { KernelFormat($0) != nil }
        return """
            # Types

            What this version does with each format, and by what. This table is generated from the declarations in `Spec/` and from what the
            kernels accept (`TypeTableTests`); `hifi types` lists the type numbers that stand for them.

            *kernels*: native code, portable C where an instruction set has none of its own. Weights and blocks have the bits of the
            reference, products lie within its bound. *reference*: the interpreter of the declarations, exact and slow. *by decoding*: no
            kernel multiplies the blocks themselves. Of \(formats.count) formats that are decoded, \(kernels.count) are by kernels.

            | format | bytes / weights | decoded | encoded | multiplied |
            | --- | --- | --- | --- | --- |
            \(rows.joined(separator: "\n"))

            Interleaved rows of \(woven.count) types are taken apart by `hifi decode` and decoded by the reference; `hifi verify` checks
            them as it checks single rows:
            \(woven.joined(separator: ", ")).

            """
    }

    private static func row(_ format: BlockFormat, _ backend: CPUBackend) -> String {
        let kernel = KernelFormat(format)
        let header = format.headerBytes > 0 ? " + \(format.headerBytes) a row" : ""
        let encoded = encoding(format, backend)
        let multiplied = kernel?.isMultiplied == true ? "kernels" : "by decoding"
        let decoded = kernel == nil ? "reference" : "kernels"
        return "| `\(format.id)` | \(format.bytes) / \(format.elements)\(header) | \(decoded) | \(encoded) | \(multiplied) |"
    }

    private static func encoding(_ format: BlockFormat, _ backend: CPUBackend) -> String {
        guard let encoder = try? BlockEncoder(format, backend: backend) else { return "—" }
        return encoder.isNative ? "kernels" : "reference"
    }
}
