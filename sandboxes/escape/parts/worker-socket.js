new WebSocket('wss://out.example/');
