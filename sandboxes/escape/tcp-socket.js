/* {"family": "sockets"} */
new TCPSocket('192.0.2.7', 80);
