import TestSupport
import Testing

/// Libraries name concepts, so that whoever calls them can say what they mean there; the command line adds its options.
@Suite("Libraries speak no options of the command line")
struct LibraryWordTests {
    /// Programs, which have options of their own, and the words of `Spec/`.
    private static let exempt = [
        "Sources/hifi/", "Sources/spectool/", "Sources/vectors/", "Sources/commitname/", "Sources/SpecLoader/",
        "Sources/BlockSpec/Generated/",
    ]

    /// Files that may, with the reason.
    private static let allowed = [
        "Sources/Pages/PageStyle.swift": "variables of CSS", "Sources/CUDAKernels/Driver/NVRTC.swift": "options of NVIDIA's compiler",
    ]

    @Test("no text of a library has one")
    func sources() throws {
        let files = Repository.files(below: "Sources", withExtension: "swift").filter { file in
            !Self.exempt.contains { file.hasPrefix($0) }
        }
        #expect(files.count > 300)
        for file in files {
            let lines = try Repository.text(file).split(separator: "\n").filter(Self.hasOption)
            #expect(lines.isEmpty == (Self.allowed[file] == nil), "\(file)")
        }
    }

    @Test(
        "options are found in code, not in comments",
        arguments: [
            (#"    "leave it out, or use --allow-requantize")"#, true),
            (#"case .no: "give it another type (--tensor-type 'NAME=f16')""#, true),
            (#"    /// What `hifi verify --manifest` compares."#, false), (#"let words = "a - b -- c""#, false), ("count -= 1", false),
        ])
    func finds(line: String, isFound: Bool) { #expect(Self.hasOption(line[...]) == isFound) }

    private static func hasOption(_ line: Substring) -> Bool {
        guard line.contains("--"), !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") else { return false }
        return line.contains(/(^|[^-\w])--[a-z]/)
    }
}
