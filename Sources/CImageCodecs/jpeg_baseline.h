#ifndef PW_JPEG_BASELINE_H
#define PW_JPEG_BASELINE_H

#include "jpeg_session.h"

/* Decodes what cameras write, a whole sequential Huffman-coded picture of one scan, to RGB, faster than libjpeg and to
   the same bytes; or to the means of 8 × 8 pixels, several times as fast, or of 4 × 4.

   - Returns: false for every other picture, and as soon as anything in the data is not as it should be: then nothing
     has been said of it, what was written does not count, and libjpeg decodes it from where it stands. */
bool pw_jpeg_read_baseline(pw_jpeg_session *session);

#endif
