/* {"family": "sockets"} */
new WebSocket('wss://out.example/');
