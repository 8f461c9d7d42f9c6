// Lets one system call of a program fail. Put before the C library with LD_PRELOAD.
//
// HIFI_FAULT_CALL   write, sync, rename, link, create, truncate, map or close; open (of what is there), read, stat, room (memory that is
//                   mapped without a file), part (a read or write that does half of what it is asked for, which is no error), or
//                   allocate
// HIFI_FAULT_AT     which of those calls fails, from 1
// HIFI_FAULT_ERRNO  what it fails with
// HIFI_FAULT_BYTES  the smallest allocation that counts
// HIFI_FAULT_MARK   a file that is made when it has failed
//
// Only calls on regular files (or files that will be) are counted; of open and stat those on anything.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
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

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_file(int descriptor) {
    struct stat status;
    int before = errno;
    int result = NEXT(fstat)(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    errno = before;
    return result;
}

int fstat(int descriptor, struct stat *status) { return fails("stat") ? -1 : NEXT(fstat)(descriptor, status); }
int stat(const char *path, struct stat *status) { return fails("stat") ? -1 : NEXT(stat)(path, status); }
int lstat(const char *path, struct stat *status) { return fails("stat") ? -1 : NEXT(lstat)(path, status); }
int fstatat(int folder, const char *path, struct stat *status, int flags) {
    return fails("stat") ? -1 : NEXT(fstatat)(folder, path, status, flags);
}
int statx(int folder, const char *path, int flags, unsigned mask, struct statx *status) {
    return fails("stat") ? -1 : NEXT(statx)(folder, path, flags, mask, status);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    if (count > 1 && is_file(descriptor) && fails("part")) return NEXT(write)(descriptor, bytes, count / 2);
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
    if (count > 1 && is_file(descriptor) && fails("part")) return NEXT(pwrite)(descriptor, bytes, count / 2, offset);
    return is_file(descriptor) && fails("write") ? -1 : NEXT(pwrite)(descriptor, bytes, count, offset);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
    if (count > 1 && is_file(descriptor) && fails("part")) return NEXT(read)(descriptor, bytes, count / 2);
    return is_file(descriptor) && fails("read") ? -1 : NEXT(read)(descriptor, bytes, count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    if (count > 1 && is_file(descriptor) && fails("part")) return NEXT(pread)(descriptor, bytes, count / 2, offset);
    return is_file(descriptor) && fails("read") ? -1 : NEXT(pread)(descriptor, bytes, count, offset);
}

int fsync(int descriptor) { return fails("sync") ? -1 : NEXT(fsync)(descriptor); }
int fdatasync(int descriptor) { return fails("sync") ? -1 : NEXT(fdatasync)(descriptor); }
int rename(const char *from, const char *to) { return fails("rename") ? -1 : NEXT(rename)(from, to); }
int renameat(int a, const char *from, int b, const char *to) { return fails("rename") ? -1 : NEXT(renameat)(a, from, b, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return fails("link") ? -1 : NEXT(linkat)(a, from, b, to, flags); }
int ftruncate(int descriptor, off_t size) { return fails("truncate") ? -1 : NEXT(ftruncate)(descriptor, size); }

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset) {
    if (fails(descriptor >= 0 ? "map" : "room")) return MAP_FAILED;
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
        return fails(makes(flags) ? "create" : "open") ? -1 : NEXT(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                            \
    int name(int folder, const char *path, int flags, ...) {                                    \
        va_list rest;                                                                           \
        va_start(rest, flags);                                                                  \
        mode_t mode = makes(flags) ? va_arg(rest, mode_t) : 0;                                  \
        va_end(rest);                                                                           \
        return fails(makes(flags) ? "create" : "open") ? -1 : NEXT(name)(folder, path, flags, mode);    \
    }
OPENAT(openat)
OPENAT(openat64)

// The C library's own names: dlsym allocates itself.
#if defined(__GLIBC__)
void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t), *__libc_memalign(size_t, size_t);

static int too_large(size_t size) {
    static _Atomic size_t least;
    if (least == 0) {
        const char *bytes = getenv("HIFI_FAULT_BYTES");
        least = bytes ? strtoull(bytes, NULL, 10) : SIZE_MAX;
    }
    return size >= least && fails("allocate");
}

void *malloc(size_t size) { return too_large(size) ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return too_large(count * size) ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return too_large(size) ? NULL : __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) { return too_large(size) ? NULL : __libc_memalign(alignment, size); }
int posix_memalign(void **place, size_t alignment, size_t size) {
    if (too_large(size)) return ENOMEM;
    *place = __libc_memalign(alignment, size);
    return *place ? 0 : ENOMEM;
}
#endif
