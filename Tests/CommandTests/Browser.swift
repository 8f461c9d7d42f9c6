import Foundation
import TestSupport

/// A browser that lays pages out without a window.
///
/// `HIFI_BROWSER` names it; otherwise the usual names are looked for on the path. Where there is none, what a browser would show is not
/// checked, and that is said.
enum Browser {
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["HIFI_BROWSER"], !named.isEmpty { return named }
        let names = [
            "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome-headless-shell", "chrome", "microsoft-edge",
        ]
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }.first(where: FileManager.default.isExecutableFile)
    }()

    /// Whether there is one; says so if not.
    static let isThere: Bool = {
        if path == nil {
            FileHandle.standardError.write(
                Data("NOT CHECKED: no browser was found (HIFI_BROWSER names one), so nothing proves how pages look in one\n".utf8))
        }
        return path != nil
    }()

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The document as it is after its scripts have run.
    static func document(of html: String) throws -> String {
        let folder = try TemporaryFolder()
        try Data(html.utf8).write(to: folder.url("page.html"))
        try Data().write(to: folder.url("out"))
        try Data().write(to: folder.url("err"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--dump-dom",
            "--user-data-dir=\(folder.path("profile"))", folder.url("page.html").absoluteString,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: folder.url("out"))
        process.standardError = try FileHandle(forWritingTo: folder.url("err"))
        try process.run()
        let deadline = Date(timeIntervalSinceNow: 180)
        while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.1) }
        guard !process.isRunning else {
            process.terminate()
            throw Problem(description: "\(path ?? "") did not end within 180 s")
        }
        guard process.terminationStatus == 0 else {
            let errors = String(decoding: try Data(contentsOf: folder.url("err")), as: UTF8.self)
            throw Problem(description: "\(path ?? "") ended with \(process.terminationStatus): \(errors.suffix(2000))")
        }
        return String(decoding: try Data(contentsOf: folder.url("out")), as: UTF8.self)
    }
}
