#ifndef PW_LIMITS_H
#define PW_LIMITS_H

#include <stdio.h>
#include "CImageCodecs.h"

/* Fill for rows that the file does not hold: what libjpeg itself gives for missing coefficients. */
enum { PW_MISSING = 128 };

static inline bool pw_fits(uint32_t width, uint32_t height, const pw_limits *limits) {
    return width <= limits->max_width && height <= limits->max_height && (uint64_t)width * height <= limits->max_pixels;
}

static inline void pw_say(char *into, const char *text) { snprintf(into, PW_MESSAGE_LENGTH, "%s", text); }

#endif
