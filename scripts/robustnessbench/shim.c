// Makes a program's disk, files and clock fail as the environment says; loaded with LD_PRELOAD by scripts/robustness.
//
//   TROUBLE_STORE=PREFIX     files that count as the store's; TROUBLE_ARCHIVE=PREFIX those of the archive
//   TROUBLE_KILL_AT=N        SIGKILL before the Nth change to the store's files
//   TROUBLE_FULL_AFTER=N     ENOSPC once N bytes were written to the store's files
//   TROUBLE_STORE_EIO=N      the Nth reading, writing or syncing of the store's files fails with EIO, and all after it
//   TROUBLE_ARCHIVE_EIO=P    each opening, listing or reading in the archive fails with EIO with probability P per mille
//   TROUBLE_SHORT=1          reads and writes do a random part of what was asked, and are interrupted now and then
//   TROUBLE_CLOCK=SECONDS    added to the time of day
//   TROUBLE_SEED=N           of the random choices
//   TROUBLE_LOG=FILE         every change to the store's files and every line on stderr, for power_loss.py
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING, STORE, ARCHIVE };
enum { MOST_FILES = 65536 };

static unsigned char kinds[MOST_FILES];
static int names[MOST_FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *storePrefix, *archivePrefix;
static long killAt, fullAfter = -1, storeErrorAt, archiveError, isShort, clockOffset;
static long changes, bytesWritten, storeCalls;
static uint64_t state = 1;
static int logFile = -1, nextName = 1, isReady;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static long number(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
    storePrefix = getenv("TROUBLE_STORE");
    archivePrefix = getenv("TROUBLE_ARCHIVE");
    killAt = number("TROUBLE_KILL_AT", 0);
    fullAfter = number("TROUBLE_FULL_AFTER", -1);
    storeErrorAt = number("TROUBLE_STORE_EIO", 0);
    archiveError = number("TROUBLE_ARCHIVE_EIO", 0);
    isShort = number("TROUBLE_SHORT", 0);
    clockOffset = number("TROUBLE_CLOCK", 0);
    state = (uint64_t)number("TROUBLE_SEED", 1) * 0x9E3779B97F4A7C15u + 1;
    const char *path = getenv("TROUBLE_LOG");
    if (path) logFile = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    isReady = 1;
}

static uint64_t chance(void) {
    pthread_mutex_lock(&lock);
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    uint64_t drawn = state >> 11;
    pthread_mutex_unlock(&lock);
    return drawn;
}

static int kindOf(const char *path) {
    if (!isReady || !path) return NOTHING;
    if (storePrefix && strncmp(path, storePrefix, strlen(storePrefix)) == 0) return STORE;
    if (archivePrefix && strncmp(path, archivePrefix, strlen(archivePrefix)) == 0) return ARCHIVE;
    return NOTHING;
}

static int kindOfFile(int file) { return isReady && file >= 0 && file < MOST_FILES ? kinds[file] : NOTHING; }

// One record: operation, file, offset, length, bytes; all whole under the lock.
static void note(char operation, int name, int64_t offset, const void *bytes, uint32_t length) {
    if (logFile < 0) return;
    char head[20] = {operation, 0};
    memcpy(head + 1, &name, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 4);
    pthread_mutex_lock(&lock);
    syscall(SYS_write, logFile, head, 17L);
    if (length) syscall(SYS_write, logFile, bytes, (long)length);
    pthread_mutex_unlock(&lock);
}

// Counts a change to the store's files, and ends the program if it is the fatal one.
static void change(void) {
    if (__atomic_add_fetch(&changes, 1, __ATOMIC_SEQ_CST) == killAt) kill(getpid(), SIGKILL);
}

static int storeFails(void) {
    long call = __atomic_add_fetch(&storeCalls, 1, __ATOMIC_SEQ_CST);
    return storeErrorAt && call >= storeErrorAt;
}

static int archiveFails(void) { return archiveError && (long)(chance() % 1000) < archiveError; }

static int isFull(size_t count) {
    if (fullAfter < 0) return 0;
    long after = __atomic_add_fetch(&bytesWritten, (long)count, __ATOMIC_SEQ_CST);
    if (after <= fullAfter) return 0;
    __atomic_sub_fetch(&bytesWritten, (long)count, __ATOMIC_SEQ_CST);
    return 1;
}

static size_t part(size_t count) {
    if (!isShort || count < 2) return count;
    return 1 + chance() % count;
}

static int fail(int code) {
    errno = code;
    return -1;
}

static int opened(int file, const char *path, int flags) {
    if (file < 0 || file >= MOST_FILES || !isReady) return file;
    char whole[PATH_MAX];
    if (path[0] != '/' && getcwd(whole, sizeof whole / 2)) {
        strcat(whole, "/");
        strncat(whole, path, sizeof whole / 2 - 2);
        path = whole;
    }
    kinds[file] = (unsigned char)kindOf(path);
    if (kinds[file] == STORE && (flags & O_ACCMODE) != O_RDONLY) {
        names[file] = __atomic_fetch_add(&nextName, 1, __ATOMIC_SEQ_CST);
        note(flags & O_TRUNC ? 'T' : 'O', names[file], 0, path, (uint32_t)strlen(path));
    }
    return file;
}

static int opening(const char *path, int flags) {
    int kind = kindOf(path);
    if (kind == STORE && flags & O_CREAT) {
        change();
        if (fullAfter >= 0 && bytesWritten >= fullAfter && access(path, F_OK) != 0) return fail(ENOSPC);
    }
    if (kind == STORE && storeErrorAt && storeFails()) return fail(EIO);
    if (kind == ARCHIVE && archiveFails()) return fail(EIO);
    return 0;
}

#define OPENING(NAME)                                                                        \
    int NAME(const char *path, int flags, ...) {                                             \
        va_list more;                                                                        \
        va_start(more, flags);                                                               \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;                    \
        va_end(more);                                                                        \
        if (opening(path, flags)) return -1;                                                 \
        return opened((int)syscall(SYS_openat, AT_FDCWD, path, flags, mode), path, flags);   \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(NAME)                                                                     \
    int NAME(int folder, const char *path, int flags, ...) {                                 \
        va_list more;                                                                        \
        va_start(more, flags);                                                               \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;                    \
        va_end(more);                                                                        \
        if (opening(path, flags)) return -1;                                                 \
        return opened((int)syscall(SYS_openat, folder, path, flags, mode), path, flags);     \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

int close(int file) {
    if (file >= 0 && file < MOST_FILES) kinds[file] = NOTHING;
    return (int)syscall(SYS_close, file);
}

// 0 to go on, -1 with errno where the reading fails.
static int reading(int file) {
    switch (kindOfFile(file)) {
    case STORE: return storeFails() ? fail(EIO) : 0;
    case ARCHIVE: return archiveFails() ? fail(EIO) : 0;
    default: return 0;
    }
}

static int isOurs(int file) { return kindOfFile(file) != NOTHING; }

ssize_t read(int file, void *bytes, size_t count) {
    if (isOurs(file)) {
        if (reading(file)) return -1;
        if (isShort && chance() % 16 == 0) return fail(EINTR);
        count = part(count);
    }
    return syscall(SYS_read, file, bytes, count);
}

static ssize_t readAt(int file, void *bytes, size_t count, off_t offset) {
    if (isOurs(file)) {
        if (reading(file)) return -1;
        if (isShort && chance() % 16 == 0) return fail(EINTR);
        count = part(count);
    }
    return syscall(SYS_pread64, file, bytes, count, offset);
}
ssize_t pread(int file, void *bytes, size_t count, off_t offset) { return readAt(file, bytes, count, offset); }
ssize_t pread64(int file, void *bytes, size_t count, off64_t offset) { return readAt(file, bytes, count, offset); }

// 0 to go on, -1 with errno where the writing fails.
static int writing(int file, size_t *count) {
    if (kindOfFile(file) != STORE) return 0;
    change();
    if (storeFails()) return fail(EIO);
    if (isShort && chance() % 16 == 0) return fail(EINTR);
    *count = part(*count);
    if (isFull(*count)) return fail(ENOSPC);
    return 0;
}

ssize_t write(int file, const void *bytes, size_t count) {
    if (writing(file, &count)) return -1;
    int64_t offset = kindOfFile(file) == STORE && logFile >= 0 ? syscall(SYS_lseek, file, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, file, bytes, count);
    if (done > 0 && kindOfFile(file) == STORE) note('W', names[file], offset, bytes, (uint32_t)done);
    if (done > 0 && file == 2) note('E', 0, 0, bytes, (uint32_t)done);
    return done;
}

static ssize_t writeAt(int file, const void *bytes, size_t count, off_t offset) {
    if (writing(file, &count)) return -1;
    ssize_t done = syscall(SYS_pwrite64, file, bytes, count, offset);
    if (done > 0 && kindOfFile(file) == STORE) note('W', names[file], offset, bytes, (uint32_t)done);
    return done;
}
ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) { return writeAt(file, bytes, count, offset); }
ssize_t pwrite64(int file, const void *b, size_t count, off64_t offset) { return writeAt(file, b, count, offset); }

static int syncing(int file, long call) {
    if (kindOfFile(file) == STORE) {
        change();
        if (storeFails()) return fail(EIO);
    }
    int done = (int)syscall(call, file);
    if (done == 0 && kindOfFile(file) == STORE) note('S', names[file], 0, NULL, 0);
    return done;
}
int fsync(int file) { return syncing(file, SYS_fsync); }
int fdatasync(int file) { return syncing(file, SYS_fdatasync); }

static int cutting(int file, off_t length) {
    if (kindOfFile(file) == STORE) {
        change();
        if (storeFails()) return fail(EIO);
    }
    int done = (int)syscall(SYS_ftruncate, file, length);
    if (done == 0 && kindOfFile(file) == STORE) note('C', names[file], length, NULL, 0);
    return done;
}
int ftruncate(int file, off_t length) { return cutting(file, length); }
int ftruncate64(int file, off64_t length) { return cutting(file, length); }

int fallocate(int file, int mode, off_t offset, off_t length) {
    if (kindOfFile(file) == STORE && (storeFails() || isFull((size_t)length))) return fail(ENOSPC);
    return (int)syscall(SYS_fallocate, file, mode, offset, length);
}

static void noteNames(char operation, const char *from, const char *to) {
    char both[2 * PATH_MAX];
    int length = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
    if (length > 0 && (size_t)length < sizeof both) note(operation, 0, 0, both, (uint32_t)length);
}

int rename(const char *from, const char *to) {
    if (kindOf(to) == STORE) change();
    int done = (int)syscall(SYS_rename, from, to);
    if (done == 0 && kindOf(to) == STORE) noteNames('R', from, to);
    return done;
}

int unlink(const char *path) {
    if (kindOf(path) == STORE) change();
    int done = (int)syscall(SYS_unlink, path);
    if (done == 0 && kindOf(path) == STORE) note('U', 0, 0, path, (uint32_t)strlen(path));
    return done;
}

// Folders: the shim knows a folder's stream by its descriptor, which libc opens by itself.
DIR *opendir(const char *path) {
    if (kindOf(path) == ARCHIVE && archiveFails()) {
        errno = EIO;
        return NULL;
    }
    DIR *folder = REAL(opendir)(path);
    if (folder && dirfd(folder) < MOST_FILES) kinds[dirfd(folder)] = (unsigned char)kindOf(path);
    return folder;
}

int closedir(DIR *folder) {
    int file = dirfd(folder);
    if (file >= 0 && file < MOST_FILES) kinds[file] = NOTHING;
    return REAL(closedir)(folder);
}

struct dirent *readdir(DIR *folder) {
    if (kindOfFile(dirfd(folder)) == ARCHIVE && archiveFails()) {
        errno = EIO;
        return NULL;
    }
    return REAL(readdir)(folder);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int done = (int)syscall(SYS_clock_gettime, clock, time);
    if (done == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += clockOffset;
    return done;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    int done = (int)syscall(SYS_gettimeofday, time, zone);
    if (done == 0) time->tv_sec += clockOffset;
    return done;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where) *where = now.tv_sec;
    return now.tv_sec;
}
