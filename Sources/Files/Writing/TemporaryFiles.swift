#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// The temporary files this process is writing, so that a program that is interrupted can remove them.
///
/// A fixed table of C strings, each slot changed by one atomic exchange: `removeAll` may run inside a signal handler at any moment.
public enum TemporaryFiles {
    private static let slotCount = 32
    // Safety: allocated once, never freed; every slot is only touched by atomic operations. A slot holds the address of a
    // malloc'ed path or 0.
    nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Atomic<UInt>> = {
        let slots = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: slotCount)
        for i in 0..<slotCount { (slots + i).initialize(to: Atomic(0)) }
        return slots
    }()

    /// A place in the table, or nothing where the table was full.
    public struct Registration: Sendable {
        fileprivate let slot: Int?
    }

    /// Enters a path. With more than 32 files at once the rest go unregistered (and are still removed on errors).
    public static func register(_ path: String) -> Registration {
        guard let copy = strdup(path) else { return Registration(slot: nil) }
        let address = UInt(bitPattern: copy)
        for i in 0..<slotCount where slots[i].compareExchange(expected: 0, desired: address, ordering: .acquiringAndReleasing).exchanged {
            return Registration(slot: i)
        }
        free(copy)
        return Registration(slot: nil)
    }

    /// Takes a path out of the table again.
    public static func unregister(_ registration: Registration) {
        guard let slot = registration.slot else { return }
        free(UnsafeMutableRawPointer(bitPattern: slots[slot].exchange(0, ordering: .acquiringAndReleasing)))
    }

    /// Makes an empty file in a folder, under a name that nothing had and that begins with a dot and `prefix`; for this user only.
    ///
    /// It is entered before it is made, so that an interruption finds it. Who has it removed takes it out again.
    public static func make(_ prefix: String, in folder: String) throws(FileError) -> (path: String, registration: Registration) {
        do throws(TemporaryName.Problem) {
            let made = try TemporaryName.make(beside: "\(folder)/\(prefix)") { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
            close(made.result)
            return (made.name.path, made.name.registration)
        } catch {
            throw FileError(path: folder, operation: "create a temporary file in", errorNumber: error.number)
        }
    }

    /// Removes a file that `make` made, and takes it out of the table.
    public static func remove(_ path: String, _ registration: Registration) {
        unlink(path)
        unregister(registration)
    }

    /// Readies the table, so that `removeAll` need not allocate. Call it before installing a signal handler.
    public static func prepare() { _ = slots }

    /// Unlinks every registered file. Async-signal-safe once `prepare` was called or a file was registered.
    ///
    /// For use right before the process ends: the paths themselves are not freed.
    public static func removeAll() {
        for i in 0..<slotCount {
            let address = slots[i].exchange(0, ordering: .acquiringAndReleasing)
            if let path = UnsafePointer<CChar>(bitPattern: address) { _ = unlink(path) }
        }
    }
}

/// A name that a temporary file has for a while, known to `TemporaryFiles` until it is given up.
struct TemporaryName {
    let path: String
    fileprivate let registration: TemporaryFiles.Registration

    private static let serial = Atomic<UInt64>(0)

    /// Why there is none.
    struct Problem: Error {
        /// The system's error number.
        let number: Int32
    }

    /// Makes a hidden name beside `target`.
    ///
    /// - Parameter create: brings a file of the name into being and returns a number from 0 up, or -1 with `errno` set.
    static func make(beside target: String, _ create: (String) -> Int32) throws(Problem) -> (name: TemporaryName, result: Int32) {
        let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
        let directory = slash.map { target[...$0] } ?? ""
        let name = slash.map { target[target.utf8.index(after: $0)...] } ?? target[...]
        var attempts = 0
        while true {
            let serial = serial.add(1, ordering: .relaxed).newValue
            let path = "\(directory).\(shortened(name)).\(getpid())-\(serial).tmp"
            // Registered first: an interruption right after the file was made must find it.
            let registration = TemporaryFiles.register(path)
            let result = create(path)
            if result >= 0 { return (TemporaryName(path: path, registration: registration), result) }
            let reason = errno
            TemporaryFiles.unregister(registration)
            attempts += 1
            guard reason == EEXIST, attempts < 100 else { throw Problem(number: reason) }
        }
    }

    /// Takes the file's name away.
    func remove() {
        unlink(path)
        forget()
    }

    /// The name belongs to something else now.
    func forget() { TemporaryFiles.unregister(registration) }

    /// The name, cut so that what is added to it stays within a file system's 255 bytes.
    private static func shortened(_ name: Substring) -> String {
        name.utf8.count <= 200 ? String(name) : String(decoding: Array(name.utf8.prefix(200)), as: UTF8.self)
    }
}
