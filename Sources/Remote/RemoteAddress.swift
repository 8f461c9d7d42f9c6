import HIFIFiles
import HIFIForeign

/// Where a file lies on the network: an `https://` address, or `hf://OWNER/REPOSITORY[@REVISION]/FILE` on the hub of Hugging Face.
public struct RemoteAddress: Sendable, Hashable {
    /// What is asked for.
    package let url: String
    /// Reports and messages call the file so. What follows a `?` is left out: signed addresses have secrets there.
    public let name: ForeignText
    /// Whether the hub serves it, which is the only place that its token is sent to.
    package let isOnHub: Bool

    /// Why an address is not taken.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// One sentence without an end.
        public let description: String
    }

    /// Where the hub is.
    public struct Hub: Sendable, Hashable {
        /// An `https` address, and the beginning of a path for mirrors that have one.
        let endpoint: String
        /// Sent to the hub alone; nil to ask as anybody.
        let token: String?

        /// - Parameters:
        ///   - endpoint: nil for the hub itself; another address for a mirror.
        ///   - token: nil to ask as anybody.
        public init(endpoint: String? = nil, token: String? = nil) {
            let text = endpoint.flatMap { $0.isEmpty ? nil : $0 } ?? "https://huggingface.co"
            self.endpoint = text.hasSuffix("/") ? String(text.dropLast()) : text
            self.token = token.flatMap { $0.isEmpty ? nil : $0 }
        }

        /// What the hub's own tools read.
        public static let variables = ["HF_ENDPOINT", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]

        /// The values of `variables`; the last is an older name of the one before.
        public init(environment: [String: String]) {
            self.init(endpoint: environment["HF_ENDPOINT"], token: environment["HF_TOKEN"] ?? environment["HUGGING_FACE_HUB_TOKEN"])
        }
    }

    private static var scheme: Regex<(Substring, Substring)> { #/([A-Za-z][A-Za-z0-9+.\-]*):\/\//# }

    /// - Parameter argument: an address by its form (``Address``).
    public init(_ argument: String, hub: Hub = Hub()) throws(Problem) {
        guard let match = argument.prefixMatch(of: Self.scheme) else { throw Problem(description: "it is not an address") }
        switch match.output.1.lowercased() {
        case "https": try self.init(https: argument, hub)
        case "hf": try self.init(hubPath: argument[match.range.upperBound...], argument, hub)
        case "http": throw Problem(description: "anybody on the way could change what http:// brings; only https:// and hf:// are read")
        default: throw Problem(description: "only https:// and hf:// addresses are read")
        }
    }

    private init(https address: String, _ hub: Hub) throws(Problem) {
        try Self.check(address)
        let rest = address.dropFirst("https://".utf8.count)
        let authority = rest.prefix { !"/?".contains($0) }
        guard !authority.isEmpty else { throw Problem(description: "it names no host") }
        guard !authority.contains("@") else {
            throw Problem(description: "names and passwords do not belong in an address, which reports repeat")
        }
        guard rest.dropFirst(authority.count).hasPrefix("/") else { throw Problem(description: "it names a host and no file") }
        url = "https://" + rest
        name = ForeignText(Address.name(of: url))
        isOnHub = url.hasPrefix(hub.endpoint + "/")
    }

    private init(hubPath path: Substring, _ argument: String, _ hub: Hub) throws(Problem) {
        let form = "write hf://OWNER/REPOSITORY/FILE, or hf://OWNER/REPOSITORY@REVISION/FILE"
        guard !path.contains(where: { "?#".contains($0) }) else {
            throw Problem(description: "leave out what follows a ? or #: it is no part of the file's name (\(form))")
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, !parts.contains(where: { ["", ".", ".."].contains($0) }) else { throw Problem(description: form) }
        let repository = parts[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = repository.last, !repository.contains("") else { throw Problem(description: form) }
        // A revision with a slash, such as refs/pr/1, has it as %2F.
        let revision = repository.count == 2 ? last.replacing("%2F", with: "/").replacing("%2f", with: "/") : "main"
        let file = parts[2...].map(Self.escaped).joined(separator: "/")
        let owner = Self.escaped(parts[0])
        url = "\(hub.endpoint)/\(owner)/\(Self.escaped(repository[0]))/resolve/\(Self.escaped(Substring(revision)))/\(file)"
        let endpoint = hub.endpoint.dropFirst("https://".utf8.count)
        guard hub.endpoint.hasPrefix("https://"), !endpoint.isEmpty, !endpoint.contains(where: { "?@".contains($0) }),
            (try? Self.check(hub.endpoint)) != nil
        else {
            throw Problem(description: "the hub's own address (HF_ENDPOINT) is not https:// and a host, without names, blanks and queries")
        }
        try Self.check(url)
        name = ForeignText(argument)
        isOnHub = true
    }

    private static func check(_ address: String) throws(Problem) {
        guard address.utf8.count <= 8192 else { throw Problem(description: "it is longer than 8192 bytes") }
        guard !address.contains("#") else { throw Problem(description: "what follows a # is not part of a file's address") }
        guard address.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !#""\<>^`{|}"#.utf8.contains($0) }) else {
            throw Problem(description: "blanks, quotes and letters outside ASCII have to be written as % and two hexadecimal digits")
        }
    }

    /// A part of a path as an address has it (RFC 3986, 2.3).
    private static func escaped(_ part: Substring) -> String {
        part.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
