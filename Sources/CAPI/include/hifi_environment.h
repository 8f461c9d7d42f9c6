/* For the library itself; not installed. */
#ifndef HIFI_ENVIRONMENT_H
#define HIFI_ENVIRONMENT_H

#include <fenv.h>

/* Rounds to nearest and keeps subnormals. FE_DFL_ENV is a macro that Swift does not see. */
static inline int hifi_take_default_environment(void) { return fesetenv(FE_DFL_ENV); }

#endif
