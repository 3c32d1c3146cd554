#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include "limits.h"
#include <png.h>

enum { CHUNK_OVERHEAD = 12, SIGNATURE_LENGTH = 8, MAX_CACHED_CHUNKS = 1000, LEAST_ALLOCATION = 1 << 20 };

typedef struct {
    const uint8_t *data;
    size_t length, at;
    size_t next_chunk;      /* where the next chunk begins */
    uint32_t rows_at_chunk; /* rows that were complete when the current chunk began */
    uint32_t rows;
    bool ended;
    const pw_limits *limits;
    pw_header *header;
    uint8_t *out;
    size_t out_length;
    uint32_t channels;
    pw_report *report;
    pw_status failure;
} source;

static void take(png_structp codec, png_bytep into, size_t count) {
    source *s = png_get_io_ptr(codec);
    if (count > s->length - s->at) {
        s->ended = true;
        png_error(codec, "the file ends early");
    }
    memcpy(into, s->data + s->at, count);
    if (s->at == s->next_chunk && count >= 4) {
        s->rows_at_chunk = s->rows;
        size_t body = (size_t)into[0] << 24 | (size_t)into[1] << 16 | (size_t)into[2] << 8 | into[3];
        s->next_chunk = s->at + body + CHUNK_OVERHEAD;
    }
    s->at += count;
}

static void on_error(png_structp codec, png_const_charp message) {
    source *s = png_get_error_ptr(codec);
    pw_say(s->report->message, message);
    s->report->offset = s->ended ? s->length : s->at;
    if (s->failure == PW_OK) s->failure = strstr(message, "emory") != NULL ? PW_NO_MEMORY : PW_MALFORMED;
    png_longjmp(codec, 1);
}

static void on_warning(png_structp codec, png_const_charp message) {
    source *s = png_get_error_ptr(codec);
    if (s->report->note[0] == 0) pw_say(s->report->note, message);
}

/* libpng reserves and clears whatever length a chunk states; only its rows and zlib's state may need more than a chunk's limit. */
static png_voidp allocate(png_structp codec, png_alloc_size_t count) {
    const source *s = png_get_mem_ptr(codec);
    return count > LEAST_ALLOCATION && count > s->limits->max_chunk_bytes ? NULL : malloc(count);
}

static void release(png_structp codec, png_voidp block) {
    (void)codec;
    free(block);
}

static void describe(png_structp codec, png_infop info, pw_header *header) {
    memset(header, 0, sizeof *header);
    int type = png_get_color_type(codec, info);
    header->width = png_get_image_width(codec, info);
    header->height = png_get_image_height(codec, info);
    header->components = png_get_channels(codec, info);
    header->bit_depth = png_get_bit_depth(codec, info);
    header->channels = (type & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1;
    header->luma_across = header->luma_down = 1;
    header->orientation = 1;
    header->interlaced = png_get_interlace_type(codec, info) != PNG_INTERLACE_NONE;
}

static void convert_to_bytes(png_structp codec, png_infop info, uint32_t channels) {
    if (png_get_color_type(codec, info) == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(codec);
    if (png_get_color_type(codec, info) == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(codec);
    png_set_strip_16(codec);
    png_set_strip_alpha(codec);
    if (channels == 3) png_set_gray_to_rgb(codec);
}

static pw_status read_rows(png_structp codec, png_infop info, source *s) {
    pw_header header;
    describe(codec, info, &header);
    if (s->channels == 1 && header.channels == 3) return PW_BAD_REQUEST;
    convert_to_bytes(codec, info, s->channels);
    int passes = png_set_interlace_handling(codec);
    png_read_update_info(codec, info);
    size_t row = png_get_rowbytes(codec, info);
    if (row != (size_t)header.width * s->channels || s->out_length / row < header.height) return PW_BAD_REQUEST;
    memset(s->out, PW_MISSING, s->out_length);
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < header.height; y++) {
            png_read_row(codec, s->out + (size_t)y * row, NULL);
            if (pass == passes - 1) s->rows = y + 1;
        }
    }
    png_read_end(codec, NULL);
    return PW_OK;
}

static pw_status read_all(png_structp codec, png_infop info, source *s) {
    png_set_read_fn(codec, s, take);
    png_set_user_limits(codec, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(codec, s->limits->max_chunk_bytes);
    png_set_chunk_cache_max(codec, MAX_CACHED_CHUNKS);
    png_read_info(codec, info);
    pw_header header;
    describe(codec, info, &header);
    if (s->header != NULL) *s->header = header;
    if (!pw_fits(header.width, header.height, s->limits)) return PW_OVER_SIZE;
    return s->out == NULL ? PW_OK : read_rows(codec, info, s);
}

/* Rows stay good up to the end of the data; after a fault in a chunk only the rows before that chunk are beyond doubt.
   */
static pw_status after_jump(const source *s) {
    pw_report *report = s->report;
    if (s->failure == PW_NO_MEMORY) return PW_NO_MEMORY;
    report->rows_good = s->ended ? s->rows : s->rows_at_chunk;
    report->rows_coarse = report->rows_good;
    report->damaged = true;
    if (s->out != NULL && report->rows_good > 0) return PW_OK;
    return s->ended ? PW_TRUNCATED : PW_MALFORMED;
}

static pw_status perform(source request) {
    memset(request.report, 0, sizeof *request.report);
    source *s = malloc(sizeof *s);
    if (s == NULL) return PW_NO_MEMORY;
    *s = request;
    s->next_chunk = SIGNATURE_LENGTH;
    png_structp codec = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, s, on_error, on_warning, s, allocate, release);
    png_infop info = codec != NULL ? png_create_info_struct(codec) : NULL;
    pw_status status = PW_NO_MEMORY;
    if (info != NULL) {
        if (setjmp(png_jmpbuf(codec)) == 0)
            status = read_all(codec, info, s);
        else
            status = after_jump(s);
    }
    png_destroy_read_struct(&codec, &info, NULL);
    free(s);
    return status;
}

pw_status pw_png_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header,
    pw_report *report) {
    return perform((source){.data = data, .length = length, .limits = limits, .header = header, .report = report});
}

pw_status pw_png_read(const uint8_t *data, size_t length, const pw_limits *limits, uint32_t channels, uint8_t *out,
    size_t out_length, pw_report *report) {
    return perform((source){.data = data, .length = length, .limits = limits, .channels = channels, .out = out,
        .out_length = out_length, .report = report});
}
