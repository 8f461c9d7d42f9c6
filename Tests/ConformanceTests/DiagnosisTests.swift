import Adapters
import Conformance
import Diagnosis
import Foundation
import HIFIBlockSpec
import Suite
import TestSupport
import Testing

/// Mistakes planted in kernels that are written as kernels are (`Faulty/faulty.c`), and what the diagnosis is to call them.
///
/// None of them is among the mutants that the diagnosis compares with: those are made from declarations.
@Suite("Diagnosis names planted mistakes", .enabled(if: Fixture.compiler != nil))
struct DiagnosisTests {
    struct Planted: Sendable, CustomStringConvertible {
        let fault: Int
        let format: String
        /// The cause that is named for a decoder, and for a product; nil where the mistake is not in one.
        let decode, dot: String?

        init(_ fault: Int, _ format: String, decode: String?, dot: String?) {
            (self.fault, self.format, self.decode, self.dot) = (fault, format, decode, dot)
        }

        init(_ fault: Int, _ format: String, _ both: String) { self.init(fault, format, decode: both, dot: both) }

        var description: String { "\(fault) of \(format)" }
    }

    static let planted: [Planted] = [
        .init(101, "q4_k", "bits 4 to 5 of each minimum are read where those of the scale lie, in the second half of each block"),
        .init(102, "q4_k", "bits 4 to 5 of each scale are read where those of the minimum lie, in the second half of each block"),
        .init(103, "q4_k", "neighbouring runs of 32 weights are swapped, but not their scales"),
        .init(104, "q4_k", "dmin is negated"),
        .init(105, "q4_k", "dmin is taken for zero"),
        .init(106, "q4_k", "d and dmin are exchanged"),
        .init(107, "q4_k", "every 2 sub-blocks take the first 2 scales and minima"),
        .init(108, "q4_k", "2 sub-blocks share a minimum"),
        .init(109, "q4_k", "2 sub-blocks share a scale"),
        .init(110, "q4_k", "bit 5 of each scale is taken for 0, in the first half of each block"),
        .init(111, "q4_k", "bit 3 of each code is taken for 0"),
        .init(112, "q4_k", "neighbouring runs of 64 weights are swapped, but not their scales, in weights 192 to 255 of each block"),
        .init(113, "q4_k", "bits 0 to 3 of each minimum are read where those of the scale lie, in the second half of each block"),
        .init(114, "q4_k", "bits 4 and up of each scale are lost, in the second half of each block"),
        .init(201, "q2_k", "bits 0 to 3 of scales and minima are exchanged"),
        .init(202, "q2_k", "every four runs of 32 weights are in reverse order, but not their scales"),
        .init(203, "q2_k", "dmin is taken for zero"),
        .init(204, "q2_k", "2 sub-blocks share a scale and minimum"),
        .init(205, "q2_k", "dmin is negated"),
        .init(206, "q2_k", "d and dmin are exchanged"),
        .init(207, "q2_k", "bits 0 to 1 of each code are read from the first run of 128 in each pair"),
        .init(
            301, "q3_k",
            "bit 2 of each code is read from the other run of 32 in each pair, in weights 224 to 255 of each block"),
        .init(302, "q3_k", "bit 2 of each code is inverted"),
        .init(303, "q3_k", "the scale has bias -31 instead of -32"),
        .init(304, "q3_k", "bits 4 to 5 of each scale are read from the first run of 8 in each pair"),
        .init(305, "q3_k", "plane 0 of the code (qs): moves 1 bits with digit quarter instead of 2"),
        .init(306, "q3_k", "bits 0 to 1 of each code are read from the first run of 128 in each pair"),
        .init(307, "q3_k", "a code without bit 2 is one too large"),
        .init(308, "q3_k", "neighbouring groups of 8 scales are swapped"),
        .init(309, "q3_k", "2 sub-blocks share a scale"),
        .init(310, "q3_k", "bits 0 to 1 of each code are read from the first run of 16 in each pair"),
        .init(311, "q3_k", "bit 2 of each code is read from the first run of 128 in each pair"),
        .init(312, "q3_k", "bits 4 and up of each scale are lost"),
        .init(321, "q3_k_hifi@r6", "only the first 4 slots are used"),
        .init(322, "q3_k_hifi@r6", decode: "slots add", dot: "outliers are added, and the base under them stays"),
        .init(323, "q3_k_hifi@r6", "outliers land one position too high"),
        .init(324, "q3_k_hifi@r6", "the values of slots are in reverse order"),
        .init(325, "q3_k_hifi@r6", "outliers are left out"),
        .init(326, "q3_k_hifi@r6", "only the first 7 slots are used"),
        .init(327, "q3_k_hifi@r6", "outliers lose their sign"),
        .init(328, "q3_k_hifi@r6", "bit 7 of the positions of outliers is taken for 0"),
        .init(401, "q4_0", "in runs of 32 the two halves of a byte are taken for neighbours"),
        .init(402, "q4_0", "the code has bias -7 instead of -8"),
        .init(403, "q4_0", "neighbouring runs of 16 weights are swapped"),
        .init(411, "q4_1", decode: "m is taken for zero", dot: nil),
        .init(412, "q4_1", decode: "m is negated", dot: nil),
        .init(501, "q5_k", "plane 1 of the code (qh): moves 0 bits with digit pair instead of 2"),
        .init(502, "q5_k", "bit 4 of each code counts half"),
        .init(503, "q5_k", "bit 4 of each code is read from the first run of 32 in each pair"),
        .init(504, "q5_k", "dmin is taken for zero"),
        .init(
            505, "q5_k",
            "bit 4 of each code is read from the other run of 16 in each pair, in the second of every two runs of 32 weights"
        ),
        .init(506, "q5_k", "bit 4 of each code is taken for 0, in weights 192 to 255 of each block"),
        .init(511, "q5_0", "bit 4 of each code is read from the first run of 16 in each pair"),
        .init(512, "q5_0", "the code has bias -15 instead of -16"),
        .init(513, "q5_0", "bit 4 of each code is taken for 0, in the first half of each block"),
        .init(601, "q6_k", "of every four runs of 32 weights, runs 1 and 2 are swapped, but not their scales"),
        .init(602, "q6_k", "bits 4 to 5 of each code are read with runs 1 and 2 of every four runs of 32 swapped"),
        .init(603, "q6_k", "the code has bias -31 instead of -32"),
        .init(604, "q6_k", "of every four groups of 2 scales, numbers 1 and 2 are swapped"),
        .init(605, "q6_k", "plane 0 of the scale (scales): signed where it is not, or the other way round"),
        .init(606, "q6_k", "bits 4 to 5 of each code are read from the first run of 128 in each pair"),
        .init(
            607, "q6_k",
            "bits 0 to 3 of each code are read from the other run of 64 in each pair, in run 2 of every four runs of 32 weights"),
        .init(608, "q6_k", "bits 4 and up of each code are lost, in run 3 of every four runs of 32 weights"),
        .init(609, "q6_k", "16 sub-blocks share the scales of 8"),
        .init(610, "q6_k", "d loses its sign"),
        .init(611, "q6_k", "neighbouring groups of 2 scales are swapped, in run 3 of every four runs of 32 weights"),
        .init(801, "q8_0", "plane 0 of the code (qs): signed where it is not, or the other way round"),
        .init(802, "q8_0", "the bytes of d are exchanged"),
        .init(803, "q8_0", "neighbouring weights are swapped"),
        .init(804, "q8_0", decode: "the last weight of a block is zero", dot: "the last weight of each block is left out"),
        .init(901, "q6_k", decode: nil, dot: "after a first group of 4 blocks, what does not fill another is left out"),
        .init(902, "q6_k", decode: nil, dot: "what does not fill a group of 2 blocks is left out"),
        .init(903, "q6_k", decode: nil, dot: "all blocks take the activation scale of the first"),
        .init(904, "q6_k", decode: nil, dot: "activation codes are read unsigned"),
        .init(905, "q6_k", decode: nil, dot: "activation scales are left out"),
        .init(906, "q6_k", decode: nil, dot: "weights are left at zero, in the second half of each block"),
        .init(907, "q6_k", decode: nil, dot: "the result is multiplied by 2.0"),
        .init(908, "q6_k", decode: nil, dot: "the result has the other sign"),
        .init(909, "q6_k", decode: nil, dot: "weights are left at zero, in weight 5 of each 8"),
    ]

    /// The adapter, compiled once.
    private static let adapter: Result<String, any Error> = Result {
        let folder = try Fixture.folder()
        let program = folder.appendingPathComponent("faulty").path
        let source = Repository.root.appendingPathComponent("Tests/ConformanceTests/Faulty/faulty.c").path
        let result = try Fixture.run([
            try #require(Fixture.compiler), "-O1", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror", "-o", program, source, "-lm",
        ])
        try #require(result.status == 0, "\(result.errors)")
        return program
    }

    private func report(_ fault: Int, _ mode: String, _ format: String) throws -> ConformanceReport {
        let system = ExecSystem(command: [try Self.adapter.get(), "\(fault)", mode], timeout: .seconds(60))
        defer { system.stop() }
        var options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["format:" + format]))
        options.diagnoses = true
        return ConformanceRunner.run(try StoredVectors.result.get(), options, system: system)
    }

    @Test("the kernels without a mistake pass", arguments: ["decode", "dot"])
    func control(_ mode: String) throws {
        for format in Set(Self.planted.map(\.format)).sorted() where mode == "decode" || format != "q4_1" {
            let report = try report(0, mode, format)
            #expect(report.isConforming && report.diagnoses.isEmpty, "\(format)")
        }
    }

    @Test("each mistake is noticed and called by its name", arguments: Sample.of(planted, every: 6, "planted mistakes"))
    func named(_ planted: Planted) throws {
        for (mode, words) in [("decode", planted.decode), ("dot", planted.dot)] {
            guard let words else { continue }
            let report = try report(planted.fault, mode, planted.format)
            #expect(!report.isConforming)
            let first = try #require(report.diagnoses.first)
            #expect(first.cause?.words == words && first.cause?.contradicted == 0, "\(mode): \(first.sentence)")
            // One mistake is one cause: nothing else is named beside it.
            #expect(report.diagnoses.count { $0.cause != nil } == 1, "\(report.diagnoses.map(\.sentence))")
            #expect(Double(first.cases.count) >= 0.8 * Double(first.failures), "\(first.sentence)")
        }
    }

    @Test("where two mistakes are made, no single one is said to explain everything")
    func unknown() throws {
        let right = ReferenceSystem.shared
        let system = ScriptedSystem { request in
            guard case .decode(_, let blocks) = request, case .floats(var bits) = right.answer(request) else {
                return .skipped(reason: "no")
            }
            // Wrong by what no kernel does: a weight chosen by the bytes.
            let place = blocks.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % bits.count
            bits[place] ^= 0x0010_0000
            return .floats(bits)
        }
        var options = ConformanceRunner.Options(filter: try CaseFilter(terms: ["format:q5_k"]))
        options.diagnoses = true
        let report = ConformanceRunner.run(try StoredVectors.result.get(), options, system: system)
        #expect(!report.diagnoses.isEmpty && report.diagnoses.allSatisfy { $0.cause == nil })
        #expect(report.diagnoses[0].sentence.contains("no single known mistake explains more than 40 %"))
    }

    @Test("two runs are compared: fixed, new, the same, and what was not put again")
    func comparison() throws {
        let (before, after) = (try report(101, "decode", "q4_k"), try report(102, "decode", "q4_k"))
        let json = try JSONEncoder().encode(before)
        let comparison = try RunComparison(after, with: json)
        let (old, new) = (failing(before), failing(after))
        #expect(Set(comparison.fixed) == old.subtracting(new) && Set(comparison.new) == new.subtracting(old))
        #expect(Set(comparison.same) == old.intersection(new) && comparison.unknown.isEmpty)
        #expect(!comparison.new.isEmpty && !comparison.fixed.isEmpty && !comparison.same.isEmpty)
        #expect(throws: (any Error).self) { try RunComparison(after, with: Data("{}".utf8)) }
    }

    private func failing(_ report: ConformanceReport) -> Set<String> { Set(report.results.filter(\.outcome.isFailure).map(\.id)) }
}
