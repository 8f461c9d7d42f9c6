// Lets one system call of a program fail. Put before the C library with LD_PRELOAD.
//
// HIFI_FAULT_CALL   write, sync, rename, link, create, truncate, map or close
// HIFI_FAULT_AT     which of those calls fails, from 1
// HIFI_FAULT_ERRNO  what it fails with
// HIFI_FAULT_MARK   a file that is made when it has failed
//
// Only calls on regular files (or files that will be) are counted.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int seen;

// Whether this call is the one that fails; errno is set then.
static int fails(const char *call) {
    const char *wanted = getenv("HIFI_FAULT_CALL"), *at = getenv("HIFI_FAULT_AT"), *number = getenv("HIFI_FAULT_ERRNO");
    if (!wanted || !at || !number || strcmp(call, wanted)) return 0;
    if (atomic_fetch_add(&seen, 1) + 1 != atoi(at)) return 0;
    const char *mark = getenv("HIFI_FAULT_MARK");
    if (mark) {
        long made = syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (made >= 0) syscall(SYS_close, made);
    }
    errno = atoi(number);
    return 1;
}

static int is_file(int descriptor) {
    struct stat status;
    int before = errno;
    int result = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    errno = before;
    return result;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
    // Half of it may be there when the disk is full.
    if (is_file(descriptor) && fails("write")) {
        int number = errno;
        if (count > 1) NEXT(write)(descriptor, bytes, count / 2);
        errno = number;
        return -1;
    }
    return NEXT(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return is_file(descriptor) && fails("write") ? -1 : NEXT(pwrite)(descriptor, bytes, count, offset);
}

int fsync(int descriptor) { return fails("sync") ? -1 : NEXT(fsync)(descriptor); }
int fdatasync(int descriptor) { return fails("sync") ? -1 : NEXT(fdatasync)(descriptor); }
int rename(const char *from, const char *to) { return fails("rename") ? -1 : NEXT(rename)(from, to); }
int renameat(int a, const char *from, int b, const char *to) { return fails("rename") ? -1 : NEXT(renameat)(a, from, b, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return fails("link") ? -1 : NEXT(linkat)(a, from, b, to, flags); }
int ftruncate(int descriptor, off_t size) { return fails("truncate") ? -1 : NEXT(ftruncate)(descriptor, size); }

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset) {
    if (descriptor >= 0 && fails("map")) return MAP_FAILED;
    return NEXT(mmap)(address, size, protection, flags, descriptor, offset);
}

// Closes in any case, as Linux does.
int close(int descriptor) {
    int counts = is_file(descriptor);
    int result = NEXT(close)(descriptor);
    return counts && fails("close") ? -1 : result;
}

static int makes(int flags) { return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE; }

#define OPEN(name)                                                                   \
    int name(const char *path, int flags, ...) {                                     \
        va_list rest;                                                                \
        va_start(rest, flags);                                                       \
        mode_t mode = makes(flags) ? va_arg(rest, mode_t) : 0;                       \
        va_end(rest);                                                                \
        return makes(flags) && fails("create") ? -1 : NEXT(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                            \
    int name(int folder, const char *path, int flags, ...) {                                    \
        va_list rest;                                                                           \
        va_start(rest, flags);                                                                  \
        mode_t mode = makes(flags) ? va_arg(rest, mode_t) : 0;                                  \
        va_end(rest);                                                                           \
        return makes(flags) && fails("create") ? -1 : NEXT(name)(folder, path, flags, mode);    \
    }
OPENAT(openat)
OPENAT(openat64)
