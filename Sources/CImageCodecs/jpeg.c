#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include "limits.h"
#include <jpeglib.h>
#include <jerror.h>

_Static_assert(PW_MESSAGE_LENGTH >= JMSG_LENGTH_MAX, "a message of libjpeg fits into the report");

/* Fill for rows that the file does not hold: what libjpeg itself gives for missing coefficients. */
enum { MISSING = 128 };
/* Columns decoded beyond a region, in MCUs, so that the upsampling filter sees what it sees in a full decode. */
enum { MARGIN_MCUS = 1 };

typedef struct session {
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
} session;

typedef pw_status (*session_body)(session *);

static uint64_t offset_of(const session *s) {
    const struct jpeg_source_mgr *source = s->codec.src;
    if (source == NULL || s->ended) return s->ended ? s->length : 0;
    size_t left = source->bytes_in_buffer;
    return left <= s->length ? s->length - left : s->length;
}

/* Whether everything before the current MCU row will be exact once the current scan is over. */
static bool current_scan_completes(const struct jpeg_decompress_struct *c) {
    for (int k = 0; k < c->num_components; k++) {
        if (c->progressive_mode) {
            if (c->coef_bits == NULL) return false;
            for (int i = 0; i < DCTSIZE2; i++)
                if (c->coef_bits[k][i] != 0) return false;
        } else if (c->comp_info[k].quant_table == NULL) {
            return false;
        }
    }
    return true;
}

static void note_damage(session *s) {
    pw_report *report = s->report;
    const struct jpeg_decompress_struct *c = &s->codec;
    report->damaged = true;
    report->offset = offset_of(s);
    if (!s->decoding) return;
    uint32_t down = (uint32_t)c->max_v_samp_factor;
    uint64_t rows = (uint64_t)c->input_iMCU_row * down * DCTSIZE;
    /* the last row of a subsampled MCU row is interpolated with the one below, which is not there */
    if (rows < c->image_height && rows > 0 && down > 1) rows -= 1;
    if (rows > c->image_height) rows = c->image_height;
    report->rows_good = current_scan_completes(c) ? (uint32_t)rows : 0;
    report->rows_coarse = c->input_scan_number > 1 ? c->image_height : (uint32_t)rows;
}

static pw_status status_of(int code) {
    switch (code) {
    case JERR_OUT_OF_MEMORY:
        return PW_NO_MEMORY;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_J_COLORSPACE:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
        return PW_UNSUPPORTED;
    default:
        return PW_MALFORMED;
    }
}

static void on_error(j_common_ptr codec) {
    session *s = codec->client_data;
    if (s->failure == PW_OK) s->failure = status_of(codec->err->msg_code);
    if (!s->report->damaged) {
        codec->err->format_message(codec, s->report->message);
        note_damage(s);
    }
    longjmp(s->jump, 1);
}

static bool harms(int code) {
    switch (code) {
    case JWRN_ARITH_BAD_CODE:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
        return true;
    default:
        return false;
    }
}

static void on_message(j_common_ptr codec, int level) {
    session *s = codec->client_data;
    if (level >= 0) return;
    int code = codec->err->msg_code;
    if (code == JWRN_JPEG_EOF) s->ended = true;
    if (harms(code)) {
        if (s->report->damaged) return;
        codec->err->format_message(codec, s->report->message);
        note_damage(s);
    } else if (s->report->note[0] == 0) {
        codec->err->format_message(codec, s->report->note);
    }
}

static void on_output(j_common_ptr codec) { (void)codec; }

static void on_progress(j_common_ptr codec) {
    session *s = codec->client_data;
    if (s->codec.input_scan_number <= 0 || (uint32_t)s->codec.input_scan_number <= s->limits->max_scans) return;
    s->failure = PW_OVER_SCANS;
    s->report->offset = offset_of(s);
    longjmp(s->jump, 1);
}

static pw_status read_header(session *s) {
    jpeg_mem_src(&s->codec, s->data, (unsigned long)s->length);
    if (jpeg_read_header(&s->codec, TRUE) != JPEG_HEADER_OK) return PW_MALFORMED;
    return pw_fits(s->codec.image_width, s->codec.image_height, s->limits) ? PW_OK : PW_OVER_SIZE;
}

static void describe(const struct jpeg_decompress_struct *c, pw_header *header) {
    memset(header, 0, sizeof *header);
    header->width = c->image_width;
    header->height = c->image_height;
    header->components = (uint32_t)c->num_components;
    header->bit_depth = (uint32_t)c->data_precision;
    header->channels = c->num_components == 1 ? 1 : 3;
    header->luma_across = header->luma_down = 1;
    header->orientation = 1;
    header->progressive = c->progressive_mode;
    if (c->num_components >= 3) {
        const jpeg_component_info *luma = &c->comp_info[0], *chroma = &c->comp_info[1];
        if (chroma->h_samp_factor > 0 && luma->h_samp_factor > chroma->h_samp_factor)
            header->luma_across = (uint32_t)(luma->h_samp_factor / chroma->h_samp_factor);
        if (chroma->v_samp_factor > 0 && luma->v_samp_factor > chroma->v_samp_factor)
            header->luma_down = (uint32_t)(luma->v_samp_factor / chroma->v_samp_factor);
    }
}

static pw_status header_body(session *s) {
    pw_status status = read_header(s);
    describe(&s->codec, s->header);
    return status;
}

/* a·b/255, rounded. */
static uint8_t of_255(unsigned a, unsigned b) {
    unsigned product = a * b + 128;
    return (uint8_t)((product + (product >> 8)) >> 8);
}

static void rgb_from_cmyk(const uint8_t *in, uint8_t *out, uint32_t width, bool inverted) {
    for (uint32_t i = 0; i < width; i++, in += 4, out += 3) {
        unsigned white = inverted ? in[3] : 255u - in[3];
        for (int k = 0; k < 3; k++) {
            unsigned ink = inverted ? 255u - in[k] : in[k];
            out[k] = (uint8_t)(white - of_255(ink, white));
        }
    }
}

static uint8_t grey_of(const uint8_t *rgb) {
    return (uint8_t)((rgb[0] * 19595u + rgb[1] * 38470u + rgb[2] * 7471u + 32768u) >> 16);
}

static void store_row(const session *s, const uint8_t *decoded, uint8_t *row, uint8_t *out) {
    const struct jpeg_decompress_struct *c = &s->codec;
    uint32_t width = s->request->region.width, channels = s->request->channels;
    if (c->out_color_space != JCS_CMYK) {
        memcpy(out, decoded, (size_t)width * channels);
        return;
    }
    rgb_from_cmyk(decoded, channels == 3 ? out : row, width, c->saw_Adobe_marker);
    if (channels == 1)
        for (uint32_t i = 0; i < width; i++) out[i] = grey_of(row + 3 * (size_t)i);
}

static void choose_output(session *s) {
    struct jpeg_decompress_struct *c = &s->codec;
    c->scale_num = s->request->scale;
    c->scale_denom = 8;
    c->dct_method = JDCT_ISLOW;
    c->do_fancy_upsampling = TRUE;
    if (c->jpeg_color_space == JCS_CMYK || c->jpeg_color_space == JCS_YCCK)
        c->out_color_space = JCS_CMYK;
    else
        c->out_color_space = s->request->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
}

/* libjpeg-turbo 2.1 gives wrong columns in cropped rows whose chroma is enlarged partly by its transform, partly by its filter. */
static bool crops_soundly(const struct jpeg_decompress_struct *c) {
    for (int k = 0; k < c->num_components; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        bool full_across = info->h_samp_factor * info->DCT_scaled_size == c->max_h_samp_factor * c->min_DCT_scaled_size;
        bool full_down = info->v_samp_factor * info->DCT_scaled_size == c->max_v_samp_factor * c->min_DCT_scaled_size;
        if (info->DCT_scaled_size > c->min_DCT_scaled_size && !(full_across && full_down)) return false;
    }
    return true;
}

static pw_status read_body(session *s) {
    struct jpeg_decompress_struct *c = &s->codec;
    const pw_region region = s->request->region;
    pw_status status = read_header(s);
    if (status != PW_OK) return status;
    choose_output(s);
    jpeg_calc_output_dimensions(c);
    size_t stride = (size_t)region.width * s->request->channels;
    if (region.width == 0 || region.height == 0 || region.x >= c->output_width || region.y >= c->output_height ||
        region.width > c->output_width - region.x || region.height > c->output_height - region.y ||
        s->out_length / stride < region.height)
        return PW_BAD_REQUEST;
    memset(s->out, MISSING, s->out_length);
    s->decoding = true;
    jpeg_start_decompress(c);

    JDIMENSION across = (JDIMENSION)(c->max_h_samp_factor * c->min_DCT_scaled_size);
    JDIMENSION down = (JDIMENSION)(c->max_v_samp_factor * c->min_DCT_scaled_size);
    JDIMENSION margin = MARGIN_MCUS * across, full_width = c->output_width;
    JDIMENSION left = region.x > margin ? (region.x - margin) / across * across : 0;
    JDIMENSION right = region.x + region.width;
    right = full_width - right > margin ? right + margin : full_width;
    JDIMENSION width = right - left;
    if (!crops_soundly(c)) {
        left = 0;
        width = full_width;
    }
    if (width < full_width) jpeg_crop_scanline(c, &left, &width);

    JSAMPARRAY line = c->mem->alloc_sarray((j_common_ptr)c, JPOOL_IMAGE, full_width * (JDIMENSION)c->output_components, 1);
    JSAMPARRAY row = c->mem->alloc_sarray((j_common_ptr)c, JPOOL_IMAGE, region.width * 3, 1);
    JDIMENSION first = region.y / down;
    if (first > 1) jpeg_skip_scanlines(c, (first - 1) * down);
    const uint8_t *start = line[0] + (size_t)(region.x - left) * (size_t)c->output_components;
    while (c->output_scanline < region.y + region.height) {
        JDIMENSION y = c->output_scanline;
        if (jpeg_read_scanlines(c, line, 1) != 1) break;
        if (y >= region.y) store_row(s, start, row[0], s->out + (size_t)(y - region.y) * stride);
    }
    if (c->output_scanline >= c->output_height) jpeg_finish_decompress(c);
    return PW_OK;
}

static void lay_out(const struct jpeg_decompress_struct *c, pw_planes *planes) {
    memset(planes, 0, sizeof *planes);
    planes->count = (uint32_t)c->num_components;
    uint32_t across = (uint32_t)c->max_h_samp_factor * DCTSIZE, down = (uint32_t)c->max_v_samp_factor * DCTSIZE;
    uint32_t columns = (c->image_width + across - 1) / across, rows = (c->image_height + down - 1) / down;
    for (int k = 0; k < c->num_components; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        planes->width[k] = info->downsampled_width;
        planes->height[k] = info->downsampled_height;
        planes->stride[k] = (size_t)columns * (size_t)(info->h_samp_factor * info->DCT_scaled_size);
        planes->length[k] = planes->stride[k] * rows * (size_t)(info->v_samp_factor * info->DCT_scaled_size);
    }
}

static pw_status planes_body(session *s) {
    struct jpeg_decompress_struct *c = &s->codec;
    pw_status status = read_header(s);
    if (status != PW_OK) return status;
    if (c->jpeg_color_space != JCS_YCbCr && c->jpeg_color_space != JCS_GRAYSCALE) {
        pw_say(s->report->message, "the picture does not hold luma and chroma");
        return PW_UNSUPPORTED;
    }
    c->raw_data_out = TRUE;
    c->scale_num = s->request->scale;
    c->scale_denom = 8;
    c->out_color_space = c->jpeg_color_space;
    c->do_fancy_upsampling = FALSE;
    c->dct_method = JDCT_ISLOW;
    jpeg_calc_output_dimensions(c);
    pw_planes planes;
    lay_out(c, &planes);
    if (s->plane_bytes == NULL) {
        *s->planes = planes;
        return PW_OK;
    }
    if (memcmp(&planes, s->planes, sizeof planes) != 0) return PW_BAD_REQUEST;
    for (uint32_t k = 0; k < planes.count; k++) memset(s->plane_bytes[k], MISSING, planes.length[k]);
    s->decoding = true;
    jpeg_start_decompress(c);
    const JDIMENSION lines = (JDIMENSION)(c->max_v_samp_factor * c->min_DCT_scaled_size);
    JSAMPROW rows[3][MAX_SAMP_FACTOR * DCTSIZE];
    JSAMPARRAY image[3] = {rows[0], rows[1], rows[2]};
    while (c->output_scanline < c->output_height) {
        for (int k = 0; k < c->num_components; k++) {
            const jpeg_component_info *info = &c->comp_info[k];
            uint32_t count = (uint32_t)(info->v_samp_factor * info->DCT_scaled_size);
            uint32_t at = c->output_scanline / lines * count;
            for (uint32_t r = 0; r < count; r++) rows[k][r] = s->plane_bytes[k] + (size_t)(at + r) * planes.stride[k];
        }
        if (jpeg_read_raw_data(c, image, lines) == 0) break;
    }
    jpeg_finish_decompress(c);
    return PW_OK;
}

/* An error after rows came out leaves those rows; anything else is what the error says. */
static pw_status after_jump(session *s) {
    pw_report *report = s->report;
    if (s->failure == PW_NO_MEMORY || s->failure == PW_OVER_SCANS) return s->failure;
    uint64_t out = (uint64_t)s->codec.output_scanline * 8 / (s->request ? s->request->scale : 8);
    if (s->decoding && out > 0) {
        if (report->rows_good > out) report->rows_good = (uint32_t)out;
        if (report->rows_coarse > out) report->rows_coarse = (uint32_t)out;
        return PW_OK;
    }
    if (s->ended) return PW_TRUNCATED;
    return s->failure == PW_OK ? PW_MALFORMED : s->failure;
}

static pw_status run(session *s, session_body body) {
    memset(s->report, 0, sizeof *s->report);
    s->codec.err = jpeg_std_error(&s->errors);
    s->errors.error_exit = on_error;
    s->errors.emit_message = on_message;
    s->errors.output_message = on_output;
    s->codec.client_data = s;
    pw_status status;
    if (setjmp(s->jump) == 0) {
        jpeg_create_decompress(&s->codec);
        s->progress.progress_monitor = on_progress;
        s->codec.progress = &s->progress;
        status = body(s);
    } else {
        status = after_jump(s);
    }
    if (status == PW_OK && s->decoding && s->report->damaged && s->report->rows_good == 0 && s->report->rows_coarse == 0)
        status = s->ended ? PW_TRUNCATED : PW_MALFORMED;
    jpeg_destroy_decompress(&s->codec);
    return status;
}

static pw_status perform(session request, session_body body) {
    session *s = malloc(sizeof *s);
    if (s == NULL) return PW_NO_MEMORY;
    *s = request;
    pw_status status = run(s, body);
    free(s);
    return status;
}

pw_status pw_jpeg_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header, pw_report *report) {
    return perform((session){.data = data, .length = length, .limits = limits, .header = header, .report = report}, header_body);
}

pw_status pw_jpeg_read(const uint8_t *data, size_t length, const pw_limits *limits, const pw_request *request, uint8_t *out,
                       size_t out_length, pw_report *report) {
    return perform((session){.data = data, .length = length, .limits = limits, .request = request, .out = out,
                             .out_length = out_length, .report = report}, read_body);
}

pw_status pw_jpeg_planes(const uint8_t *data, size_t length, const pw_limits *limits, uint32_t scale, pw_planes *planes,
                         uint8_t *const out[3], pw_report *report) {
    const pw_request request = {.scale = scale};
    return perform((session){.data = data, .length = length, .limits = limits, .request = &request, .planes = planes,
                             .plane_bytes = out, .report = report}, planes_body);
}
