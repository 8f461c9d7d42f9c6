#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

/// A program that was started in a group of its own, and everything that it started in turn.
///
/// A descendant may have left the group, or the session, and its parent may be gone. It is recognised by its parents as long as these are
/// there, and otherwise by a variable in its environment, which it inherited unless it was started with an empty one.
struct ProcessFamily: Sendable {
    /// The program itself, which leads the group.
    let leader: pid_t
    private let mark: String

    private static let variable = "HIFI_ADAPTER_RUN"
    private static let serial = Atomic<UInt64>(0)

    init(leader: pid_t, mark: String) { (self.leader, self.mark) = (leader, mark) }

    /// A value that no other family has on this machine while it lives.
    static func newMark() -> String { "\(getpid())-\(serial.add(1, ordering: .relaxed).newValue)-\(monotonicNanoseconds())" }

    private static func monotonicNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
    }

    /// This process's environment with the mark, as C strings to be freed.
    static func environment(marked mark: String) -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = [strdup("\(variable)=\(mark)")]
        let prefix = variable + "="
        var next = environ
        while let entry = next.pointee {
            if strncmp(entry, prefix, prefix.utf8.count) != 0 { variables.append(strdup(entry)) }
            next += 1
        }
        return variables
    }

    /// Kills all of them, at once. Only while the leader has not been reaped: until then its number belongs to nobody else.
    func kill() {
        // Stopped first, so that nobody starts another while they are being counted.
        send(SIGSTOP, to: -leader)
        let strays = strays()
        send(SIGKILL, to: -leader)
        send(SIGKILL, to: leader)
        for stray in strays { send(SIGKILL, to: stray) }
    }

    private func send(_ signal: Int32, to target: pid_t) { _ = systemKill(target, signal) }

    /// Members outside the leader's group, stopped.
    private func strays() -> [pid_t] {
        var found: Set<pid_t> = []
        // A stray that was running until now may have started others.
        for _ in 0..<8 {
            let new = Self.members(of: leader, mark: mark).subtracting(found).subtracting([leader])
            if new.isEmpty { break }
            for pid in new { send(SIGSTOP, to: pid) }
            found.formUnion(new)
        }
        return Array(found)
    }

    /// All processes that descend from the leader or bear the mark.
    private static func members(of leader: pid_t, mark: String) -> Set<pid_t> {
        #if os(Linux)
            var parents: [pid_t: pid_t] = [:]
            var members: Set<pid_t> = [leader]
            let own = getpid()
            for pid in processes() where pid != own {
                guard let parent = parent(of: pid) else { continue }
                parents[pid] = parent
                if bears(mark, pid) { members.insert(pid) }
            }
            var count = 0
            while count != members.count {
                count = members.count
                for (pid, parent) in parents where members.contains(parent) { members.insert(pid) }
            }
            return members
        #else
            return []
        #endif
    }

    private static func processes() -> [pid_t] {
        guard let handle = opendir("/proc") else { return [] }
        defer { closedir(handle) }
        var pids: [pid_t] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
                    String(cString: $0)
                }
            }
            if let pid = pid_t(name), pid > 0 { pids.append(pid) }
        }
        return pids
    }

    /// The fourth field of `stat`, after the name in parentheses, which may hold anything.
    private static func parent(of pid: pid_t) -> pid_t? {
        guard let text = Platform.contents("/proc/\(pid)/stat"), let end = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = text[(end + 1)...].split(separator: UInt8(ascii: " "))
        guard fields.count > 1 else { return nil }
        return pid_t(String(decoding: fields[1], as: UTF8.self))
    }

    private static func bears(_ mark: String, _ pid: pid_t) -> Bool {
        guard let variables = Platform.contents("/proc/\(pid)/environ") else { return false }
        let wanted = Array("\(variable)=\(mark)".utf8)
        return variables.split(separator: 0).contains { $0.elementsEqual(wanted) }
    }
}

private func systemKill(_ pid: pid_t, _ signal: Int32) -> Int32 { kill(pid, signal) }
