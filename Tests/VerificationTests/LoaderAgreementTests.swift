import Foundation
import HIFIBlockSpec
import HIFIVerification
import TestSupport
import Testing

/// What a real loader said of tiny models of every described architecture, and what the runtime profile says of them.
///
/// `Vectors/loader/agreement.json` is the recording, made by `Scripts/loader-agreement`; the files are made again here.
@Suite("Agreement with a loader")
struct LoaderAgreementTests {
    /// The recording.
    struct Recording: Decodable {
        /// The loader's build.
        let build: String
        /// accepted, refused or crashed, by model and damage.
        let verdicts: [String: [String: String]]

        static let shared: Recording? = try? JSONDecoder().decode(
            Recording.self, from: Data(Repository.bytes("Vectors/loader/agreement.json")))
    }

    /// Where the runtime profile says something else than the loader, and why that stays. The list must not grow.
    static let knownDisagreements: [String] = []

    @Test("The recording is of the build that the specification names, and of every described architecture")
    func recording() throws {
        let recording = try #require(Recording.shared)
        #expect(recording.build == Spec.loader.build)
        #expect(Set(recording.verdicts.keys) == Set(LoaderCase.models.map(\.name)))
        for (model, verdicts) in recording.verdicts {
            #expect(verdicts["sound"] == "accepted", "\(model)")
            #expect(verdicts.count { !$0.key.hasPrefix("sound") } >= 20, "\(model)")
        }
    }

    @Test(
        "The runtime profile finds an error exactly where the loader refuses the file (GGUF-37…39, GGUF-71…73, ARCH-02…08)",
        arguments: LoaderCase.models.map(\.name))
    func agrees(_ name: String) throws {
        let verdicts = try #require(Recording.shared?.verdicts[name])
        let model = try #require(LoaderCase.models.first { $0.name == name }).model
        let folder = try TemporaryFolder()
        var seen: Set<String> = []
        for file in LoaderCase.all(of: name, model) {
            let verdict = try #require(verdicts[file.damage], "\(file) has not been recorded")
            seen.insert(file.damage)
            let errors = Self.errors(try folder.write(file.bytes))
            let agree = (verdict == "accepted") == errors.isEmpty
            #expect(agree != Self.knownDisagreements.contains("\(file)"), "\(file): the loader \(verdict) it, we find \(errors)")
        }
        #expect(seen == Set(verdicts.keys))
    }

    /// The rules that the runtime profile finds broken, of a header alone.
    static func errors(_ path: String) -> [String] {
        let report = Verifier(.with(.runtime) { $0.headerOnly = true }, identify: TensorFormats.upstream).verify([path])
        return Set(report.findings.filter { $0.severity == .error }.map(\.rule)).sorted()
    }

    // MARK: - Recording

    private static let environment = ProcessInfo.processInfo.environment

    @Test("The cases are written where a folder is named", .enabled(if: environment["HIFI_LOADER_CASES"] != nil))
    func write() throws {
        let folder = URL(fileURLWithPath: try #require(Self.environment["HIFI_LOADER_CASES"]))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var verdicts: [String: [String]] = [:]
        for (name, model) in LoaderCase.models where Self.environment["HIFI_LOADER_ONLY"].map({ $0 == name }) ?? true {
            for file in LoaderCase.all(of: name, model) {
                let path = folder.appendingPathComponent("\(file.model)~\(file.damage).gguf")
                try Data(file.bytes).write(to: path)
                verdicts["\(file)"] = Self.errors(path.path)
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try encoder.encode(verdicts).write(to: folder.appendingPathComponent("verdicts.json"))
    }
}
