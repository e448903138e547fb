#ifndef SS_CODEC_MESSAGE_H
#define SS_CODEC_MESSAGE_H

#include <stdio.h>

#include "CImageCodecs.h"

/// Puts `text`, cut where need be, into a caller's message buffer.
static inline void ss_codec_set_message(char *message, const char *text) {
  snprintf(message, SS_CODEC_MESSAGE_CAPACITY, "%s", text);
}

#endif
