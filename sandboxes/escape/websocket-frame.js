/* {"family": "sockets"} */
const frame = document.createElement('iframe'); document.body.append(frame); new frame.contentWindow.WebSocket('wss://out.example/');
