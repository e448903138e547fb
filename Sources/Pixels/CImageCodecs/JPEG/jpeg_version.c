// What libjpeg says of itself.

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "CImageCodecs.h"

#define TEXT_OF(token) #token
#define EXPANDED_TEXT_OF(macro) TEXT_OF(macro)

void ss_jpeg_library_version(char *text, size_t capacity) {
  struct jpeg_error_mgr messages;
  jpeg_std_error(&messages);
  // "6b  27-Mar-1998"
  const char *interface = messages.jpeg_message_table[JMSG_VERSION];
  int interface_length = (int)strcspn(interface, " ");
#ifdef LIBJPEG_TURBO_VERSION
  // "Copyright (C) 1991-2023 The libjpeg-turbo Project and many others"
  const char *years = messages.jpeg_message_table[JMSG_COPYRIGHT];
  years += strcspn(years, "0123456789");
  int years_length = (int)strspn(years, "0123456789-");
  snprintf(text, capacity, "libjpeg-turbo %s (%.*s, %.*s)", EXPANDED_TEXT_OF(LIBJPEG_TURBO_VERSION), interface_length,
           interface, years_length, years);
#else
  snprintf(text, capacity, "libjpeg %.*s", interface_length, interface);
#endif
}
