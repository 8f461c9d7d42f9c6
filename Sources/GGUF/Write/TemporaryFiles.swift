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
    struct Registration: Sendable {
        fileprivate let slot: Int?
    }

    /// Enters a path. With more than 32 files at once the rest go unregistered (and are still removed on errors).
    static func register(_ path: String) -> Registration {
        guard let copy = strdup(path) else { return Registration(slot: nil) }
        let address = UInt(bitPattern: copy)
        for i in 0..<slotCount where slots[i].compareExchange(expected: 0, desired: address, ordering: .acquiringAndReleasing).exchanged {
            return Registration(slot: i)
        }
        free(copy)
        return Registration(slot: nil)
    }

    /// Takes a path out of the table again.
    static func unregister(_ registration: Registration) {
        guard let slot = registration.slot else { return }
        free(UnsafeMutableRawPointer(bitPattern: slots[slot].exchange(0, ordering: .acquiringAndReleasing)))
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

    /// Installs handlers for SIGINT, SIGTERM, SIGHUP and SIGPIPE that remove the temporary files and then let the signal take its course.
    /// For programs, not for libraries.
    public static func removeOnInterrupt() {
        prepare()
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] {
            _ = signal(number) { number in
                TemporaryFiles.removeAll()
                _ = signal(number, SIG_DFL)
                _ = raise(number)
            }
        }
    }
}
