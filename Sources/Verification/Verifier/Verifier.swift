import HIFIBlockSpec
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification

/// Applies every rule to files, in one pass over each, and reports all that it finds.
///
/// Nothing in a file makes it stop early, crash or allocate out of proportion. Files that cannot be read, or that change while
/// they are being read, become failures of the report.
public struct Verifier: Sendable {
    /// What is checked, and by which profile.
    public let options: VerifierOptions
    private let identify: @Sendable (GGUFScan, SplitSet) -> TensorFormats

    /// Blocks of each type that identification samples where the data is not to be read: enough to tell revisions apart.
    private static let headerOnlySampleBytes = 64 << 10

    /// - Parameter identify: says what the blocks of a scanned file's tensors are; nil to have them identified.
    public init(_ options: VerifierOptions = VerifierOptions(), identify: (@Sendable (GGUFScan) -> TensorFormats)? = nil) {
        self.options = options
        let isHeaderOnly = options.headerOnly
        let sampleBytes = isHeaderOnly ? Self.headerOnlySampleBytes : Identification.Options().sampleBytes
        let tensors = options.tensors
        self.identify = { scan, model in
            identify?(scan) ?? TensorFormats.identified(scan, sampleBytes: sampleBytes, tensors: tensors, model: model)
        }
    }

    /// Verifies files, those in folders, and standard input for `-`. Parts of a split set are judged together, whichever of them are
    /// named. A file that cannot be read is a failure of the report, and hides no other.
    ///
    /// - Parameters:
    ///   - progress: called every quarter of a megabyte or so.
    public func verify(_ paths: [String], progress: (VerificationProgress) -> Void = { _ in }) -> VerificationReport {
        var report = VerificationReport(profile: options.profile)
        var manifest: (manifest: Manifest, problems: [ManifestLineProblem])?
        var manifestBytes = ByteView([])
        if let path = options.manifestPath {
            do {
                manifestBytes = ByteView(try WholeFile.read(argument: path, Manifest.limit))
                manifest = Manifest.parse(manifestBytes)
            } catch {
                report.failures.append(.init(error))
                return report
            }
        }
        let inputs = ModelInputs(paths, limits: options.limits, source: options.source)
        let sets = inputs.models
        report.failures += (inputs.failures + sets.flatMap(\.refusals)).map(VerificationReport.Failure.init)
        withoutActuallyEscaping(progress) { progress in
            let meter = ProgressMeter(
                total: options.headerOnly && manifest == nil ? 0 : sets.flatMap(\.parts).map(\.file.bytes.count).reduce(0, +),
                report: progress)
            let unit = SetVerification(options: options, identify: identify, manifest: manifest?.manifest, meter: meter)
            var digests: [FileDigests] = []
            var collectors: [FindingCollector] = []
            var drafts: [FileReport] = []
            // The first file of each set: what is said of the model as a whole is said there.
            var firsts: Set<Int> = []
            for set in sets {
                do throws(FileError) {
                    let result = try unit.run(set)
                    firsts.insert(drafts.count)
                    digests += result.digests
                    collectors += result.collectors
                    drafts += result.drafts
                } catch {
                    report.failures.append(.init(error))
                }
            }
            if let manifest, let path = options.manifestPath, !collectors.isEmpty {
                let path = ForeignText(path: path)
                if manifest.manifest.entries.isEmpty {
                    ManifestRules.reportNone(manifestBytes, of: path, into: &collectors[0])
                } else {
                    ManifestRules.check(manifest.problems, of: path, into: &collectors[0])
                }
                ManifestRules.check(manifest.manifest, digests, into: &collectors, &drafts)
            }
            for index in drafts.indices {
                CoverageRules.check(
                    drafts[index].coverage, required: options.required, isFirst: firsts.contains(index), into: &collectors[index])
            }
            if !options.headerOnly, let policy = options.policy { PolicyRules.check(policy, into: &collectors) }
            report.policy = options.policy.flatMap { $0.sources.isEmpty ? nil : PolicyUse($0) }
            report.files = zip(drafts, collectors).map { draft, collector in
                var file = draft
                file.findings = collector.sorted
                file.counts = collector.counts
                return file
            }
        }
        return report
    }
}

/// Counts bytes over all files.
final class ProgressMeter {
    private let total: Int
    private let report: (VerificationProgress) -> Void
    private var done = 0

    init(total: Int, report: @escaping (VerificationProgress) -> Void) {
        (self.total, self.report) = (total, report)
    }

    func advance(_ file: ForeignText, _ tensor: ForeignText?, by bytes: Int) {
        done += bytes
        report(VerificationProgress(file: file, tensor: tensor, bytesDone: done, bytesTotal: max(done, total)))
    }
}
