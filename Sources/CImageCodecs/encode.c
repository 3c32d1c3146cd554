#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include "limits.h"
#include <jpeglib.h>
#include <jerror.h>
#include <png.h>

void pw_free(uint8_t *buffer) { free(buffer); }

/* ---- JPEG ---- */

typedef struct {
    struct jpeg_compress_struct codec;
    struct jpeg_error_mgr errors;
    jmp_buf jump;
    const uint8_t *pixels;
    const pw_jpeg_settings *settings;
    unsigned char *out;
    unsigned long out_length;
    pw_report *report;
    pw_status failure;
} jpeg_session;

static void on_jpeg_error(j_common_ptr codec) {
    jpeg_session *s = codec->client_data;
    codec->err->format_message(codec, s->report->message);
    s->failure = codec->err->msg_code == JERR_OUT_OF_MEMORY ? PW_NO_MEMORY : PW_BAD_REQUEST;
    longjmp(s->jump, 1);
}

static void on_jpeg_output(j_common_ptr codec) { (void)codec; }

static void choose_colors(struct jpeg_compress_struct *c, const pw_jpeg_settings *settings) {
    c->in_color_space = settings->components == 1 ? JCS_GRAYSCALE : settings->components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(c);
    if (settings->keep_components)
        jpeg_set_colorspace(c, c->in_color_space);
    else if (settings->components == 4)
        jpeg_set_colorspace(c, JCS_YCCK);
}

static void compress(jpeg_session *s) {
    struct jpeg_compress_struct *c = &s->codec;
    jpeg_create_compress(c);
    jpeg_mem_dest(c, &s->out, &s->out_length);
    c->image_width = s->settings->width;
    c->image_height = s->settings->height;
    c->input_components = (int)s->settings->components;
    choose_colors(c, s->settings);
    jpeg_set_quality(c, (int)s->settings->quality, TRUE);
    c->optimize_coding = TRUE;
    c->dct_method = JDCT_ISLOW;
    c->restart_interval = s->settings->restart_interval;
    c->comp_info[0].h_samp_factor = (int)s->settings->luma_across;
    c->comp_info[0].v_samp_factor = (int)s->settings->luma_down;
    if (s->settings->progressive) jpeg_simple_progression(c);
    jpeg_start_compress(c, TRUE);
    size_t stride = (size_t)s->settings->width * s->settings->components;
    while (c->next_scanline < c->image_height) {
        JSAMPROW row = (JSAMPROW)(uintptr_t)(s->pixels + c->next_scanline * stride);
        jpeg_write_scanlines(c, &row, 1);
    }
    jpeg_finish_compress(c);
}

pw_status pw_jpeg_encode(const uint8_t *pixels, const pw_jpeg_settings *settings, uint8_t **out, size_t *out_length,
    pw_report *report) {
    memset(report, 0, sizeof *report);
    jpeg_session *s = calloc(1, sizeof *s);
    if (s == NULL) return PW_NO_MEMORY;
    s->pixels = pixels;
    s->settings = settings;
    s->report = report;
    s->codec.err = jpeg_std_error(&s->errors);
    s->errors.error_exit = on_jpeg_error;
    s->errors.output_message = on_jpeg_output;
    s->codec.client_data = s;
    if (setjmp(s->jump) == 0) compress(s);
    jpeg_destroy_compress(&s->codec);
    if (s->failure == PW_OK) {
        *out = s->out;
        *out_length = s->out_length;
    } else {
        free(s->out);
    }
    pw_status status = s->failure;
    free(s);
    return status;
}

/* ---- PNG ---- */

typedef struct {
    uint8_t *bytes;
    size_t length, capacity;
    pw_report *report;
    pw_status failure;
} png_target;

static void append(png_structp codec, png_bytep from, size_t count) {
    png_target *t = png_get_io_ptr(codec);
    if (count > t->capacity - t->length) {
        size_t capacity = (t->capacity + count) * 2;
        uint8_t *grown = realloc(t->bytes, capacity);
        if (grown == NULL) {
            t->failure = PW_NO_MEMORY;
            png_error(codec, "out of memory");
        }
        t->bytes = grown;
        t->capacity = capacity;
    }
    memcpy(t->bytes + t->length, from, count);
    t->length += count;
}

static void flush(png_structp codec) { (void)codec; }

static void on_png_error(png_structp codec, png_const_charp message) {
    png_target *t = png_get_error_ptr(codec);
    pw_say(t->report->message, message);
    if (t->failure == PW_OK) t->failure = PW_BAD_REQUEST;
    png_longjmp(codec, 1);
}

static void on_png_warning(png_structp codec, png_const_charp message) {
    png_target *t = png_get_error_ptr(codec);
    if (t->report->note[0] == 0) pw_say(t->report->note, message);
}

static void write_png(png_structp codec, png_infop info, png_target *t, const uint8_t *pixels, uint32_t width,
    uint32_t height, uint32_t channels) {
    png_set_write_fn(codec, t, append, flush);
    png_set_user_limits(codec, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(codec, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
        PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(codec, info);
    for (uint32_t y = 0; y < height; y++) png_write_row(codec, pixels + (size_t)y * width * channels);
    png_write_end(codec, info);
}

pw_status pw_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, uint8_t **out,
    size_t *out_length, pw_report *report) {
    memset(report, 0, sizeof *report);
    png_target *t = calloc(1, sizeof *t);
    if (t == NULL) return PW_NO_MEMORY;
    t->report = report;
    png_structp codec = png_create_write_struct(PNG_LIBPNG_VER_STRING, t, on_png_error, on_png_warning);
    png_infop info = codec != NULL ? png_create_info_struct(codec) : NULL;
    if (info == NULL) {
        t->failure = PW_NO_MEMORY;
    } else if (setjmp(png_jmpbuf(codec)) == 0) {
        write_png(codec, info, t, pixels, width, height, channels);
    }
    png_destroy_write_struct(&codec, &info);
    pw_status status = t->failure;
    if (status == PW_OK) {
        *out = t->bytes;
        *out_length = t->length;
    } else {
        free(t->bytes);
    }
    free(t);
    return status;
}
