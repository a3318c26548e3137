/* {"family": "sockets"} */
new WebTransport('https://out.example/');
