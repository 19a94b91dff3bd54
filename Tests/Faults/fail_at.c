// Loaded before libc: counts what a process does with files below FAULT_ROOT, and makes the operation of number
// FAULT_AT go wrong.
//
//   FAULT_AT=17 FAULT_HOW=ENOSPC|EIO|EINTR|short|kill FAULT_ROOT=/tmp/x FAULT_COUNT=/tmp/count \
//       LD_PRELOAD=fail_at.so program
//
// ENOSPC strikes what makes files longer or new, EIO everything, EINTR reads and writes (once), short cuts a read or a
// write to one byte, kill ends the process before the operation. From the operation on, ENOSPC stays: a full disk is
// full. At the end the number of operations is written to FAULT_COUNT.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum sort { READS, WRITES, MAKES, NAMES, SYNCS };  // MAKES: a file or a folder; NAMES: what opens, renames or cuts
static atomic_long count;
static const char *root, *how;
static long at;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  root = getenv("FAULT_ROOT");
  how = getenv("FAULT_HOW") ? getenv("FAULT_HOW") : "";
  at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  FILE *file = path ? fopen(path, "w") : 0;
  root = 0;
  if (file) {
    fprintf(file, "%ld\n", atomic_load(&count));
    fclose(file);
  }
}

static int is_ours(const char *path) { return root && path && !strncmp(path, root, strlen(root)); }

static int is_our_file(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t n = root ? REAL(readlink)(link, path, sizeof path - 1) : -1;
  if (n < 0) return 0;
  path[n] = 0;
  return is_ours(path);
}

// 0: continues as ever; 1: `errno` is set; 2: only one byte.
static int fault(enum sort sort) {
  const long number = atomic_fetch_add(&count, 1) + 1;
  if (!at || number < at) return 0;
  if (!strcmp(how, "ENOSPC")) {
    if (sort != WRITES && sort != MAKES && sort != SYNCS) return 0;
    errno = ENOSPC;
    return 1;
  }
  if (number != at) return 0;
  if (!strcmp(how, "kill")) raise(SIGKILL);
  if (!strcmp(how, "EIO")) {
    errno = EIO;
    return 1;
  }
  if (sort != READS && sort != WRITES) return 0;
  if (!strcmp(how, "EINTR")) {
    errno = EINTR;
    return 1;
  }
  return strcmp(how, "short") ? 0 : 2;
}

static int fault_of(int descriptor, enum sort sort) { return is_our_file(descriptor) ? fault(sort) : 0; }

#define TRANSFER(name, sort, parameters, arguments)                                                                    \
  ssize_t name parameters {                                                                                            \
    const int what = fault_of(fd, sort);                                                                               \
    if (what == 1) return -1;                                                                                          \
    if (what == 2 && n > 1) n = 1;                                                                                     \
    return REAL(name) arguments;                                                                                       \
  }
TRANSFER(read, READS, (int fd, void *bytes, size_t n), (fd, bytes, n))
TRANSFER(pread, READS, (int fd, void *bytes, size_t n, off_t o), (fd, bytes, n, o))
TRANSFER(pread64, READS, (int fd, void *bytes, size_t n, off64_t o), (fd, bytes, n, o))
TRANSFER(write, WRITES, (int fd, const void *bytes, size_t n), (fd, bytes, n))
TRANSFER(pwrite, WRITES, (int fd, const void *bytes, size_t n, off_t o), (fd, bytes, n, o))
TRANSFER(pwrite64, WRITES, (int fd, const void *bytes, size_t n, off64_t o), (fd, bytes, n, o))

#define CALL(name, parameters, ours, sort, arguments)                                                                  \
  int name parameters { return (ours) && fault(sort) ? -1 : REAL(name) arguments; }
CALL(fsync, (int fd), is_our_file(fd), SYNCS, (fd))
CALL(fdatasync, (int fd), is_our_file(fd), SYNCS, (fd))
CALL(ftruncate, (int fd, off_t n), is_our_file(fd), NAMES, (fd, n))
CALL(ftruncate64, (int fd, off64_t n), is_our_file(fd), NAMES, (fd, n))
CALL(truncate, (const char *path, off_t n), is_ours(path), NAMES, (path, n))
CALL(truncate64, (const char *path, off64_t n), is_ours(path), NAMES, (path, n))
CALL(rename, (const char *from, const char *to), is_ours(from), NAMES, (from, to))
CALL(unlink, (const char *path), is_ours(path), NAMES, (path))
CALL(mkdir, (const char *path, mode_t mode), is_ours(path), MAKES, (path, mode))

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list list;                                                                                                      \
    va_start(list, flags);                                                                                             \
    const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                                    \
    va_end(list);                                                                                                      \
    return is_ours(path) && fault(flags & O_CREAT ? MAKES : NAMES) ? -1 : REAL(name)(path, flags, mode);               \
  }
OPEN(open)
OPEN(open64)

// The same, relative to an open folder.
CALL(renameat, (int fd, const char *from, int other, const char *to), is_our_file(fd), NAMES, (fd, from, other, to))
CALL(unlinkat, (int fd, const char *path, int flags), is_our_file(fd), NAMES, (fd, path, flags))
CALL(mkdirat, (int fd, const char *path, mode_t mode), is_our_file(fd), MAKES, (fd, path, mode))

#define OPENAT(name)                                                                                                   \
  int name(int fd, const char *path, int flags, ...) {                                                                 \
    va_list list;                                                                                                      \
    va_start(list, flags);                                                                                             \
    const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                                    \
    va_end(list);                                                                                                      \
    return is_our_file(fd) && fault(flags & O_CREAT ? MAKES : NAMES) ? -1 : REAL(name)(fd, path, flags, mode);         \
  }
OPENAT(openat)
OPENAT(openat64)

long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  if (number == SYS_syncfs && fault_of((int)a[0], SYNCS)) return -1;
  long (*real)(long, ...) = dlsym(RTLD_NEXT, "syscall");
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
