/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["new WebTransport('https://out.example/');"])));
