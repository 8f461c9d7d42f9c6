import HIFIVerification

/// A finding as one text, the same in SARIF and JUnit: what is wrong and where, what was expected, what was found, what to do.
enum FindingText {
    /// Viewers show the text alone, so that it names the tensor or key.
    static func text(_ finding: Finding) -> String {
        let subject = finding.location.tensor ?? finding.location.key
        var sentences = [subject.map { "\($0): \(finding.message)" } ?? finding.message]
        if let expected = finding.expected { sentences.append("Expected: \(sentence(expected))") }
        if let found = finding.found { sentences.append("Found: \(sentence(found))") }
        if let advice = finding.advice { sentences.append("Remedy: \(sentence(advice))") }
        return sentences.joined(separator: " ")
    }

    private static func sentence(_ text: String) -> String {
        text.last.map { ".!?".contains($0) } == true ? text : text + "."
    }
}
