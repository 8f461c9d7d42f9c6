import HIFIBlockSpec
import HIFIVerification

/// Where a rule or clause is documented: `Spec/RULES.md` has an anchor of each id.
package struct RuleReference {
    /// Names the page without saying where it is served, since a copy of it comes with every checkout. `--rules-uri` replaces it.
    static let defaultPage = "urn:hifi:Spec/RULES.md"

    let page: String

    package init(page: String?) { self.page = page ?? Self.defaultPage }

    func uri(_ id: String) -> String { "\(page)#\(ArtifactURI.escape(id))" }

    /// What a rule or clause is called, says, and asks the reader of a finding to do.
    static func describe(_ id: String) -> (title: String, text: String, remedy: String?) {
        if let rule = Spec.containerRule(id) { return (rule.title, rule.text, rule.remedy) }
        let clause = Spec.formats.lazy.flatMap(\.clauses).first { $0.id == id }
        return (id, clause?.text ?? id, nil)
    }
}
