#ifndef CDOTPRODUCT_DISPATCH_H
#define CDOTPRODUCT_DISPATCH_H

#include "Kernel.h"

/// The kernel, or NULL where it is not available.
const kernel *ssc_available_kernel(ssc_dot_kernel name);

#endif
