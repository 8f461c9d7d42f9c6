// Sizes that programs were compiled with do not change under the same HIFI_ABI_VERSION.
#include "hifi.h"

_Static_assert(sizeof(hifi_error) == 1024, "hifi_error");
_Static_assert(sizeof(hifi_type) == 96, "hifi_type");
_Static_assert(sizeof(hifi_product) == 24, "hifi_product");
_Static_assert(sizeof(hifi_finding) == 120, "hifi_finding");
_Static_assert(sizeof(hifi_verdict) == 32, "hifi_verdict");
_Static_assert(sizeof(hifi_vector) == 88, "hifi_vector");
