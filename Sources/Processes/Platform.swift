#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Small system calls about programs and pipes, with their odd corners in one place.
package enum Platform {
    /// The system's words for an error number.
    package static func message(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// A pipe whose ends programs do not inherit; nil if there are no descriptors left. Between the creation of a pipe and its
    /// marking a program started by another thread would still inherit it: callers hold a lock from here to their own start.
    static func pipe() -> (reading: Int32, writing: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard systemPipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Makes reads and writes on this end return at once.
    static func makeNonBlocking(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) }

    /// A file of the system's own (`/proc`), which has no size to map; nil where it cannot be read.
    package static func contents(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return all }
            all += chunk[..<count]
        }
    }

    /// `write` that answers EPIPE for a reader that has gone away, and raises no SIGPIPE, whatever the program does with that
    /// signal: it is blocked on this thread for the call, and taken back if the call raised it.
    static func writeQuietly(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> (count: Int, error: Int32) {
        #if canImport(Darwin)
            _ = fcntl(descriptor, F_SETNOSIGPIPE, 1)
            let count = write(descriptor, bytes.baseAddress, bytes.count)
            return (count, count < 0 ? errno : 0)
        #else
            var brokenPipe = sigset_t()
            sigemptyset(&brokenPipe)
            sigaddset(&brokenPipe, SIGPIPE)
            var pending = sigset_t()
            sigpending(&pending)
            let wasPending = sigismember(&pending, SIGPIPE) == 1
            var before = sigset_t()
            pthread_sigmask(SIG_BLOCK, &brokenPipe, &before)
            let count = write(descriptor, bytes.baseAddress, bytes.count)
            let error = count < 0 ? errno : 0
            if error == EPIPE, !wasPending {
                var atOnce = timespec(tv_sec: 0, tv_nsec: 0)
                while sigtimedwait(&brokenPipe, nil, &atOnce) < 0, errno == EINTR {}
            }
            pthread_sigmask(SIG_SETMASK, &before, nil)
            return (count, error)
        #endif
    }

    /// Writes everything to a blocking descriptor; false if the reader has gone away or the medium is full.
    package static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            var rest = raw[...]
            while !rest.isEmpty {
                let (count, error) = writeQuietly(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if count < 0, error == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}

private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { pipe(ends) }
