// peer.h: pthread_mutex behind the same table as the runtime's locks.
#ifndef GB_PEER_H
#define GB_PEER_H

#include "module.h"

// Knows the kernels lock_private and lock_shared.
extern const GbModule gb_peer_pthread_mutex;

#endif
