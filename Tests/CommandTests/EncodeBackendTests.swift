import Foundation
import TestSupport
import Testing

@Suite("hifi encode by kernels")
struct EncodeBackendTests {
    private static let weights = "Vectors/recorded/encode/gauss.f32"
    private static let encode = ["encode", "--columns", "1024", "--input", weights, "-o", "-"]

    @Test("every backend here gives the same bytes", arguments: ["cpu", "scalar"], ["q4_k", "q3_k_hifi@r6", "q3_k_hifi@r13"])
    func backends(_ name: String, _ type: String) throws {
        let kernel = try Tool.run(Self.encode + ["--type", type, "--backend", name])
        #expect(kernel.status == 0, "\(kernel.errors)")
        #expect(!kernel.output.isEmpty)
        #expect(try kernel.output == Tool.run(Self.encode + ["--type", type]).output)
    }

    @Test("outliers and policy reach the kernels")
    func options() throws {
        let options = ["--type", "q3_k_hifi@r12", "--outliers", "3", "--imatrix", "Vectors/recorded/encode/importance-imp.f32"]
        let kernel = try Tool.run(Self.encode + options + ["--backend", "cpu"])
        #expect(kernel.status == 0, "\(kernel.errors)")
        #expect(try kernel.output == Tool.run(Self.encode + options).output)
        var large = [Float](repeating: 1, count: 512)
        large[300] = 1e9
        let input = large.withUnsafeBytes { Data($0) }
        let arguments = ["encode", "--type", "q6_k", "--columns", "256", "--input", "-", "-o", "-", "--backend", "cpu"]
        let refused = try Tool.run(arguments, input: input)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("row 1, column 44"), "\(refused.errors)")
        let clamped = try Tool.run(arguments + ["--on-nonfinite", "clamp"], input: input)
        #expect(clamped.status == 0, "\(clamped.errors)")
        #expect(clamped.output.count == 420)
    }

    @Test("a type without encoding kernels is refused, not encoded by the reference under another name")
    func noKernel() throws {
        let outcome = try Tool.run(Self.encode + ["--type", "q2_k_hifi", "--backend", "cpu"])
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("no encoding kernel for q2_k_hifi"), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }
}
