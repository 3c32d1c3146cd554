#include <string.h>
#include "jpeg_baseline.h"

/* Columns decoded beyond a region, in MCUs, so that the upsampling filter sees what it sees in a full decode. */
enum { MARGIN_MCUS = 1 };

/* libjpeg-turbo writes rows that begin at a multiple of STREAMED bytes past the caches, and reading them back waits for
   memory: the line begins OFF_LINE bytes beside one (1.2 to 1.3 times faster over a whole pass). */
enum { STREAMED = 32, OFF_LINE = 4 };

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

static pw_status header_body(pw_jpeg_session *s) {
    pw_status status = pw_jpeg_read_header(s);
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

static void store_row(const pw_jpeg_session *s, const uint8_t *decoded, uint8_t *row, uint8_t *out) {
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

static void choose_output(pw_jpeg_session *s) {
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

/* libjpeg-turbo 2.1 gives wrong columns in cropped rows whose chroma is enlarged partly by its transform, partly by
   its filter. */
static bool crops_soundly(const struct jpeg_decompress_struct *c) {
    for (int k = 0; k < c->num_components; k++) {
        const jpeg_component_info *info = &c->comp_info[k];
        bool full_across = info->h_samp_factor * info->DCT_scaled_size == c->max_h_samp_factor * c->min_DCT_scaled_size;
        bool full_down = info->v_samp_factor * info->DCT_scaled_size == c->max_v_samp_factor * c->min_DCT_scaled_size;
        if (info->DCT_scaled_size > c->min_DCT_scaled_size && !(full_across && full_down)) return false;
    }
    return true;
}

static pw_status read_body(pw_jpeg_session *s) {
    struct jpeg_decompress_struct *c = &s->codec;
    const pw_region region = s->request->region;
    pw_status status = pw_jpeg_read_header(s);
    if (status != PW_OK) return status;
    choose_output(s);
    jpeg_calc_output_dimensions(c);
    size_t stride = (size_t)region.width * s->request->channels;
    if (region.width == 0 || region.height == 0 || region.x >= c->output_width || region.y >= c->output_height ||
        region.width > c->output_width - region.x || region.height > c->output_height - region.y ||
        s->out_length / stride < region.height)
        return PW_BAD_REQUEST;
    if (!s->request->only_libjpeg && pw_jpeg_read_baseline(s)) {
        s->report->by_own_decoder = true;
        s->written = stride * region.height;
        return PW_OK;
    }
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

    JSAMPROW line = c->mem->alloc_sarray((j_common_ptr)c, JPOOL_IMAGE,
        full_width * (JDIMENSION)c->output_components + OFF_LINE, 1)[0] + OFF_LINE;
    JSAMPARRAY row = c->mem->alloc_sarray((j_common_ptr)c, JPOOL_IMAGE, region.width * 3, 1);
    JDIMENSION first = region.y / down;
    if (first > 1) jpeg_skip_scanlines(c, (first - 1) * down);
    const uint8_t *start = line + (size_t)(region.x - left) * (size_t)c->output_components;
    bool whole = width == region.width && c->out_color_space != JCS_CMYK;
    while (c->output_scanline < region.y + region.height) {
        JDIMENSION y = c->output_scanline;
        uint8_t *out = s->out + s->written;
        bool direct = whole && y >= region.y && (uintptr_t)out % STREAMED != 0;
        JSAMPROW target = direct ? out : line;
        if (jpeg_read_scanlines(c, &target, 1) != 1) break;
        if (y < region.y) continue;
        if (!direct) store_row(s, start, row[0], out);
        s->written += stride;
    }
    if (c->output_scanline >= c->output_height) jpeg_finish_decompress(c);
    return PW_OK;
}

pw_status pw_jpeg_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header,
    pw_report *report) {
    return pw_jpeg_perform((pw_jpeg_session){.data = data, .length = length, .limits = limits, .header = header,
        .report = report}, header_body);
}

pw_status pw_jpeg_read(const uint8_t *data, size_t length, const pw_limits *limits, const pw_request *request,
    uint8_t *out, size_t out_length, pw_report *report) {
    return pw_jpeg_perform((pw_jpeg_session){.data = data, .length = length, .limits = limits, .request = request,
        .out = out, .out_length = out_length, .report = report}, read_body);
}
