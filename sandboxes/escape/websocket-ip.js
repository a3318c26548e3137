/* {"family": "sockets"} */
new WebSocket('wss://192.0.2.7/');
