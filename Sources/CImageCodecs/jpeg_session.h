#ifndef PW_JPEG_SESSION_H
#define PW_JPEG_SESSION_H

#include <setjmp.h>
#include "limits.h"
#include <jpeglib.h>

/* One decode: libjpeg's own structures, what is to be read, and where an error jumps back to. */
typedef struct {
    struct jpeg_decompress_struct codec;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf jump;
    const uint8_t *data;
    size_t length;
    const pw_limits *limits;
    pw_report *report;
    pw_status failure;
    bool decoding;
    bool ended;
    /* the request */
    pw_header *header;
    const pw_request *request;
    pw_planes *planes;
    uint8_t *const *plane_bytes;
    uint8_t *out;
    size_t out_length;
    size_t written; /* bytes of `out`; what is not written when the body ends becomes PW_MISSING */
} pw_jpeg_session;

typedef pw_status (*pw_jpeg_body)(pw_jpeg_session *);

/* Runs `body` where libjpeg's errors are caught, and releases everything. */
pw_status pw_jpeg_perform(pw_jpeg_session request, pw_jpeg_body body);

/* Only within a body. */
pw_status pw_jpeg_read_header(pw_jpeg_session *session);

#endif
