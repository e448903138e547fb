#ifndef SSC_MESSAGE_H
#define SSC_MESSAGE_H

#include <stdio.h>

#include "CImageCodecs.h"

/// Puts `text`, cut where need be, into a caller's message buffer.
static inline void ssc_set_message(char *message, const char *text) {
  snprintf(message, SSC_MESSAGE_CAPACITY, "%s", text);
}

#endif
