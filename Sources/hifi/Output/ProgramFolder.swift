#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where this program is, to find the files that belong to it.
enum ProgramFolder {
    /// The folder of the running program, links resolved; the current folder where the system does not say.
    static var path: String {
        let name = realpath("/proc/self/exe", nil) ?? CommandLine.arguments.first.flatMap { realpath($0, nil) }
        guard let name else { return "." }
        defer { free(name) }
        let text = String(cString: name)
        return text.lastIndex(of: "/").map { String(text[..<$0]) } ?? "."
    }
}
