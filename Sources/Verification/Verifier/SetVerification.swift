import HIFIBlockSpec
import HIFIContent
import HIFIFiles
import HIFIGGUF
import HIFIIdentification
import HIFITokenization

/// Verifies one file, or one set of parts.
struct SetVerification {
    let options: VerifierOptions
    let identify: @Sendable (GGUFScan, SplitSet) -> TensorFormats
    let manifest: Manifest?
    let meter: ProgressMeter

    struct Result {
        /// Reports without their findings, which the collectors still have.
        var drafts: [FileReport] = []
        var collectors: [FindingCollector] = []
        /// One per file where digests were taken of any.
        var digests: [FileDigests] = []
    }

    /// Throws where a file changed while it was read.
    func run(_ set: SplitSet) throws(FileError) -> Result {
        var result = Result()
        var parts: [ModelView.Part] = []
        var layouts: [DataLayout] = []
        for part in set.parts {
            let scan = part.file.scan
            let formats = identify(scan, set)
            let sizes = formats.blockSizes(scan)
            let layout = DataLayout(scan, fillers: fillers(of: part.file)) { sizes[$0] }
            var findings = FindingCollector(
                profile: options.profile, file: part.file.path, cap: options.findingsCap, exampleLimit: options.exampleLimit,
                policy: options.policy, remedyHints: options.remedyHints)
            StructureRules.check(scan, into: &findings)
            MiscountedRecords.check(scan, into: &findings)
            LayoutRules.check(scan, layout, formats, into: &findings)
            identificationFindings(formats, scan).forEach { findings.add($0) }
            result.collectors.append(findings)
            parts.append(.init(path: part.file.path, scan: scan, formats: formats))
            layouts.append(layout)
        }
        // A part may hold metadata only; of a set that is not whole nobody knows.
        if parts.allSatisfy({ $0.scan.tensors.isEmpty && $0.scan.stoppedIn == nil }), set.parts.count == set.announcedCount {
            result.collectors[0].add(
                .noTensors(), .init(offset: 8),
                found: "a tensor count of 0")
        }
        SplitRules.check(set, into: &result.collectors)
        checkAgreement(parts, &result.collectors)
        let model = ModelView(parts, isComplete: set.parts.count == set.announcedCount)
        var architecture: ArchitectureCoverage?
        var tokenizer: TokenizerCoverage?
        if let model {
            // What is said about the model as a whole belongs to the first file; locations name the right one.
            MetadataRules.check(model, into: &result.collectors[0])
            CompanionRules.check(model, into: &result.collectors[0])
            StampRules.check(model, into: &result.collectors[0])
            tokenizer = VocabularyRules.check(model, into: &result.collectors[0])
            architecture = ArchitectureRules.check(model, into: &result.collectors[0])
        }
        let described = model?.architectureID.flatMap { Spec.architecture($0.raw) }
        let survey = CoverageSurvey(model, set, architecture: architecture, tokenizer: tokenizer, tensors: options.tensors)
        for (index, part) in set.parts.enumerated() {
            let (formats, layout) = (parts[index].formats, layouts[index])
            var digests: FileDigests?
            let contents = try readData(part.file, formats, layout, described, &digests, &result.collectors[index])
            let coverage = survey.coverage(
                part.file.scan, formats, layout, contents: contents, digests: digests?.algorithms.first)
            var draft = FileReport(part.file, formats, layout, coverage)
            if let digests {
                result.digests.append(digests)
                draft.digests = FileReport.Digests(digests)
            }
            try part.file.mapping.checkUnchanged()
            result.drafts.append(draft)
        }
        return result
    }

    /// What identification has to say, where there was something to identify. Faults inside blocks are left to the pass over the data,
    /// which names every place.
    private func identificationFindings(_ formats: TensorFormats, _ scan: GGUFScan) -> [Finding] {
        guard let identification = formats.identification, !scan.tensors.isEmpty else { return [] }
        // Of a header that ends early nothing is known but what was read: no dialect fitting means nothing then.
        if scan.stoppedIn != nil, identification.confidence == .none { return [] }
        return identification.findings(profile: options.profile, includingContent: false)
    }

    private func checkAgreement(_ parts: [ModelView.Part], _ collectors: inout [FindingCollector]) {
        let identified = parts.compactMap { part in part.formats.identification.map { (file: part.path, identification: $0) } }
        for finding in Identification.findings(parts: identified, profile: options.profile) {
            collectors[parts.firstIndex { $0.path == finding.location.file } ?? 0].add(finding)
        }
    }

    /// Bytes of no tensor that are looked at where the data is not: the padding of any sound file.
    private static let headerOnlyFillers = 1 << 20

    private func fillers(of file: GGUFFile) -> FillerReading {
        guard !options.headerOnly || manifest != nil else { return FillerReading(limit: Self.headerOnlyFillers) }
        return FillerReading { meter.advance(file.path, nil, by: $0) }
    }

    /// What the pass over the data saw of each tensor; nil where it was not to be looked at.
    private func readData(
        _ file: GGUFFile, _ formats: TensorFormats, _ layout: DataLayout, _ architecture: Architecture?, _ digests: inout FileDigests?,
        _ findings: inout FindingCollector
    ) throws(FileError) -> ContentList? {
        guard !options.headerOnly || manifest != nil else { return nil }
        let algorithms =
            manifest.map { $0.algorithms.isEmpty ? [options.algorithm] : $0.algorithms } ?? (options.hashing ? [options.algorithm] : [])
        let pass = DataPass(
            file, layout, formats, tensors: options.tensors, algorithms: algorithms, parts: parts, exampleLimit: options.exampleLimit,
            threads: options.threads
        ) { tensor, bytes in meter.advance(file.path, tensor, by: bytes) }
        let result = try pass.run()
        ContentRules.check(
            file, layout, formats, result.contents, isListed: { architecture?.template(named: $0.raw) != nil }, into: &findings)
        digests = result.digests
        return result.contents
    }

    /// Digests of the whole cost a second look at every byte, so they are taken only where they are wanted.
    private var parts: FileDigests.Parts {
        var parts: FileDigests.Parts = options.wholeFileDigest ? [.header, .tensors, .file] : [.header, .tensors]
        for entry in manifest?.entries ?? [] {
            switch entry.target {
            case .tensorData: parts.insert(.tensorData)
            case .file: parts.insert(.file)
            case .header, .tensor: break
            }
        }
        return parts
    }
}

extension FileReport {
    /// Everything but digests and findings.
    init(_ file: GGUFFile, _ formats: TensorFormats, _ layout: DataLayout, _ coverage: Coverage) {
        self.coverage = coverage
        path = file.path
        bytes = file.bytes.count
        version = file.scan.header?.version
        keys = file.metadata.count
        tensors = file.tensors.count
        alignment = file.scan.alignment
        dialect = formats.dialect?.id
        types = Self.types(file.scan, formats, layout)
        identification = formats.identification
        findings = []
        counts = FindingCounts()
        verdict = counts.verdict
    }

    private static func types(_ scan: GGUFScan, _ formats: TensorFormats, _ layout: DataLayout) -> [TypeCount] {
        var types: [TypeCount] = []
        var positions: [String: Int] = [:]
        for tensor in scan.tensors {
            let format = formats[tensor]?.id
            let key = "\(tensor.typeID) \(format ?? "")"
            let position = positions[key] ?? types.count
            if position == types.count {
                positions[key] = position
                types.append(
                    .init(id: tensor.typeID, name: formats.dialect?.type(id: tensor.typeID)?.name, format: format, tensors: 0, bytes: 0))
            }
            types[position].tensors += 1
            if layout.extents.indices.contains(tensor.index) {
                // Sizes that a damaged header claims may not add up.
                let (sum, overflow) = types[position].bytes.addingReportingOverflow(layout.extents[tensor.index].byteCount ?? 0)
                types[position].bytes = overflow ? Int.max : sum
            }
        }
        return types.sorted { ($1.bytes, $0.id) < ($0.bytes, $1.id) }
    }
}

extension FileReport.Digests {
    /// The first algorithm's digests.
    init(_ digests: FileDigests) {
        algorithm = digests.algorithms.first?.rawValue ?? ""
        header = digests.header.first?.hex
        file = digests.file.first?.hex
        combined = Self.combined(digests)?.hex
        tensors = digests.tensors.map { Tensor(name: $0.name, bytes: $0.byteCount, digest: $0.digests.first?.hex ?? "") }
    }

    private static func combined(_ digests: FileDigests) -> Digest? {
        guard let header = digests.header.first, digests.skippedTensors.isEmpty else { return nil }
        let all = header.bytes + digests.tensors.flatMap { $0.digests.first?.bytes ?? [] }
        return Digest.of(ByteView(all), header.algorithm)
    }
}
