import Foundation
import TestSupport
import Testing

/// Which module may use which. What is not listed here is not allowed, and what is listed is in use: the list is the architecture.
@Suite("The import graph is as declared")
struct ImportGraphTests {
    /// Modules of this package, from the bottom up, each with those that it imports.
    private static let declared: [(module: String, imports: Set<String>)] = [
        // Nothing of the package below these.
        ("HIFIForeign", []), ("HIFIBlockSpec", []), ("HIFICOpenSSL", []), ("HIFICXXHash", []), ("HIFICKernels", []), ("HIFICThreads", []),
        ("CInference", []), ("CUDATexts", []), ("commitname", []),
        // Files, threads and containers.
        ("HIFIFiles", ["HIFIForeign"]),
        ("HIFIThreads", ["HIFICThreads"]),
        ("HIFIGGUF", ["HIFIBlockSpec", "HIFICOpenSSL", "HIFICXXHash", "HIFIFiles", "HIFIForeign"]),
        // What blocks mean, exactly and fast.
        ("HIFIReference", ["HIFIBlockSpec"]),
        ("HIFIKernels", ["HIFIBlockSpec", "HIFICKernels", "HIFIReference", "HIFIThreads"]),
        ("CUDAKernels", ["CUDATexts", "HIFIBlockSpec", "HIFICKernels", "HIFIForeign", "HIFIKernels"]),
        // What may be said about files.
        ("HIFITokenization", ["HIFIBlockSpec", "HIFICXXHash", "HIFIFiles", "HIFIForeign", "HIFIGGUF"]),
        ("HIFIContent", ["HIFIBlockSpec", "HIFICKernels", "HIFIGGUF", "HIFIKernels", "HIFIReference"]),
        ("HIFIIdentification", ["HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF"]),
        ("Repair", ["HIFIFiles", "HIFIForeign", "HIFIGGUF"]),
        ("Processes", ["HIFIFiles", "HIFIForeign"]),
        ("Remote", ["HIFIFiles", "HIFIForeign", "HIFIGGUF", "Processes", "Repair"]),
        (
            "HIFIVerification",
            [
                "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIThreads",
                "HIFITokenization",
            ]
        ),
        // What is made of them.
        ("Importance", ["HIFIFiles", "HIFIForeign", "HIFIGGUF"]),
        (
            "Quantization",
            [
                "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference",
                "HIFIVerification", "Importance",
            ]
        ),
        (
            "Inference",
            [
                "CInference", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIKernels", "HIFIReference", "HIFIThreads",
                "HIFITokenization", "Importance",
            ]
        ),
        ("CUDAInference", ["CUDAKernels", "HIFIBlockSpec", "HIFIForeign", "HIFIKernels", "Inference"]),
        // What may be said about implementations.
        (
            "Suite",
            [
                "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIKernels", "HIFIReference", "HIFIThreads",
                "HIFIVerification", "Processes",
            ]
        ),
        ("Adapters", ["HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIReference", "Processes", "Suite"]),
        ("Mutants", ["HIFIBlockSpec", "HIFIReference", "HIFIThreads", "Suite"]),
        ("Diagnosis", ["HIFIBlockSpec", "HIFIForeign", "HIFIReference", "HIFIThreads", "Mutants", "Suite"]),
        (
            "BlockDiff",
            [
                "Diagnosis", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIReference", "Mutants",
                "Suite",
            ]
        ),
        ("Conformance", ["Diagnosis", "HIFIForeign", "Suite"]),
        // How it is shown.
        ("Pages", ["HIFIForeign"]),
        ("Console", ["HIFIForeign", "Pages"]),
        ("Figures", ["HIFIBlockSpec", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIReference", "HIFIVerification", "Pages"]),
        (
            "Benchmarks",
            [
                "Adapters", "Conformance", "Figures", "HIFIBlockSpec", "HIFICKernels", "HIFIContent", "HIFIFiles", "HIFIForeign",
                "HIFIGGUF", "HIFIKernels", "HIFIReference", "HIFIThreads", "Inference",
            ]
        ),
        // What commands do and what they show.
        (
            "Runs",
            [
                "Adapters", "Benchmarks", "CUDAInference", "CUDAKernels", "Conformance", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign",
                "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFITokenization", "HIFIVerification", "Importance", "Inference",
                "Suite",
            ]
        ),
        (
            "Rendering",
            [
                "Benchmarks", "BlockDiff", "CUDAKernels", "Conformance", "Console", "Diagnosis", "Figures", "HIFIBlockSpec", "HIFIForeign",
                "HIFIGGUF", "HIFIIdentification", "HIFIReference", "HIFIVerification", "Inference", "Mutants", "Pages", "Quantization",
                "Repair", "Runs", "Suite",
            ]
        ),
        ("HIFICAPI", []),
        (
            "CLibrary",
            [
                "HIFIBlockSpec", "HIFICAPI", "HIFIFiles", "HIFIForeign", "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference",
                "HIFIVerification", "Suite",
            ]
        ),
        (
            "hifi",
            [
                "Adapters", "Benchmarks", "BlockDiff", "Conformance", "Console", "Figures", "HIFIBlockSpec", "HIFIFiles", "HIFIForeign",
                "HIFIGGUF", "HIFIIdentification", "HIFIKernels", "HIFIReference", "HIFIThreads", "HIFIVerification", "Importance",
                "Inference", "Mutants", "Quantization", "Remote", "Rendering", "Repair", "Runs", "Suite",
            ]
        ),
        // For maintainers; never part of what is shipped.
        ("SpecLoader", ["HIFIBlockSpec", "HIFICXXHash"]),
        ("spectool", ["SpecLoader"]),
        ("Fixtures", ["HIFIBlockSpec", "HIFIGGUF"]),
        (
            "vectors",
            [
                "Fixtures", "HIFIBlockSpec", "HIFIContent", "HIFIFiles", "HIFIGGUF", "HIFIReference", "Mutants", "SpecLoader", "Suite",
            ]
        ),
    ]

    /// What only the named modules may import from outside, beside the standard library and Foundation.
    private static let packages: [String: Set<String>] = [
        "ArgumentParser": ["hifi", "spectool", "vectors"], "Yams": ["SpecLoader"],
    ]

    /// The standard library and the system's.
    private static let systemModules: Set<String> = ["Foundation", "FoundationEssentials", "Synchronization", "Glibc", "Musl", "Darwin"]

    @Test("every module imports what it is declared to import, and nothing else")
    func graph() throws {
        let declared = Dictionary(uniqueKeysWithValues: Self.declared.map { ($0.module, $0.imports) })
        let folders = try Self.folders()
        #expect(Set(folders) == Set(declared.keys.map(Self.folder)))
        for module in declared.keys.sorted() {
            let imports = try Self.imports(of: module).subtracting(Self.systemModules)
            let outside = imports.intersection(Self.packages.keys)
            for package in outside { #expect(Self.packages[package]?.contains(module) == true, "\(module) imports \(package)") }
            let own = imports.subtracting(outside)
            #expect(own == declared[module], "\(module) imports \(own.sorted()), declared is \((declared[module] ?? []).sorted())")
        }
    }

    @Test("a module comes after those that it imports, so there are no cycles")
    func order() {
        var known: Set<String> = []
        for (module, imports) in Self.declared {
            // Maintainers' modules stand last and are used among themselves only.
            #expect(imports.isSubset(of: known), "\(module) imports \(imports.subtracting(known).sorted()), which come later")
            known.insert(module)
        }
    }

    private static let sources = Repository.root.appendingPathComponent("Sources")

    private static func folders() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The library product's modules have a prefix, their folders have not.
    private static func folder(_ module: String) -> String { module.hasPrefix("HIFI") ? String(module.dropFirst(4)) : module }

    private static func imports(of module: String) throws -> Set<String> {
        let folder = sources.appendingPathComponent(Self.folder(module))
        let files =
            FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") } ?? []
        var modules: Set<String> = []
        for file in files {
            for line in try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                    words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0) })
                else { continue }
                modules.insert(String(words[place + 1]))
            }
        }
        return modules
    }
}
