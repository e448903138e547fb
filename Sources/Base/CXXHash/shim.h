// Imports directly: every function SplitSeal uses is a plain one.
#include <xxhash.h>
