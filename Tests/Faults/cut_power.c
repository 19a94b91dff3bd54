// Loaded before libc: plays a power cut. What a process does below FAULT_ROOT goes to the real disk, but a journal is
// kept of what a machine could still lose; at operation FAULT_AT that is undone, and the process ends as if it had
// never been.
//
//   FAULT_AT=17 FAULT_HOW=all|some FAULT_SEED=1 FAULT_ROOT=/tmp/x FAULT_KEEPS=/tmp/kept … \
//       LD_PRELOAD=cut_power.so program
//
// What can be lost, by what POSIX promises and no more:
//
//   bytes of a file after its last fsync           cut off, or zeros in their place
//   a new, renamed or removed name, a new folder    until its folder was synced
//   anything of the above                           not after a syncfs
//
// `all` undoes all of it, the last first. `some` undoes each with a chance of one half: disks write in no order.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum kind { MADE, RENAMED, REMOVED, MADE_FOLDER };
struct change {
  enum kind kind;
  char *path, *from, *kept;
};  // kept: another link to what the change has taken away
struct file {
  char *path;
  off_t synced;
};

static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct change changes[100000];
static struct file files[100000];
static int change_count, file_count, kept_count;
static const char *root, *how, *keeps;
static long at, count;
static unsigned chance;

__attribute__((constructor)) static void begin(void) {
  root = getenv("FAULT_ROOT");
  keeps = getenv("FAULT_KEEPS");  // a folder of the same file system, for what was removed
  how = getenv("FAULT_HOW") ? getenv("FAULT_HOW") : "all";
  at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
  chance = getenv("FAULT_SEED") ? (unsigned)atol(getenv("FAULT_SEED")) : 1;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  root = 0;
  FILE *file = path ? fopen(path, "w") : 0;
  if (file) {
    fprintf(file, "%ld\n", count);
    fclose(file);
  }
}

static int is_ours(const char *path) { return root && path && !strncmp(path, root, strlen(root)); }

static char *path_of(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t n = root ? readlink(link, path, sizeof path - 1) : -1;
  if (n < 0) return 0;
  path[n] = 0;
  return is_ours(path) && !strstr(path, " (deleted)") ? strdup(path) : 0;
}

static off_t size_of(const char *path) {
  struct stat s;
  return stat(path, &s) ? 0 : s.st_size;
}

static struct file *file_of(const char *path) {
  for (int i = file_count; i-- > 0;)
    if (!strcmp(files[i].path, path)) return files + i;
  return 0;
}

static struct file *tracked(const char *path, off_t synced) {
  struct file *file = file_of(path);
  if (!file) {
    file = files + file_count++;
    file->path = strdup(path);
    file->synced = synced;
  }
  return file;
}

static char *keep(const char *path) {
  char place[PATH_MAX];
  snprintf(place, sizeof place, "%s/%d", keeps, kept_count++);
  REAL(unlink)(place);
  return link(path, place) ? 0 : strdup(place);
}

static void note(enum kind kind, const char *path, const char *from, char *kept) {
  changes[change_count++] = (struct change){ kind, strdup(path), from ? strdup(from) : 0, kept };
}

static int remove_one(const char *path, const struct stat *s, int flag, struct FTW *ftw) { return remove(path); }
static int is_lost(void) { return !strcmp(how, "all") || rand_r(&chance) & 1; }

// The mutex stays taken: the other threads wait for an end that comes with this one.
static void cut(void) {
  for (int i = 0; i < file_count; i++) {
    const off_t size = size_of(files[i].path);
    if (size <= files[i].synced || !is_lost()) continue;
    REAL(truncate)(files[i].path, files[i].synced);
    if (strcmp(how, "all") && rand_r(&chance) & 1) REAL(truncate)(files[i].path, size);  // zeros
  }
  for (int i = change_count; i-- > 0;) {
    const struct change c = changes[i];
    if (!is_lost()) continue;
    if (c.kind == MADE) REAL(unlink)(c.path);
    if (c.kind == RENAMED) REAL(rename)(c.path, c.from);
    if (c.kind == MADE_FOLDER) nftw(c.path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    if (c.kept) REAL(rename)(c.kept, c.path);
  }
  _exit(137);
}

// Before each operation: the mutex is taken, and perhaps the power is gone.
static void operation(void) {
  pthread_mutex_lock(&mutex);
  if (++count == at) cut();
}
#define DONE(result)                                                                                                   \
  do {                                                                                                                 \
    const int error = errno;                                                                                           \
    pthread_mutex_unlock(&mutex);                                                                                      \
    errno = error;                                                                                                     \
    return result;                                                                                                     \
  } while (0)

static int lies_in(const char *path, const char *folder) {
  const size_t n = strlen(folder);
  return !strncmp(path, folder, n) && path[n] == '/' && !strchr(path + n + 1, '/');
}

static void folder_is_synced(const char *folder) {
  int left = 0;
  for (int i = 0; i < change_count; i++)
    if (!lies_in(changes[i].path, folder)) changes[left++] = changes[i];
  change_count = left;
}

#define WRITE(name, parameters, arguments)                                                                             \
  ssize_t name parameters {                                                                                            \
    char *path = path_of(fd);                                                                                          \
    if (!path) return REAL(name) arguments;                                                                            \
    operation();                                                                                                       \
    tracked(path, size_of(path));                                                                                      \
    ssize_t result = REAL(name) arguments;                                                                             \
    free(path);                                                                                                        \
    DONE(result);                                                                                                      \
  }
WRITE(write, (int fd, const void *bytes, size_t n), (fd, bytes, n))
WRITE(pwrite, (int fd, const void *bytes, size_t n, off_t o), (fd, bytes, n, o))
WRITE(pwrite64, (int fd, const void *bytes, size_t n, off64_t o), (fd, bytes, n, o))

#define SYNC(name)                                                                                                     \
  int name(int fd) {                                                                                                   \
    char *path = path_of(fd);                                                                                          \
    if (!path) return REAL(name)(fd);                                                                                  \
    operation();                                                                                                       \
    int result = REAL(name)(fd);                                                                                       \
    struct stat s;                                                                                                     \
    if (!stat(path, &s) && S_ISDIR(s.st_mode)) folder_is_synced(path);                                                 \
    else tracked(path, 0)->synced = size_of(path);                                                                     \
    free(path);                                                                                                        \
    DONE(result);                                                                                                      \
  }
SYNC(fsync)
SYNC(fdatasync)

long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);
  long (*real)(long, ...) = dlsym(RTLD_NEXT, "syscall");
  char *path = number == SYS_syncfs ? path_of((int)a[0]) : 0;
  if (!path) return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  operation();
  change_count = 0;
  for (int i = 0; i < file_count; i++) files[i].synced = size_of(files[i].path);
  free(path);
  DONE(0);
}

int ftruncate(int fd, off_t n) {
  char *path = path_of(fd);
  if (!path) return REAL(ftruncate)(fd, n);
  operation();
  struct file *file = tracked(path, size_of(path));
  if (file->synced > n) file->synced = n;
  int result = REAL(ftruncate)(fd, n);
  free(path);
  DONE(result);
}
int ftruncate64(int fd, off64_t n) { return ftruncate(fd, n); }

int truncate(const char *path, off_t n) {
  if (!is_ours(path)) return REAL(truncate)(path, n);
  operation();
  struct file *file = tracked(path, size_of(path));
  if (file->synced > n) file->synced = n;
  int result = REAL(truncate)(path, n);
  DONE(result);
}
int truncate64(const char *path, off64_t n) { return truncate(path, n); }

int rename(const char *from, const char *to) {
  if (!is_ours(from)) return REAL(rename)(from, to);
  operation();
  char *kept = keep(to);
  int result = REAL(rename)(from, to);
  if (!result) {
    struct file *file = file_of(from), *old = file_of(to);
    if (old) old->path = strdup("");
    if (file) file->path = strdup(to);
    note(RENAMED, to, from, kept);
  }
  DONE(result);
}

int unlink(const char *path) {
  if (!is_ours(path)) return REAL(unlink)(path);
  operation();
  char *kept = keep(path);
  int result = REAL(unlink)(path);
  if (!result && kept) note(REMOVED, path, 0, kept);
  DONE(result);
}

int mkdir(const char *path, mode_t mode) {
  if (!is_ours(path)) return REAL(mkdir)(path, mode);
  operation();
  int result = REAL(mkdir)(path, mode);
  if (!result) note(MADE_FOLDER, path, 0, 0);
  DONE(result);
}

static int opened(const char *path, int flags, mode_t mode) {
  if (!is_ours(path) || !(flags & (O_CREAT | O_TRUNC))) return REAL(open)(path, flags, mode);
  operation();
  const int is_new = access(path, F_OK) != 0;
  int result = REAL(open)(path, flags, mode);
  if (result >= 0 && flags & O_TRUNC) tracked(path, 0)->synced = 0;
  if (result >= 0 && is_new) note(MADE, path, 0, 0);
  DONE(result);
}

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    va_list list;                                                                                                      \
    va_start(list, flags);                                                                                             \
    const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                                    \
    va_end(list);                                                                                                      \
    return opened(path, flags, mode);                                                                                  \
  }
OPEN(open)
OPEN(open64)

// The same, relative to an open folder: by whole paths, of which none leads through a link here.
static char *in_folder(int fd, const char *name) {
  char *folder = path_of(fd), *path = 0;
  if (folder && asprintf(&path, "%s/%s", folder, name) < 0) path = 0;
  free(folder);
  return path;
}

int renameat(int fd, const char *from, int other, const char *to) {
  char *a = in_folder(fd, from), *b = in_folder(other, to);
  int result = a && b ? rename(a, b) : REAL(renameat)(fd, from, other, to);
  free(a), free(b);
  return result;
}

int unlinkat(int fd, const char *name, int flags) {
  char *path = in_folder(fd, name);
  int result = path && !(flags & AT_REMOVEDIR) ? unlink(path) : REAL(unlinkat)(fd, name, flags);
  free(path);
  return result;
}

int mkdirat(int fd, const char *name, mode_t mode) {
  char *path = in_folder(fd, name);
  int result = path ? mkdir(path, mode) : REAL(mkdirat)(fd, name, mode);
  free(path);
  return result;
}

#define OPENAT(name)                                                                                                   \
  int name(int fd, const char *path, int flags, ...) {                                                                 \
    va_list list;                                                                                                      \
    va_start(list, flags);                                                                                             \
    const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;                                                    \
    va_end(list);                                                                                                      \
    char *whole = flags & (O_CREAT | O_TRUNC) ? in_folder(fd, path) : 0;                                               \
    int result = whole ? opened(whole, flags, mode) : REAL(name)(fd, path, flags, mode);                               \
    free(whole);                                                                                                       \
    return result;                                                                                                     \
  }
OPENAT(openat)
OPENAT(openat64)
