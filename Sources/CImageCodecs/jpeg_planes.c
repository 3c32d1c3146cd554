#include <string.h>
#include "jpeg_session.h"

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

static pw_status planes_body(pw_jpeg_session *s) {
    struct jpeg_decompress_struct *c = &s->codec;
    pw_status status = pw_jpeg_read_header(s);
    if (status != PW_OK) return status;
    if (c->jpeg_color_space != JCS_YCbCr && c->jpeg_color_space != JCS_GRAYSCALE) {
        pw_say(s->report->message, "the picture does not hold luma and chroma");
        return PW_UNSUPPORTED;
    }
    const jpeg_component_info *luma = &c->comp_info[0];
    if (luma->h_samp_factor != c->max_h_samp_factor || luma->v_samp_factor != c->max_v_samp_factor) {
        pw_say(s->report->message, "brightness is stored at less than the picture's size");
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
    for (uint32_t k = 0; k < planes.count; k++) memset(s->plane_bytes[k], PW_MISSING, planes.length[k]);
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

pw_status pw_jpeg_planes(const uint8_t *data, size_t length, const pw_limits *limits, uint32_t scale, pw_planes *planes,
    uint8_t *const out[3], pw_report *report) {
    const pw_request request = {.scale = scale};
    return pw_jpeg_perform((pw_jpeg_session){.data = data, .length = length, .limits = limits, .request = &request,
        .planes = planes, .plane_bytes = out, .report = report}, planes_body);
}
