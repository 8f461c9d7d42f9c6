#ifndef HIFI_CKERNELS_H
#define HIFI_CKERNELS_H

#endif
