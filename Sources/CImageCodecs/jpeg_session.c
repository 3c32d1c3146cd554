#include <stdlib.h>
#include <string.h>
#include "jpeg_session.h"
#include <jerror.h>

_Static_assert(PW_MESSAGE_LENGTH >= JMSG_LENGTH_MAX, "a message of libjpeg fits into the report");

static uint64_t offset_of(const pw_jpeg_session *s) {
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

static void note_damage(pw_jpeg_session *s) {
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
    pw_jpeg_session *s = codec->client_data;
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
    pw_jpeg_session *s = codec->client_data;
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
    pw_jpeg_session *s = codec->client_data;
    if (s->codec.input_scan_number <= 0 || (uint32_t)s->codec.input_scan_number <= s->limits->max_scans) return;
    s->failure = PW_OVER_SCANS;
    s->report->offset = offset_of(s);
    longjmp(s->jump, 1);
}

pw_status pw_jpeg_read_header(pw_jpeg_session *s) {
    jpeg_mem_src(&s->codec, s->data, (unsigned long)s->length);
    if (jpeg_read_header(&s->codec, TRUE) != JPEG_HEADER_OK) return PW_MALFORMED;
    /* Where a progressive file lacks scans, libjpeg would guess detail from the blocks around: invented, and another in a
       part than in the whole. */
    s->codec.do_block_smoothing = FALSE;
    return pw_fits(s->codec.image_width, s->codec.image_height, s->limits) ? PW_OK : PW_OVER_SIZE;
}

/* An error after rows came out leaves those rows; anything else is what the error says. */
static pw_status after_jump(pw_jpeg_session *s) {
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

static pw_status run(pw_jpeg_session *s, pw_jpeg_body body) {
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
    if (status == PW_OK && s->decoding && s->report->damaged && s->report->rows_good == 0 &&
        s->report->rows_coarse == 0)
        status = s->ended ? PW_TRUNCATED : PW_MALFORMED;
    jpeg_destroy_decompress(&s->codec);
    return status;
}

pw_status pw_jpeg_perform(pw_jpeg_session request, pw_jpeg_body body) {
    pw_jpeg_session *s = malloc(sizeof *s);
    if (s == NULL) return PW_NO_MEMORY;
    *s = request;
    pw_status status = run(s, body);
    if (status == PW_OK && s->written < s->out_length) memset(s->out + s->written, PW_MISSING, s->out_length - s->written);
    free(s);
    return status;
}
