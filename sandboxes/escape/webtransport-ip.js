/* {"family": "sockets"} */
new WebTransport('https://192.0.2.7:443/');
