import Foundation
import Inference
import SpecLoader
import TestSupport
import Testing

extension CUDAOnShim {
    @Suite("Models on a device, by the command line") struct DeviceCommandTests {
        private static let text = Repository.root.appendingPathComponent(SmallModel.text).path

        /// A model of one layer, and an environment with the shim's driver.
        private func prepare(_ folder: TemporaryFolder) throws -> (model: String, environment: [String: String]) {
            let file = try SmallModel.parts(layers: 1).parts.write(folder)
            return (file.path.raw, ["HIFI_LIBCUDA": try ShimLibrary.plain.get()])
        }

        private func violations(_ output: String, schema name: String) throws -> [String] {
            let folder = try TemporaryFolder()
            try Data(output.utf8).write(to: URL(fileURLWithPath: folder.path("output.json")))
            let schemas = SpecSource(root: Repository.root.appendingPathComponent("Spec/schema/output"))
            let value = try SpecSource(root: URL(fileURLWithPath: folder.path("."))).value(at: "output.json")
            return try JSONSchemaSubset(schemas.value(at: "\(name).json")).violations(in: value)
        }

        @Test("perplexity: decoded weights give the processor's record but for the device's name")
        func perplexity() throws {
            let folder = try TemporaryFolder()
            let (model, environment) = try prepare(folder)
            let common = ["perplexity", "-m", model, "-f", Self.text, "-c", "12", "--chunks", "2..4", "--exact", "--format", "json"]
            let here = try Program.run(Program.hifi, common)
            let there = try Program.run(Program.hifi, common + ["--device", "cuda"], environment: environment)
            #expect(here.status == 0 && there.status == 0, "\(there.output)")
            let decoder = JSONDecoder()
            let expected = try decoder.decode(PerplexityRecord.self, from: Data(here.output.utf8))
            let record = try decoder.decode(PerplexityRecord.self, from: Data(there.output.utf8))
            #expect(record.chunks == expected.chunks && record.result == expected.result)
            #expect(record.device == "shim (no GPU)" && record.conditions.kernel == "cuda" && expected.device == nil)
            #expect(try violations(there.output, schema: "perplexity") == [])
        }

        @Test(
            "perplexity: without --exact close to the processor's, and where the device has little shared memory",
            arguments: [nil, "65536"])
        func kernels(_ shared: String?) throws {
            let folder = try TemporaryFolder()
            var (model, environment) = try prepare(folder)
            environment["HIFI_SHIM_SHARED"] = shared
            let common = ["perplexity", "-m", model, "-f", Self.text, "-c", "8", "--chunks", "2", "--record"]
            #expect(try Program.run(Program.hifi, common + [folder.path("a")]).status == 0)
            let there = try Program.run(Program.hifi, common + [folder.path("b"), "--device", "cuda"], environment: environment)
            #expect(there.status == 0 && there.output.contains("Final estimate: PPL = "), "\(there.output)")
            let compare = ["perplexity", "compare", folder.path("a"), folder.path("b"), "--allow", "kernel"]
            #expect(try Program.run(Program.hifi, compare).status == 0)
            #expect(try Program.run(Program.hifi, Array(compare.dropLast(2))).status == 1)
        }

        @Test("bench: tokens a second of perplexity, and nothing else, of a model")
        func bench() throws {
            let folder = try TemporaryFolder()
            var (model, environment) = try prepare(folder)
            let common = ["bench", "--backend", "cuda", "-m", model, "--samples", "1", "--format", "json", "--op"]
            // With room for the weights and some hundred positions; with less than that; without room for the weights.
            environment["HIFI_SHIM_MEMORY"] = "6000000"
            let outcome = try Program.run(Program.hifi, common + ["ppl4"], environment: environment)
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(try violations(outcome.output, schema: "bench-model") == [])
            for memory in ["2500000", "1000"] {
                environment["HIFI_SHIM_MEMORY"] = memory
                let refused = try Program.run(Program.hifi, common + ["ppl4"], environment: environment)
                #expect(refused.status == 69 && refused.output.contains(" free"), "\(refused.output)")
            }
            #expect(try Program.run(Program.hifi, common + ["tg4"], environment: environment).status == 64)
            environment["HIFI_SHIM_MEMORY"] = nil
            let kernels = ["bench", "--backend", "cuda", "--rows", "8", "--columns", "256", "--samples", "1", "--format", "json"]
            let report = try Program.run(Program.hifi, kernels + ["--type", "q3_k", "--op", "decode"], environment: environment)
            #expect(try violations(report.output, schema: "bench-cuda") == [])
        }

        @Test(
            "no kernel of a whole model touches what is not its own (AddressSanitizer)",
            .enabled(if: ShimLibrary.sanitizerRuntime != nil, "no AddressSanitizer for clang: the addresses of kernels are NOT checked"),
            arguments: [[], ["--exact"]])
        func addresses(_ arithmetic: [String]) throws {
            let runtime = try #require(ShimLibrary.sanitizerRuntime)
            let folder = try TemporaryFolder()
            var (model, environment) = try prepare(folder)
            environment["HIFI_LIBCUDA"] = try ShimLibrary.sanitized.get()
            environment["LD_PRELOAD"] = runtime
            environment["ASAN_OPTIONS"] = "detect_leaks=0"
            let words = ["perplexity", "-m", model, "-f", Self.text, "-c", "6", "--chunks", "3", "--device", "cuda"] + arithmetic
            let outcome = try Program.run(Program.hifi, words, environment: environment)
            #expect(outcome.status == 0, "\(outcome.output.prefix(3000))")
        }

        @Test("no device: status 69; a backend of the processor beside the device: 64")
        func unavailable() throws {
            let common = ["perplexity", "-m", SmallModel.path, "-f", Self.text, "-c", "12", "--device", "cuda"]
            let missing = try Program.run(Program.hifi, common, environment: ["HIFI_LIBCUDA": "/nowhere/libcuda.so.1"])
            #expect(missing.status == 69 && missing.output.hasPrefix("hifi: error: no NVIDIA driver on this machine ("))
            #expect(try Program.run(Program.hifi, common + ["--backend", "scalar"]).status == 64)
        }
    }
}
