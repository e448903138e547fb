#ifndef SS_DOT_DISPATCH_H
#define SS_DOT_DISPATCH_H

#include "kernel.h"

/// The kernel, or NULL where it is not available.
const kernel *ss_dot_available_kernel(ss_dot_kernel name);

#endif
