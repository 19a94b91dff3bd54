// Linux calls that Glibc's Swift module does not show.
#include <sys/syscall.h>
#include <unistd.h>

#include <fcntl.h>
#include <sys/vfs.h>

// Starts writing a piece of a file to its disk, without waiting (sync_file_range(2) with SYNC_FILE_RANGE_WRITE).
static inline int linux_start_writing(int descriptor, long long offset, long long count) {
#ifdef SYS_sync_file_range
  return (int)syscall(SYS_sync_file_range, descriptor, offset, count, 2u);
#else
  return 0;
#endif
}

// Waits until all that was written to the file system of `descriptor` is on its disk (syncfs(2)).
static inline int linux_syncfs(int descriptor) { return (int)syscall(SYS_syncfs, descriptor); }

// Gives the room of a piece of a file back to its file system: zeros from then on (fallocate(2) with
// FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE).
static inline void linux_make_hole(int descriptor, long long offset, long long count) {
#ifdef SYS_fallocate
  syscall(SYS_fallocate, descriptor, 3, offset, count);
#endif
}

// Keeps room for a piece of a file, which grows no longer by it (fallocate(2) with FALLOC_FL_KEEP_SIZE).
static inline int linux_reserve(int descriptor, long long offset, long long count) {
#ifdef SYS_fallocate
  return (int)syscall(SYS_fallocate, descriptor, 1, offset, count);
#else
  return -1;
#endif
}

// The flag that opens a file for writing past the page cache.
static const int linux_past_cache = __O_DIRECT;

// 1: the file lies on a file system that writes well past the page cache when whole blocks are appended.
static inline int linux_appends_past_cache(int descriptor) {
  struct statfs status;
  if (fstatfs(descriptor, &status) != 0) return 0;
  return status.f_type == 0xEF53 /* ext4 */ || status.f_type == 0x58465342 /* XFS */;
}
