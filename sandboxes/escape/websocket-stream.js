/* {"family": "sockets"} */
new WebSocketStream('wss://out.example/');
