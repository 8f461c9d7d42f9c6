// Lets one call of a program to the C library fail. Put before it with LD_PRELOAD; for tests only. The program's children are spared.
//
// HIFI_FAULT_CALL    a kind of call, see below
// HIFI_FAULT_AT      which of those calls fails, from 1
// HIFI_FAULT_ON      where set, the later ones fail too, as on a disk that is full
// HIFI_FAULT_ERRNO   what it fails with
// HIFI_FAULT_AFTER   only calls after one of this other kind are counted
// HIFI_FAULT_MARK    a file that is made when it has failed
// HIFI_FAULT_COUNTS  a file for the number of calls of each kind, written at the end; nothing need fail then
// HIFI_FAULT_HIDE    folders that cannot be reached, with colons between
//
// Kinds, on regular files or what will be one if nothing else is said:
//   open        of what is there (anything), and copies of descriptors
//   create      of files, with and without a name
//   read        also from pipes
//   write       half of it is written, as on a disk that gets full
//   part        a read or write that does half of what it is asked for, which is no error
//   interrupt   a read or write (of pipes too) or a wait that a signal interrupts
//   sync, rename, link, truncate, close
//   map         of files; room: of memory without a file
//   stat        of anything; also access, lseek and statvfs
//   resolve     realpath, getcwd
//   list        opening and reading folders
//   mode        permissions and owners
//   advise      hints on memory
//   thread, pipe, spawn     making one; pipe: also writing into one
//   object      memory that the libraries of Swift, of C++ and of OpenSSL ask for
//   allocate    memory that anything else asks for: C code, the C library
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <pthread.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define KINDS(X)                                                                                                                       \
    X(open) X(create) X(read) X(write) X(part) X(interrupt) X(sync) X(rename) X(link) X(truncate) X(close) X(map) X(room) X(stat)      \
    X(resolve) X(list) X(mode) X(advise) X(thread) X(pipe) X(spawn) X(object) X(allocate)
#define NUMBER(name) KIND_##name,
#define NAME(name) #name,
enum kind { KINDS(NUMBER) KIND_COUNT, KIND_NONE = -1 };
static const char *const names[] = {KINDS(NAME)};

static enum kind wanted = KIND_NONE, after = KIND_NONE;
static long at;
static int goes_on, number, armed;
static const char *mark, *counts, *hidden;
static atomic_long seen[KIND_COUNT];
static atomic_int begun;

static enum kind kind_named(const char *name) {
    for (int k = 0; name && k < KIND_COUNT; k++) {
        if (!strcmp(names[k], name)) return k;
    }
    return KIND_NONE;
}

static void make(const char *path, const char *text, size_t size) {
    long made = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (made < 0) return;
    syscall(SYS_write, made, text, size);
    syscall(SYS_close, made);
}

// Whether this call is one that fails; errno is set then.
static int fails(enum kind kind) {
    if (!armed) return 0;
    long count = 0;
    if (after == KIND_NONE || atomic_load(&begun)) count = atomic_fetch_add(&seen[kind], 1) + 1;
    if (kind == after) atomic_store(&begun, 1);
    if (kind != wanted || !(goes_on ? count >= at : count == at) || count == 0) return 0;
    if (mark) make(mark, "", 0);
    errno = kind == KIND_interrupt ? EINTR : number;
    return 1;
}

// MARK: Whose memory it is

enum { RANGES = 64 };
static struct { uintptr_t from, to; } swift[RANGES];
static int ranges;

static int note_library(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size, (void)context;
    static const char *const known[] = {"/libswift", "/libFoundation", "/lib_Foundation", "/libstdc++", "/libdispatch", "/libBlocks",
                                         "/libcrypto"};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (!strstr(info->dlpi_name, known[k])) continue;
        for (int p = 0; p < info->dlpi_phnum && ranges < RANGES; p++) {
            if (info->dlpi_phdr[p].p_type != PT_LOAD) continue;
            swift[ranges].from = info->dlpi_addr + info->dlpi_phdr[p].p_vaddr;
            swift[ranges].to = swift[ranges].from + info->dlpi_phdr[p].p_memsz;
            ranges++;
        }
    }
    return 0;
}

static int no_memory(void *caller) {
    if (!armed) return 0;
    for (int r = 0; r < ranges; r++) {
        if ((uintptr_t)caller >= swift[r].from && (uintptr_t)caller < swift[r].to) return fails(KIND_object);
    }
    return fails(KIND_allocate);
}

// MARK: Beginning and end

__attribute__((constructor)) static void begin(void) {
    const char *place = getenv("HIFI_FAULT_AT"), *reason = getenv("HIFI_FAULT_ERRNO");
    wanted = place && reason ? kind_named(getenv("HIFI_FAULT_CALL")) : KIND_NONE;
    at = place ? atol(place) : 0;
    number = reason ? atoi(reason) : 0;
    goes_on = getenv("HIFI_FAULT_ON") != NULL;
    after = kind_named(getenv("HIFI_FAULT_AFTER"));
    mark = getenv("HIFI_FAULT_MARK");
    counts = getenv("HIFI_FAULT_COUNTS");
    hidden = getenv("HIFI_FAULT_HIDE");
    dl_iterate_phdr(note_library, NULL);
    unsetenv("LD_PRELOAD");
    armed = 1;
}

__attribute__((destructor)) static void end(void) {
    armed = 0;
    if (!counts) return;
    char text[1024];
    int size = 0;
    for (int k = 0; k < KIND_COUNT; k++) size += snprintf(text + size, sizeof text - size, "%s %ld\n", names[k], atomic_load(&seen[k]));
    make(counts, text, size);
}

// MARK: Files

#define NEXT(name)                                                             \
    ({                                                                         \
        static __typeof__(&name) next;                                         \
        if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name);          \
        next;                                                                  \
    })

static int is(int descriptor, mode_t kind) {
    struct stat status;
    int before = errno;
    int result = NEXT(fstat)(descriptor, &status) == 0 && (status.st_mode & S_IFMT) == kind;
    errno = before;
    return result;
}
static int is_file(int descriptor) { return is(descriptor, S_IFREG); }
static int is_pipe(int descriptor) { return is(descriptor, S_IFIFO); }

ssize_t write(int descriptor, const void *bytes, size_t count) {
    int file = is_file(descriptor), pipe = !file && is_pipe(descriptor);
    if ((file || pipe) && fails(KIND_interrupt)) return -1;
    if (file && count > 1 && fails(KIND_part)) return NEXT(write)(descriptor, bytes, count / 2);
    if (file && fails(KIND_write)) {
        int reason = errno;
        if (count > 1) NEXT(write)(descriptor, bytes, count / 2);
        errno = reason;
        return -1;
    }
    return pipe && fails(KIND_pipe) ? -1 : NEXT(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (fails(KIND_interrupt)) return -1;
    if (count > 1 && is_file(descriptor) && fails(KIND_part)) return NEXT(pwrite)(descriptor, bytes, count / 2, offset);
    return is_file(descriptor) && fails(KIND_write) ? -1 : NEXT(pwrite)(descriptor, bytes, count, offset);
}

ssize_t read(int descriptor, void *bytes, size_t count) {
    int counts = is_file(descriptor) || is_pipe(descriptor);
    if (counts && fails(KIND_interrupt)) return -1;
    if (counts && count > 1 && fails(KIND_part)) return NEXT(read)(descriptor, bytes, count / 2);
    return counts && fails(KIND_read) ? -1 : NEXT(read)(descriptor, bytes, count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    if (fails(KIND_interrupt)) return -1;
    if (count > 1 && is_file(descriptor) && fails(KIND_part)) return NEXT(pread)(descriptor, bytes, count / 2, offset);
    return is_file(descriptor) && fails(KIND_read) ? -1 : NEXT(pread)(descriptor, bytes, count, offset);
}

// Closes in any case, as Linux does.
int close(int descriptor) {
    int counts = is_file(descriptor);
    int result = NEXT(close)(descriptor);
    return counts && fails(KIND_close) ? -1 : result;
}

void *mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset) {
    if (fails(descriptor >= 0 ? KIND_map : KIND_room)) return MAP_FAILED;
    return NEXT(mmap)(address, size, protection, flags, descriptor, offset);
}

static int makes(int flags) { return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE; }

#define OPEN(name, parameters, ...)                                                                       \
    int name parameters {                                                                                 \
        va_list rest;                                                                                     \
        va_start(rest, flags);                                                                            \
        mode_t mode = makes(flags) ? va_arg(rest, mode_t) : 0;                                            \
        va_end(rest);                                                                                     \
        return fails(makes(flags) ? KIND_create : KIND_open) ? -1 : NEXT(name)(__VA_ARGS__, flags, mode); \
    }
OPEN(open, (const char *path, int flags, ...), path)
OPEN(open64, (const char *path, int flags, ...), path)
OPEN(openat, (int folder, const char *path, int flags, ...), folder, path)
OPEN(openat64, (int folder, const char *path, int flags, ...), folder, path)

int fcntl(int descriptor, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if ((command == F_DUPFD || command == F_DUPFD_CLOEXEC) && fails(KIND_open)) return -1;
    return NEXT(fcntl)(descriptor, command, argument);
}

// A call that fails whatever it is given: its result then, its kind, what it returns otherwise.
#define CALL(type, failure, kind, name, parameters, ...) \
    type name parameters { return fails(KIND_##kind) ? failure : NEXT(name)(__VA_ARGS__); }

CALL(int, -1, open, dup, (int descriptor), descriptor)
CALL(int, -1, open, dup2, (int from, int to), from, to)
CALL(int, -1, create, mkstemp, (char *path), path)
CALL(int, -1, sync, fsync, (int descriptor), descriptor)
CALL(int, -1, sync, fdatasync, (int descriptor), descriptor)
CALL(int, -1, rename, rename, (const char *from, const char *to), from, to)
CALL(int, -1, rename, renameat, (int a, const char *from, int b, const char *to), a, from, b, to)
CALL(int, -1, link, linkat, (int a, const char *from, int b, const char *to, int flags), a, from, b, to, flags)
CALL(int, -1, truncate, ftruncate, (int descriptor, off_t size), descriptor, size)
CALL(int, -1, stat, fstat, (int descriptor, struct stat *status), descriptor, status)
CALL(int, -1, stat, stat, (const char *path, struct stat *status), path, status)
CALL(int, -1, stat, lstat, (const char *path, struct stat *status), path, status)
CALL(int, -1, stat, fstatat, (int folder, const char *path, struct stat *status, int flags), folder, path, status, flags)
CALL(int, -1, stat, statx, (int folder, const char *path, int flags, unsigned mask, struct statx *status), folder, path, flags, mask,
     status)
CALL(int, -1, stat, statvfs, (const char *path, struct statvfs *status), path, status)
CALL(off_t, -1, stat, lseek, (int descriptor, off_t offset, int whence), descriptor, offset, whence)
CALL(char *, NULL, resolve, realpath, (const char *path, char *result), path, result)
CALL(char *, NULL, resolve, getcwd, (char *path, size_t size), path, size)
CALL(DIR *, NULL, list, opendir, (const char *path), path)
CALL(struct dirent *, NULL, list, readdir, (DIR * folder), folder)
CALL(struct dirent64 *, NULL, list, readdir64, (DIR * folder), folder)
CALL(int, -1, mode, fchmod, (int descriptor, mode_t mode), descriptor, mode)
CALL(int, -1, mode, fchown, (int descriptor, uid_t user, gid_t group), descriptor, user, group)
CALL(int, -1, advise, madvise, (void *memory, size_t size, int advice), memory, size, advice)
CALL(int, errno, advise, posix_madvise, (void *memory, size_t size, int advice), memory, size, advice)
CALL(int, -1, interrupt, poll, (struct pollfd * files, nfds_t count, int limit), files, count, limit)
CALL(pid_t, -1, interrupt, waitpid, (pid_t process, int *status, int options), process, status, options)
CALL(int, -1, pipe, pipe, (int ends[2]), ends)
CALL(int, -1, pipe, pipe2, (int ends[2], int flags), ends, flags)
CALL(int, errno, thread, pthread_create,
     (pthread_t * id, const pthread_attr_t *attributes, void *(*begin)(void *), void *context), id, attributes, begin, context)
CALL(int, errno, spawn, posix_spawn,
     (pid_t * id, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
      char *const arguments[], char *const environment[]),
     id, path, actions, attributes, arguments, environment)
CALL(int, errno, spawn, posix_spawnp,
     (pid_t * id, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
      char *const arguments[], char *const environment[]),
     id, path, actions, attributes, arguments, environment)

int access(const char *path, int mode) {
    for (const char *part = hidden; part; part = strchr(part, ':')) {
        part += *part == ':';
        size_t length = strcspn(part, ":");
        if (length && length == strlen(path) && !strncmp(part, path, length)) {
            errno = EACCES;
            return -1;
        }
    }
    return fails(KIND_stat) ? -1 : NEXT(access)(path, mode);
}

// MARK: Memory

// The C library's own names: dlsym allocates itself.
#if defined(__GLIBC__)
void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t), *__libc_memalign(size_t, size_t);

#define CALLER __builtin_return_address(0)
void *malloc(size_t size) { return no_memory(CALLER) ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return no_memory(CALLER) ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return no_memory(CALLER) ? NULL : __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) { return no_memory(CALLER) ? NULL : __libc_memalign(alignment, size); }
void *memalign(size_t alignment, size_t size) { return no_memory(CALLER) ? NULL : __libc_memalign(alignment, size); }
int posix_memalign(void **place, size_t alignment, size_t size) {
    if (no_memory(CALLER)) return ENOMEM;
    *place = __libc_memalign(alignment, size);
    return *place ? 0 : ENOMEM;
}
#endif
