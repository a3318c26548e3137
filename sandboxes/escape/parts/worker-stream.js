new WebSocketStream('wss://out.example/');
