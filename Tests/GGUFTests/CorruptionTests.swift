import HIFIForeign
import HIFIGGUF
import TestSupport
import Testing

@Suite("The catalogue of damaged files")
struct CorruptionTests {
    /// What the container module finds in each damaged file that can be told without weights or knowledge of architectures.
    struct Finding: Sendable, CustomStringConvertible {
        let id: String
        var problems: Set<StructuralProblem.Code> = []
        var layout: Set<LayoutFinding.Code> = []
        var description: String { id }
    }

    static let findings: [Finding] = [
        Finding(id: "t01-empty", problems: [.emptyFile]),
        Finding(id: "t02-magic", problems: [.magicCut]),
        Finding(id: "t03-header", problems: [.truncatedHeader]),
        Finding(id: "t04-kv", problems: [.truncatedMetadata]),
        Finding(id: "t05-tinfo", problems: [.truncatedTensorInfos]),
        Finding(id: "t06-datastart", problems: [.dataSectionMissing]),
        Finding(id: "t07-half", problems: [.tensorOffsetOutsideFile], layout: [.extentOutsideFile]),
        Finding(id: "t08-lastbyte", layout: [.extentOutsideFile]),
        Finding(id: "h01-magic", problems: [.badMagic]),
        Finding(id: "h02-ver0", problems: [.versionUnknown]),
        Finding(id: "h03-ver99", problems: [.versionUnknown]),
        Finding(id: "h04-verBE", problems: [.versionByteSwapped]),
        Finding(id: "h05-nt-huge", problems: [.tensorCountImpossible]),
        Finding(id: "h06-nt-plus1", problems: [.tensorNameEmpty, .dimensionCountTooLarge]),
        Finding(id: "h07-nt-minus1", layout: [.trailingBytes]),
        Finding(id: "h08-nk-huge", problems: [.metadataCountImpossible]),
        Finding(id: "h09-nk-plus1", problems: [.tensorNameLengthImpossible]),
        Finding(id: "k01-keylen-huge", problems: [.keyLengthImpossible]),
        Finding(id: "k02-type-13", problems: [.valueTypeUnknown]),
        Finding(id: "k03-arrtype", problems: [.arrayElementTypeUnknown]),
        Finding(id: "k04-arrlen-huge", problems: [.arrayLengthImpossible]),
        Finding(id: "k05-bool2", problems: [.boolNotZeroOrOne]),
        Finding(id: "k06-nonutf8-key", problems: [.keyNotUTF8]),
        Finding(id: "k07-nonutf8-val", problems: [.stringNotUTF8]),
        Finding(id: "k08-dupkey", problems: [.duplicateKey]),
        Finding(id: "k09-dupkey-differs", problems: [.duplicateKeyDiffers]),
        Finding(id: "k13-nest64", problems: [.arrayNestedTooDeeply]),
        Finding(id: "k14-badkeyname", problems: [.keyFormUnusual]),
        Finding(id: "a01-align0", problems: [.alignmentZero]),
        Finding(id: "a02-align3", problems: [.alignmentNotPowerOfTwo]),
        Finding(id: "a03-align-2p31", problems: [.alignmentTooLarge]),
        Finding(id: "a05-align-str", problems: [.alignmentWrongType]),
        Finding(id: "n01-dup-tensor", problems: [.duplicateTensorName]),
        Finding(id: "n02-longname", problems: [.tensorNameTooLong]),
        Finding(id: "n03-nul-name", problems: [.tensorNameContainsNUL]),
        Finding(id: "n04-nonutf8-name", problems: [.tensorNameNotUTF8]),
        Finding(id: "n05-ndims5-short", problems: [.dimensionCountTooLarge]),
        Finding(id: "n06-ndims-huge", problems: [.dimensionCountTooLarge]),
        Finding(id: "n07-dim0", problems: [.dimensionZero], layout: [.gap]),
        Finding(id: "n08-dim-neg", problems: [.dimensionNegative], layout: [.byteCountOverflow]),
        Finding(id: "n09-dim-ovf", problems: [.elementCountOverflow], layout: [.byteCountOverflow]),
        Finding(id: "n10-row-not-block", layout: [.rowNotWholeBlocks]),
        Finding(id: "n11-type-removed", layout: [.typeUnknown]),
        Finding(id: "n12-type-unknown", layout: [.typeUnknown]),
        Finding(id: "n13-type-fork", layout: [.typeUnknown]),
        Finding(id: "n14-type-wrong", layout: [.gap]),
        Finding(id: "n15-type-max", layout: [.typeUnknown]),
        Finding(id: "o01-off-unaligned", problems: [.tensorOffsetUnaligned], layout: [.gap, .overlap]),
        Finding(id: "o02-off-overlap", layout: [.overlap, .gap]),
        Finding(id: "o03-off-eof", problems: [.tensorOffsetOutsideFile], layout: [.outOfOrder, .gap]),
        Finding(id: "o04-off-wrap", problems: [.tensorOffsetOutOfRange], layout: [.outOfOrder, .gap]),
        Finding(id: "o05-off-shift32", layout: [.gap, .overlap]),
        Finding(id: "o06-off-swapped", layout: [.outOfOrder]),
        Finding(id: "l01-padnonzero", layout: [.headerPaddingNotZero]),
        Finding(id: "l02-trailing", layout: [.trailingBytes]),
        Finding(id: "l03-gap", layout: [.gap]),
        Finding(id: "l04-hidden", layout: [.gap]),
    ]

    private func look(at damaged: CorruptionCorpus.Case) -> (GGUFScan, DataLayout) {
        let scan = GGUFScan.scan(damaged.bytes)
        return (scan, DataLayout(scan, blockSize: GGUFBuilder.SampleType.blockSize))
    }

    @Test("every structural damage is found, and nothing else is", arguments: findings)
    func found(_ finding: Finding) throws {
        let damaged = try #require(CorruptionCorpus.named(finding.id))
        let (scan, layout) = look(at: damaged)
        #expect(Set(scan.problems.map(\.code)) == finding.problems)
        #expect(Set(layout.findings.map(\.code)) == finding.layout)
    }

    @Test("files that are valid, or damaged in meaning or payload only, have no structural problem")
    func silent() {
        let structural = Set(Self.findings.map(\.id))
        let others = CorruptionCorpus.cases.filter { !structural.contains($0.id) }
        #expect(others.count == 12)
        for other in others {
            let (scan, layout) = look(at: other)
            #expect(scan.problems == [], "\(other.id)")
            #expect(layout.findings == [], "\(other.id)")
        }
    }

    @Test("the catalogue has 67 damaged files and 2 valid ones, all different, none above 64 KiB")
    func catalogue() {
        let cases = CorruptionCorpus.cases
        #expect(cases.count == 69)
        #expect(Set(cases.map(\.id)).count == 69)
        #expect(Set(cases.map(\.bytes)).count == 69)
        #expect(cases.filter { $0.visibility == .valid }.map(\.id) == ["00-pristine", "a04-align64-data32"])
        #expect(cases.allSatisfy { $0.bytes.count <= 64 << 10 && !$0.sentence.isEmpty })
    }

    @Test("strict opening refuses what prevents reading, and names rule and place", arguments: findings)
    func strictOpening(_ finding: Finding) throws {
        let damaged = try #require(CorruptionCorpus.named(finding.id))
        let directory = try TemporaryFolder()
        let path = try directory.file("damaged.gguf", damaged.bytes)
        let fatal = finding.problems.contains(where: \.preventsReading)
        do {
            _ = try GGUFFile.open(path: path)
            #expect(!fatal)
        } catch {
            #expect(fatal)
            guard case .structure(ForeignText(path: path), let problem) = error else {
                Issue.record("another error: \(error)")
                return
            }
            #expect(problem.code.preventsReading && finding.problems.contains(problem.code))
            #expect("\(error)".hasPrefix(path))
            #expect("\(error)".contains("at byte \(problem.offset)"))
        }
    }
}
