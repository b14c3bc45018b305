// files.h: the descriptors of an instance, and whole messages over them.
//
// Pipes and sockets come in pairs and lie beside each other in `instance->files`. They are
// opened in a kernel's `prepare`; gb_close_files is its `finish`.
#ifndef GB_KERNELS_FILES_H
#define GB_KERNELS_FILES_H

#include "kernel.h"

// Open so many pairs. False: the system refused one.
bool gb_open_pipes(GbInstance *instance, unsigned pipes);        // reading end first
bool gb_open_socketpairs(GbInstance *instance, unsigned pairs);  // local stream sockets
bool gb_open_connections(GbInstance *instance, unsigned number); // TCP over 127.0.0.1

void gb_close_files(GbInstance *instance, RtThread *t);
// Shuts all sockets down, which makes reads of them return; a kernel's `close`.
void gb_shut_down_files(GbInstance *instance);

// Send or receive exactly `size` bytes, detached while they wait. False: the other end is gone
// or shut down.
bool gb_send(RtThread *t, int fd, const void *bytes, size_t size);
bool gb_receive(RtThread *t, int fd, void *bytes, size_t size);

#endif
