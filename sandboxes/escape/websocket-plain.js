/* {"family": "sockets"} */
new WebSocket('ws://127.0.0.2:8080/');
