// Linux calls that Glibc's Swift module does not show.
#include <sys/syscall.h>
#include <unistd.h>

// Waits until all that was written to the file system of `descriptor` is on its disk (syncfs(2)).
static inline int linux_syncfs(int descriptor) { return (int)syscall(SYS_syncfs, descriptor); }
