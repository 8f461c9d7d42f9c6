import FoundationEssentials
import HIFIFiles
import HIFIForeign
import HIFIGGUF
import HIFIIdentification
import HIFIVerification

/// Containers as they are: scanned, identified, judged, digested.
extension FuzzTarget {
    /// The scan is consistent; a second verification says the same, and so does its JSON; what conforms can be opened. What costs much is
    /// left to inputs of a length that says so.
    static let verify = FuzzTarget("verify", longest: 12 << 10, dictionary: "gguf", seeds: { FuzzSeeds.containers }) { bytes, folder in
        try checkScan(GGUFScan.scan(bytes), size: bytes.count)
        let path = try folder.file("in.gguf", bytes)
        let verifier = Verifier()
        let report = verifier.verify([path])
        if bytes.count % 4 == 1 {
            try Property.hold(report == verifier.verify([path]), "a second verification says something else")
        }
        try Property.hold(report.failures.isEmpty, "a file that can be read is reported as not readable")
        let json = try JSONText.render(report)
        try Property.isPrintable(json)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        try Property.hold(report == decodes(VerificationReport.self, json, decoder), "a report is not what its JSON says")
        for finding in report.files.flatMap(\.findings) { try Property.isPrintable("\(finding.message)") }
        let file = try GGUFFile.scan(path: path)
        if report.verdict == .conforming {
            try Property.hold((try? file.checkReadable()) != nil, "a file conforms that cannot be opened")
        }
        guard bytes.count % 4 == 2 else { return }
        let identification = Identification.identify(file.scan, options: .init(readsAllContent: true))
        try Property.hold(
            identification.tensorFormats.isEmpty || identification.tensorFormats.count == file.tensors.count,
            "formats of \(identification.tensorFormats.count) tensors, of which there are \(file.tensors.count)")
        try Property.isPrintable(try JSONText.render(Inspection(file, identification: identification)))
    }

    /// What a scan says lies inside the file, and it either finished or says why not.
    private static func checkScan(_ scan: GGUFScan, size: Int) throws(BrokenProperty) {
        try Property.hold(scan.problems.allSatisfy { (0...size).contains($0.offset) }, "a problem lies outside the file")
        try Property.hold(
            scan.tensors.allSatisfy { $0.recordRange.upperBound <= size && $0.dimensions.count <= 4 }, "a record lies outside the file")
        try Property.hold(scan.metadata.allSatisfy { $0.valueRange.upperBound <= size }, "a value lies outside the file")
        try Property.hold((scan.stoppedIn == nil) == (scan.dataStart != nil), "a scan neither stopped nor reached the data")
        try Property.hold(scan.stoppedIn == nil || !scan.problems.isEmpty, "a scan stopped for no reason")
        for tensor in scan.tensors {
            guard let start = scan.start(of: tensor), let span = scan.spanBytes(of: tensor) else { continue }
            try Property.hold(start >= 0 && span >= 0 && span <= size - start, "the bytes of a tensor lie outside the file")
        }
        for problem in scan.problems { try Property.isPrintable("\(problem)") }
    }

    private static func decodes<T: Decodable>(_ type: T.Type, _ json: String, _ decoder: JSONDecoder) throws(BrokenProperty) -> T {
        do { return try decoder.decode(type, from: Data(json.utf8)) } catch {
            throw BrokenProperty(description: "the JSON of a report cannot be read: \(error)")
        }
    }

    /// What a manifest says is written and read again without a change; a file is compared with it, whatever it lists.
    static let manifest = FuzzTarget("manifest", longest: 4 << 10, dictionary: "manifest", seeds: FuzzSeeds.manifests) { bytes, _ in
        let (manifest, problems) = Manifest.parse(ByteView(bytes))
        for problem in problems { try Property.isPrintable("\(problem)") }
        for difference in manifest.check(against: [FuzzSeeds.digests]) { try Property.isPrintable("\(difference)") }
        let coverage = manifest.coverage(of: [FuzzSeeds.digests])
        try Property.hold(
            coverage.tensorsCompared <= coverage.tensors && coverage.compared <= coverage.listed, "more compared than there is")
        // Lines of sha256sum digest whole files, which the common form cannot say.
        guard manifest.form == .hifi else { return }
        let text = try manifest.text()
        let again = Manifest.parse(text)
        try Property.hold(again.problems.isEmpty, "a written manifest has lines that cannot be read: \(again.problems)")
        try Property.hold(again.manifest.entries == manifest.entries, "a manifest changes when it is written and read")
    }

    /// What a policy excuses is excused; a baseline of what is left excuses the rest.
    static let policy = FuzzTarget("policy", longest: 4 << 10, dictionary: "json", seeds: FuzzSeeds.policies) { bytes, folder in
        var policy = Policy()
        try policy.load(bytes, path: "policy.json")
        try policy.check(.spec)
        for decision in policy.decisions {
            for glob in decision.tensors + decision.keys + decision.files { _ = glob.fits("blk.0.attn_v.weight") }
        }
        var options = VerifierOptions()
        options.policy = policy
        let path = try folder.file("in.gguf", FuzzSeeds.policyFile)
        let report = Verifier(options).verify([path])
        try Property.isPrintable(try JSONText.render(report))
        let baseline = try Baseline(report, keeping: policy)
        var again = Policy()
        try again.load(Array(baseline.text.utf8), path: "baseline.json")
        options.policy = again
        let excused = Verifier(options).verify([path])
        try Property.hold(
            excused.counts.errors == 0 && excused.counts.warnings == 0,
            "a baseline leaves \(excused.counts.errors) errors and \(excused.counts.warnings) warnings")
    }
}
