#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Every call that can longjmp stays inside this module: no function below ever jumps over its caller. */

typedef enum {
    PW_OK = 0,
    PW_MALFORMED,
    PW_TRUNCATED,   /* the data ended before the first row was complete */
    PW_OVER_SIZE,   /* wider, higher or larger than the limits */
    PW_OVER_SCANS,  /* more scans than the limits */
    PW_UNSUPPORTED,
    PW_NO_MEMORY,
    PW_BAD_REQUEST, /* the caller's sizes do not fit the image */
} pw_status;

typedef struct {
    uint32_t max_width, max_height;
    uint64_t max_pixels;
    uint32_t max_scans;
    uint64_t max_chunk_bytes;
} pw_limits;

typedef struct {
    uint32_t width, height;
    uint32_t components, bit_depth; /* as stored in the file */
    uint32_t channels;              /* what the read function writes: 1 grey or 3 RGB */
    uint32_t luma_across, luma_down; /* luma samples for each chroma sample; 1, 1 without subsampling */
    uint32_t orientation;           /* TIFF only, 1 elsewhere */
    bool progressive, interlaced;
} pw_header;

enum { PW_MESSAGE_LENGTH = 200 };

typedef struct {
    char message[PW_MESSAGE_LENGTH]; /* the error, or the first sign of damage */
    char note[PW_MESSAGE_LENGTH];    /* the first warning that did no harm */
    uint64_t offset;                 /* the byte in the file where that was seen */
    bool damaged;                    /* rows are missing or wrong from rows_good on */
    uint32_t rows_good;              /* rows of the full-size stored image that are exactly the file's */
    uint32_t rows_coarse;            /* rows of which at least a first, coarse pass arrived */
    bool by_own_decoder;             /* not by libjpeg, which would have given the same bytes */
} pw_report;

/* A rectangle of the scaled, stored (not rotated) image. */
typedef struct {
    uint32_t x, y, width, height;
} pw_region;

/* What the read functions need besides the data. `scale` counts eighths: 8, 4, 2 or 1. */
typedef struct {
    uint32_t scale;
    uint32_t channels; /* 1: luma, 3: RGB */
    pw_region region;
    bool only_libjpeg; /* JPEG: leaves the decoder of this module out */
    /* JPEG at scales 1 and 2: the mean colours of what a pixel covers, where this module's decoder can, clipped; at scale
       1 chroma is an MCU's. libjpeg takes two terms more each way for finer chroma; where nothing is clipped, means over
       MCUs agree. */
    bool block_means;
    bool by_one_reader; /* JPEG: reads a scan from its start alone where two readers would be faster */
} pw_request;

typedef struct {
    uint32_t count; /* 1 or 3 */
    uint32_t width[3], height[3];
    size_t stride[3], length[3]; /* strides cover whole MCUs */
} pw_planes;

pw_status pw_jpeg_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header,
    pw_report *report);

/* Writes exactly region.width × region.height pixels without padding; the same bytes as a read of the whole image has
   there. */
pw_status pw_jpeg_read(const uint8_t *data, size_t length, const pw_limits *limits, const pw_request *request,
    uint8_t *out, size_t out_length, pw_report *report);

/* Whether this CPU runs the decoder of this module: whole sequential JPEGs of one scan, luma at full size, to RGB. */
bool pw_jpeg_has_own_decoder(void);

/* `out` of NULL only fills `planes`. */
pw_status pw_jpeg_planes(const uint8_t *data, size_t length, const pw_limits *limits, uint32_t scale, pw_planes *planes,
    uint8_t *const out[3], pw_report *report);

pw_status pw_png_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header,
    pw_report *report);
pw_status pw_png_read(const uint8_t *data, size_t length, const pw_limits *limits, uint32_t channels, uint8_t *out,
    size_t out_length, pw_report *report);

pw_status pw_tiff_header(const uint8_t *data, size_t length, const pw_limits *limits, pw_header *header,
    pw_report *report);
/* Writes header.channels channels. */
pw_status pw_tiff_read(const uint8_t *data, size_t length, const pw_limits *limits, uint8_t *out, size_t out_length,
    pw_report *report);

typedef struct {
    uint32_t width, height;
    uint32_t components;              /* 1 grey, 3 RGB, 4 CMYK (inverted, as Adobe writes it) */
    uint32_t quality;                 /* 1 … 100 */
    uint32_t luma_across, luma_down;  /* 1, 2 or 4 */
    uint32_t restart_interval;        /* in MCUs; 0: none */
    bool progressive;
    bool keep_components;             /* store the components as they are (RGB, CMYK) instead of YCbCr, YCCK */
} pw_jpeg_settings;

/* `*out` is released with pw_free. */
pw_status pw_jpeg_encode(const uint8_t *pixels, const pw_jpeg_settings *settings, uint8_t **out, size_t *out_length,
    pw_report *report);
pw_status pw_png_encode(const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, uint8_t **out,
    size_t *out_length, pw_report *report);
void pw_free(uint8_t *buffer);

/* Keeps freed memory of up to so many bytes a thread for what comes next; false where the allocator can't be told. */
bool pw_keep_memory(size_t bytes);

#endif
