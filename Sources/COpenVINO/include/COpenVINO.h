#ifndef COPENVINO_H
#define COPENVINO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* OpenVINO's C API, opened at run time: the product builds and starts without it. */

enum { PW_INFERENCE_MESSAGE = 512, PW_INFERENCE_RANK = 8 };

typedef struct pw_network pw_network;

typedef struct {
    size_t rank;
    int64_t dims[PW_INFERENCE_RANK];
} pw_shape;

/* Opens libopenvino_c at `path`, once for the process; `message` says why not. */
bool pw_inference_load(const char *path, char *message);

/* The engine's build; empty before it is loaded. */
const char *pw_inference_version(void);

/* Reads and compiles a model for the CPU with `threads` threads and 32-bit arithmetic; NULL with a message. */
pw_network *pw_network_open(const char *model, int threads, char *message);
void pw_network_close(pw_network *network);

/* The shape of the only input; false where it is not fixed. */
bool pw_network_input(pw_network *network, pw_shape *shape);

/* Runs it. `input` is borrowed for the call; the first output is copied, `capacity` floats at most. Not thread-safe. */
bool pw_network_run(pw_network *network, const pw_shape *shape, const float *input, float *output, size_t capacity,
                    pw_shape *output_shape, char *message);

#endif
