#include "include/CImageCodecs.h"
#include <limits.h>

#if defined(__GLIBC__)
#include <malloc.h>

/* The thresholds stop glibc from moving them with the first large buffer that it frees. */
bool pw_keep_memory(size_t bytes) {
    return bytes <= INT_MAX && mallopt(M_MMAP_THRESHOLD, (int)bytes) == 1 &&
        mallopt(M_TRIM_THRESHOLD, (int)bytes) == 1 && mallopt(M_ARENA_MAX, 1) == 1;
}
#else
bool pw_keep_memory(size_t bytes) {
    (void)bytes;
    return false;
}
#endif
