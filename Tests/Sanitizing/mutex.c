// Reports `Synchronization.Mutex` to the thread sanitizer, which on Linux sees it only while no thread waits.
//
// The program takes and gives back the mutex by an atomic exchange, which the sanitizer has instrumented. When somebody
// else has it, or waits for it, the exchange fails and Swift's library goes to the kernel: the library is not
// instrumented, and so what the mutex guards would be reported as a race. These two functions go in between. Preloaded
// by Tests/sanitize.sh; in a program without the sanitizer they only pass on.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK         "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK       "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define swift_method __attribute__((swiftcall)) void
#define swift_self   __attribute__((swift_context)) void *

typedef swift_method lock_method(uint32_t thread, swift_self);
typedef swift_method unlock_method(swift_self);
lock_method wait_for_mutex __asm__(LOCK);
unlock_method hand_over_mutex __asm__(UNLOCK);

static void report(const char *what, void *mutex) {
  void (*sanitizer)(void *) = (void (*)(void *))dlsym(RTLD_DEFAULT, what);
  if (sanitizer) sanitizer(mutex);
}

swift_method wait_for_mutex(uint32_t thread, swift_self mutex) {
  ((lock_method *)dlsym(RTLD_NEXT, LOCK))(thread, mutex);
  report("__tsan_acquire", mutex);
}

swift_method hand_over_mutex(swift_self mutex) {
  report("__tsan_release", mutex);
  ((unlock_method *)dlsym(RTLD_NEXT, UNLOCK))(mutex);
}
