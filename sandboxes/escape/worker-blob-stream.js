/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["new WebSocketStream('wss://out.example/');"])));
