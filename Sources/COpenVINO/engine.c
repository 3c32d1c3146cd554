#include "COpenVINO.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The declarations that are needed, after the documented C API (openvino/c). Numbers of element types differ between
   releases, so the type is taken from the model's own ports. */
typedef int status;
typedef struct {
    int64_t rank;
    int64_t *dims;
} shape_t;
typedef struct {
    const char *buildNumber;
    const char *description;
} version_t;

#define FUNCTIONS(F) \
    F(status, get_openvino_version, (version_t *)) \
    F(void, version_free, (version_t *)) \
    F(const char *, get_error_info, (status)) \
    F(status, core_create, (void **)) \
    F(void, core_free, (void *)) \
    F(status, core_read_model, (void *, const char *, const char *, void **)) \
    F(void, model_free, (void *)) \
    F(status, core_compile_model, (void *, void *, const char *, size_t, void **, ...)) \
    F(void, compiled_model_free, (void *)) \
    F(status, compiled_model_create_infer_request, (void *, void **)) \
    F(void, infer_request_free, (void *)) \
    F(status, model_const_input, (void *, void **)) \
    F(status, const_port_get_shape, (void *, shape_t *)) \
    F(status, port_get_element_type, (void *, int *)) \
    F(void, output_const_port_free, (void *)) \
    F(status, tensor_create_from_host_ptr, (int, shape_t, void *, void **)) \
    F(void, tensor_free, (void *)) \
    F(status, tensor_data, (void *, void **)) \
    F(status, tensor_get_shape, (void *, shape_t *)) \
    F(status, tensor_get_size, (void *, size_t *)) \
    F(status, tensor_get_byte_size, (void *, size_t *)) \
    F(status, tensor_get_element_type, (void *, int *)) \
    F(status, shape_create, (int64_t, const int64_t *, shape_t *)) \
    F(status, shape_free, (shape_t *)) \
    F(status, infer_request_set_input_tensor, (void *, void *)) \
    F(status, infer_request_get_output_tensor, (void *, void **)) \
    F(status, infer_request_infer, (void *))

static struct {
#define MEMBER(result, name, arguments) result(*name) arguments;
    FUNCTIONS(MEMBER)
#undef MEMBER
    /* Younger than the rest, so it may be missing. */
    const char *(*get_last_err_msg)(void);
} ov;

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static bool is_loaded;
static char version[128];

struct pw_network {
    void *core, *model, *compiled, *request;
    int element_type;
};

static void say(char *message, const char *text) { snprintf(message, PW_INFERENCE_MESSAGE, "%s", text); }

/* Whether a call succeeded; otherwise the message says which did not. */
static bool done(status code, const char *what, char *message) {
    if (code == 0) return true;
    const char *more = ov.get_last_err_msg ? ov.get_last_err_msg() : NULL;
    snprintf(message, PW_INFERENCE_MESSAGE, "%s: %s%s%s", what, ov.get_error_info(code), more && *more ? ": " : "",
             more && *more ? more : "");
    return false;
}

const char *pw_inference_version(void) { return version; }

static bool load(const char *path, char *message) {
    if (is_loaded) return true;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        say(message, dlerror());
        return false;
    }
#define RESOLVE(result, name, arguments) \
    *(void **)&ov.name = dlsym(library, "ov_" #name); \
    if (!ov.name) { \
        say(message, "it has no function ov_" #name); \
        dlclose(library); \
        return false; \
    }
    FUNCTIONS(RESOLVE)
#undef RESOLVE
    *(void **)&ov.get_last_err_msg = dlsym(library, "ov_get_last_err_msg");
    version_t found = {0};
    if (ov.get_openvino_version(&found) == 0) {
        snprintf(version, sizeof version, "%s", found.buildNumber);
        ov.version_free(&found);
    }
    is_loaded = true;
    return true;
}

bool pw_inference_load(const char *path, char *message) {
    pthread_mutex_lock(&loading);
    bool result = load(path, message);
    pthread_mutex_unlock(&loading);
    return result;
}

static bool open_network(pw_network *network, const char *model, int threads, char *message) {
    char count[16];
    snprintf(count, sizeof count, "%d", threads);
    if (!done(ov.core_create(&network->core), "no engine", message)) return false;
    if (!done(ov.core_read_model(network->core, model, NULL, &network->model), "not a model", message)) return false;
    /* 16-bit arithmetic, which some CPUs would choose, gives other results on other machines. */
    if (!done(ov.core_compile_model(network->core, network->model, "CPU", 6, &network->compiled, "PERFORMANCE_HINT",
                                    "LATENCY", "INFERENCE_PRECISION_HINT", "f32", "INFERENCE_NUM_THREADS", count),
              "not compiled", message))
        return false;
    if (!done(ov.compiled_model_create_infer_request(network->compiled, &network->request), "not prepared", message))
        return false;
    void *port = NULL;
    if (!done(ov.model_const_input(network->model, &port), "not one input", message)) return false;
    bool result = done(ov.port_get_element_type(port, &network->element_type), "no input type", message);
    ov.output_const_port_free(port);
    return result;
}

pw_network *pw_network_open(const char *model, int threads, char *message) {
    if (!is_loaded) {
        say(message, "the engine is not loaded");
        return NULL;
    }
    pw_network *network = calloc(1, sizeof *network);
    if (!network) {
        say(message, "out of memory");
        return NULL;
    }
    if (open_network(network, model, threads, message)) return network;
    pw_network_close(network);
    return NULL;
}

void pw_network_close(pw_network *network) {
    if (!network) return;
    if (network->request) ov.infer_request_free(network->request);
    if (network->compiled) ov.compiled_model_free(network->compiled);
    if (network->model) ov.model_free(network->model);
    if (network->core) ov.core_free(network->core);
    free(network);
}

static bool copy_shape(const shape_t *from, pw_shape *to) {
    if (from->rank < 0 || from->rank > PW_INFERENCE_RANK) return false;
    to->rank = (size_t)from->rank;
    for (size_t i = 0; i < to->rank; i++) to->dims[i] = from->dims[i];
    return true;
}

bool pw_network_input(pw_network *network, pw_shape *shape) {
    void *port = NULL;
    shape_t found = {0};
    if (ov.model_const_input(network->model, &port)) return false;
    bool result = ov.const_port_get_shape(port, &found) == 0;
    if (result) {
        result = copy_shape(&found, shape);
        ov.shape_free(&found);
    }
    ov.output_const_port_free(port);
    return result;
}

static bool take_output(pw_network *network, float *output, size_t capacity, pw_shape *shape, char *message) {
    void *tensor = NULL, *data = NULL;
    shape_t found = {0};
    size_t count = 0, bytes = 0;
    int type = 0;
    if (!done(ov.infer_request_get_output_tensor(network->request, &tensor), "not one output", message)) return false;
    bool result = done(ov.tensor_get_shape(tensor, &found), "no output shape", message)
        && done(ov.tensor_get_size(tensor, &count), "no output size", message)
        && done(ov.tensor_get_byte_size(tensor, &bytes), "no output size", message)
        && done(ov.tensor_get_element_type(tensor, &type), "no output type", message)
        && done(ov.tensor_data(tensor, &data), "no output", message);
    if (result && (type != network->element_type || bytes != count * sizeof *output)) {
        say(message, "input and output must both be 32-bit floating-point numbers");
        result = false;
    }
    if (result && count > capacity) {
        snprintf(message, PW_INFERENCE_MESSAGE, "the output has %zu numbers, more than %zu", count, capacity);
        result = false;
    }
    if (result && !copy_shape(&found, shape)) {
        say(message, "the output has too many dimensions");
        result = false;
    }
    if (result) memcpy(output, data, count * sizeof *output);
    if (found.dims) ov.shape_free(&found);
    ov.tensor_free(tensor);
    return result;
}

/* A model of halves or bytes would take the numbers for something else. */
static bool holds_floats(void *tensor, char *message) {
    size_t count = 0, bytes = 0;
    if (!done(ov.tensor_get_size(tensor, &count), "no input size", message)
        || !done(ov.tensor_get_byte_size(tensor, &bytes), "no input size", message))
        return false;
    if (bytes == count * sizeof(float)) return true;
    say(message, "input and output must both be 32-bit floating-point numbers");
    return false;
}

bool pw_network_run(pw_network *network, const pw_shape *shape, const float *input, float *output, size_t capacity,
                    pw_shape *output_shape, char *message) {
    shape_t form = {0};
    void *tensor = NULL;
    if (!done(ov.shape_create((int64_t)shape->rank, shape->dims, &form), "no shape", message)) return false;
    bool result = done(ov.tensor_create_from_host_ptr(network->element_type, form, (void *)input, &tensor),
                       "no input", message)
        && holds_floats(tensor, message)
        && done(ov.infer_request_set_input_tensor(network->request, tensor), "input refused", message)
        && done(ov.infer_request_infer(network->request), "not run", message)
        && take_output(network, output, capacity, output_shape, message);
    if (tensor) ov.tensor_free(tensor);
    ov.shape_free(&form);
    return result;
}
