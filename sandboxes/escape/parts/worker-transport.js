new WebTransport('https://out.example/');
