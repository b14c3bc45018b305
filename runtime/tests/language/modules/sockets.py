"""A pair of sockets, and a connection on the loopback."""

import socket
import threading

a, b = socket.socketpair()
a.sendall(b"ping")
print(b.recv(10))
b.sendall(b"pong")
print(a.recv(2), a.recv(10))
a.close()
print(b.recv(1))
b.close()
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen(1)
got = []


def serve():
    connection, address = server.accept()
    got.append(address[0])
    while True:
        data = connection.recv(100)
        if not data:
            break
        connection.sendall(b"<" + data + b">")
    connection.close()


t = threading.Thread(target=serve)
t.start()
client = socket.socket()
client.connect(server.getsockname())
for word in (b"one", b"two"):
    client.sendall(word)
    print(client.recv(100))
client.close()
t.join()
server.close()
print(got)
