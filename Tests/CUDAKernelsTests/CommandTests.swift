import CUDAKernels
import Foundation
import HIFIBlockSpec
import HIFIKernels
import HIFIReference
import TestSupport
import Testing

extension CUDAOnShim {
    @Suite("The command line on the shim's device") struct CommandTests {
        @Test("the suite's cases of the outlier formats pass by every path", arguments: ["cuda", "cuda:rows", "cuda:matrix"])
        func conformance(_ backend: String) throws {
            let (status, output) = try Program.run(
                Program.hifi,
                [
                    "conformance", "--backend", backend, "--filter", "format:q3_k_hifi@r13", "--filter", "format:q3_k_hifi_res8",
                    "--filter",
                    "kind:dot", "--no-progress",
                ],
                environment: ["HIFI_LIBCUDA": ShimLibrary.plain.get(), "HIFI_SHIM_ORDER": "3"])
            #expect(status == 0, "\(output)")
            #expect(output.contains("\(backend) conforms to suite"), "\(output)")
        }

        @Test("decode and dot")
        func rawCommands() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hifi-cuda-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
            let format = try Samples.format("q3_k_hifi@r6")
            let blocks = Samples.blocks(format, count: 6, seed: 60)
            try Data(blocks).write(to: URL(fileURLWithPath: path("w.bin")))
            try Samples.activations(512, seed: 61).withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path("x.f32"))) }
            let environment = ["HIFI_LIBCUDA": try ShimLibrary.plain.get()]
            let common = ["--type", format.id, "--blocks", path("w.bin"), "--backend", "cuda"]
            let decoded = try Program.run(Program.hifi, ["decode", "-o", path("y.f32")] + common, environment: environment)
            #expect(decoded.status == 0, "\(decoded.output)")
            let expected = try ReferenceDecoder(format).decode(blocks).withUnsafeBytes { Data($0) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path("y.f32"))) == expected)
            let dot = ["dot", "--activations", path("x.f32"), "-o", path("z.f32"), "--bounds"] + common
            let product = try Program.run(Program.hifi, dot, environment: environment)
            #expect(product.status == 0, "\(product.output)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path("z.f32"))).count == 12)
        }

        @Test("bench: a table of the device's operations")
        func bench() throws {
            let environment = ["HIFI_LIBCUDA": try ShimLibrary.plain.get()]
            let common = ["bench", "--backend", "cuda", "--type", "q3_k_hifi@r6", "--type", "q2_k", "--rows", "8", "--columns", "512"]
            let words = common + ["--op", "decode", "--op", "dot", "--samples", "1"]
            let (status, output) = try Program.run(Program.hifi, words, environment: environment)
            #expect(status == 0, "\(output)")
            #expect(output.hasPrefix("shim (no GPU), capability 9.0, 2 processors, driver of CUDA 13.0; a copy within the device"))
            for operation in ["decode", "tiles", "rows"] { #expect(output.contains("\n\(operation) "), "\(output)") }
            #expect(!output.contains("matrix") && !output.contains("q2_k"))
            let other = try Program.run(Program.hifi, common + ["--op", "encode"], environment: environment)
            #expect(other.status == 64, "\(other.output)")
            #expect(try Program.run(Program.hifi, words, environment: ["HIFI_LIBCUDA": "/nowhere"]).status == 69)
        }

        @Test("no driver, no device, a driver that lacks functions: status 69 and one line that says what to do")
        func unavailable() throws {
            let missing = try Program.run(
                Program.hifi, ["conformance", "--backend", "cuda"], environment: ["HIFI_LIBCUDA": "/nowhere/libcuda.so.1"])
            #expect(missing.status == 69)
            #expect(missing.output.hasPrefix("hifi: error: no NVIDIA driver on this machine ("), "\(missing.output)")
            let none = try Program.run(
                Program.hifi, ["conformance", "--backend", "cuda:tiles"],
                environment: ["HIFI_LIBCUDA": ShimLibrary.plain.get(), "HIFI_SHIM_NO_DEVICE": "1"])
            #expect(none.status == 69)
            #expect(none.output == "hifi: error: no CUDA device 0: the driver sees 0\n")
            let unknown = try Program.run(Program.hifi, ["conformance", "--backend", "cuda:fast"])
            #expect(unknown.status == 64)
            #expect(throws: CUDAError.self) { _ = try CUDADevice(driver: "libm.so.6") }
            #expect(throws: CUDAError.noDevice(index: 1, of: 1)) { _ = try CUDADevice(index: 1, driver: ShimLibrary.plain.get()) }
        }

        /// 64 KiB as capability 7.5 has them, 99 as 8.6 and 8.9: no matrix kernel, and one that copies and multiplies in turn.
        @Test("a device with less shared memory", arguments: [65536, 101376])
        func smallDevice(_ bytes: Int) throws {
            let (status, output) = try Program.run(
                Program.hifi,
                ["conformance", "--backend", "cuda:matrix", "--filter", "format:q4_k", "--filter", "kind:dot", "--no-progress"],
                environment: ["HIFI_LIBCUDA": ShimLibrary.plain.get(), "HIFI_SHIM_SHARED": "\(bytes)"])
            #expect(status == 0, "\(output)")
        }

        /// Every address is checked: a kernel that reads or writes past a buffer, or unaligned, ends the program. The suite's
        /// products have one row; the benchmark's have 21, and one column or 512.
        @Test(
            "no kernel touches what is not its own (AddressSanitizer)",
            .enabled(if: ShimLibrary.sanitizerRuntime != nil, "no AddressSanitizer for clang: the addresses of kernels are NOT checked"))
        func addresses() throws {
            let environment = [
                "HIFI_LIBCUDA": try ShimLibrary.sanitized.get(), "LD_PRELOAD": try #require(ShimLibrary.sanitizerRuntime),
                "ASAN_OPTIONS": "detect_leaks=0",
            ]
            let formats = Sample.of(
                ["q3_k_hifi@r6", "q5_k", "q6_k", "q3_k_hifi_res8", "q8_0"], every: 2, "formats whose kernels' addresses are checked"
            ).map { "format:\($0)" }
            let filters = (formats + ["kind:dot", "kind:decode", "clause:DOT-02", "clause:DOT-06", "clause:*K-07"]).flatMap {
                ["--filter", $0]
            }
            let suite = try Program.run(
                Program.hifi, ["conformance", "--backend", "cuda:rows", "--no-progress"] + filters, environment: environment)
            #expect(suite.status == 0, "\(suite.output.prefix(3000))")
            #expect(!suite.output.contains(" 0 cases pass"))
            let words = ["bench", "--backend", "cuda", "--rows", "21", "--columns", "256", "--samples", "1", "--op", "dot", "--op", "gemm"]
            let bench = try Program.run(Program.hifi, words + ["--type", "q3_k_hifi@r6"], environment: environment)
            #expect(bench.status == 0, "\(bench.output.prefix(3000))")
        }

        /// One of the tests of the forward pass, in a program of its own.
        @Test(
            "nor does one of the forward pass (AddressSanitizer)",
            .enabled(if: ShimLibrary.sanitizerRuntime != nil, "no AddressSanitizer for clang: the addresses of kernels are NOT checked"))
        func addressesOfFloats() throws {
            let environment = [
                "HIFI_SHIM_LIBRARY": try ShimLibrary.sanitized.get(), "LD_PRELOAD": try #require(ShimLibrary.sanitizerRuntime),
                "ASAN_OPTIONS": "detect_leaks=0",
            ]
            let words = ["--testing-library", "swift-testing", "--filter", "FloatTests/inLittle"]
            let (status, output) = try Program.run(Program.tests, words, environment: environment)
            #expect(status == 0, "\(output.suffix(3000))")
            #expect(output.contains("with 1 test in 2 suites passed"), "\(output.suffix(3000))")
        }
    }
}
