#include "cvectors.h"

int cv_cpu_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v3")) return 3;
#endif
    return 0;
}
